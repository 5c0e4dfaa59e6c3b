"""What comes out of the counter's printer, and how it fares there."""

from collections.abc import Callable
from enum import Enum, auto
from typing import Protocol, Self

from msgspec import Struct
from msgspec.structs import replace

from broker.domain.values import CommandId, TicketId
from hardware.job import Failed, Outcome
from hardware.page import Page
from hardware.print_journal import Doubt
from hardware.told import Told


class NoPrinter(Enum):
    """The counter has no printer of its own."""

    NO_PRINTER = auto()


class NotYet(Enum):
    """It has one, and nobody has asked for the paper."""

    NOT_YET = auto()


class Printing(Enum):
    """It is on its way to paper."""

    PRINTING = auto()


Paper = Outcome | Printing | NotYet | NoPrinter
"""How something fares that should be on paper."""


class Printout(Struct, frozen=True):
    """Pages that come out one after the other, whose they are, and how they fare."""

    pages: tuple[Page, ...]
    command: CommandId | None = None
    ticket: TicketId | None = None
    is_repeat: bool = False
    """They may be on paper already."""
    paper: Paper = NoPrinter.NO_PRINTER

    def ended(self, outcome: Outcome) -> Self:
        """As it stands after an attempt; what may be out is marked when it comes out again."""
        may_be_out = not isinstance(outcome, Failed) or outcome.began
        return replace(self, paper=outcome, is_repeat=self.is_repeat or may_be_out)


class CounterPrinter(Protocol):
    """What a counter needs of its printer. Whatever has an end is told of it once, in the screen's own thread."""

    @property
    def told(self) -> Told:
        """What there is to tell the broker of it; UNKNOWN while it has not been asked."""
        ...

    def on_change(self, watcher: Callable[[], None]) -> None:
        """Call `watcher` when that may be different. A clerk is told only when a paper does not come out."""

    def start(self) -> None:
        """Begin to look after the printer."""

    def stop(self) -> None:
        """Finish what is being printed, then let go of it."""

    def print(self, printout: Printout, on_end: Callable[[Outcome], None]) -> None:
        """Begin with the first page and return at once. It ends with the last, or with one that does not come out."""

    def in_doubt(self) -> tuple[Doubt, ...]:
        """What earlier runs did not end, to be asked once."""
        ...

    def print_again(self, doubt: Doubt, on_end: Callable[[Outcome], None]) -> None:
        """Begin and return at once; with the mark, if it may be on paper."""

    def settle(self, doubt: Doubt) -> None:
        """It is in doubt no more."""


def print_out(printer: CounterPrinter | None, printout: Printout, show: Callable[[Printout], None]) -> None:
    """One attempt, where there is something to print and it is not on its way; `show` is given what it comes to."""
    if printer is None or not printout.pages or printout.paper is Printing.PRINTING:
        return
    show(replace(printout, paper=Printing.PRINTING))
    printer.print(printout, lambda outcome: show(printout.ended(outcome)))
