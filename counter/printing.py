"""The counter's printer on the network: composes the slip, has it printed, and tells its end in the GUI's thread."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from broker.domain.values import CommandId, Instant, TicketId
from counter.settings import SlipPrinterSettings
from hardware.connections.network import NetworkConnection
from hardware.job import Outcome, PrintJob
from hardware.layout.content import SlipContent, slip_fields
from hardware.page import JobKind, Page
from hardware.press import press
from hardware.print_journal import PrintJournal
from hardware.printer import Printer
from hardware.profile import DEFAULT
from hardware.station import PrintStation
from hardware.told import Told
from ui.gui_thread import GuiThread


class PaperSlips:
    """Raises JournalUnusable when the print journal can't be used. `now` is the outlet's time."""

    def __init__(self, settings: SlipPrinterSettings, now: Callable[[], Instant]) -> None:
        self._gui = GuiThread()
        self._watchers: list[Callable[[], None]] = []
        printer = Printer(NetworkConnection(settings.host, settings.port), DEFAULT, press)
        journal = PrintJournal(Path(settings.journal), lambda: datetime.fromtimestamp(now() / 1000, UTC))
        self._station = PrintStation((printer,), journal, lambda: self._gui.run(self._tell_change))

    @property
    def told(self) -> Told:
        return self._station.told

    def on_change(self, watcher: Callable[[], None]) -> None:
        self._watchers.append(watcher)

    def start(self) -> None:
        self._station.start()

    def stop(self) -> None:
        """Finish what is being printed, then let go of the printer."""
        self._station.stop()

    def print_slip(
        self,
        slip: SlipContent,
        command: CommandId | None,
        ticket: TicketId | None,
        on_end: Callable[[Outcome], None],
    ) -> None:
        """Begin and return at once; `on_end` is called once, whatever happens to the printer."""
        page = Page(JobKind.SLIP, slip_fields(slip))
        printed = PrintJob(f"slip-{uuid4().hex}", page, command, ticket)
        self._station.submit(printed, lambda _, ended: self._gui.run(lambda: on_end(ended)))

    def _tell_change(self) -> None:
        for watcher in self._watchers:
            watcher()
