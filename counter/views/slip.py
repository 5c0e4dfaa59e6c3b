"""The sheet after an acceptance: the promise, and the slip that the citizen keeps, on paper or here."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from broker.protocol.token import spaced
from counter import sentences, words
from counter.page import WorkPage
from counter.paper import NoPrinter
from counter.presenter import Presenter
from counter.sheets import SlipSheet
from counter.views.on_paper import PaperFact
from counter.views.question import Question, never_wider
from hardware.job import Failed, Printed, Unknown
from ui.icons import Icon
from ui.theme import Ground, Role, Theme, Tone, Type, Weight
from ui.widgets.card import Card
from ui.widgets.fitted_label import FittedLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.label import TextLabel
from ui.widgets.qr import QrCode
from wording import Wording


class SlipQuestion(Question):
    """The promise, and the slip: on paper, or here."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: SlipSheet
    ) -> None:
        super().__init__(theme, w, page, presenter, w.t("The file is accepted"), sheet.number)
        self.slip = sheet
        self._label = TextLabel(theme, w.t("File number"), Role.BODY, Tone.ON_PANEL)
        self._label.setObjectName("ready-by")
        promise = Card(theme, Ground.PANEL)
        self._fill_promise(promise, sheet)
        self._paper = PaperFact(theme, Role.LEAD)
        self._copy = QWidget()
        self._fill_copy(sheet)
        self._again = KeyButton(theme, w.t("Print again"), Icon.PRINTER, "F8")
        self._again.setObjectName("print-again")
        self._again.clicked.connect(presenter.print_slip_again)
        self.body.addWidget(promise)
        self.body.addWidget(self._paper)
        self.body.addWidget(self._copy)
        go_on = self.primary("close", w.t("Continue"), Icon.CHECK, presenter.close_sheet)
        self.foot(self._again, confirm=go_on)
        self.show_slip(sheet)

    def show_work(self, page: WorkPage) -> None:
        super().show_work(page)
        if self.slip.promised_at is not None:
            self._label.set_words(words.ready_by(self.slip.promised_at, page.around.minute, self.w))
        if isinstance(page.sheet, SlipSheet) and page.sheet != self.slip:
            self.show_slip(page.sheet)

    def show_slip(self, sheet: SlipSheet) -> None:
        self.slip = sheet
        paper = sheet.printout.paper
        self._paper.show_paper(paper, sentences.slip(paper, self.w))
        self._copy.setVisible(isinstance(paper, Failed | Unknown | NoPrinter))
        self._again.setVisible(isinstance(paper, Failed | Unknown | Printed))

    def _enable(self) -> None:
        """Going on needs no broker."""
        if self._confirm is not None:
            self._confirm.setEnabled(True)

    def _fill_promise(self, card: Card, sheet: SlipSheet) -> None:
        theme, w = self.theme, self.w
        column = QVBoxLayout(card)
        margin = theme.space(24)
        column.setContentsMargins(margin, theme.space(16), margin, theme.space(16))
        column.setSpacing(theme.space(4))
        service = words.said(sheet.service.name, w)
        bold = Type(theme.type(Role.LEAD).px, Weight.BOLD)
        name = FittedLabel(theme, service, bold, 5 if self.is_strip else 3, Tone.ON_PANEL)
        never_wider(name)
        column.addWidget(name)
        column.addWidget(self._label)
        if sheet.promised_at is not None:
            clock = Type(theme.px(44 if self.is_strip else 64), Weight.BOLD, line_em=1.05)
            column.addWidget(TextLabel(theme, words.clock(sheet.promised_at, w), clock, Tone.ON_PANEL))
        else:
            column.addWidget(TextLabel(theme, sheet.application, Role.TITLE, Tone.ON_PANEL))

    def _fill_copy(self, sheet: SlipSheet) -> None:
        """What a phone or a pencil can take along."""
        theme, w = self.theme, self.w
        side = theme.px(132 if self.is_strip else 176)
        qr = QrCode(sheet.token)
        qr.setFixedSize(side, side)
        code = QVBoxLayout()
        code.setSpacing(theme.space(4))
        code.addStretch(1)
        code.addWidget(TextLabel(theme, w.t("Code to write down"), Role.BODY, Tone.FAINT))
        code.addWidget(TextLabel(theme, spaced(sheet.code), Role.FIGURE))
        code.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(theme.space(16 if self.is_strip else 24))
        row.addWidget(qr)
        row.addLayout(code, 1)
        column = QVBoxLayout(self._copy)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(8))
        column.addLayout(row)
        column.addWidget(TextLabel(theme, f"{w.t('File number')}: {sheet.application}", Role.LEAST))
