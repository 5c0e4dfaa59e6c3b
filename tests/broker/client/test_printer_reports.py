"""A device tells the broker how its printer is: once for each change, and anew where the broker thinks otherwise."""

from typing import NamedTuple

import pytest

from broker.client import Link, PrinterReports
from broker.domain.commands import ReportPrinter
from broker.domain.events import PrinterReported
from broker.domain.values import DeviceId, DeviceRole, PrinterNeed, PrinterState
from tests.support.morning import Morning

DEVICE = DeviceId("kiosk-1")


class Told(NamedTuple):
    """A printer as its device tells of it."""

    state: PrinterState
    need: PrinterNeed | None = None


class Reporting:
    """A device, its printer, and what the journal has of it."""

    def __init__(self) -> None:
        self.outlet = Morning()
        self.session = self.outlet.session(DeviceRole.KIOSK, DEVICE)
        self.printer = Told(PrinterState.UNKNOWN)
        self.reports = PrinterReports(self.session, lambda: self.printer)

    def is_now(self, state: PrinterState, need: PrinterNeed | None = None) -> None:
        self.printer = Told(state, need)
        self.reports.look()

    @property
    def told(self) -> list[PrinterState]:
        return [each.state for each in self.outlet.happened(PrinterReported)]


@pytest.fixture
def at_kiosk() -> Reporting:
    return Reporting()


def test_each_change_is_told_once(at_kiosk: Reporting) -> None:
    for state in (PrinterState.PAPER_LOW, PrinterState.PAPER_LOW, PrinterState.PAPER_OUT, PrinterState.READY):
        at_kiosk.is_now(state)
    assert at_kiosk.told == [PrinterState.PAPER_LOW, PrinterState.PAPER_OUT, PrinterState.READY]


def test_what_it_needs_is_told_too(at_kiosk: Reporting) -> None:
    needs = [PrinterNeed.TAKE_TICKET, PrinterNeed.TAKE_TICKET, None]
    for need in needs:
        at_kiosk.is_now(PrinterState.READY, need)
    told = [each.need for each in at_kiosk.outlet.happened(PrinterReported)]
    assert told == [PrinterNeed.TAKE_TICKET, None]


def test_a_printer_that_is_ready_from_the_first_is_nothing_to_tell(at_kiosk: Reporting) -> None:
    at_kiosk.is_now(PrinterState.READY)
    assert at_kiosk.told == []


def test_a_printer_that_was_not_asked_yet_is_nothing_to_tell(at_kiosk: Reporting) -> None:
    at_kiosk.is_now(PrinterState.PAPER_OUT)
    again = PrinterReports(at_kiosk.session, lambda: Told(PrinterState.UNKNOWN))
    again.look()
    assert at_kiosk.told == [PrinterState.PAPER_OUT]


def test_a_change_while_the_answer_is_awaited_is_told_after_it(at_kiosk: Reporting) -> None:
    at_kiosk.outlet.paused = True
    at_kiosk.is_now(PrinterState.PAPER_OUT)
    at_kiosk.is_now(PrinterState.COVER_OPEN)
    at_kiosk.is_now(PrinterState.READY)
    assert at_kiosk.told == [PrinterState.PAPER_OUT]
    at_kiosk.outlet.paused = False
    at_kiosk.outlet.deliver()
    assert at_kiosk.told == [PrinterState.PAPER_OUT, PrinterState.READY]


def test_an_answer_that_comes_before_its_update_is_not_followed_by_a_second_report(
    at_kiosk: Reporting,
) -> None:
    session = at_kiosk.session
    at_kiosk.outlet.sessions.remove(session)  # its updates are on their way
    at_kiosk.is_now(PrinterState.PAPER_OUT)
    at_kiosk.reports.look()
    assert at_kiosk.told == [PrinterState.PAPER_OUT]
    session.fold(tuple(at_kiosk.outlet.journal[-1:]))
    assert at_kiosk.told == [PrinterState.PAPER_OUT]


def test_what_happened_while_the_broker_was_away_is_told_when_it_is_back(at_kiosk: Reporting) -> None:
    at_kiosk.session.set_link(Link.STALE)
    at_kiosk.is_now(PrinterState.CUTTER)
    assert at_kiosk.told == []
    at_kiosk.session.set_link(Link.LIVE)
    assert at_kiosk.told == [PrinterState.CUTTER]


def test_a_broker_that_thinks_otherwise_is_told_again(at_kiosk: Reporting) -> None:
    at_kiosk.is_now(PrinterState.PAPER_OUT)
    at_kiosk.outlet.do(ReportPrinter(PrinterState.READY), DeviceRole.KIOSK, DEVICE)
    assert at_kiosk.outlet.state.printers == {DEVICE: PrinterState.PAPER_OUT}


def test_each_device_speaks_of_its_own_printer(at_kiosk: Reporting) -> None:
    other = PrinterReports(
        at_kiosk.outlet.session(DeviceRole.COUNTER, "pc-1"), lambda: Told(PrinterState.OVERHEATED)
    )
    other.look()
    at_kiosk.is_now(PrinterState.FAULT)
    expected = {DEVICE: PrinterState.FAULT, DeviceId("pc-1"): PrinterState.OVERHEATED}
    assert at_kiosk.outlet.state.printers == expected
