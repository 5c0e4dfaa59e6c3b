"""What a program prints with: its printers, their paper and their journal.

A job goes to the first printer that can print it, and to the next where that one fails. What may be on paper is never
repeated by itself, and what is in doubt since an earlier run is told.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol
from uuid import uuid4

import structlog

from hardware.conversation import Seen
from hardware.driver import Attempt
from hardware.job import Failed, Leftover, Outcome, Printed, PrinterState, PrintJob
from hardware.page import JobKind, Page
from hardware.paper_check import Happening, Paper, end_of_strip
from hardware.paper_watch import Clocks, PaperWatch
from hardware.print_journal import Doubt, JournalUnusable, PrintJournal
from hardware.told import Told, told_of

log = structlog.get_logger()

_MACHINES_OWN = Clocks()
_NOT_SEEN = Seen(PrinterState.UNKNOWN)

OnOutcome = Callable[[PrintJob, Outcome], None]


class StationPrinter(Protocol):
    """What a station needs of a printer; see `hardware.printer.Printer`."""

    name: str

    def start(self, on_seen: Callable[[Seen], None], left: Leftover) -> None: ...

    def submit(self, attempt: Attempt) -> None: ...

    def end(self) -> None: ...

    def join(self, within_seconds: float) -> None: ...


class PrintStation:
    """`on_change` (something below may be different) and each job's `on_outcome` are called in a printer's thread.

    Where a `strip` is given, paper that was touched is trusted only when somebody has read one; without, whoever
    takes the paper sees for himself.
    """

    def __init__(
        self,
        printers: Sequence[StationPrinter],
        journal: PrintJournal,
        on_change: Callable[[], None],
        strip: Page | None = None,
        clocks: Clocks = _MACHINES_OWN,
    ) -> None:
        self._journal = journal
        self._on_change = on_change
        self._strip = strip
        self._places = tuple(
            _Place(printer, PaperWatch(printer.name, journal, clocks) if strip is not None else None)
            for printer in printers
        )
        self._ending = False

    @property
    def state(self) -> PrinterState:
        """The best printer's, as last seen, without waiting."""
        return next((state for state in self.states if state.can_print), self.states[0])

    @property
    def states(self) -> tuple[PrinterState, ...]:
        """Each printer's."""
        return tuple(place.state for place in self._places)

    @property
    def told(self) -> Told:
        """What there is to tell of it beyond this program."""
        return told_of(self.state, self.states, self.ticket_waits)

    @property
    def papers(self) -> tuple[Paper, ...]:
        """How far the check of each printer's paper has come."""
        return tuple(place.paper for place in self._places)

    @property
    def ticket_waits(self) -> bool:
        """Whether a ticket still hangs in the mouth of a printer that can tell."""
        return any(place.seen.ticket_waits for place in self._places)

    def start(self) -> None:
        """Begin to ask the printers how they are. Raises JournalUnusable."""
        for doubt in self._journal.in_doubt():
            if doubt.kind is JobKind.PAPER_CHECK:  # the doubt about the paper itself is kept
                self._journal.settle(doubt.number)
        for place in self._places:
            place.printer.start(partial(self._seen, place), self._journal.left_in(place.printer.name))

    def stop(self, within_seconds: float = 2.0) -> None:
        """Let what is being printed come to its end in that time, or leave it in doubt; then close the journal."""
        self._ending = True
        end = time.monotonic() + within_seconds
        for place in self._places:
            place.printer.end()
        for place in self._places:
            place.printer.join(max(0.0, end - time.monotonic()))
            if place.watch is not None:
                place.watch.note_heard()
        self._journal.close()

    def submit(self, job: PrintJob, on_outcome: OnOutcome) -> None:
        """Have a job printed; its outcome comes once, whatever happens to the printers."""
        self._go(self._course(job, on_outcome))

    def readable(self, printer: int) -> None:
        """Somebody can read the strip of the printer with this place in `states`."""
        self._answered(printer, Happening.READABLE)

    def unreadable(self, printer: int) -> None:
        """Nobody can: its roll is to be turned."""
        self._answered(printer, Happening.UNREADABLE)

    def in_doubt(self) -> tuple[Doubt, ...]:
        """What earlier runs took on and did not end, to be asked once: each is printed again, or else settled."""
        return tuple(doubt for doubt in self._journal.in_doubt() if doubt.kind is not JobKind.PAPER_CHECK)

    def print_again(self, doubt: Doubt, on_outcome: OnOutcome) -> None:
        """Have the page of a doubt printed, with the mark if it may be on paper; as `submit`.

        It stays in doubt until its end is known, so nothing is lost if the power goes again. A doubt without a page
        is a ValueError.
        """
        if doubt.page is None:
            raise ValueError(f"no page is known of {doubt.id}")
        is_repeat = doubt.began or doubt.is_repeat
        job = PrintJob(doubt.id, doubt.page, doubt.command_id, doubt.ticket_id, is_repeat)
        course = self._course(job, on_outcome)
        course.number, course.began = doubt.number, doubt.began
        self._go(course)

    def settle(self, doubt: Doubt) -> None:
        """Its owner has shown it instead. Raises JournalUnusable."""
        self._journal.settle(doubt.number)

    def _answered(self, printer: int, happening: Happening) -> None:
        watch = self._places[printer].watch
        if watch is not None and watch.happened(happening):
            self._on_change()

    def _seen(self, place: "_Place", seen: Seen) -> None:
        is_new = seen != place.seen
        if place.watch is not None:
            is_new = place.watch.found(seen.state) or is_new
        place.seen = seen
        if not is_new:
            return
        if place.watch is not None and place.paper is Paper.TOUCHED and seen.state.can_print:
            self._print_strip(place, place.watch)
        self._on_change()

    def _print_strip(self, place: "_Place", watch: PaperWatch) -> None:
        assert self._strip is not None
        job = PrintJob(f"{JobKind.PAPER_CHECK}-{uuid4().hex}", self._strip)

        def ended(_: PrintJob, outcome: Outcome) -> None:
            watch.happened(end_of_strip(outcome))
            self._on_change()

        watch.happened(Happening.STRIP_BEGUN)
        self._go(_Course(job, self._journal, ended, self._next, place, ()))

    def _course(self, job: PrintJob, on_outcome: OnOutcome) -> "_Course":
        first = next((place for place in self._places if place.state.can_print), self._places[0])
        others = tuple(place for place in self._places if place is not first)
        return _Course(job, self._journal, on_outcome, self._next, first, others)

    def _go(self, course: "_Course") -> None:
        course.place.printer.submit(course)

    def _next(self, course: "_Course", outcome: Outcome) -> bool:
        """Whether the job goes on to another printer."""
        if self._ending or not isinstance(outcome, Failed):
            return False
        place = next((place for place in course.others if place.state.can_print), None)
        if place is None:
            return False
        course.go_on_to(place)
        self._go(course)
        return True


