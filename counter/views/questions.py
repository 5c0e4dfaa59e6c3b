"""The sheets that ask for one choice, or for a yes: hold, break, cancel, scan, hand over."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from broker.domain.values import CancelReason, HoldReason, PauseReason
from counter import sentences, words
from counter.page import WorkPage
from counter.paper import NoPrinter, Printing
from counter.presenter import Presenter
from counter.sheets import CancelSheet, HandOverSheet, HoldSheet, ScanSheet
from counter.views.hero import Sign
from counter.views.on_paper import PaperFact
from counter.views.question import Answer, Answers, Question
from ui.icons import Icon
from ui.theme import Role, Theme, Type, Weight
from ui.widgets.field import TextField
from ui.widgets.key_button import KeyButton
from ui.widgets.label import TextLabel
from ui.widgets.plate import NumberPlate, PlateForm
from ui.widgets.scroll import RowScroll
from wording import Wording

REASON_KEYS = ("F2", "F3", "F4")


class ReasonQuestion(Question):
    """A few reasons, each a button that acts at once."""

    def add_reason(self, name: str, said: str, note: str, icon: Icon, act: Callable[[], None]) -> None:
        """One button, with what follows from it in a line below."""
        key = REASON_KEYS[len(self.findChildren(KeyButton))]
        button = KeyButton(self.theme, said, icon, key)
        button.setObjectName(name)
        button.clicked.connect(lambda _checked: act())
        self.body.addWidget(button)
        if note:
            self.body.addWidget(self.explanation(note))
            self.body.addSpacing(self.theme.space(8))


HOLD_ICONS = {HoldReason.WAITING: Icon.CLOCK, HoldReason.COMPLETING_PAPERS: Icon.FILE_PLUS}
PAUSE_ICONS = {
    PauseReason.BREAK: Icon.COFFEE,
    PauseReason.PRAYER: Icon.CLOCK,
    PauseReason.BACK_OFFICE_WORK: Icon.BOX,
}


class HoldQuestion(ReasonQuestion):
    """Why the service is interrupted."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: HoldSheet
    ) -> None:
        super().__init__(theme, w, page, presenter, w.t("Why is the service on hold?"), sheet.number)
        for reason in HoldReason:
            self.add_reason(
                f"hold-{reason}",
                words.hold_reason(reason, w),
                words.hold_note(reason, sheet.papers_until, w),
                HOLD_ICONS[reason],
                partial(presenter.hold, reason),
            )
        self.finish()


class BreakQuestion(ReasonQuestion):
    """Why the counter pauses."""

    def __init__(self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter) -> None:
        super().__init__(theme, w, page, presenter, w.t("Why is this counter pausing?"), None)
        for reason in PauseReason:
            said = words.pause_reason(reason, w)
            self.add_reason(
                f"break-{reason}", said, "", PAUSE_ICONS[reason], partial(presenter.pause, reason)
            )
        self.finish()


