"""What a program prints with: its printers and their journal. A job goes to the first printer that can print it, and
to the next where that one fails; what is in doubt since an earlier run is told, never repeated by itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from hardware.job import Failed, Outcome, PrinterState, PrintJob
from hardware.print_journal import Doubt, JournalUnusable, PrintJournal
from hardware.printer import Printer

log = structlog.get_logger()

OnOutcome = Callable[[PrintJob, Outcome], None]


class PrintStation:
    """`on_change` (a state may be another) and each job's `on_outcome` are called in a printer's thread."""

    def __init__(
        self, printers: Sequence[Printer], journal: PrintJournal, on_change: Callable[[], None]
    ) -> None:
        self._printers = tuple(printers)
        self._journal = journal
        self._on_change = on_change

    @property
    def state(self) -> PrinterState:
        """The best printer's, as last seen, without waiting."""
        return next((state for state in self.states if state.can_print), self.states[0])

    @property
    def states(self) -> tuple[PrinterState, ...]:
        """Each printer's."""
        return tuple(printer.state for printer in self._printers)

    def start(self) -> None:
        """Begin to ask the printers how they are."""
        for printer in self._printers:
            printer.start(self._on_change)

    def stop(self, within_seconds: float = 2.0) -> None:
        """Let what is being printed come to its end in that time, or leave it in doubt; then close the journal."""
        for printer in self._printers:
            printer.stop(within_seconds)
        self._journal.close()

    def submit(self, job: PrintJob, on_outcome: OnOutcome) -> None:
        """Have a job printed; its outcome comes once, whatever happens to the printers."""
        printer = next((each for each in self._printers if each.state.can_print), self._printers[0])
        printer.submit(_Attempt(job, printer.name, self._journal, on_outcome))

    def in_doubt(self) -> tuple[Doubt, ...]:
        """What earlier runs began or took on and did not end: each is to be shown, or printed again, then settled."""
        return self._journal.in_doubt()

    def settle(self, doubt: Doubt) -> None:
        """Its owner has dealt with it. Raises JournalUnusable."""
        self._journal.settle(doubt.number)


@dataclass(slots=True)
class _Attempt:
    job: PrintJob
    _printer: str
    _journal: PrintJournal
    _on_outcome: OnOutcome
    _number: int | None = None

    def taken(self) -> None:
        self._number = self._journal.queued(self.job)

    def begins(self, data: bytes) -> int:
        assert self._number is not None
        self._journal.printing(self._number, self._printer, data)
        return self._number

    def ended(self, outcome: Outcome) -> None:
        try:
            if self._number is None and isinstance(outcome, Failed):
                self._number = self._journal.queued(self.job)
            if self._number is not None:
                self._journal.closed(self._number, outcome)
        except JournalUnusable as error:  # the job stays in doubt there; here its end is known
            log.error("print journal unusable", why=str(error), job=self.job.id)
        self._on_outcome(self.job, outcome)