@dataclass(slots=True)
class _Place:
    """A printer of the station, with the check of its paper if that is checked, and as it was last seen."""

    printer: StationPrinter
    watch: PaperWatch | None
    seen: Seen = _NOT_SEEN

    @property
    def paper(self) -> Paper:
        return Paper.TRUSTED if self.watch is None else self.watch.paper

    @property
    def state(self) -> PrinterState:
        return self.judged(self.seen.state)

    def judged(self, state: PrinterState) -> PrinterState:
        """What the printer can do for a page that is to be trusted."""
        if state.can_print and self.paper is not Paper.TRUSTED:
            return PrinterState.PAPER_UNCHECKED
        return state


@dataclass(slots=True)
class _Course:
    """A job's way through the station: an attempt at one printer, perhaps at the next, and its end."""

    job: PrintJob
    _journal: PrintJournal
    _on_outcome: OnOutcome
    _next: Callable[["_Course", Outcome], bool]
    place: _Place
    others: tuple[_Place, ...]
    number: int | None = None
    """In the journal, once it is written down there."""
    began: bool = False

    def taken(self) -> None:
        if self.number is None:
            self.number = self._journal.queued(self.job)

    def judged(self, state: PrinterState) -> PrinterState:
        return state if self.job.page.kind is JobKind.PAPER_CHECK else self.place.judged(state)

    def begins(self, data: bytes) -> int:
        assert self.number is not None
        self._journal.printing(self.number, self.place.printer.name, data)
        return self.number

    def ended(self, outcome: Outcome) -> None:
        if isinstance(outcome, Printed) and self.place.watch is not None:
            self.place.watch.heard()  # on a slow line a page takes longer than a roll's change
        if isinstance(outcome, Failed):
            self.began = self.began or outcome.began
            outcome = Failed(outcome.state, self.began)
        if not self._next(self, outcome):
            self._close(outcome)

    def go_on_to(self, place: _Place) -> None:
        """A page that began elsewhere may be on paper in part: it carries the mark from now on."""
        self.place = place
        self.others = tuple(other for other in self.others if other is not place)
        if self.began:
            self.job = self.job.as_repeat()

    def _close(self, outcome: Outcome) -> None:
        """A bad end is told before it is written down: better told twice than, if the power goes now, never."""
        if isinstance(outcome, Printed):
            self._write_down(outcome)
            self._on_outcome(self.job, outcome)
        else:
            self._on_outcome(self.job, outcome)
            self._write_down(outcome)

    def _write_down(self, outcome: Outcome) -> None:
        try:
            self.taken()
            assert self.number is not None
            self._journal.closed(self.number, outcome)
        except JournalUnusable as error:  # the job stays in doubt there; here its end is known
            log.error("print journal unusable", why=str(error), job=self.job.id)
