"""When each counter is free to call in the rest of today: its ticket in hand, its rests, its opening and closing.

A past day lends its rests and shifts; how long what goes on now lasts yet is drawn given how long it has lasted.
"""

from itertools import pairwise

import numpy as np
from msgspec import Struct

from broker.domain.values import CounterNumber, PauseReason
from forecast.experience import DayFigures, Rest, Shift
from forecast.known import NEVER, Floats, Ints, Known, Truths
from forecast.situation import NOBODY, Desk, InHand

LONG_MINUTES = 20.0
"""A longer rest is a lunch: it ends by the clock; a shorter one lasts its time."""
LATE_MINUTES = 25.0
"""What should have begun and has not, may still begin for so long."""
ALIKE_MINUTES = 25.0
"""Rests that begin within so many minutes of each other are alike."""
ALIKE_ENOUGH = 5
NOT_RESUMED = (1.0, 60.0)
"""How often a pause turns out to be a closed counter, before any has been seen: so many of so many."""
USUAL_RESTS = (10.0, 15.0)
"""How long rests last, in minutes, before any has been seen."""
ARRIVES_MINUTES = 0.35
"""From a call to the citizen at the counter, on average."""
UNKNOWN_CLERK = (0.0, 0.2)
TURNS = 5
"""Rests of one counter that are looked ahead to."""


class Sitting(Struct, frozen=True):
    """Counters by future. Minutes of the day."""

    free: Floats
    """When each counter is next free to call."""
    closes: Floats
    rest_begins: Floats
    rest_ends: Floats
    """By future, counter, and turn."""
    rest_fixed: Truths
    """Whether it ends by the clock."""
    pace: Floats
    """Factor of a time at the counter."""


def sitting_of(known: Known, of_day: Ints, random: np.random.Generator) -> Sitting:
    """Draw the counters' rest of the day; `of_day` says which past day each future follows."""
    situation, today, clerks = known.situation, known.today, known.clerks
    count = len(of_day)
    shape = (count, len(situation.rules.counters))
    free, closes = np.full(shape, NEVER), np.full(shape, situation.closes)
    begins, ends = np.full((*shape, TURNS), NEVER), np.full((*shape, TURNS), NEVER)
    fixed = np.zeros(begins.shape, dtype=bool)
    pace = np.exp(random.normal(today.day, today.day_spread, (count, 1))) * np.ones(shape)
    for place, number in enumerate(counter.number for counter in situation.rules.counters):
        factor, spread = today.clerks.get(clerks.get(number, NOBODY), UNKNOWN_CLERK)
        pace[:, place] *= np.exp(random.normal(factor, spread, count))
        desk = situation.desks.get(number)
        if desk is not None:
            free[:, place] = _free_at(known, desk, pace[:, place], random)
        for which, day in enumerate(known.days):
            rows = of_day == which
            if desk is None:
                free[rows, place] = _opens_at(known, day, number, random)
            closes[rows, place] = _closes_at(known, day, number)
            for turn, rest in enumerate(_rests_ahead(known, day, number)[:TURNS]):
                due = random.uniform(rest.due, rest.begins, int(rows.sum()))
                begins[rows, place, turn] = due
                ends[rows, place, turn] = rest.until if _is_long(rest) else due + rest.minutes
                fixed[rows, place, turn] = _is_long(rest)
    return Sitting(free, closes, begins, ends, fixed, pace)


# Opening, closing, rests to come


def _opens_at(known: Known, day: DayFigures, counter: CounterNumber, random: np.random.Generator) -> float:
    """When the counter, closed now, opens if today goes on like that day."""
    now = known.situation.now
    begun = sum(shift.counter == counter for shift in known.seen.shifts)
    for turn, shift in enumerate(_shifts_of(day, counter)):
        if shift.opens > now:
            return shift.opens
        if turn >= begun and shift.opens > now - LATE_MINUTES:
            return float(now + random.exponential(LATE_MINUTES / 3))
    return NEVER


def _closes_at(known: Known, day: DayFigures, counter: CounterNumber) -> float:
    """When the counter closes for good, before the day does, if today goes on like that day."""
    situation = known.situation
    shifts = _shifts_of(day, counter)
    closes = shifts[-1].closes if shifts else None
    early = closes is not None and situation.now < closes < situation.closes - LONG_MINUTES
    return closes if early and closes is not None else situation.closes


def _shifts_of(day: DayFigures, counter: CounterNumber) -> list[Shift]:
    return sorted((shift for shift in day.shifts if shift.counter == counter), key=lambda shift: shift.opens)


