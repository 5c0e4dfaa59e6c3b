"""A job is printed once, or is reported as not printed, or as unknown; whatever fault meets it, and wherever."""

import datetime as dt
import queue
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hardware.connections.network import NetworkConnection
from hardware.conversation import Deadlines
from hardware.driver import Rhythm
from hardware.job import Failed, Outcome, Printed, PrinterState, PrintJob, Unknown
from hardware.layout.blocks import LayoutError
from hardware.print_journal import JobState, PrintJournal, trace
from hardware.printer import Printer
from hardware.profile import DEFAULT, Profile
from hardware.station import PrintStation
from hardware.virtual.engine import Engine
from hardware.virtual.paper import Ending
from hardware.virtual.server import PrinterServer
from tests.hardware.pressing import page_of, press
from tests.support.waiting import wait_until

PATIENCE_SECONDS = 10.0
PAGE = b"A 019\n" * 10 + b"\x1dV\x42\x00"
ROWS = 300
QUICK = Deadlines(connect=1.0, answer=0.3, write=0.5, confirm=1.0, ask_again=0.1)
EAGER = Rhythm(poll=0.02, first_retry=0.01, last_retry=0.05)


class Desk:
    """A station with one printer, what that was found in, and how its jobs ended."""

    def __init__(self, server: PrinterServer, journal_path: Path) -> None:
        self.states: queue.SimpleQueue[PrinterState] = queue.SimpleQueue()
        self._outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self.journal_path = journal_path
        self.journal = PrintJournal(journal_path, lambda: dt.datetime.now(dt.UTC))
        connection = NetworkConnection(*server.address)
        printer = Printer(connection, DEFAULT, press, deadlines=QUICK, rhythm=EAGER)
        self.station = PrintStation((printer,), self.journal, lambda: self.states.put(self.station.state))
        self._jobs = 0

    def outcome(self, page: bytes = PAGE) -> Outcome:
        self.submit(page)
        return self._outcomes.get(timeout=PATIENCE_SECONDS)

    def submit(self, page: bytes = PAGE) -> None:
        self._jobs += 1
        job = PrintJob(f"job-{self._jobs}", page_of(page), "command-1", "ticket-1")
        self.station.submit(job, lambda _, outcome: self._outcomes.put(outcome))

    def ended(self) -> Outcome:
        return self._outcomes.get(timeout=PATIENCE_SECONDS)

    def wait_for(self, state: PrinterState) -> None:
        while self.station.state is not state:
            self.states.get(timeout=PATIENCE_SECONDS)

    def journalled(self) -> list[JobState]:
        return [entry.state for entry in trace(self.journal_path, "ticket-1")]


@pytest.fixture
def start_desk(tmp_path: Path) -> Iterator[Callable[[PrinterServer], Desk]]:
    desks: list[Desk] = []

    def start(server: PrinterServer) -> Desk:
        desks.append(Desk(server, tmp_path / f"journal-{len(desks)}.sqlite"))
        desks[-1].station.start()
        return desks[-1]

    yield start
    for desk in desks:
        desk.station.stop(PATIENCE_SECONDS)


@pytest.fixture
def desk(start_desk: Callable[[PrinterServer], Desk], virtual_printer) -> Desk:
    desk = start_desk(virtual_printer.server)
    desk.wait_for(PrinterState.READY)
    return desk


def test_a_ticket_is_printed_and_confirmed(desk: Desk, virtual_printer) -> None:
    assert desk.outcome() == Printed()
    assert PAGE in virtual_printer.paper().raw_bytes
    assert desk.journalled() == [JobState.PRINTED]


def test_jobs_come_out_in_order_and_once(desk: Desk, virtual_printer) -> None:
    pages = [b"%d\n\x1dV\x42\x00" % index for index in range(20)]
    for page in pages:
        desk.submit(page)
    assert [desk.ended() for _ in pages] == [Printed()] * 20
    for page in pages:
        assert page in virtual_printer.paper().raw_bytes
    assert virtual_printer.nothing_more


@pytest.mark.parametrize(
    ("befalls", "mends", "state"),
    [
        (Engine.take_out_paper, Engine.load_paper, PrinterState.PAPER_OUT),
        (Engine.open_cover, Engine.close_cover, PrinterState.COVER_OPEN),
        (Engine.let_paper_near_its_end, Engine.load_paper, PrinterState.PAPER_LOW),
        (Engine.hold_offline, Engine.let_online, PrinterState.OFFLINE),
    ],
)
def test_its_state_is_known_without_asking(
    desk: Desk,
    virtual_printer,
    befalls: Callable[[Engine], None],
    mends: Callable[[Engine], None],
    state: PrinterState,
) -> None:
    with virtual_printer.server.printer() as printer:
        befalls(printer)
    desk.wait_for(state)
    with virtual_printer.server.printer() as printer:
        mends(printer)
    desk.wait_for(PrinterState.READY)


