"""What a way to a printer has to do: carry bytes both ways, or hand pages to a spooler. Deadlines are given to it,
state is kept elsewhere.
"""

from enum import Enum, auto
from typing import Protocol, runtime_checkable

from hardware.job import PrinterState


class ConnectionLost(Exception):  # noqa: N818 - says what happened
    """The device cannot be reached, or has gone. The message says which device and why."""


class PageRefused(Exception):  # noqa: N818 - says what happened
    """A spooler has not taken a page, and nothing of it will come out. The message says which spooler and why."""


class Connection(Protocol):
    """A way to one device. It belongs to one thread; every operation ends within the seconds it is given."""

    @property
    def description(self) -> str:
        """Which device, as an operator would write it: `192.168.1.50:9100`."""

    def open(self, within_seconds: float) -> None:
        """Reach the device; raises ConnectionLost."""

    def write(self, data: bytes, within_seconds: float) -> None:
        """Hand over all of the bytes; raises ConnectionLost, after which some may have arrived."""

    def read(self, within_seconds: float) -> bytes:
        """What has come, or comes in time; empty when nothing did. Raises ConnectionLost at the other end's end."""

    def close(self) -> None:
        """Let go of the device, whatever its state."""


class Progress(Enum):
    """How far a spooler has come with a page."""

    WAITING = auto()
    """It is queued, held, or being printed."""
    DONE = auto()
    """It has been printed, as far as the spooler knows."""
    DROPPED = auto()
    """It was cancelled or aborted, and will not come out any more; a part of it may have."""
    UNHEARD_OF = auto()
    """The spooler does not know the page (any more)."""


@runtime_checkable
class Spooled(Protocol):
    """A queue of a spooler. It belongs to one thread; every operation ends within the seconds it is given, and
    raises ConnectionLost when the spooler cannot be asked.
    """

    @property
    def description(self) -> str:
        """Which queue, as an operator would write it: `cups://front`."""

    def state(self, within_seconds: float) -> PrinterState:
        """How the spooler says that the queue's printer is."""

    def submit(self, data: bytes, within_seconds: float) -> str:
        """Hand over a page; the spooler's own name for it. Raises PageRefused where it takes none; after
        ConnectionLost it may have taken it or not.
        """

    def progress(self, page: str, within_seconds: float) -> Progress:
        """How far the page has come."""

    def cancel(self, page: str, within_seconds: float) -> None:
        """Have it dropped, if it is not out yet; `progress` tells what came of it."""
