"""How long things take here: laws fitted to the days seen, then to today so far, always shrunk towards what is known.

A time at a counter is one of its queue's pool, times a factor for the clerk, times one for the day. Factors are
means of logarithms, so that one endless service does not make a slow day.
"""

from collections.abc import Iterable

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from broker.domain.rules import OutletRules
from broker.domain.values import ClerkId, Letter
from forecast.experience import DayFigures, Experience, Spell
from forecast.situation import Desk

Floats = NDArray[np.float64]

USUAL_SHAPE = np.exp(np.linspace(-1.5, 1.5, 9) * 0.7 - 0.2)
"""A time's usual spread, its mean being 1, before there are figures."""
SPREAD = 0.75
"""The usual standard deviation of its logarithm."""
RATIO_AT_MOST = 1.7
"""In logarithms: what is further from the usual counts as so far."""
CLERK_WEIGHT, NEW_CLERK_WEIGHT, KNOWN_CLERK_WEIGHT, DAY_WEIGHT = 16.0, 5.0, 25.0, 20.0
"""For how many services it counts that clerks and days are mostly alike."""
STANDARD_SPREAD = 0.2
"""How unsure the configured standard is, as a logarithm, before any day has been seen."""
NEW_CLERK = 0.1
"""How much slower somebody is who is new here, as a logarithm."""
MISSED_MINUTES = 1.3
GAP_MINUTES = (0.1, 0.15, 0.2, 0.25, 0.3, 0.5, 0.8)
NO_SHOW_SHARE, NO_SHOW_WEIGHT = 0.06, 50.0
LEAVING = np.array([0.0, 0.001, 0.002, 0.004, 0.006, 0.009, 0.013, 0.018, 0.025])
"""Shares of those who wait that may leave unseen in a minute."""
LEAVING_BEFORE: Floats = 0.5 ** np.arange(len(LEAVING), dtype=np.float64)
"""How likely each is before anything is seen."""
POOL_AT_MOST = 600
ROUNDS = 3


class Laws(Struct, frozen=True):
    """What the days before today have shown."""

    pools: dict[Letter, Floats]
    """Times at a counter by queue, of a usual clerk on a usual day, sorted, in minutes."""
    usual: dict[Letter, float]
    """The mean logarithm of each pool."""
    clerks: dict[ClerkId, float]
    """How much longer a clerk takes, as a logarithm."""
    missed: Floats
    """How long those who do not come keep a counter busy, sorted, in minutes."""
    gaps: Floats
    """From a release to the next call, in minutes."""
    no_show: float
    """The share of those who do not come, however short the wait."""
    leaving: Floats
    """How likely each rate of LEAVING is."""


class Today(Struct, frozen=True):
    """What today has shown so far; factors as logarithms."""

    day: float
    day_spread: float
    clerks: dict[ClerkId, tuple[float, float]]
    """Each clerk's factor, and how unsure it is."""
    leaving: Floats
    """Draws of the share of those who wait that leave unseen in a minute."""


def laws_of(experience: Experience, rules: OutletRules) -> Laws:
    """Fit the days seen."""
    days = experience.days
    served = [[spell for spell in day.spells if spell.served] for day in days]
    missed = [spell for day in days for spell in day.spells if not spell.served]
    standard = {queue.letter: float(queue.standard_minutes) for queue in rules.queues}
    pools = {
        letter: _pool([s.minutes for day in served for s in day if s.letter == letter], minutes)
        for letter, minutes in standard.items()
    }
    usual = {letter: usual_of(pool) for letter, pool in pools.items()}
    clerks: dict[ClerkId, float] = {}
    paces = [0.0] * len(days)
    for _ in range(ROUNDS if days else 0):
        clerks = _clerks(served, usual, paces)
        paces = [_pace([_ratio(s, usual) - clerks.get(s.clerk, 0.0) for s in day]) for day in served]
        pools = {
            letter: _pool(
                [
                    spell.minutes / float(np.exp(clerks.get(spell.clerk, 0.0) + pace))
                    for day, pace in zip(served, paces, strict=True)
                    for spell in day
                    if spell.letter == letter
                ],
                minutes,
            )
            for letter, minutes in standard.items()
        }
        usual = {letter: usual_of(pool) for letter, pool in pools.items()}
    calls = [spell for day in days for spell in day.spells]
    soon = [spell.served for spell in calls if spell.waited < 15]
    no_show = (NO_SHOW_WEIGHT * NO_SHOW_SHARE + soon.count(False)) / (NO_SHOW_WEIGHT + len(soon))
    return Laws(
        pools,
        usual,
        clerks,
        np.sort(np.array([MISSED_MINUTES, *(spell.minutes for spell in missed[-POOL_AT_MOST:])])),
        np.array([*GAP_MINUTES, *[gap for day in days for gap in day.gaps][-POOL_AT_MOST:]]),
        no_show,
        _leaving(calls[-POOL_AT_MOST:], no_show, LEAVING_BEFORE),
    )


