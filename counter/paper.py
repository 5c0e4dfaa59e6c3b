"""What comes out of the counter's printer besides slips, and how it fares there."""

from collections.abc import Callable
from enum import Enum, auto
from typing import Protocol

from msgspec import Struct

from broker.domain.values import CommandId, TicketId
from hardware.job import Outcome
from hardware.page import Page


class NoPrinter(Enum):
    """The counter has no printer of its own."""

    NO_PRINTER = auto()


class Printing(Enum):
    """It is on its way to paper."""

    PRINTING = auto()


Paper = Outcome | Printing | NoPrinter
"""How something fares that should be on paper."""


class Printout(Struct, frozen=True):
    """One page, and whose it is."""

    page: Page
    command: CommandId | None = None
    ticket: TicketId | None = None
    is_repeat: bool = False
    """It may be on paper already."""


class PagePrinter(Protocol):
    """Where it comes out."""

    def print_page(self, printout: Printout, on_end: Callable[[Outcome], None]) -> None:
        """Begin and return at once; `on_end` is called once, whatever happens to the printer."""
