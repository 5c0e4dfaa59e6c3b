"""The emergency roll: tickets printed beforehand, to be given out when nothing else works, and entered afterwards.

Each has a number of the queue's own range for it, which comes again once the range is through, and a serial of its own,
which never does. What has become of the last ones the state keeps as long as they can be given out.
"""

from typing import Annotated

from msgspec import Meta, Struct, field

from broker.domain.rules import NumberRange, OutletRules
from broker.domain.values import DeviceId, Instant, Letter, TicketId

ROLL = DeviceId("roll")
"""In whose name the outlet's rules hold the roll's ranges; no device's."""

ROLL_DAYS = 366
"""So long a ticket of the roll can be given out."""

Serial = Annotated[int, Meta(ge=1, le=1_000_000_000)]
"""Counts a queue's roll tickets from 1."""


class RollTicket(Struct, frozen=True):
    """One ticket of the roll."""

    letter: Letter
    number: Annotated[int, Meta(ge=1, le=99_999)]
    """As printed on it."""
    serial: Serial


class Printed(Struct, frozen=True):
    """Tickets prepared at once."""

    first: int
    """The serial of the first."""
    last: int
    """The serial of the last."""
    ends_at: Instant
    """From then on they are no good any more."""


class Entered(Struct, frozen=True):
    """What became of one."""

    ticket: TicketId
    at: Instant
    """When it was entered."""


class Roll(Struct, frozen=True):
    """The roll of one queue."""

    serial: int = 0
    """The last ticket's."""
    printed: tuple[Printed, ...] = ()
    """Those that could be given out when the last were prepared."""
    entered: dict[int, Entered] = field(default_factory=dict)
    """Those in use, by serial, as long as their tokens can hold."""

    def is_spent(self, serial: int, now: Instant) -> bool:
        """Whether a ticket of this serial is no good any more: entered, or too old.

        One that nobody knows to be printed is good: a restored journal may have lost its printing.
        """
        too_old = any(each.first <= serial <= each.last and each.ends_at <= now for each in self.printed)
        return too_old or serial in self.entered

    def could_be_given_out(self, serial: int, now: Instant) -> bool:
        """Whether a ticket of this serial may lie ready somewhere."""
        return serial not in self.entered and any(
            each.first <= serial <= each.last and now < each.ends_at for each in self.printed
        )


def roll_range(rules: OutletRules, letter: str) -> NumberRange | None:
    """The numbers of a queue's roll; None: it has none."""
    return next((each for each in rules.ranges if each.device == ROLL and each.letter == letter), None)


def number_of(serial: int, numbers: NumberRange) -> int:
    """The number of a roll ticket: one after the other, and from the first again after the last."""
    return numbers.first + (serial - 1) % size_of(numbers)


def size_of(numbers: NumberRange) -> int:
    """How many numbers a range has."""
    return numbers.last - numbers.first + 1
