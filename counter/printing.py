"""The counter's printers: has pages printed, and tells their end in the GUI's thread."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import structlog

from broker.domain.values import Instant
from counter.paper import Printout
from counter.settings import CounterSettings
from hardware.from_settings import station_of
from hardware.job import Failed, Outcome, Printed, PrintJob
from hardware.print_journal import Doubt, JournalUnusable, PrintJournal
from hardware.told import Told
from ui.gui_thread import GuiThread

log = structlog.get_logger(__name__)


class PrintingCounter:
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

    def print(self, printout: Printout, on_end: Callable[[Outcome], None]) -> None:
        jobs = [
            PrintJob(
                f"{page.kind}-{uuid4().hex}", page, printout.command, printout.ticket, printout.is_repeat
            )
            for page in printout.pages
        ]

        def ended(job: PrintJob, outcome: Outcome) -> None:
            place = jobs.index(job)
            if isinstance(outcome, Printed) and place + 1 < len(jobs):
                self._station.submit(jobs[place + 1], ended)
                return
            if isinstance(outcome, Failed) and place > 0:
                outcome = replace(outcome, began=True)  # the pages before it are on paper
            self._gui.run(lambda: on_end(outcome))

        self._station.submit(jobs[0], ended)

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