def _rests_ahead(known: Known, day: DayFigures, counter: CounterNumber) -> list[Rest]:
    """That day's rests of the counter that today has still to come; each taken today stands for one of them."""
    now, desk = known.situation.now, known.situation.desks.get(counter)
    resting = desk is not None and desk.paused_since is not None
    taken = [rest for rest in known.seen.rests if rest.counter == counter and rest.ends is not None]
    long = sum(_is_long(rest) for rest in taken)
    short = len(taken) - long
    ahead = []
    for rest in _rests_of(day, counter):
        if _is_long(rest) and long:
            long -= 1
        elif not _is_long(rest) and short:
            short -= 1
        elif resting and abs(rest.begins - now) <= ALIKE_MINUTES:
            continue
        elif rest.begins > now - (0 if resting else LATE_MINUTES):
            ahead.append(rest)
    return ahead


def _rests_of(day: DayFigures, counter: CounterNumber) -> list[Rest]:
    """The counter's rests on that day, or those of another that was open, where it was not.

    A counter that closed and opened again has rested too.
    """
    open_then = sorted({shift.counter for shift in day.shifts})
    if counter not in open_then and open_then:
        counter = open_then[counter % len(open_then)]
    shifts = _shifts_of(day, counter)
    rests = [rest for rest in day.rests if rest.counter == counter and rest.ends is not None]
    rests += [
        Rest(before.closes, after.opens, counter, PauseReason.BREAK, before.closes)
        for before, after in pairwise(shifts)
        if before.closes is not None
    ]
    return sorted(rests, key=lambda rest: rest.begins)


def _is_long(rest: Rest) -> bool:
    return rest.minutes >= LONG_MINUTES


# What goes on now


def _free_at(known: Known, desk: Desk, pace: Floats, random: np.random.Generator) -> Floats:
    """When the counter at which somebody sits is free to call."""
    now = known.situation.now
    if desk.paused_since is not None:
        return now + _pause_left(known, desk.paused_since, len(pace), random)
    gaps: Floats = random.choice(known.laws.gaps, len(pace))
    if desk.in_hand is None:
        return now + gaps * random.random(len(pace))
    return now + _service_left(known, desk.in_hand, pace, random) + gaps


def _service_left(known: Known, in_hand: InHand, pace: Floats, random: np.random.Generator) -> Floats:
    laws, elapsed = known.laws, in_hand.since_call
    left = _left(laws.pools[in_hand.letter], elapsed, pace, random)
    if in_hand.served:
        return left
    comes = (1 - laws.no_show) * float(np.exp(-in_hand.waited * known.today.leaving.mean()))
    comes_yet = comes * float(np.exp(-elapsed / ARRIVES_MINUTES))
    missed = _left(laws.missed, elapsed, np.ones(len(pace)), random)
    served: Floats = np.where(random.random(len(pace)) * (1 - comes + comes_yet) < comes_yet, left, missed)
    return served


def _left(pool: Floats, elapsed: float, pace: Floats, random: np.random.Generator) -> Floats:
    """What remains of a time drawn from the pool that has lasted longer than `elapsed`."""
    first = np.searchsorted(pool, elapsed / pace, side="right")
    longer = len(pool) - first
    place = np.minimum(first + (random.random(len(pace)) * longer).astype(np.int64), len(pool) - 1)
    beyond = elapsed + random.exponential(0.4 * elapsed + 0.5, len(pace))
    left: Floats = np.where(longer >= 3, pool[place] * pace, beyond) - elapsed
    return left


def _pause_left(known: Known, began: float, count: int, random: np.random.Generator) -> Floats:
    """How long a pause lasts yet; one that has outlasted those of earlier days is a closed counter."""
    situation = known.situation
    elapsed = situation.now - began
    rests = [
        rest for day in known.days for rest in day.rests if rest.begins < situation.closes - 2 * LONG_MINUTES
    ]
    alike = [rest for rest in rests if abs(rest.begins - began) <= ALIKE_MINUTES]
    rests = alike if len(alike) >= ALIKE_ENOUGH else rests
    lasted = np.array([rest.minutes for rest in rests if rest.ends is not None] or USUAL_RESTS)
    left, seen = NOT_RESUMED
    closed = (left + sum(rest.ends is None for rest in rests)) / (seen + len(rests))
    outlasted = float((lasted > elapsed).mean())
    closed = closed / (closed + (1 - closed) * outlasted)
    longer = lasted[lasted > elapsed]
    rest_left = random.choice(longer, count) - elapsed if len(longer) else np.full(count, NEVER)
    left_now: Floats = np.where(random.random(count) < closed, NEVER, rest_left)
    return left_now
