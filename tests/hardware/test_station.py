"""A job goes to a printer that can print it; nothing is repeated by itself; paper is trusted when it has been read."""

import datetime as dt
import queue
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.connections.network import NetworkConnection
from hardware.conversation import Deadlines
from hardware.driver import Rhythm
from hardware.job import Failed, Outcome, Printed, PrinterState, PrintJob, Unknown
from hardware.page import JobKind
from hardware.paper_check import ROLL_CHANGE_SECONDS
from hardware.paper_check import Paper as Stage
from hardware.paper_watch import Clocks
from hardware.print_journal import JobState, PrintJournal, trace
from hardware.printer import Printer
from hardware.profile import DEFAULT, Presenter, Profile
from hardware.station import PrintStation
from hardware.virtual.abilities import CUSTOM_PRESENTER
from hardware.virtual.engine import Engine
from tests.hardware.conftest import StartPrinter, VirtualPrinter
from tests.hardware.pressing import CUT, MARK, page_of, press
from tests.support.waiting import wait_until

PATIENCE_SECONDS = 10.0
PAGE = b"A 019\n" * 10 + CUT
ROWS = 300
QUICK = Deadlines(connect=1.0, answer=0.3, write=0.5, confirm=1.0, ask_again=0.1)
EAGER = Rhythm(poll=0.02, first_retry=0.01, last_retry=0.05)
STRIP = page_of(b"TES KERTAS\n" + CUT, JobKind.PAPER_CHECK)


class Desk:
    """A station, and how its jobs ended."""

    def __init__(
        self,
        virtual: tuple[VirtualPrinter, ...],
        journal: Path,
        checks_paper: bool,
        profile: Profile,
        clocks: Clocks,
    ) -> None:
        self.journal_path = journal
        self._outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self._jobs = 0
        printers = [
            Printer(NetworkConnection(*each.server.address), profile, press, deadlines=QUICK, rhythm=EAGER)
            for each in virtual
        ]
        self.names = [printer.name for printer in printers]
        self.station = PrintStation(
            printers,
            PrintJournal(journal, lambda: dt.datetime.now(dt.UTC)),
            lambda: None,
            STRIP if checks_paper else None,
            clocks,
        )
        self.station.start()

    def submit(self, page: bytes = PAGE) -> None:
        self._jobs += 1
        job = PrintJob(f"job-{self._jobs}", page_of(page), f"command-{self._jobs}", f"ticket-{self._jobs}")
        self.station.submit(job, lambda _, outcome: self._outcomes.put(outcome))

    def outcome(self, page: bytes = PAGE) -> Outcome:
        self.submit(page)
        return self.ended()

    def ended(self) -> Outcome:
        return self._outcomes.get(timeout=PATIENCE_SECONDS)

    def wait_for(self, *states: PrinterState) -> None:
        wait_until(lambda: self.station.states == states)

    def written(self, number: int) -> tuple[JobState, str | None]:
        (entry,) = trace(self.journal_path, f"ticket-{number}")
        return entry.state, entry.printer


MACHINES_OWN = Clocks()

StartDesk = Callable[..., Desk]


@pytest.fixture
def start_desk(tmp_path: Path) -> Iterator[StartDesk]:
    desks: list[Desk] = []

    def start(
        *virtual: VirtualPrinter,
        checks_paper: bool = False,
        profile: Profile = DEFAULT,
        clocks: Clocks = MACHINES_OWN,
    ) -> Desk:
        desks.append(Desk(virtual, tmp_path / "print.db", checks_paper, profile, clocks))
        return desks[-1]

    yield start
    for desk in desks:
        desk.station.stop(PATIENCE_SECONDS)


@pytest.fixture
def pair(start_printer: StartPrinter) -> tuple[VirtualPrinter, VirtualPrinter]:
    return start_printer(), start_printer()


@pytest.fixture
def both(start_desk: StartDesk, pair: tuple[VirtualPrinter, VirtualPrinter]) -> Desk:
    desk = start_desk(*pair)
    desk.wait_for(PrinterState.READY, PrinterState.READY)
    return desk


def befall(virtual: VirtualPrinter, act: Callable[[Engine], None]) -> None:
    with virtual.server.printer() as engine:
        act(engine)


# Two printers


def test_the_first_printer_prints(both: Desk, pair: tuple[VirtualPrinter, VirtualPrinter]) -> None:
    assert both.outcome() == Printed()
    pair[0].paper()
    assert pair[1].nothing_more
    assert both.written(1) == (JobState.PRINTED, both.names[0])