def today_of(laws: Laws, figures: DayFigures, desks: Iterable[Desk], random: np.random.Generator) -> Today:
    """Fit today so far. What is in hand counts as what it may become: else only short services would be seen early."""
    seen = [(spell.clerk, _ratio(spell, laws.usual)) for spell in figures.spells if spell.served]
    for desk in desks:
        if desk.in_hand is not None and desk.in_hand.served:
            pool = laws.pools[desk.in_hand.letter]
            longer = pool[np.searchsorted(pool, desk.in_hand.since_call) :]
            times = longer if len(longer) else np.array([desk.in_hand.since_call * 1.4])
            ratios = np.clip(np.log(times) - laws.usual[desk.in_hand.letter], -RATIO_AT_MOST, RATIO_AT_MOST)
            seen.append((desk.clerk, float(ratios.mean())))
    day = 0.0
    clerks: dict[ClerkId, tuple[float, float]] = {}
    new = NEW_CLERK if laws.clerks else 0.0
    for _ in range(ROUNDS):
        day = _pace([ratio - clerks.get(clerk, (laws.clerks.get(clerk, new), 0))[0] for clerk, ratio in seen])
        for clerk in laws.clerks.keys() | {clerk for clerk, _ in seen}:
            before = laws.clerks.get(clerk)
            weight = KNOWN_CLERK_WEIGHT if before is not None else NEW_CLERK_WEIGHT
            own = [ratio - day for who, ratio in seen if who == clerk]
            factor = (weight * (new if before is None else before) + sum(own)) / (weight + len(own))
            clerks[clerk] = (factor, 0.6 * SPREAD / (weight + len(own)) ** 0.5)
    spread = 0.8 * SPREAD / (DAY_WEIGHT + len(seen)) ** 0.5
    if not laws.clerks:
        spread += STANDARD_SPREAD * DAY_WEIGHT / (DAY_WEIGHT + len(seen))
    likely = _leaving(figures.spells, laws.no_show, laws.leaving + 0.02 * LEAVING_BEFORE)
    return Today(day, spread, clerks, random.choice(LEAVING, 100, p=likely))


def usual_of(pool: Floats) -> float:
    """The mean logarithm, no single time counting too much."""
    logs = np.log(pool)
    middle = float(np.median(logs))
    for _ in range(ROUNDS):
        middle += float(np.clip(logs - middle, -RATIO_AT_MOST, RATIO_AT_MOST).mean())
    return middle


def _pool(times: list[float], standard: float) -> Floats:
    recent = [max(time, 0.05) for time in times[-POOL_AT_MOST:]]
    if len(recent) < 5 * len(USUAL_SHAPE):
        recent += [float(time) for time in USUAL_SHAPE * standard]
    return np.sort(np.array(recent))


def _ratio(spell: Spell, usual: dict[Letter, float]) -> float:
    ratio = float(np.log(max(spell.minutes, 0.05))) - usual.get(spell.letter, 0.0)
    return min(max(ratio, -RATIO_AT_MOST), RATIO_AT_MOST)


def _clerks(days: list[list[Spell]], usual: dict[Letter, float], paces: list[float]) -> dict[ClerkId, float]:
    ratios: dict[ClerkId, list[float]] = {}
    for day, pace in zip(days, paces, strict=True):
        for spell in day:
            ratios.setdefault(spell.clerk, []).append(_ratio(spell, usual) - pace)
    return {clerk: sum(each) / (CLERK_WEIGHT + len(each)) for clerk, each in ratios.items()}


def _pace(ratios: list[float]) -> float:
    """The day's factor."""
    return sum(ratios) / (DAY_WEIGHT + len(ratios))


def _leaving(calls: list[Spell], no_show: float, before: Floats) -> Floats:
    """How likely each rate of leaving is, after these calls."""
    waited = np.array([spell.waited for spell in calls])
    there = np.exp(-np.outer(waited, LEAVING))
    there = there * (1 - no_show)
    served = np.array([spell.served for spell in calls], dtype=bool)
    likely = np.log(before / before.sum()) + np.log(np.where(served[:, None], there, 1 - there)).sum(axis=0)
    found: Floats = np.exp(likely - likely.max())
    found /= found.sum()
    return found
