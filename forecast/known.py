"""All that a forecast is made from at one moment."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from broker.domain.day import hours_of
from broker.domain.values import ClerkId, CounterNumber
from forecast.experience import DayFigures
from forecast.laws import Laws, Today
from forecast.situation import Situation

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Truths = NDArray[np.bool_]

NEVER = np.inf
DAYS_USED = 10


class Known(Struct, frozen=True):
    """The moment, the days that it is held against, and what they and today have shown."""

    situation: Situation
    days: tuple[DayFigures, ...]
    """At least one: with today's hours where there is such a day."""
    laws: Laws
    seen: DayFigures
    """Today so far."""
    today: Today

    @property
    def clerks(self) -> dict[CounterNumber, ClerkId]:
        """Who sits where, or is likely to."""
        usual = {shift.counter: shift.clerk for day in self.days for shift in day.shifts}
        return usual | {desk.counter: desk.clerk for desk in self.situation.desks.values()}


def days_alike(situation: Situation, days: tuple[DayFigures, ...]) -> tuple[DayFigures, ...]:
    """The last days with today's hours; where there are none, the last days."""
    hours = hours_of(situation.rules, situation.day)
    same = tuple(day for day in days if hours_of(situation.rules, day.day) == hours)
    return (same or days)[-DAYS_USED:]
