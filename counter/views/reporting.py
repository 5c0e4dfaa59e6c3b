"""The sheet of a clerk's day: its figures, and the button that brings them onto paper."""

from PySide6.QtWidgets import QGridLayout, QWidget

from counter import sentences
from counter.office_sheets import DayReportSheet
from counter.page import WorkPage
from counter.paper import NoPrinter, NotYet, Printing
from counter.presenter import Presenter
from counter.views.office_question import OfficeQuestion
from counter.views.on_paper import PaperFact
from counter.views.question import never_wider
from hardware.layout.office import figures_of
from ui.icons import Icon
from ui.text import Align
from ui.theme import Role, Theme, Type, Weight
from ui.widgets.card import Rule
from ui.widgets.key_button import KeyButton
from ui.widgets.label import TextLabel
from wording import Wording


class DayReportQuestion(OfficeQuestion):
    """What is shown is what is printed."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: DayReportSheet
    ) -> None:
        report = sheet.report
        super().__init__(theme, w, page, presenter, w.t("Day report of {clerk}", clerk=report.clerk_name))
        where = [report.counter_name] if report.counter_name else []
        when = w.t("{day}, until {time}", day=w.weekday_date(report.day), time=w.clock(report.printed_at))
        self.body.addWidget(self.explanation(", ".join([*where, when])))
        self.body.addSpacing(theme.space(8))
        self.body.addLayout(self._figures(sheet))
        self.body.addSpacing(theme.space(8))
        self._paper = PaperFact(theme, Role.BODY)
        self.body.addWidget(self._paper)
        self._print: KeyButton | None = None
        if sheet.printout.paper is not NoPrinter.NO_PRINTER:
            said = w.t("Print the report")
            self._print = self.primary("report-print", said, Icon.PRINTER, self.office.reporting.print)
        self.finish(confirm=self._print)
        self._show(sheet)

    def show_work(self, page: WorkPage) -> None:
        super().show_work(page)
        if isinstance(page.sheet, DayReportSheet):
            self._show(page.sheet)

    def _show(self, sheet: DayReportSheet) -> None:
        paper = sheet.printout.paper
        self._paper.show_paper(paper, sentences.for_office(paper, self.w))
        if self._print is not None and not isinstance(paper, NotYet | Printing):
            self._print.set_words(self.w.t("Print again"))
        self.set_complete(paper is not Printing.PRINTING)

    def _figures(self, sheet: DayReportSheet) -> QGridLayout:
        theme = self.theme
        rows = QGridLayout()
        rows.setHorizontalSpacing(theme.space(16))
        rows.setVerticalSpacing(theme.space(8))
        rows.setColumnStretch(0, 1)
        bold = Type(theme.type(Role.LEAD).px, Weight.BOLD)
        for place, (said, figure) in enumerate(figures_of(sheet.report)):
            label = TextLabel(theme, said, Role.LEAD)
            never_wider(label)
            value = TextLabel(theme, figure, bold, align=Align.RIGHT)
            value.setObjectName(f"figure-{place}")
            rows.addWidget(label, 2 * place, 0)
            rows.addWidget(value, 2 * place, 1)
            rows.addWidget(Rule(theme), 2 * place + 1, 0, 1, 2)
        return rows
