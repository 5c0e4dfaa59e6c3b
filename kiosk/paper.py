"""The kiosk's printers: has pages printed, and tells their end in the GUI's thread."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import structlog

from broker.domain.values import CommandId, Instant, TicketId
from hardware.from_settings import station_of
from hardware.job import Outcome, PrintJob
from hardware.layout.trial import PaperCheckContent, paper_check_fields
from hardware.page import JobKind, Page
from hardware.paper_check import Paper as PaperStage
from hardware.print_journal import Doubt, JournalUnusable, PrintJournal
from hardware.told import Told
from kiosk.settings import KioskSettings
from ui.gui_thread import GuiThread
from wording import Language

log = structlog.get_logger(__name__)


class PaperTickets:
    """Raises JournalUnusable, DeviceSettingError and LayoutError for what is wrong with the print journal, the
    printers' settings and the outlet's own layouts. `now` is the outlet's time.
    """

    def __init__(self, settings: KioskSettings, now: Callable[[], Instant]) -> None:
        self._gui = GuiThread()
        self._watchers: list[Callable[[], None]] = []
        journal = PrintJournal(
            Path(settings.print_journal), lambda: datetime.fromtimestamp(now() / 1000, UTC)
        )
        strip = Page(JobKind.PAPER_CHECK, paper_check_fields(PaperCheckContent(Language.ID)))
        layouts = Path(settings.layouts) if settings.layouts else None
        self._station = station_of(
            settings.printers, layouts, journal, lambda: self._gui.run(self._tell_change), strip
        )

    @property
    def can_print(self) -> bool:
        return self._station.state.can_print

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

    def print_page(
        self,
        page: Page,
        command: CommandId,
        ticket: TicketId | None,
        on_end: Callable[[Outcome], None],
    ) -> None:
        printed = PrintJob(f"{page.kind}-{command}", page, command, ticket)
        self._station.submit(printed, lambda _, ended: self._gui.run(lambda: on_end(ended)))

    @property
    def papers(self) -> tuple[PaperStage, ...]:
        return self._station.papers

    def readable(self, printer: int) -> None:
        self._station.readable(printer)

    def unreadable(self, printer: int) -> None:
        self._station.unreadable(printer)

    def in_doubt(self) -> tuple[Doubt, ...]:
        return self._station.in_doubt()

    def print_again(self, doubt: Doubt, on_end: Callable[[Outcome], None]) -> None:
        self._station.print_again(doubt, lambda _, ended: self._gui.run(lambda: on_end(ended)))

    def settle(self, doubt: Doubt) -> None:
        try:
            self._station.settle(doubt)
        except JournalUnusable as error:  # it stays in doubt, and is asked about again at the next start
            log.error("print journal unusable", why=str(error), job=doubt.id)

    def _tell_change(self) -> None:
        for watcher in self._watchers:
            watcher()
