"""A network printer together with its print journal, as a program that prints has them: opened and closed as one."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import structlog

from hardware.escpos.network import NetworkConnection
from hardware.job import PrinterState, PrintJob
from hardware.print_journal import PrintJournal
from hardware.printer import OnOutcome, OnState, Printer

log = structlog.get_logger()


class PrintStation:
    """Raises JournalUnusable when the journal can't be used. Both callbacks are called in the printer's thread."""

    def __init__(
        self, host: str, port: int, journal: Path, now: Callable[[], datetime], on_state: OnState
    ) -> None:
        self._journal = PrintJournal(journal, now)
        for entry in self._journal.in_doubt():
            log.warning(
                "a print is in doubt since the last run",
                kind=entry.kind,
                ticket=entry.ticket_id,
                command=entry.command_id,
                state=entry.state,
            )
        self._printer = Printer(NetworkConnection(host, port), self._journal, on_state)

    @property
    def state(self) -> PrinterState:
        """As last seen, without waiting."""
        return self._printer.state

    def start(self) -> None:
        """Begin to ask the printer how it is."""
        self._printer.start()

    def stop(self) -> None:
        """Finish what is being printed, then let go of the printer and close the journal."""
        self._printer.stop()
        self._journal.close()

    def submit(self, job: PrintJob, on_outcome: OnOutcome) -> None:
        """Have a job printed; its outcome comes once, whatever happens to the printer."""
        self._printer.submit(job, on_outcome)
