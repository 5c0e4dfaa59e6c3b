"""All of it together: follows a replica, learns day by day, and answers how long it takes.

Nothing here knows a clock, a file or a socket; all randomness comes from the seed.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from broker.domain import events as e
from broker.domain.events import Recorded
from broker.domain.state import State
from broker.domain.ticket import Estimate, Expected
from broker.domain.values import BusinessDay, Instant, Letter
from forecast.calibration import Stretch, range_of, raw_of, stretch_of
from forecast.experience import DayFigures, Experience, Raw, standard_day
from forecast.futures import futures_of
from forecast.known import NEVER, Floats, Ints, Known, days_alike
from forecast.laws import Laws, laws_of, today_of
from forecast.notebook import Notebook
from forecast.simulation import Asking, Times, waits
from forecast.situation import Situation, situation_of

FUTURES = 200
SERVED_AT_LEAST = 0.5
"""In fewer futures no counter is, or will be, open for a queue: then nothing is told of its wait."""
SCORES_A_TIME = 10
"""After so many more forecasts have come true, the ranges are calibrated anew."""
LATELY = 60
"""What the last so many who took a queue's numbers wanted, the next one wants."""


class Line(Struct, frozen=True):
    """Whose wait is asked for: a queue and a class."""

    letter: Letter
    with_priority: bool


class Figure(Struct, frozen=True):
    """What to tell, and what it was made from."""

    line: Line
    estimate: Estimate | None
    """None: no counter is open, and none is expected to open."""
    raw: Raw | None

    @property
    def expected(self) -> Expected:
        """As the broker takes it."""
        return Expected(self.line.letter, self.estimate, self.line.with_priority)


class Forecaster:
    """One outlet's forecasts."""

    def __init__(self, experience: Experience, seed: int, today: DayFigures | None = None) -> None:
        self.experience = experience
        self.notebook = Notebook(today or DayFigures(BusinessDay("")))
        self._seed = seed
        self._random = np.random.default_rng(seed)
        self._laws: Laws | None = None
        self._stretch: Stretch | None = None
        self._stretched_at = 0

    def begin(self, state: State) -> None:
        """Take up the outlet as it is now, after a start or a gap. What was seen of an earlier day is that day."""
        before = self.notebook.figures
        if before.day != state.day and before.spells:
            self.experience = self.experience.with_day(before)
        same_day = before.day == state.day
        self.notebook = Notebook(before if same_day else DayFigures(state.day or BusinessDay("")))
        if state.day is not None:
            self.notebook.resume(state)
        self._learn_anew()

    def happened(self, state: State, record: Recorded) -> None:
        """Follow one event, already folded into `state`."""
        match record.event:
            case e.DayOpened(day=day):
                self.notebook = Notebook(DayFigures(day))
                self._learn_anew()
            case e.DayClosed():
                self.experience = self.experience.with_day(self.notebook.figures)
                self._learn_anew()
            case e.OutletConfigured():
                self._learn_anew()
            case _:
                self.notebook.look(state, record)

    def figures(self, state: State, now: Instant, lines: Sequence[Line]) -> list[Figure]:
        """What to tell whoever takes a number of each line now."""
        situation = situation_of(state, now)
        if situation is None or not lines:
            return [Figure(line, None, None) for line in lines]
        if self._laws is None:
            self._laws = laws_of(self.experience, situation.rules)
        # The same luck each time: figures move with the hall alone.
        self._random = np.random.default_rng(self._seed)
        laws, seen = self._laws, self.notebook.figures
        today = today_of(laws, seen, situation.desks.values(), self._random)
        days = days_alike(situation, self.experience.days) or (standard_day(situation.rules, situation.day),)
        known = Known(situation, days, laws, seen, today)
        futures = futures_of(known, FUTURES, self._random)
        asking = self._asking(known, lines)
        found = waits(futures, asking, _times(situation, laws), situation, self._random)
        stretch = self._stretch_now(seen)
        left = max(0.0, situation.closes - situation.now)
        opens = futures.sitting.free[:, None, :] < NEVER
        served = ((asking.tiers > 0) & opens).any(axis=2).mean(axis=0)
        return [
            _figure(line, found[:, place], stretch, left)
            if served[place] >= SERVED_AT_LEAST
            else Figure(line, None, None)
            for place, line in enumerate(lines)
        ]

    def _learn_anew(self) -> None:
        self._laws = self._stretch = None

    def _stretch_now(self, seen: DayFigures) -> Stretch:
        """Learned anew now and then: it moves slowly."""
        if self._stretch is None or len(seen.scores) >= self._stretched_at + SCORES_A_TIME:
            scores = [score for day in self.experience.days for score in day.scores]
            self._stretch, self._stretched_at = stretch_of([*scores, *seen.scores]), len(seen.scores)
        return self._stretch

    def _asking(self, known: Known, lines: Sequence[Line]) -> Asking:
        situation = known.situation
        tiers = np.stack([self._tiers(known, line.letter) for line in lines], axis=1)
        heads = np.array([situation.head_start if line.with_priority else 0.0 for line in lines])
        return Asking(tiers, situation.now - heads)

    def _tiers(self, known: Known, letter: Letter) -> Ints:
        """By future and counter: for what somebody who took this queue's number lately wanted."""
        entries = [entry for day in (*known.days[-2:], known.seen) for entry in day.entries]
        wanted = [entry.service for entry in entries if entry.letter == letter][-LATELY:] or [None]
        kinds, clerks = list(dict.fromkeys(wanted)), known.clerks
        tiers = np.array([known.situation.tiers(clerks, letter, kind) for kind in kinds])
        which = np.array([kinds.index(service) for service in wanted])
        drawn: Ints = tiers[self._random.choice(which, FUTURES)]
        return drawn


def _figure(line: Line, found: Floats, stretch: Stretch, left: float) -> Figure:
    raw = raw_of(found, left)
    return Figure(line, range_of(raw, stretch, left), raw)


def _times(situation: Situation, laws: Laws) -> Times:
    pools = [laws.pools[queue.letter] for queue in situation.rules.queues]
    lengths = np.array([len(pool) for pool in pools])
    return Times(
        np.concatenate(pools), np.cumsum(lengths) - lengths, lengths, laws.missed, laws.gaps, laws.no_show
    )
