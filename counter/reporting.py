"""A clerk's day report: its figures on the screen, and on paper where the counter has a printer."""

from msgspec.structs import replace

from broker.domain.values import ClerkId, Language
from counter.errands import SessionFace
from counter.lent import Lent
from counter.office_sheets import DayReportSheet
from counter.paper import CounterPrinter, NoPrinter, NotYet, Paper, Printout, print_out
from counter.sheets import NotPrinted
from hardware.job import Failed, Unknown
from hardware.page import JobKind
from papers.day_report import day_report, day_report_page


class Reporting:
    """One counter's. Each opening is a report of its own, with the figures of its moment."""

    def __init__(self, session: SessionFace, lent: Lent, printer: CounterPrinter | None) -> None:
        self._session = session
        self._lent = lent
        self._printer = printer

    def open_own(self, language: Language) -> None:
        """The report of whoever is signed in, in the language of the screen."""
        profile = self._lent.profile()
        if profile is not None:
            self.open_of(profile.clerk, language)

    def open_of(self, clerk: ClerkId, language: Language) -> None:
        """A supervisor may look at anybody's."""
        name = self._lent.names().get(clerk, clerk)
        report = day_report(clerk, name, self._session.state, self._session.now(), language)
        paper: Paper = NoPrinter.NO_PRINTER if self._printer is None else NotYet.NOT_YET
        self._lent.open_sheet(DayReportSheet(report, Printout((day_report_page(report),), paper=paper)))

    def print(self) -> None:
        """One attempt to bring what is shown onto paper."""
        sheet = self._lent.sheet()
        if isinstance(sheet, DayReportSheet):
            print_out(self._printer, sheet.printout, lambda now: self._fares(replace(sheet, printout=now)))

    def _fares(self, sheet: DayReportSheet) -> None:
        shown = self._lent.sheet()
        if isinstance(shown, DayReportSheet) and shown.report == sheet.report:
            self._lent.change_sheet(sheet)
        elif isinstance(sheet.printout.paper, Failed | Unknown):
            self._lent.say(NotPrinted(JobKind.DAY_REPORT))