def test_nothing_is_sent_to_a_printer_that_cannot_print(desk: Desk, virtual_printer) -> None:
    with virtual_printer.server.printer() as printer:
        printer.open_cover()
    assert desk.outcome() == Failed(PrinterState.COVER_OPEN)
    with virtual_printer.server.printer() as printer:
        assert printer.room == 65536
    wait_until(lambda: desk.journalled() == [JobState.FAILED])


def test_paper_near_its_end_still_prints(desk: Desk, virtual_printer) -> None:
    with virtual_printer.server.printer() as printer:
        printer.let_paper_near_its_end()
    assert desk.outcome() == Printed()


@pytest.mark.parametrize("rows", [1, 40, ROWS // 2, ROWS - 1])
def test_paper_that_ends_in_the_ticket_fails_it_and_nothing_comes_out_later(
    desk: Desk, virtual_printer, rows: int
) -> None:
    with virtual_printer.server.printer() as printer:
        printer.let_paper_run_out_after(rows)
    assert desk.outcome() == Failed(PrinterState.PAPER_OUT, began=True)
    assert desk.station.state is PrinterState.PAPER_OUT
    with virtual_printer.server.printer() as printer:
        printer.load_paper()
    torn = virtual_printer.paper()
    assert (torn.ending, torn.image.height) == (Ending.TORN, rows)
    assert desk.outcome(b"next\n\x1dV\x42\x00") == Printed()
    assert PAGE[:5] not in virtual_printer.paper().raw_bytes  # what was left of the first is cut off
    assert b"next" in virtual_printer.paper().raw_bytes
    assert virtual_printer.nothing_more


def test_a_jammed_cutter_fails_the_ticket(desk: Desk, virtual_printer) -> None:
    with virtual_printer.server.printer() as printer:
        printer.jam_cutter()
    assert desk.outcome() == Failed(PrinterState.CUTTER_ERROR, began=True)
    assert virtual_printer.nothing_more


@pytest.mark.parametrize("state", ["open_cover", "take_out_paper", "hold_offline"])
def test_a_fault_while_it_prints_fails_the_ticket(start_printer, start_desk, state: str) -> None:
    slow = start_printer(mm_per_second=20.0)
    desk = start_desk(slow.server)
    desk.wait_for(PrinterState.READY)
    desk.submit()
    _until_printing(slow.server)
    with slow.server.printer() as printer:
        getattr(printer, state)()
    outcome = desk.ended()
    assert isinstance(outcome, Failed)
    assert not outcome.state.can_print
    with slow.server.printer() as printer:
        assert printer.idle
        assert printer.room == 65536


def test_a_printer_that_is_switched_off_in_the_ticket_leaves_it_unknown(start_printer, start_desk) -> None:
    slow = start_printer(mm_per_second=20.0)
    desk = start_desk(slow.server)
    desk.wait_for(PrinterState.READY)
    desk.submit()
    _until_printing(slow.server)
    with slow.server.printer() as printer:
        printer.switch_off()
    assert desk.ended() == Unknown(PrinterState.UNREACHABLE)
    wait_until(lambda: desk.journalled() == [JobState.UNKNOWN])
    desk.wait_for(PrinterState.UNREACHABLE)
    with slow.server.printer() as printer:
        printer.switch_on()
    desk.wait_for(PrinterState.READY)


def test_a_lost_confirmation_leaves_a_good_ticket_unknown(desk: Desk, virtual_printer) -> None:
    virtual_printer.server.alter_answers(_without_process_id)
    assert desk.outcome() == Unknown(PrinterState.SILENT)
    virtual_printer.paper()
    virtual_printer.server.alter_answers(bytes)
    assert desk.outcome() == Printed()


def test_a_confirmation_of_another_job_confirms_nothing(desk: Desk, virtual_printer) -> None:
    virtual_printer.server.alter_answers(lambda answers: answers.replace(b"\x37\x220001", b"\x37\x229999"))
    assert desk.outcome() == Unknown(PrinterState.SILENT)


def test_answers_that_nobody_asked_for_disturb_nothing(start_printer, start_desk) -> None:
    slow = start_printer(mm_per_second=100.0)
    desk = start_desk(slow.server)
    desk.wait_for(PrinterState.READY)
    slow.server.alter_answers(
        lambda answers: answers.replace(b"\x14\x00\x00\x0f", b"\x12\x14\x00\x00\x0f\x12")
    )
    assert desk.outcome() == Printed()


def test_a_connection_that_died_unnoticed_is_made_anew_before_the_ticket(
    start_printer, tmp_path: Path
) -> None:
    virtual = start_printer()
    journal = PrintJournal(tmp_path / "journal.sqlite", lambda: dt.datetime.now(dt.UTC))
    states: queue.SimpleQueue[PrinterState] = queue.SimpleQueue()
    outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
    seldom = Rhythm(poll=60.0)
    connection = NetworkConnection(*virtual.server.address)
    printer = Printer(connection, DEFAULT, press, deadlines=QUICK, rhythm=seldom)
    station = PrintStation((printer,), journal, lambda: states.put(station.state))
    station.start()
    assert states.get(timeout=PATIENCE_SECONDS) is PrinterState.READY
    virtual.server.drop_host()
    station.submit(PrintJob("1", page_of(PAGE)), lambda _, outcome: outcomes.put(outcome))
    assert outcomes.get(timeout=PATIENCE_SECONDS) == Printed()
    station.stop(PATIENCE_SECONDS)


def test_a_stalled_printer_is_told_from_a_ready_one_and_prints_nothing(desk: Desk, virtual_printer) -> None:
    virtual_printer.server.stall()
    assert desk.outcome() == Failed(PrinterState.SILENT)
    virtual_printer.server.unstall()
    desk.wait_for(PrinterState.READY)
    assert virtual_printer.nothing_more


def test_garbage_for_answers_confirms_nothing(desk: Desk, virtual_printer) -> None:
    virtual_printer.server.alter_answers(lambda answers: b"\xff" * len(answers))
    assert desk.outcome() == Failed(PrinterState.SILENT)
    assert virtual_printer.nothing_more


def test_a_printer_that_vanishes_and_returns_is_picked_up_again(start_printer, start_desk) -> None:
    first = start_printer()
    desk = start_desk(first.server)
    desk.wait_for(PrinterState.READY)
    _, port = first.server.address
    first.server.stop()
    desk.wait_for(PrinterState.UNREACHABLE)
    assert desk.outcome() == Failed(PrinterState.UNREACHABLE)
    again: queue.SimpleQueue[object] = queue.SimpleQueue()
    server = PrinterServer(again.put, port=port)
    server.start()
    desk.wait_for(PrinterState.READY)
    assert desk.outcome() == Printed()
    again.get(timeout=PATIENCE_SECONDS)
    server.stop()


def test_a_printer_that_serves_another_host_is_unreachable(start_desk, virtual_printer, desk: Desk) -> None:
    late = start_desk(virtual_printer.server)
    assert late.outcome() == Failed(PrinterState.UNREACHABLE)
    assert desk.outcome() == Printed()


def test_what_cannot_be_written_down_is_not_printed(desk: Desk, virtual_printer) -> None:
    desk.journal.close()
    assert desk.outcome() == Failed(PrinterState.FAULT)
    assert virtual_printer.nothing_more


def _without_process_id(answers: bytes) -> bytes:
    at = answers.find(b"\x37\x22")
    return answers if at < 0 else answers[:at] + answers[at + 7 :]


def _until_printing(server: PrinterServer) -> None:
    """Wait until the printer has rows to print."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        with server.printer() as printer:
            if not printer.idle:
                return
    pytest.fail("the printer began nothing")


def test_a_page_without_a_usable_layout_fails_and_the_printer_goes_on(
    virtual_printer, tmp_path: Path
) -> None:
    def choosy(job: PrintJob, profile: Profile) -> bytes:
        if job.id == "odd":
            raise LayoutError("no such field", "ticket.toml", "look there")
        return press(job, profile)

    printer = Printer(NetworkConnection(*virtual_printer.server.address), DEFAULT, choosy, rhythm=EAGER)
    journal = PrintJournal(tmp_path / "journal.sqlite", lambda: dt.datetime.now(dt.UTC))
    station = PrintStation((printer,), journal, lambda: None)
    station.start()
    outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
    for name in ("odd", "even"):
        station.submit(PrintJob(name, page_of(PAGE)), lambda _, outcome: outcomes.put(outcome))
    assert outcomes.get(timeout=PATIENCE_SECONDS) == Failed(PrinterState.FAULT)
    assert outcomes.get(timeout=PATIENCE_SECONDS) == Printed()
    station.stop(PATIENCE_SECONDS)
