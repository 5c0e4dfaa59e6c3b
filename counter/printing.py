"""The counter's printer on the network: composes the slip, has it printed, and tells its end in the GUI's thread."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import structlog
from PySide6.QtCore import QObject, Qt, Signal

from broker.domain.values import CommandId, Instant, TicketId
from counter.settings import SlipPrinterSettings
from hardware.escpos.compose import compose
from hardware.escpos.network import NetworkConnection
from hardware.job import JobKind, Outcome, PrinterState, PrintJob
from hardware.layout.content import SlipContent, slip_fields
from hardware.layout.shipped import slip_layout
from hardware.print_journal import PrintJournal
from hardware.printer import Printer

log = structlog.get_logger(__name__)


class PaperSlips(QObject):
    """Raises JournalUnusable when the print journal can't be used. `now` is the outlet's time."""

    _ended = Signal(object, object)

    def __init__(
        self, settings: SlipPrinterSettings, now: Callable[[], Instant], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._layout = slip_layout()
        self._attempts = count(1)
        self._journal = PrintJournal(
            Path(settings.journal), lambda: datetime.fromtimestamp(now() / 1000, UTC)
        )
        for entry in self._journal.in_doubt():
            log.warning("slip in doubt since the last run", ticket=entry.ticket_id, state=entry.state)
        self._printer = Printer(
            NetworkConnection(settings.host, settings.port), self._journal, self._state_changed
        )
        self._ended.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        self._printer.start()

    def stop(self) -> None:
        """Finish what is being printed, then let go of the printer."""
        self._printer.stop()
        self._journal.close()

    def print_slip(
        self, slip: SlipContent, command: CommandId, ticket: TicketId, on_end: Callable[[Outcome], None]
    ) -> None:
        """Begin and return at once; `on_end` is called once, whatever happens to the printer."""
        data = compose(self._layout, slip_fields(slip))
        job = PrintJob(f"slip-{command}-{next(self._attempts)}", JobKind.SLIP, data, command, ticket)
        self._printer.submit(job, lambda _, ended: self._ended.emit(on_end, ended))

    def _state_changed(self, _state: PrinterState) -> None:
        """The printer logs it; a clerk is told of it when a slip does not come out."""

    def _tell(self, on_end: Callable[[Outcome], None], ended: Outcome) -> None:
        on_end(ended)
