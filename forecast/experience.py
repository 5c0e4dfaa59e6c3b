"""What an outlet has seen of itself, day by day: the values that the simulation of the rest of today draws from.

Times are minutes since local midnight. `standard_day` stands in before the first day has been seen.
"""

from msgspec import Struct

from broker.domain.day import hours_of
from broker.domain.rules import OutletRules
from broker.domain.values import BusinessDay, ClerkId, CounterNumber, Letter, PauseReason, ServiceCode

DAYS_KEPT = 15


class Entry(Struct, frozen=True, array_like=True):
    """Somebody took a place in a queue: came, was sent on, came back."""

    minute: float
    letter: Letter
    service: ServiceCode | None
    head_start: float
    """How much earlier it counts as having come, in minutes."""


class Spell(Struct, frozen=True, array_like=True):
    """A ticket kept a counter busy, from the call to the counter's release."""

    called: float
    minutes: float
    letter: Letter
    counter: CounterNumber
    clerk: ClerkId
    served: bool
    """Whether somebody came."""
    waited: float
    """From the place taken to this call, in minutes."""


class Rest(Struct, frozen=True, array_like=True):
    """A counter's pause."""

    begins: float
    ends: float | None
    """None: it was not resumed."""
    counter: CounterNumber
    reason: PauseReason
    due: float
    """It was due after this minute, at which the counter made its last call, and not after it began."""

    @property
    def until(self) -> float:
        """When it ended; where it did not, at once."""
        return self.begins if self.ends is None else self.ends

    @property
    def minutes(self) -> float:
        """How long it lasted."""
        return self.until - self.begins


class Shift(Struct, frozen=True, array_like=True):
    """A clerk sat at a counter."""

    opens: float
    closes: float | None
    """None: until the day closed."""
    counter: CounterNumber
    clerk: ClerkId


class Raw(Struct, frozen=True, array_like=True):
    """A simulated wait before calibration, in minutes."""

    low: float
    middle: float
    high: float


class Score(Struct, frozen=True, array_like=True):
    """How a simulated wait came true."""

    raw: Raw
    actual: float
    """In minutes."""


class DayFigures(Struct):
    """One day as it was seen, or today so far."""

    day: BusinessDay
    entries: list[Entry] = []
    spells: list[Spell] = []
    gaps: list[float] = []
    """From a counter's release to its next call, somebody waiting: in minutes."""
    rests: list[Rest] = []
    shifts: list[Shift] = []
    scores: list[Score] = []


class Experience(Struct, frozen=True):
    """The last days, oldest first."""

    days: tuple[DayFigures, ...] = ()

    def with_day(self, figures: DayFigures) -> "Experience":
        """One day more; the oldest is forgotten."""
        others = tuple(each for each in self.days if each.day != figures.day)
        return Experience((*others, figures)[-DAYS_KEPT:])


def standard_day(rules: OutletRules, day: BusinessDay) -> DayFigures:
    """A day as configured: every counter open from the first minute, half of them at rest at a time."""
    hours = hours_of(rules, day)
    figures = DayFigures(day)
    if hours is None:
        return figures
    for place, counter in enumerate(rules.counters):
        figures.shifts.append(Shift(hours.opens, None, counter.number, ClerkId("")))
        for begins, ends in hours.breaks:
            half = (ends - begins) / 2
            starts = begins + half * (place % 2)
            figures.rests.append(Rest(starts, starts + half, counter.number, PauseReason.BREAK, starts))
    return figures
