"""The calling rule, run over many futures at once until everybody who asks has been called.

Whoever asks takes nobody's place: until a counter would call them, the future is the same without them. So one run
answers for all queues and classes.
"""

import numpy as np
from msgspec import Struct

from forecast.futures import Futures
from forecast.known import NEVER, Floats, Ints, Truths
from forecast.situation import Situation

BEFORE = 1e6
"""A tier counts more than any virtual arrival, in minutes."""
STEPS_AT_MOST = 3000


class Asking(Struct, frozen=True):
    """Those who ask how long it takes, by future."""

    tiers: Ints
    """By future, asker and counter; 0: not called there."""
    virtual: Floats
    """By asker, in minutes of the day."""


class Times(Struct, frozen=True):
    """What services are drawn from."""

    pool: Floats
    """All queues' times, one after the other."""
    first: Ints
    length: Ints
    """Where each queue's are, by its place in the rules."""
    missed: Floats
    gaps: Floats
    no_show: float
    """The share of those who never come."""


def waits(
    futures: Futures, asking: Asking, times: Times, situation: Situation, random: np.random.Generator
) -> Floats:
    """The wait of each asker in each future, in minutes; never, where the day ends before."""
    count, askers = asking.tiers.shape[:2]
    result = np.full((count, askers), NEVER)
    run = _Run(futures, asking, times, situation, random)
    for _ in range(STEPS_AT_MOST):
        if not run.step(result):
            break
    return result


class _Run:
    """The futures that are not yet decided, each at its own moment."""

    def __init__(
        self,
        futures: Futures,
        asking: Asking,
        times: Times,
        situation: Situation,
        random: np.random.Generator,
    ) -> None:
        self._now, self._longest, self._random = situation.now, situation.longest_wait, random
        self._times = times
        sitting, coming = futures.sitting, futures.coming
        self._tiers_of_counter = np.ascontiguousarray(coming.tiers.T)
        self._letters = coming.letters
        self._virtual_asked = asking.virtual
        self._rows = np.arange(len(futures))
        self._free, self._closes, self._pace = sitting.free.copy(), sitting.closes, sitting.pace
        self._leaving = futures.leaving
        self._rests = (sitting.rest_begins, sitting.rest_ends, sitting.rest_fixed)
        self._turn = np.zeros(sitting.free.shape, dtype=np.int64)
        self._came, self._virtual = coming.came, coming.virtual
        self._at = np.zeros(coming.came.shape[:2], dtype=np.int64)
        self._head_came = coming.came[:, :, 0].copy()
        self._head_virtual = coming.virtual[:, :, 0].copy()
        self._asked = asking.tiers
        self._open = np.ones(asking.tiers.shape[:2], bool)

    def step(self, result: Floats) -> bool:
        """The next counter of each future is free: it calls, rests, idles or closes. False: all is decided."""
        count = len(self._rows)
        every = np.arange(count)
        counter = self._free.argmin(axis=1)
        at = self._free[every, counter]
        going = (at < NEVER) & self._open.any(axis=1)
        if not going.all():
            if not going.any():
                return False
            if going.sum() < 0.7 * count or count < 40:
                self._keep(going)
                return True
        at = np.where(going, at, self._now)
        ends = self._closes[every, counter] <= at
        turn = self._turn[every, counter]
        begins, until, fixed = (
            each[every, counter, np.minimum(turn, each.shape[2] - 1)] for each in self._rests
        )
        rests = (begins <= at) & ~ends & (turn < self._rests[0].shape[2])
        calls = going & ~ends & ~rests

        tiers = self._tiers_of_counter[counter]
        may = (tiers > 0) & (self._head_came <= at[:, None])
        overdue = self._head_virtual < at[:, None] - self._longest
        rank = np.where(may, np.where(overdue, 0, tiers) * BEFORE + self._head_virtual, NEVER)
        best = rank.argmin(axis=1)
        best_rank = rank[every, best]
        self._answer(result, every, counter, at, best_rank, calls)

        free = np.where(tiers > 0, self._head_came, NEVER).min(axis=1)  # idle until somebody comes
        found = calls & (best_rank < NEVER)
        busy = at + self._occupied(every, counter, best, at)
        free = np.where(found, busy, np.maximum(free, at))
        idle_until_rest = np.where(turn < self._rests[0].shape[2], begins, NEVER)
        free = np.where(found, free, np.minimum(free, np.maximum(idle_until_rest, at)))
        until, begins = np.where(rests, until, 0.0), np.where(rests, begins, 0.0)
        after = np.where(fixed, np.maximum(until, at + 0.25 * (until - begins)), at + (until - begins))
        free = np.where(rests, after, free)
        self._free[every, counter] = np.where(ends | ~going, NEVER, free)
        self._turn[every, counter] = turn + rests

        rows, streams = every[found], best[found]
        self._at[rows, streams] += 1
        places = self._at[rows, streams]
        self._head_came[rows, streams] = self._came[rows, streams, places]
        self._head_virtual[rows, streams] = self._virtual[rows, streams, places]
        return True

    def _answer(
        self, result: Floats, every: Ints, counter: Ints, at: Floats, best: Floats, calls: Truths
    ) -> None:
        """Whoever asks and comes before the best of those who wait would be called now."""
        tiers = self._asked[every, :, counter]
        overdue = self._virtual_asked < at[:, None] - self._longest
        rank = np.where(overdue, 0, tiers) * BEFORE + self._virtual_asked
        called = calls[:, None] & self._open & (tiers > 0) & (rank < best[:, None])
        if called.any():
            rows, askers = np.nonzero(called)
            result[self._rows[rows], askers] = np.maximum(at[rows] - self._now, 0.0)
            self._open &= ~called

    def _occupied(self, every: Ints, counter: Ints, stream: Ints, at: Floats) -> Floats:
        """How long whoever is called keeps the counter, until its next call."""
        times = self._times
        letter = self._letters[stream]
        one, two, three = self._random.random((3, len(every)))
        drawn = times.first[letter] + (one * times.length[letter]).astype(np.int64)
        served = times.pool[drawn] * self._pace[every, counter]
        came = self._head_came[every, stream]
        waited = at - np.minimum(came, at)
        share = 1 - (1 - times.no_show) * np.exp(-waited * self._leaving)
        missed = times.missed[(one * len(times.missed)).astype(np.int64)]
        gap = times.gaps[(three * len(times.gaps)).astype(np.int64)]
        occupied: Floats = np.where(two < share, missed, served) + gap
        return occupied

    def _keep(self, going: Truths) -> None:
        """Go on with the undecided futures alone."""
        self._rows = self._rows[going]
        self._free, self._closes, self._pace = self._free[going], self._closes[going], self._pace[going]
        self._rests = tuple(each[going] for each in self._rests)  # type: ignore[assignment]
        self._turn, self._at = self._turn[going], self._at[going]
        self._came, self._virtual = self._came[going], self._virtual[going]
        self._head_came, self._head_virtual = self._head_came[going], self._head_virtual[going]
        self._leaving = self._leaving[going]
        self._asked, self._open = self._asked[going], self._open[going]
