"""The kiosk's printer on the network: composes the ticket, has it printed, and tells its end in the GUI's thread."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import structlog
from PySide6.QtCore import QObject, Qt, Signal

from broker.domain.values import CommandId, Instant
from broker.protocol.messages import TicketOutcome
from hardware.escpos.compose import compose
from hardware.escpos.network import NetworkConnection
from hardware.job import JobKind, Outcome, PrinterState, PrintJob
from hardware.layout.content import TicketContent, ticket_fields
from hardware.layout.shipped import PaperWidth, ticket_layout
from hardware.print_journal import PrintJournal
from hardware.printer import Printer
from kiosk.settings import TicketPrinterSettings

log = structlog.get_logger(__name__)


class PaperTickets(QObject):
    """Raises JournalUnusable when the print journal can't be used. `now` is the outlet's time."""

    _changed = Signal()
    _ended = Signal(object, object)

    def __init__(
        self, settings: TicketPrinterSettings, now: Callable[[], Instant], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._layout = ticket_layout(PaperWidth(settings.paper_mm))
        self._journal = PrintJournal(
            Path(settings.journal), lambda: datetime.fromtimestamp(now() / 1000, UTC)
        )
        for entry in self._journal.in_doubt():
            log.warning("ticket in doubt since the last run", ticket=entry.ticket_id, state=entry.state)
        self._printer = Printer(
            NetworkConnection(settings.host, settings.port), self._journal, self._state_changed
        )
        self._watchers: list[Callable[[], None]] = []
        self._changed.connect(self._tell_change, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @property
    def can_print(self) -> bool:
        return self._printer.state.can_print

    def on_change(self, watcher: Callable[[], None]) -> None:
        self._watchers.append(watcher)

    def start(self) -> None:
        self._printer.start()

    def stop(self) -> None:
        """Finish what is being printed, then let go of the printer."""
        self._printer.stop()
        self._journal.close()

    def print_ticket(
        self,
        ticket: TicketContent,
        command: CommandId,
        outcome: TicketOutcome,
        on_end: Callable[[Outcome], None],
    ) -> None:
        data = compose(self._layout, ticket_fields(ticket))
        job = PrintJob(f"ticket-{command}", JobKind.TICKET, data, command, outcome.ticket)
        self._printer.submit(job, lambda _, ended: self._ended.emit(on_end, ended))

    # In the printer's thread

    def _state_changed(self, _state: PrinterState) -> None:
        self._changed.emit()

    # In the GUI's thread

    def _tell_change(self) -> None:
        for watcher in self._watchers:
            watcher()

    def _tell(self, on_end: Callable[[Outcome], None], ended: Outcome) -> None:
        on_end(ended)
