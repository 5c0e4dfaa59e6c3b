"""A printer as its station sees it: its state, known at any time without waiting, and attempts with an outcome.

A Printer is one thread, which owns the connection and looks at the printer while there is nothing to print.
"""

import queue
import threading
from collections.abc import Callable

import structlog

from hardware.connection import Connection, Spooled
from hardware.conversation import Conversation, Deadlines, Seen
from hardware.driver import Attempt, Driver, Rhythm
from hardware.escpos.dialogue import Dialogue
from hardware.escpos.oneway import OneWay
from hardware.escpos.status import Status
from hardware.job import Failed, Leftover
from hardware.patience import GivenUp, OwnPatience, Patience
from hardware.press import Press
from hardware.profile import Confirmation, Profile
from hardware.spooling import Spooling

log = structlog.get_logger()

_GIVING_UP_SECONDS = 1.0


def driver_of(
    way: Connection | Spooled,
    profile: Profile,
    press: Press,
    patience: Patience,
    deadlines: Deadlines,
    rhythm: Rhythm,
    on_seen: Callable[[Seen], None],
) -> Driver:
    """The driver of the printer at the other end, talking as its profile says that it can.

    ValueError where only one of them is a spooler's.
    """
    if isinstance(way, Spooled) is not (profile.confirmation is Confirmation.SPOOLER):
        raise ValueError(f"{way.description}: a spooler's queue is confirmed by the spooler, nothing else is")

    def heard(status: Status) -> None:
        driver.find(Seen(status.state, driver.seen.ticket_waits))

    talk: Conversation
    if isinstance(way, Spooled):
        talk = Spooling(way, deadlines, patience)
    elif profile.confirmation is Confirmation.NONE:
        talk = OneWay(way, deadlines)
    else:
        talk = Dialogue(way, profile, deadlines, patience, heard)
    driver = Driver(way.description, talk, profile, press, rhythm, on_seen)
    return driver


class Printer:
    """One printer. What it has to tell is told in its own thread."""

    def __init__(
        self,
        way: Connection | Spooled,
        profile: Profile,
        press: Press,
        *,
        deadlines: Deadlines | None = None,
        rhythm: Rhythm | None = None,
    ) -> None:
        self.name = way.description
        self._on_seen: Callable[[Seen], None] = lambda _: None
        self._patience = OwnPatience()
        self._driver = driver_of(
            way,
            profile,
            press,
            self._patience,
            deadlines or Deadlines(),
            rhythm or Rhythm(),
            self._tell,
        )
        self._attempts: queue.SimpleQueue[Attempt | None] = queue.SimpleQueue()
        self._ending = False
        self._thread = threading.Thread(target=self._run, name=f"printer {self.name}", daemon=True)

    def start(self, on_seen: Callable[[Seen], None], left: Leftover) -> None:
        """Begin to look at the printer; `on_seen` hears each time how it was found, changed or not.

        `left` is what earlier runs may have left in it.
        """
        self._on_seen = on_seen
        self._driver.left = left
        self._thread.start()

    def submit(self, attempt: Attempt) -> None:
        """Have it tried after those before it; once the end has begun it fails at once."""
        if self._ending:
            attempt.ended(Failed(self._driver.seen.state))
        else:
            self._attempts.put(attempt)

    def end(self) -> None:
        """Begin to stop: what is being printed comes to its end, what waits behind it fails."""
        self._ending = True
        self._attempts.put(None)

    def join(self, within_seconds: float) -> None:
        """Wait for the end; what is not out in that time is left in doubt.

        Returns soon after that time even where the device holds the thread.
        """
        self._thread.join(within_seconds)
        if self._thread.is_alive():
            self._patience.give_up()
            self._thread.join(_GIVING_UP_SECONDS)
        if self._thread.is_alive():
            log.warning("a printer holds its thread", printer=self.name)

    def _tell(self, seen: Seen) -> None:
        self._on_seen(seen)

    def _run(self) -> None:
        try:
            self._work()
        except GivenUp:
            log.warning("stopped while the printer was asked or printed", printer=self.name)
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
            if self._ending:
                attempt.ended(Failed(self._driver.seen.state))
            else:
                self._driver.print(attempt)
