"""`antrean printer roll`: tickets of a queue's emergency roll on paper, however the printer fares meanwhile."""

import queue
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import asdict

from antrean.broker_line import BrokerLine
from antrean.printers import condition, what_to_do
from antrean.problem import Problem
from broker.domain import commands as c
from broker.domain.values import Letter
from broker.protocol import messages as m
from hardware.job import Failed, Outcome, Printed, PrinterState, PrintJob, Unknown
from hardware.page import Page
from hardware.print_journal import PrintJournal
from hardware.printer import Printer
from hardware.profile import Confirmation, Profile
from hardware.station import PrintStation
from papers.roll import roll_ticket_page
from wording import Wording
from wording.refusals import sentence

LOOK_AGAIN_SECONDS = 1.0

Say = Callable[[str], None]


class RollPrinter:
    """One printer that prints one page at a time; `opened` makes it."""

    def __init__(self, station: PrintStation, changed: threading.Event, profile: Profile) -> None:
        self._station = station
        self._changed = changed
        self._tells = profile.confirmation is not Confirmation.NONE

    def hindrances(self) -> Iterator[PrinterState]:
        """What keeps it from printing, one after another, until it can: somebody has to see to each."""
        told = PrinterState.UNKNOWN
        while not (state := self._station.state).can_print:
            if state is not told:
                told = state
                yield state
            self._changed.wait(LOOK_AGAIN_SECONDS)
            self._changed.clear()

    def print(self, job: PrintJob) -> Outcome:
        """How it ended. Where a printer can't tell, what has gone out to it counts as printed."""
        outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self._station.submit(job, lambda _, outcome: outcomes.put(outcome))
        outcome = outcomes.get()
        return Printed() if isinstance(outcome, Unknown) and not self._tells else outcome


@contextmanager
def opened(printer: Printer, profile: Profile) -> Iterator[RollPrinter]:
    """The printer, as long as the block lasts. Its print journal goes with it: a ticket of the roll is in no doubt."""
    changed = threading.Event()
    with tempfile.TemporaryDirectory() as folder:
        journal = PrintJournal(Path(folder) / "print.db", lambda: datetime.now(UTC))
        station = PrintStation((printer,), journal, changed.set)
        station.start()
        try:
            yield RollPrinter(station, changed, profile)
        finally:
            station.stop()


def print_roll(
    line: BrokerLine, letter: str, count: int, printer: RollPrinter, wording: Wording, say: Say
) -> None:
    """Have the broker prepare the tickets, then print each. Raises Problem where the broker refuses."""
    answer = line.send(c.PrintRoll(Letter(letter), count))
    if isinstance(answer, m.Refused):
        todo = wording.t("Print fewer, or give the roll of this queue more numbers in the outlet's rules.")
        said = sentence(answer.refusal.code, asdict(answer.refusal), wording)
        raise Problem(said, wording.t("Queue {letter}", letter=letter), todo)
    state, roll = line.state(), answer.outcome
    assert isinstance(roll, m.RollOutcome)
    for ticket, token in zip(roll.tickets, roll.tokens, strict=True):
        page = roll_ticket_page(ticket, token, roll.ends_at, state)
        _print(f"{ticket.letter} {state.digits(ticket.letter, ticket.number)}", page, printer, wording, say)
    say(wording.t("All tickets are printed. Each is entered at a counter, by scanning it."))


def _print(number: str, page: Page, printer: RollPrinter, wording: Wording, say: Say) -> None:
    """Until it is on paper; with the mark once a part of it, or all, may be."""
    attempt, is_repeat = 0, False
    while True:
        for state in printer.hindrances():
            waits = wording.t("{number} waits for the printer.", number=number)
            say(f"{waits} {condition(state, wording)}. {what_to_do(state, wording)}")
        attempt += 1
        match printer.print(PrintJob(f"{number}-{attempt}", page, is_repeat=is_repeat)):
            case Printed():
                say(wording.t("{number} is printed.", number=number))
                return
            case Failed(began=False):
                pass
            case _:
                is_repeat = True
                say(wording.t("{number} is printed again: destroy what has come out of it.", number=number))
