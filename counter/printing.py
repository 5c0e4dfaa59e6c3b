"""The counter's printer on the network: composes the slip, has it printed, and tells its end in the GUI's thread."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from broker.domain.values import CommandId, Instant, TicketId
from counter.settings import SlipPrinterSettings
from hardware.escpos.compose import compose
from hardware.job import JobKind, Outcome, PrinterState, PrintJob
from hardware.layout.content import SlipContent, slip_fields
from hardware.layout.shipped import slip_layout
from hardware.station import PrintStation
from ui.gui_thread import GuiThread


class PaperSlips:
    """Raises JournalUnusable when the print journal can't be used. `now` is the outlet's time."""

    def __init__(self, settings: SlipPrinterSettings, now: Callable[[], Instant]) -> None:
        self._gui = GuiThread()
        self._layout = slip_layout()
        self._station = PrintStation(
            settings.host,
            settings.port,
            Path(settings.journal),
            lambda: datetime.fromtimestamp(now() / 1000, UTC),
            self._state_changed,
        )

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
        data = compose(self._layout, slip_fields(slip))
        job = PrintJob(f"slip-{uuid4().hex}", JobKind.SLIP, data, command, ticket)
        self._station.submit(job, lambda _, ended: self._gui.run(lambda: on_end(ended)))

    def _state_changed(self, _state: PrinterState) -> None:
        """The printer logs it; a clerk is told of it when a slip does not come out."""
