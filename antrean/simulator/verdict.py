"""How good ranges were: coverage, width, error, over all and by how long the range says it takes."""

from collections.abc import Iterable
from statistics import median

from msgspec import Struct

from antrean.simulator.record import Visit

BANDS = ((0, 5), (5, 10), (10, 20), (20, 40), (40, 80), (80, 24 * 60))
"""Minutes of the range's middle, from and below."""
LEAST_MINUTES = 3.0
"""An error below counts as if the wait had been four times this."""


class Verdict(Struct, frozen=True):
    """Ranges against what came true."""

    ranges: int
    """How many were judged."""
    covered: float
    """The share of waits within their range."""
    above: float
    """The share of waits longer than their range."""
    width: float
    """The median width, in minutes."""
    width_over_middle: float
    """The median."""
    error: float
    """The median of |middle - actual| over the larger of a quarter of the actual wait and 3 minutes."""


class Ranges(Struct, frozen=True):
    """All of a group of visits."""

    overall: Verdict | None
    """None: nobody was to be judged."""
    bands: tuple[Verdict | None, ...]
    """By BANDS."""
    no_counter: int
    """Told that no counter is open, and called all the same."""
    expired: int
    """Not called before the day closed."""


def ranges_of(visits: Iterable[Visit]) -> Ranges:
    """Judge the visits, all of which were told something and found no free counter."""
    told, no_counter, expired = [], 0, 0
    for visit in visits:
        wait, estimate = visit.wait_minutes, visit.told.estimate if visit.told else None
        if wait is None:
            expired += 1
        elif estimate is None:
            no_counter += 1
        else:
            told.append((estimate.from_minutes, estimate.to_minutes, wait))
    bands = tuple(
        verdict_of([each for each in told if low <= (each[0] + each[1]) / 2 < high]) for low, high in BANDS
    )
    return Ranges(verdict_of(told), bands, no_counter, expired)


def verdict_of(told: list[tuple[int, int, float]]) -> Verdict | None:
    """Judge ranges: from, to, and the wait that came true, in minutes."""
    if not told:
        return None
    return Verdict(
        len(told),
        sum(low <= wait <= high for low, high, wait in told) / len(told),
        sum(wait > high for _, high, wait in told) / len(told),
        median(high - low for low, high, _ in told),
        median((high - low) / ((low + high) / 2) for low, high, _ in told),
        median(abs((low + high) / 2 - wait) / max(wait / 4, LEAST_MINUTES) for low, high, wait in told),
    )
