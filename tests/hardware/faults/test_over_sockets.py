"""The same promise over real sockets, threads and processes: fewer mornings, in real time."""

import datetime as dt
import queue
import random
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from hardware.connections.network import NetworkConnection
from hardware.conversation import Deadlines
from hardware.driver import Rhythm
from hardware.job import Failed, Outcome, Printed, PrintJob, Unknown
from hardware.print_journal import PrintJournal, trace
from hardware.printer import Printer
from hardware.profile import EPSON_58MM
from hardware.station import PrintStation
from hardware.virtual.paper import Paper
from hardware.virtual.server import PrinterServer
from tests.conftest import SOAKING
from tests.hardware.conftest import StartPrinter, VirtualPrinter
from tests.hardware.faults.checker import Ticket, complaint, copies_of
from tests.hardware.pressing import CUT, PICTURE, page_of, press
from tests.support.waiting import wait_until

PATIENCE_SECONDS = 10.0
TICKETS = 6
ROWS = 100
QUICK = Deadlines(connect=1.0, answer=0.2, write=0.5, confirm=0.6, ask_again=0.1)
EAGER = Rhythm(poll=0.02, first_retry=0.01, last_retry=0.05)


def ticket_of(number: int) -> Ticket:
    return Ticket(number, b"NOMOR %04d\nLOKET\n" % number)


def job_of(ticket: Ticket) -> PrintJob:
    return PrintJob(
        f"job-{ticket.number}", page_of(ticket.body + PICTURE + CUT), "command", f"ticket-{ticket.number}"
    )


def station_of(servers: list[PrinterServer], journal: Path) -> PrintStation:
    printers = [
        Printer(NetworkConnection(*server.address), EPSON_58MM, press, deadlines=QUICK, rhythm=EAGER)
        for server in servers
    ]
    station = PrintStation(printers, PrintJournal(journal, lambda: dt.datetime.now(dt.UTC)), lambda: None)
    station.start()
    return station


def complaints(tickets: list[Ticket], pieces: list[Paper], journal: Path) -> list[str]:
    found = []
    for ticket in tickets:
        ticket.is_written_down = bool(trace(journal, f"ticket-{ticket.number}"))
        if wrong := complaint(ticket, copies_of(ticket, pieces)):
            found.append(f"{wrong}: {ticket} {copies_of(ticket, pieces)}")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(400 if SOAKING else 16))
def test_each_ticket_is_on_paper_once_or_marked_or_told(seed: int, tmp_path: Path) -> None:
    chance, journal, pieces = random.Random(seed), tmp_path / "print.db", list[Paper]()
    with ExitStack() as running:
        servers = []
        for _ in range(chance.choice((1, 2))):
            servers.append(PrinterServer(pieces.append, width_dots=128))
            servers[-1].start()
            running.callback(servers[-1].stop)
        station = station_of(servers, journal)
        tickets = [ticket_of(number) for number in range(TICKETS)]
        for ticket in tickets:
            wait_until(lambda: station.state.can_print)
            for server in servers:
                _befall(chance, server)
            outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
            station.submit(job_of(ticket), lambda _, outcome, outcomes=outcomes: outcomes.put(outcome))
            ticket.outcomes.append(outcomes.get(timeout=PATIENCE_SECONDS))
            ticket.is_shown = isinstance(ticket.outcomes[-1], Failed | Unknown)
            for server in servers:
                _mend(server)
        station.stop(PATIENCE_SECONDS)
    assert complaints(tickets, pieces, journal) == []


PRINTING = """
import pathlib, sys
from tests.hardware.faults.test_over_sockets import TICKETS, job_of, station_of, ticket_of
class Server:
    address = ("127.0.0.1", int(sys.argv[2]))
station = station_of([Server], pathlib.Path(sys.argv[1]))
while not station.state.can_print:
    pass
for number in range(TICKETS):
    station.submit(job_of(ticket_of(number)), lambda job, outcome: print(job.id, flush=True))
sys.stdin.read()
"""


@pytest.mark.slow
@pytest.mark.parametrize("printed", [1, 2, 4])
def test_a_killed_programs_tickets_are_all_accounted_for(
    start_printer: StartPrinter, printed: int, tmp_path: Path
) -> None:
    journal, slow = tmp_path / "print.db", start_printer(width_dots=128, mm_per_second=60.0)
    with subprocess.Popen(
        [sys.executable, "-c", PRINTING, str(journal), str(slow.server.address[1])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as program:
        assert program.stdout is not None
        outcomes_told = 0
        while outcomes_told < printed:
            outcomes_told += program.stdout.readline().startswith(b"job-")
        wait_until(lambda: _is_printing(slow))
        program.kill()
    tickets = [ticket_of(number) for number in range(TICKETS)]
    station = station_of([slow.server], journal)
    wait_until(lambda: station.state.can_print)
    outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
    (doubt,) = station.in_doubt()
    assert doubt.began
    station.print_again(doubt, lambda _, outcome: outcomes.put(outcome))
    assert outcomes.get(timeout=PATIENCE_SECONDS) == Printed()
    tickets[printed].outcomes.append(Printed())
    station.stop(PATIENCE_SECONDS)
    assert complaints(tickets, slow.all_paper(), journal) == []


def _is_printing(printer: VirtualPrinter) -> bool:
    with printer.server.printer() as engine:
        return not engine.idle


def _befall(chance: random.Random, server: PrinterServer) -> None:
    """One fault, or none, at some moment of the next ticket."""
    with server.printer() as printer:
        match chance.randrange(9):
            case 0 | 1:
                printer.let_paper_run_out_after(chance.randrange(1, ROWS + 20))
            case 2:
                printer.jam_cutter()
            case 3:
                printer.open_cover()
            case 4:
                printer.switch_off()
            case 5:
                printer.hold_offline()
            case _:
                pass
    if chance.random() < 0.15:
        server.drop_host()
    if chance.random() < 0.1:
        server.stall()
    if chance.random() < 0.15:
        server.alter_answers(_without_process_id)
    if chance.random() < 0.1:
        server.alter_answers(lambda answers: chance.randbytes(len(answers)))


def _mend(server: PrinterServer) -> None:
    server.alter_answers(bytes)
    server.unstall()
    with server.printer() as printer:
        if not printer.on:
            printer.switch_on()
        printer.free_cutter()
        printer.close_cover()
        printer.let_online()
        printer.load_paper()


def _without_process_id(answers: bytes) -> bytes:
    at = answers.find(b"\x37\x22")
    return answers if at < 0 else answers[:at] + answers[at + 7 :]
