"""A printer as its station sees it: its state, known at any time without waiting, and attempts with an outcome.

A Printer is one thread, which owns the connection and looks at the printer while there is nothing to print.
"""

import queue
import threading
from collections.abc import Callable

import structlog

from hardware.connection import Connection
from hardware.driver import Attempt, Driver, Rhythm
from hardware.escpos.dialogue import Deadlines
from hardware.job import Failed, PrinterState
from hardware.patience import GivenUp, OwnPatience
from hardware.press import Press
from hardware.profile import Profile

log = structlog.get_logger()

_GIVING_UP_SECONDS = 1.0


class Printer:
    """One printer. What it has to tell is told in its own thread."""

    def __init__(
        self,
        connection: Connection,
        profile: Profile,
        press: Press,
        *,
        deadlines: Deadlines | None = None,
        rhythm: Rhythm | None = None,
    ) -> None:
        self.name = connection.description
        self._on_change: Callable[[], None] = lambda: None
        self._patience = OwnPatience()
        self._driver = Driver(
            connection,
            profile,
            press,
            lambda _: self._on_change(),
            self._patience,
            deadlines or Deadlines(),
            rhythm or Rhythm(),
        )
        self._attempts: queue.SimpleQueue[Attempt | None] = queue.SimpleQueue()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name=f"printer {self.name}", daemon=True)

    @property
    def state(self) -> PrinterState:
        """As last seen, at most a poll and a deadline ago."""
        return self._driver.state

    def start(self, on_change: Callable[[], None]) -> None:
        """Begin to look at the printer; `on_change` is called when its state is another."""
        self._on_change = on_change
        self._thread.start()

    def submit(self, attempt: Attempt) -> None:
        """Have it tried after those before it."""
        self._attempts.put(attempt)

    def stop(self, within_seconds: float) -> None:
        """Let what is being printed come to its end in that time, or leave it in doubt; drop what is queued behind it.

        Returns soon after that time even where the device holds the thread.
        """
        self._stopping = True
        self._attempts.put(None)
        self._thread.join(within_seconds)
        if self._thread.is_alive():
            self._patience.give_up()
            self._thread.join(_GIVING_UP_SECONDS)
        if self._thread.is_alive():
            log.warning("a printer holds its thread", printer=self.name)

    def _run(self) -> None:
        try:
            self._work()
        except GivenUp:
            log.warning("stopped while something was being printed", printer=self.name)
        self._driver.hang_up()

    def _work(self) -> None:
        wait = 0.0
        while True:
            try:
                attempt = self._attempts.get(timeout=wait) if wait else self._attempts.get_nowait()
            except queue.Empty:
                wait = self._driver.look()
                continue
            if attempt is None:
                return
            if self._stopping:
                attempt.ended(Failed(self.state))
            else:
                self._driver.print(attempt)