def test_the_second_takes_over_where_the_first_cannot_print(
    both: Desk, pair: tuple[VirtualPrinter, VirtualPrinter]
) -> None:
    befall(pair[0], Engine.open_cover)
    both.wait_for(PrinterState.COVER_OPEN, PrinterState.READY)
    assert both.station.state is PrinterState.READY
    assert both.outcome() == Printed()
    assert MARK not in pair[1].paper().raw_bytes
    assert both.written(1) == (JobState.PRINTED, both.names[1])


def test_a_page_that_the_first_refuses_goes_to_the_second_unmarked(
    start_desk: StartDesk, pair: tuple[VirtualPrinter, VirtualPrinter]
) -> None:
    desk = start_desk(*pair)
    desk.wait_for(PrinterState.READY, PrinterState.READY)
    with pair[0].server.printer() as engine:  # held off, so that the station has not seen it yet
        engine.open_cover()
        desk.submit()
    assert desk.ended() == Printed()
    assert MARK not in pair[1].paper().raw_bytes


def test_a_page_that_the_first_dropped_half_way_goes_to_the_second_with_the_mark(
    both: Desk, pair: tuple[VirtualPrinter, VirtualPrinter]
) -> None:
    befall(pair[0], lambda engine: engine.let_paper_run_out_after(ROWS // 2))
    assert both.outcome() == Printed()
    assert MARK + PAGE in pair[1].paper().raw_bytes
    assert both.written(1) == (JobState.PRINTED, both.names[1])


def test_a_page_that_may_be_on_paper_is_not_repeated(
    both: Desk, pair: tuple[VirtualPrinter, VirtualPrinter]
) -> None:
    pair[0].server.alter_answers(lambda answers: answers.replace(b"\x37\x22", b"\x37\x23"))
    assert both.outcome() == Unknown(PrinterState.SILENT)
    pair[0].paper()
    assert pair[1].nothing_more


def test_where_neither_prints_it_fails_once_and_says_whether_a_part_may_be_out(
    both: Desk, pair: tuple[VirtualPrinter, VirtualPrinter]
) -> None:
    for virtual in pair:
        befall(virtual, lambda engine: engine.let_paper_run_out_after(10))
    assert both.outcome() == Failed(PrinterState.PAPER_OUT, began=True)
    both.wait_for(PrinterState.PAPER_OUT, PrinterState.PAPER_OUT)
    assert both.station.state is PrinterState.PAPER_OUT
    assert both.outcome() == Failed(PrinterState.PAPER_OUT, began=False)


# Stopping


def test_stopping_fails_what_waits_and_lets_what_prints_come_to_its_end(
    start_desk: StartDesk, start_printer: StartPrinter
) -> None:
    slow = start_printer(mm_per_second=100.0)
    desk = start_desk(slow)
    desk.wait_for(PrinterState.READY)
    for _ in range(3):
        desk.submit()
    wait_until(lambda: bool(trace(desk.journal_path, "ticket-1")))
    desk.station.stop(PATIENCE_SECONDS)
    assert [desk.ended() for _ in range(3)] == [
        Printed(),
        Failed(PrinterState.READY),
        Failed(PrinterState.READY),
    ]
    assert [desk.written(number)[0] for number in (1, 2, 3)] == [
        JobState.PRINTED,
        JobState.FAILED,
        JobState.FAILED,
    ]


def test_stopping_does_not_wait_for_a_printer_that_says_nothing(
    start_desk: StartDesk, start_printer: StartPrinter
) -> None:
    slow = start_printer(mm_per_second=1.0)
    desk = start_desk(slow)
    desk.wait_for(PrinterState.READY)
    desk.submit()
    wait_until(lambda: trace(desk.journal_path, "ticket-1")[-1:] != ())
    wait_until(lambda: desk.written(1)[0] is JobState.PRINTING)
    began = time.monotonic()
    desk.station.stop(within_seconds=0.1)
    assert time.monotonic() - began < 1.0
    assert desk.written(1)[0] is JobState.PRINTING
    again = start_desk(slow)
    (doubt,) = again.station.in_doubt()
    assert (doubt.id, doubt.began, doubt.page) == ("job-1", True, page_of(PAGE))


# What is in doubt


def test_a_page_in_doubt_is_printed_again_with_its_mark(
    start_desk: StartDesk, virtual_printer: VirtualPrinter, tmp_path: Path
) -> None:
    journal = PrintJournal(tmp_path / "print.db", lambda: dt.datetime.now(dt.UTC))
    journal.printing(journal.queued(PrintJob("begun", page_of(PAGE), "c", "ticket-1")), "front", PAGE)
    journal.queued(PrintJob("waiting", page_of(PAGE), "c", "ticket-2"))
    journal.close()
    desk = start_desk(virtual_printer)
    outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
    for doubt in desk.station.in_doubt():
        desk.station.print_again(doubt, lambda _, outcome: outcomes.put(outcome))
        assert outcomes.get(timeout=PATIENCE_SECONDS) == Printed()
    assert MARK + PAGE in virtual_printer.paper().raw_bytes
    assert MARK not in virtual_printer.paper().raw_bytes
    assert desk.station.in_doubt() == ()
    assert desk.written(1) == (JobState.PRINTED, desk.names[0])


def test_what_a_killed_program_left_in_the_printer_is_cut_off_before_the_next_page(
    start_desk: StartDesk, virtual_printer: VirtualPrinter, tmp_path: Path
) -> None:
    name = NetworkConnection(*virtual_printer.server.address).description
    journal = PrintJournal(tmp_path / "print.db", lambda: dt.datetime.now(dt.UTC))
    journal.printing(journal.queued(PrintJob("begun", page_of(PAGE), "c", "ticket-1")), name, PAGE)
    journal.close()
    befall(virtual_printer, lambda engine: engine.receive(b"half a tick\n"))
    desk = start_desk(virtual_printer)
    desk.wait_for(PrinterState.READY)
    assert desk.outcome(b"next\n" + PAGE) == Printed()
    assert b"half" in virtual_printer.paper().raw_bytes
    assert b"half" not in virtual_printer.paper().raw_bytes


def test_a_page_in_doubt_that_its_owner_shows_is_settled(
    start_desk: StartDesk, virtual_printer: VirtualPrinter, tmp_path: Path
) -> None:
    journal = PrintJournal(tmp_path / "print.db", lambda: dt.datetime.now(dt.UTC))
    journal.printing(journal.queued(PrintJob("begun", page_of(PAGE), "c", "ticket-1")), "front", PAGE)
    journal.close()
    desk = start_desk(virtual_printer)
    (doubt,) = desk.station.in_doubt()
    desk.station.settle(doubt)
    assert desk.station.in_doubt() == ()
    assert desk.written(1)[0] is JobState.UNKNOWN
    assert virtual_printer.nothing_more


# Paper


@pytest.fixture
def kiosk(start_desk: StartDesk, virtual_printer: VirtualPrinter) -> Desk:
    desk = start_desk(virtual_printer, checks_paper=True)
    desk.wait_for(PrinterState.READY)
    return desk


def change_roll(desk: Desk, virtual: VirtualPrinter, upside_down: bool = False) -> None:
    befall(virtual, Engine.open_cover)
    wait_until(lambda: desk.station.papers[0] is Stage.TOUCHED)
    with virtual.server.printer() as engine:
        engine.load_paper_upside_down() if upside_down else engine.load_paper()
        engine.close_cover()
    wait_until(lambda: desk.station.papers[0] is Stage.ASKED)


def test_after_a_change_of_paper_a_strip_is_printed_and_tickets_wait_for_its_reader(
    kiosk: Desk, virtual_printer: VirtualPrinter
) -> None:
    change_roll(kiosk, virtual_printer)
    assert b"TES KERTAS" in virtual_printer.paper().raw_bytes
    assert kiosk.station.state is PrinterState.PAPER_UNCHECKED
    assert kiosk.outcome() == Failed(PrinterState.PAPER_UNCHECKED)
    kiosk.station.readable(0)
    assert kiosk.station.state is PrinterState.READY
    assert kiosk.outcome() == Printed()


def test_a_white_strip_has_the_roll_turned_and_another_strip_printed(
    kiosk: Desk, virtual_printer: VirtualPrinter
) -> None:
    change_roll(kiosk, virtual_printer, upside_down=True)
    kiosk.station.unreadable(0)
    assert kiosk.station.papers == (Stage.WHITE,)
    assert kiosk.outcome() == Failed(PrinterState.PAPER_UNCHECKED)
    change_roll(kiosk, virtual_printer)
    kiosk.station.readable(0)
    assert kiosk.outcome() == Printed()


def test_paper_that_runs_out_is_checked_too(kiosk: Desk, virtual_printer: VirtualPrinter) -> None:
    befall(virtual_printer, Engine.take_out_paper)
    kiosk.wait_for(PrinterState.PAPER_OUT)
    befall(virtual_printer, Engine.load_paper)
    wait_until(lambda: kiosk.station.papers == (Stage.ASKED,))


def test_a_cover_opened_and_closed_between_two_looks_is_seen(
    start_printer: StartPrinter, tmp_path: Path
) -> None:
    virtual = start_printer()
    seldom = Rhythm(poll=0.5)
    printer = Printer(
        NetworkConnection(*virtual.server.address), DEFAULT, press, deadlines=QUICK, rhythm=seldom
    )
    journal = PrintJournal(tmp_path / "print.db", lambda: dt.datetime.now(dt.UTC))
    station = PrintStation((printer,), journal, lambda: None, STRIP)
    station.start()
    wait_until(lambda: station.state is PrinterState.READY)
    with virtual.server.printer() as engine:
        engine.open_cover()
        engine.close_cover()
    wait_until(lambda: station.papers == (Stage.ASKED,))
    station.stop(PATIENCE_SECONDS)


def test_a_restart_does_not_forget_that_nobody_has_read_the_paper(
    kiosk: Desk, start_desk: StartDesk, virtual_printer: VirtualPrinter
) -> None:
    change_roll(kiosk, virtual_printer)
    kiosk.station.stop(PATIENCE_SECONDS)
    again = start_desk(virtual_printer, checks_paper=True)
    wait_until(lambda: again.station.papers == (Stage.ASKED,))
    again.station.readable(0)
    again.station.stop(PATIENCE_SECONDS)
    trusting = start_desk(virtual_printer, checks_paper=True)
    trusting.wait_for(PrinterState.READY)


@pytest.fixture
def seconds_ahead() -> list[float]:
    """By how much the clocks below are ahead of the machine's own: the last."""
    return [0.0]


@pytest.fixture
def clocks(seconds_ahead: list[float]) -> Clocks:
    return Clocks(lambda: time.monotonic() + seconds_ahead[-1], lambda: time.time() + seconds_ahead[-1])


def test_a_roll_changed_while_the_cable_was_out_is_checked(
    start_desk: StartDesk, virtual_printer: VirtualPrinter, clocks: Clocks, seconds_ahead: list[float]
) -> None:
    desk = start_desk(virtual_printer, checks_paper=True, clocks=clocks)
    desk.wait_for(PrinterState.READY)
    for away_seconds, state in (
        (0.0, PrinterState.READY),
        (ROLL_CHANGE_SECONDS, PrinterState.PAPER_UNCHECKED),
    ):
        virtual_printer.server.unplug()
        desk.wait_for(PrinterState.UNREACHABLE)
        seconds_ahead.append(away_seconds)
        virtual_printer.server.plug_in()
        desk.wait_for(state)
    wait_until(lambda: desk.station.papers == (Stage.ASKED,))
    assert desk.outcome() == Failed(PrinterState.PAPER_UNCHECKED)


def test_a_roll_changed_while_the_program_was_away_is_checked(
    start_desk: StartDesk, virtual_printer: VirtualPrinter, clocks: Clocks, seconds_ahead: list[float]
) -> None:
    desk = start_desk(virtual_printer, checks_paper=True, clocks=clocks)
    desk.wait_for(PrinterState.READY)
    desk.station.stop(PATIENCE_SECONDS)
    soon = start_desk(virtual_printer, checks_paper=True, clocks=clocks)
    soon.wait_for(PrinterState.READY)
    soon.station.stop(PATIENCE_SECONDS)
    seconds_ahead.append(ROLL_CHANGE_SECONDS)
    late = start_desk(virtual_printer, checks_paper=True, clocks=clocks)
    wait_until(lambda: late.station.papers == (Stage.ASKED,))


def test_the_other_printer_serves_while_ones_paper_is_unread(
    start_desk: StartDesk, pair: tuple[VirtualPrinter, VirtualPrinter]
) -> None:
    desk = start_desk(*pair, checks_paper=True)
    desk.wait_for(PrinterState.READY, PrinterState.READY)
    change_roll(desk, pair[0])
    desk.wait_for(PrinterState.PAPER_UNCHECKED, PrinterState.READY)
    assert desk.outcome() == Printed()
    assert PAGE in pair[1].paper().raw_bytes


def test_a_clerks_printer_prints_on_without_a_strip(
    both: Desk, pair: tuple[VirtualPrinter, VirtualPrinter]
) -> None:
    befall(pair[0], Engine.open_cover)
    both.wait_for(PrinterState.COVER_OPEN, PrinterState.READY)
    befall(pair[0], Engine.close_cover)
    both.wait_for(PrinterState.READY, PrinterState.READY)
    assert both.outcome() == Printed()
    assert PAGE in pair[0].paper().raw_bytes


# A presenter


def test_a_ticket_that_hangs_in_the_mouth_is_told_until_it_is_taken(
    start_desk: StartDesk, start_printer: StartPrinter
) -> None:
    virtual = start_printer(abilities=CUSTOM_PRESENTER)
    profile = replace(DEFAULT, presenter=Presenter.CUSTOM)
    desk = start_desk(virtual, profile=profile)
    desk.wait_for(PrinterState.READY)
    assert not desk.station.ticket_waits
    assert desk.outcome() == Printed()
    wait_until(lambda: desk.station.ticket_waits)
    assert desk.station.state is PrinterState.READY
    befall(virtual, Engine.take_ticket)
    wait_until(lambda: not desk.station.ticket_waits)
