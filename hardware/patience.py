"""How long a printer's thread waits: its time, and an end to its waiting when the program is to stop."""

import threading
import time
from typing import Protocol


class GivenUp(Exception):  # noqa: N818 - says what happened
    """Nobody waits for this any more: the program stops. What was under way is left in doubt."""


class Patience(Protocol):
    def now(self) -> float:
        """Seconds that only go forward; raises GivenUp."""

    def wait(self, seconds: float) -> None:
        """Let so much time pass; raises GivenUp."""


class OwnPatience:
    """The machine's own time."""

    def __init__(self) -> None:
        self._given_up = threading.Event()

    def give_up(self) -> None:
        """From any thread: end the waiting."""
        self._given_up.set()

    def now(self) -> float:
        if self._given_up.is_set():
            raise GivenUp
        return time.monotonic()

    def wait(self, seconds: float) -> None:
        if self._given_up.wait(seconds):
            raise GivenUp
