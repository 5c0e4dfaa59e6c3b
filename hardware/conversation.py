"""What is common to all ways of talking with a printer: how it was seen, what it may take, and what a talk can do."""

from dataclasses import dataclass
from typing import Protocol

from hardware.job import Outcome, PrinterState


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds that each part of the conversation may take."""

    connect: float = 1.0
    answer: float = 1.0
    write: float = 5.0
    confirm: float = 15.0
    ask_again: float = 0.5  # while a confirmation is awaited


@dataclass(frozen=True, slots=True)
class Seen:
    """How a printer was found; `ticket_waits` where it can tell that a ticket still hangs in its mouth."""

    state: PrinterState
    ticket_waits: bool = False


@dataclass(frozen=True, slots=True)
class Sending:
    """One page to be sent. `head` goes before everything else; `number` tells the page from those before, on so many
    of which, `unconfirmed`, the printer's word may still come.
    """

    head: bytes
    data: bytes
    number: int
    unconfirmed: int = 0


class NoAnswer(Exception):  # noqa: N818 - says what happened
    """The printer was asked and did not answer in time."""


class Conversation(Protocol):
    """Everything ends within its deadline. Any method may raise GivenUp (`hardware.patience`)."""

    def open(self) -> None:
        """Reach the printer; raises ConnectionLost."""

    def look(self) -> Seen:
        """Ask how it is; raises ConnectionLost or NoAnswer."""

    def print(self, page: Sending) -> Outcome:
        """Send a page and wait for its end."""

    def close(self) -> None:
        """Let go of the printer, whatever its state."""
