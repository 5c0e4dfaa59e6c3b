"""Who waits, and who still comes in the rest of today, as streams that the simulation takes from.

A stream holds those of one queue who may be called at the same counters, in the order of the calling rule. A past
day lends who comes: as many more or fewer as today has had more or fewer so far.
"""

import numpy as np
from msgspec import Struct

from broker.domain.day import hours_of
from broker.domain.values import Letter, ServiceCode
from forecast.experience import DayFigures, Entry
from forecast.known import NEVER, Floats, Ints, Known, Truths
from forecast.situation import NOBODY, Booked, Place

VOLUME_WEIGHT = 20.0
RATE_MINUTES = 60.0
"""Without days seen, who comes is as in the last so many minutes."""
JITTER_MINUTES = 4.0
CHECKS_IN_MINUTES = (2.0, 20.0)
"""How long before the slot, from and to, somebody with an appointment comes."""


class Coming(Struct, frozen=True):
    """The streams."""

    tiers: Ints
    """By stream and counter; 0: not called there."""
    letters: Ints
    """Each stream's queue, by its place in the rules."""
    came: Floats
    virtual: Floats
    """Arrival and virtual arrival by future, stream, and place in the stream; never, behind its end."""


class _Drawn(Struct, frozen=True):
    """Who comes in those futures that follow one day."""

    streams: Ints
    minutes: Floats
    virtual: Floats
    kept: Truths
    """By future and entry: who does come."""
    at: Ints
    """By future and entry: the place in the stream."""


def coming_of(known: Known, of_day: Ints, random: np.random.Generator) -> Coming:
    """Draw who comes; `of_day` says which past day each future follows."""
    streams = _Streams(known)
    waiting: dict[int, list[Place]] = {}
    for place in known.situation.waiting:
        waiting.setdefault(streams.of_place(place), []).append(place)
    drawn = [
        _drawn(known, day, streams, int((of_day == which).sum()), random)
        for which, day in enumerate(known.days)
    ]
    letters, tiers = streams.all()
    length = 1 + max(
        [len(places) for places in waiting.values()] + [int(each.at.max(initial=0)) + 1 for each in drawn]
    )
    came = np.full((len(of_day), len(letters), length), NEVER)
    virtual = came.copy()
    for stream, places in waiting.items():
        came[:, stream, : len(places)] = [place.came for place in places]
        virtual[:, stream, : len(places)] = [place.virtual for place in places]
    for which, each in enumerate(drawn):
        rows = np.flatnonzero(of_day == which)
        row, column = np.nonzero(each.kept)
        where = rows[row], each.streams[column], each.at[row, column]
        came[where] = each.minutes[column]
        virtual[where] = each.virtual[column]
    return Coming(tiers, letters, came, virtual)


def _drawn(
    known: Known, day: DayFigures, streams: "_Streams", count: int, random: np.random.Generator
) -> _Drawn:
    now = known.situation.now
    ahead = [entry for entry in day.entries if entry.minute > now]
    ratio = (len(known.seen.entries) + VOLUME_WEIGHT) / (len(day.entries) - len(ahead) + VOLUME_WEIGHT)
    if not day.entries:
        ahead, ratio = _as_lately(known), 1.0
    late = [Entry(each.minute + abs(random.normal(0, JITTER_MINUTES)), *_what(each)) for each in ahead]
    entries = [*ahead, *late, *(_checks_in(booked, known, random) for booked in known.situation.booked)]
    chance = np.array(
        [min(ratio, 1.0)] * len(ahead)
        + [min(max(ratio - 1, 0.0), 1.0)] * len(late)
        + [1.0] * len(known.situation.booked)
    )
    minutes = np.array([entry.minute for entry in entries])
    virtual = minutes - np.array([entry.head_start for entry in entries])
    where = np.array([streams.of_entry(entry) for entry in entries], dtype=np.int64)
    order = np.lexsort((minutes, where))
    where, minutes, virtual, chance = where[order], minutes[order], virtual[order], chance[order]
    kept = random.random((count, len(order))) < chance
    if not len(order):
        return _Drawn(where, minutes, virtual, kept, np.zeros(kept.shape, dtype=np.int64))
    running: Ints = np.cumsum(kept, axis=1)
    starts = np.searchsorted(where, where, side="left")
    before = np.where(starts > 0, running[:, np.maximum(starts - 1, 0)], 0)
    return _Drawn(where, minutes, virtual, kept, np.subtract(running, before + 1))


