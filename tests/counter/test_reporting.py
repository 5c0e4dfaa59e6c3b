"""A clerk's day report: figures on the screen, and on paper where the counter has a printer."""

import pytest

from broker.domain import commands as c
from broker.domain.values import DeviceRole, Language
from counter.office_sheets import DayReportSheet
from counter.page import WorkPage
from counter.paper import NoPrinter, NotYet, Printing
from counter.presenter import Presenter
from counter.sheets import NotPrinted
from hardware.job import Failed, Printed, PrinterState
from hardware.page import JobKind
from tests.counter.support import Counter, Glass
from tests.support import sample
from tests.support.morning import ONE, TWO, Morning

NO_PAPER = Failed(PrinterState.PAPER_OUT)


@pytest.fixture
def evening() -> Counter:
    """Sri has served one, Budi nobody."""
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    morning.clerk("budi", c.OpenCounter(TWO))
    morning.take("A")
    morning.serve("sri", ONE)
    return Counter(morning, clerk="sri")


def shown(counter: Counter) -> DayReportSheet:
    assert isinstance(counter.work.sheet, DayReportSheet)
    return counter.work.sheet


def test_figures_are_seen_before_anything_is_printed(evening: Counter) -> None:
    evening.presenter.office.reporting.open_own(Language.INDONESIAN)
    report = shown(evening).report
    assert (report.clerk_name, report.counter_name, report.served) == ("Sri Wahyuni", "Loket 1", 1)
    assert shown(evening).printout.paper is NotYet.NOT_YET
    assert evening.tray.printouts == []


def test_what_is_shown_is_printed_and_printed_again_with_its_mark(evening: Counter) -> None:
    reporting = evening.presenter.office.reporting
    reporting.open_own(Language.ENGLISH)
    evening.morning.take("A")
    evening.morning.serve("sri", ONE)  # after the figures were taken
    reporting.print()
    reporting.print()
    first, again = evening.tray.pages(JobKind.DAY_REPORT)
    assert first == again
    assert first.fields["figures"][0] == "Visits served\t1"
    assert evening.tray.repeats == [False, True]
    assert shown(evening).printout.paper == Printed()


def test_a_report_that_did_not_come_out_is_printed_without_a_mark(evening: Counter) -> None:
    reporting = evening.presenter.office.reporting
    evening.tray.ends = NO_PAPER
    reporting.open_own(Language.INDONESIAN)
    reporting.print()
    assert shown(evening).printout.paper == NO_PAPER
    reporting.print()
    assert evening.tray.repeats == [False, False]


def test_each_opening_is_a_report_of_its_own(evening: Counter) -> None:
    reporting = evening.presenter.office.reporting
    for _ in range(2):
        reporting.open_own(Language.INDONESIAN)
        reporting.print()
        evening.presenter.close_sheet()
        evening.morning.advance(minutes=1)
    assert evening.tray.repeats == [False, False]


def test_a_fault_after_the_sheet_was_closed_is_told(evening: Counter) -> None:
    reporting = evening.presenter.office.reporting
    evening.tray.ends = None
    reporting.open_own(Language.INDONESIAN)
    reporting.print()
    assert shown(evening).printout.paper is Printing.PRINTING
    evening.presenter.close_sheet()
    evening.tray.end(NO_PAPER)
    assert evening.work.sheet is None
    assert evening.work.notice == NotPrinted(JobKind.DAY_REPORT)


def test_a_supervisor_sees_anybodys(evening: Counter) -> None:
    supervisor = Counter(evening.morning, 3, "ratna")
    supervisor.presenter.office.reporting.open_of(sample.SRI, Language.INDONESIAN)
    assert (shown(supervisor).report.clerk_name, shown(supervisor).report.served) == ("Sri Wahyuni", 1)


def test_without_a_printer_there_are_the_figures_alone(evening: Counter) -> None:
    glass = Glass()
    session = evening.morning.session(DeviceRole.COUNTER, "pc-2", "budi")
    presenter = Presenter(session, glass, TWO, None)
    presenter.start()
    presenter.office.reporting.open_own(Language.INDONESIAN)
    assert isinstance(glass.page, WorkPage)
    assert isinstance(glass.page.sheet, DayReportSheet)
    assert glass.page.sheet.printout.paper is NoPrinter.NO_PRINTER
