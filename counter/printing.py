"""The counter's printers: composes the slip, has it printed, and tells its end in the GUI's thread."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import structlog

from broker.domain.values import Instant
from counter.paper import Printout
from counter.settings import CounterSettings
from counter.slips import Receipt
from hardware.from_settings import station_of
from hardware.job import Failed, Outcome, Printed, PrintJob
from hardware.layout.content import slip_fields
from hardware.layout.office import file_copy_fields
from hardware.page import JobKind, Page
from hardware.print_journal import Doubt, JournalUnusable, PrintJournal
from hardware.told import Told
from ui.gui_thread import GuiThread

log = structlog.get_logger(__name__)


class PaperSlips:
    """Raises JournalUnusable, DeviceSettingError and LayoutError for what is wrong with the print journal, the
    printers' settings and the outlet's own layouts. `now` is the outlet's time.
    """

    def __init__(self, settings: CounterSettings, now: Callable[[], Instant]) -> None:
        self._gui = GuiThread()
        self._watchers: list[Callable[[], None]] = []
        journal = PrintJournal(
            Path(settings.print_journal), lambda: datetime.fromtimestamp(now() / 1000, UTC)
        )
        layouts = Path(settings.layouts) if settings.layouts else None
        self._station = station_of(
            settings.printers, layouts, journal, lambda: self._gui.run(self._tell_change)
        )

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

    def print_slip(self, receipt: Receipt, on_end: Callable[[Outcome], None]) -> None:
        """Begin and return at once; `on_end` is called once: when the file's copy has come out after the citizen's
        slip, or one of them has not.
        """
        copy = _job(receipt, Page(JobKind.FILE_COPY, file_copy_fields(receipt.content)))

        def end(ended: Outcome) -> None:
            self._gui.run(lambda: on_end(ended))

        def copied(_: PrintJob, ended: Outcome) -> None:
            end(replace(ended, began=True) if isinstance(ended, Failed) else ended)  # the slip is on paper

        def slip_ended(_: PrintJob, ended: Outcome) -> None:
            if isinstance(ended, Printed):
                self._station.submit(copy, copied)
            else:
                end(ended)

        slip = _job(receipt, Page(JobKind.SLIP, slip_fields(receipt.content)))
        self._station.submit(slip, slip_ended)

    def print_page(self, printout: Printout, on_end: Callable[[Outcome], None]) -> None:
        """Begin and return at once; `on_end` is called once, whatever happens to the printer."""
        job = PrintJob(
            f"{printout.page.kind}-{uuid4().hex}",
            printout.page,
            printout.command,
            printout.ticket,
            printout.is_repeat,
        )
        self._station.submit(job, lambda _, ended: self._gui.run(lambda: on_end(ended)))

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


def _job(receipt: Receipt, page: Page) -> PrintJob:
    return PrintJob(f"{page.kind}-{uuid4().hex}", page, receipt.command, receipt.ticket, receipt.is_repeat)