def _what(entry: Entry) -> tuple[Letter, ServiceCode | None, float]:
    return entry.letter, entry.service, entry.head_start


def _as_lately(known: Known) -> list[Entry]:
    """The last hour over and over, until no more numbers are given out."""
    situation = known.situation
    hours = hours_of(situation.rules, situation.day)
    last = hours.last_ticket if hours is not None else 0
    recent = [entry for entry in known.seen.entries if entry.minute > situation.now - RATE_MINUTES]
    turns = range(1, 2 + int(max(0.0, last - situation.now) / RATE_MINUTES))
    again = [Entry(entry.minute + RATE_MINUTES * turn, *_what(entry)) for turn in turns for entry in recent]
    return [entry for entry in again if situation.now < entry.minute < last]


def _checks_in(booked: Booked, known: Known, random: np.random.Generator) -> Entry:
    early = random.uniform(*CHECKS_IN_MINUTES)
    minute = max(booked.slot - early, known.situation.now + 0.1)
    head_start = known.situation.rules.appointments.head_start_minutes - (booked.slot - minute)
    return Entry(minute, booked.letter, booked.service, max(0.0, head_start))


class _Streams:
    """The streams found so far, by what tells them apart."""

    def __init__(self, known: Known) -> None:
        self._situation = known.situation
        self._clerks = known.clerks
        self._tiers: dict[tuple[Letter, ServiceCode | None], tuple[int, ...]] = {}
        self._streams: dict[tuple[Letter, tuple[int, ...], float], int] = {}
        """By queue, tiers, and head start; below 0: waiting now."""

    def of_place(self, place: Place) -> int:
        """The stream of somebody who waits."""
        if place.only_counter is None and place.only_clerk is None:
            return self._of(place.letter, self._tiers_of(place.letter, place.service), -1.0)
        sent = tuple(  # what a colleague has sent here ranks with the first tier
            int(
                place.only_counter == counter.number
                or place.only_clerk == self._clerks.get(counter.number, NOBODY)
            )
            for counter in self._situation.rules.counters
        )
        return self._of(place.letter, sent, -1.0)

    def of_entry(self, entry: Entry) -> int:
        """The stream of somebody who comes: with others of about the same head start, so that it stays in order."""
        head_start = max(0.0, round(entry.head_start / 5) * 5.0)
        return self._of(entry.letter, self._tiers_of(entry.letter, entry.service), head_start)

    def all(self) -> tuple[Ints, Ints]:
        """Each stream's queue, and its tiers by counter."""
        if not self._streams:
            return np.zeros(1, dtype=np.int64), np.zeros(
                (1, len(self._situation.rules.counters)), dtype=np.int64
            )
        places = {queue.letter: place for place, queue in enumerate(self._situation.rules.queues)}
        letters = np.array([places[letter] for letter, _, _ in self._streams], dtype=np.int64)
        return letters, np.array([tiers for _, tiers, _ in self._streams], dtype=np.int64)

    def _tiers_of(self, letter: Letter, service: ServiceCode | None) -> tuple[int, ...]:
        key = (letter, service)
        if key not in self._tiers:
            self._tiers[key] = self._situation.tiers(self._clerks, letter, service)
        return self._tiers[key]

    def _of(self, letter: Letter, tiers: tuple[int, ...], head_start: float) -> int:
        return self._streams.setdefault((letter, tiers, head_start), len(self._streams))