class CancelQuestion(Question):
    """Whether the number really ends unserved, and why."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: CancelSheet
    ) -> None:
        super().__init__(theme, w, page, presenter, w.t("Cancel this number?"), sheet.number)
        said = w.t("The number ends without being served and can't be called any more.")
        self._reasons: Answers[CancelReason] = Answers(
            theme,
            [Answer(reason, f"cancel-{reason}", words.cancel_reason(reason, w)) for reason in CancelReason],
            CancelReason.CITIZEN_LEFT,
            lambda: None,
        )
        self.body.addWidget(self.explanation(said))
        self.body.addWidget(self._reasons)
        self.finish(confirm=self.danger("cancel-confirm", w.t("Yes, cancel"), self._cancel))

    def _cancel(self) -> None:
        if self._reasons.chosen is not None:
            self.presenter.cancel(self._reasons.chosen)


class ScanQuestion(Question):
    """Waits for the scanner; a code can be typed instead."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, _sheet: ScanSheet
    ) -> None:
        super().__init__(theme, w, page, presenter, w.t("Scan the QR code"), None)
        sign = Sign(theme, 84)
        sign.set_icon(Icon.SCAN)
        said = self.explanation(
            w.t(
                "Hold the ticket or the receipt before the scanner. A ticket is called or served, a receipt"
                " leads to the hand-over."
            )
        )
        top = QHBoxLayout()
        top.setSpacing(theme.space(24))
        top.addWidget(sign, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(said, 1)
        self._field = TextField(theme, w.t("Or type the code"), Icon.KEY)
        self._field.setObjectName("code")
        self._field.setMaxLength(400)
        self._field.textChanged.connect(lambda text: self.set_complete(bool(text.strip())))
        self._field.returnPressed.connect(self._look)
        self.body.addLayout(top)
        self.body.addSpacing(theme.space(8))
        self.body.addWidget(self._field)
        self.finish(confirm=self.primary("scan-confirm", w.t("Look it up"), Icon.SEARCH, self._look))
        self.set_complete(False)

    def open_sheet(self) -> None:
        super().open_sheet()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look(self) -> None:
        if self._field.text().strip():
            self.presenter.scanned(self._field.text())


class HandOverQuestion(Question):
    """Which permits leave the house now."""

    MOST_IN_VIEW = 4
    MOST_IN_STRIP = 2

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: HandOverSheet
    ) -> None:
        title = w.tn("Hand over {n} permit?", "Hand over {n} permits?", len(sheet.files))
        super().__init__(theme, w, page, presenter, title, None)
        self._papers: list[PaperFact] = []
        rows = self._rows(sheet)
        if len(sheet.files) <= (self.MOST_IN_STRIP if self.is_strip else self.MOST_IN_VIEW):
            self.body.addLayout(rows)
        else:
            scroll = RowScroll(theme)
            scroll.rows.addLayout(rows)
            scroll.want_height(theme.px(300))
            self.body.addWidget(scroll)
        compare = w.t("Please compare the number and the service with the citizen's receipt.")
        self.body.addWidget(self.explanation(compare))
        self._note = KeyButton(theme, "", Icon.PRINTER, "F8")
        self._note.setObjectName("print-notes")
        self._note.clicked.connect(presenter.handing_over.print_notes)
        hand_over = presenter.handing_over.hand_over
        yes = self.primary("hand-over-confirm", w.t("Hand over"), Icon.PACKAGE_CHECK, hand_over)
        self.finish(self._note, confirm=yes)
        self._show(sheet)

    def show_work(self, page: WorkPage) -> None:
        super().show_work(page)
        if isinstance(page.sheet, HandOverSheet):
            self._show(page.sheet)

    def _show(self, sheet: HandOverSheet) -> None:
        for fact, paper in zip(self._papers, sheet.notes, strict=True):
            fact.show_paper(paper, sentences.note(paper, self.w))
        self._note.setVisible(NoPrinter.NO_PRINTER not in sheet.notes)
        self._note.setEnabled(Printing.PRINTING not in sheet.notes)
        said = words.print_notes(sheet, self.w)
        if said != self._note.words:
            self._note.set_words(said)

    def _rows(self, sheet: HandOverSheet) -> QGridLayout:
        """Each file with how its collection note fares."""
        theme = self.theme
        rows = QGridLayout()
        rows.setHorizontalSpacing(theme.space(24))
        rows.setVerticalSpacing(theme.space(12))
        rows.setColumnStretch(1, 1)
        for place, file in enumerate(sheet.files):
            plate = NumberPlate(theme, 40, PlateForm.ROW)
            plate.set_number(file.number.letter, file.number.digits)
            plate.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            bold = Type(theme.type(Role.LEAD).px, Weight.BOLD)
            named = QVBoxLayout()
            named.setSpacing(theme.space(4))
            named.addWidget(TextLabel(theme, words.said(file.service.name, self.w), bold))
            paper = PaperFact(theme, Role.SMALL)
            self._papers.append(paper)
            named.addWidget(paper)
            rows.addWidget(plate, place, 0)
            rows.addLayout(named, place, 1)
        return rows
