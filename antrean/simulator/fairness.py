"""How fair simulated days were: waits by class, overtaking, promises."""

from statistics import mean

from msgspec import Struct

from antrean.simulator.record import DayRecord, Visit


class Waits(Struct, frozen=True):
    """Of one class."""

    people: int
    mean_minutes: float
    p90_minutes: float


class Fairness(Struct, frozen=True):
    """What the calling rule did to people."""

    plain: Waits
    with_priority: Waits
    overtakes_mean: float
    """How many who came before, to the same queue, somebody with a priority overtook."""
    overtakes_most: int
    overtaken_mean: float
    """How often somebody without one was overtaken by somebody who came later, to the same queue."""
    overtaken_most: int
    promised: int
    kept: int


def fairness_of(days: list[DayRecord]) -> Fairness:
    """Of all visits that were called."""
    overtakes, overtaken = [], []
    plain, priority = [], []
    for day in days:
        called = [visit for visit in day.visits if visit.called_at is not None]
        for visit in called:
            wait = visit.wait_minutes or 0.0
            if visit.priority is None:
                plain.append(wait)
                overtaken.append(sum(_passed(other, visit) for other in called))
            else:
                priority.append(wait)
                overtakes.append(sum(_passed(visit, other) for other in called))
    return Fairness(
        _waits(plain),
        _waits(priority),
        mean(overtakes or [0]),
        max(overtakes, default=0),
        mean(overtaken or [0]),
        max(overtaken, default=0),
        sum(day.promised for day in days),
        sum(day.kept for day in days),
    )


def _passed(later: Visit, earlier: Visit) -> bool:
    """Whether `later` came after `earlier` to the same queue, and was called before."""
    return (
        later.letter == earlier.letter
        and later.issued_at > earlier.issued_at
        and (later.called_at or 0) < (earlier.called_at or 0)
    )


def _waits(minutes: list[float]) -> Waits:
    if not minutes:
        return Waits(0, 0.0, 0.0)
    ordered = sorted(minutes)
    return Waits(len(ordered), mean(ordered), ordered[int(0.9 * (len(ordered) - 1))])
