"""Finds services by what a citizen types: beginnings of words, everyday spelling, everyday words.

Every word must be found: in the name, spelt as typed or only sounding alike ("praktek", "ijin"), or among words
that go with the service but are not shown. What is found in the name is marked. No state but the index.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from catalogue.everyday import Everyday, load_everyday
from catalogue.words import Span, sound, words


@dataclass(frozen=True, slots=True)
class Entry:
    """A service as it can be found: by its name, and by texts that go with it but are not shown."""

    code: str
    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A service that was found, with the parts of its name that the query names."""

    code: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """All matches, best first, and the query in the spelling in which it was found."""

    query: str
    matches: tuple[Match, ...]


class Index:
    """The services of one outlet in one language, ready to be searched."""

    def __init__(self, entries: Iterable[Entry], everyday: Everyday | None = None) -> None:
        everyday = everyday or load_everyday()
        self._ignored = frozenset(word for text in everyday.words.ignored for word, _ in words(text))
        self._services = [
            _indexed(entry, everyday.services.get(entry.code, ()), self._ignored) for entry in entries
        ]
        self._sounds = {word: sound(word) for service in self._services for word in service.places}

    def find(self, query: str) -> Found:
        """The services that have every word of the query; none for a query without a word.

        Equally good matches keep the order of the entries.
        """
        typed = [word for word, _ in words(query)]
        wanted = [word for word in typed if word not in self._ignored] or typed
        results = self._results(wanted) if wanted else []
        spelling = dict(zip(wanted, (hit.word for hit in results[0].hits), strict=True)) if results else {}
        return Found(
            " ".join(spelling.get(word, word) for word in typed),
            tuple(Match(result.service.code, result.spans) for result in results),
        )

    def _results(self, wanted: list[str]) -> list["_Result"]:
        meant = [self._meant(word) for word in wanted]
        said = _said(wanted)
        results = (_result(service, wanted, meant, said) for service in self._services)
        return sorted((result for result in results if result), key=lambda result: result.rank)

    def _meant(self, typed: str) -> dict[str, "_Likeness"]:
        """The known words for which a typed word may stand."""
        its_sound = sound(typed) if len(typed) >= _LEAST_LETTERS_TO_SOUND else None
        meant: dict[str, _Likeness] = {}
        for word, word_sound in self._sounds.items():
            if word.startswith(typed):
                meant[word] = _Likeness.SAME if word == typed else _Likeness.BEGINS
            elif its_sound and word_sound.startswith(its_sound):
                meant[word] = _Likeness.SOUNDS if word_sound == its_sound else _Likeness.BEGINS_TO_SOUND
        return meant


class _Likeness(IntEnum):
    """How a known word is like a typed one, the best first."""

    SAME = 0
    BEGINS = 1
    SOUNDS = 2
    BEGINS_TO_SOUND = 3


_NOT_SHOWN = 4  # any word of the name is better than one that is not shown
_LEAST_LETTERS_TO_SOUND = 3


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a word stands in a name: its number, from 0, and its characters."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class _Service:
    code: str
    name: str
    length: int
    """Words of the name."""
    places: Mapping[str, _Place | None]
    """The first place of each word in the name; None for words that are not shown."""
    sayings: frozenset[str]
    """The sounds of its name and of each text that goes with it."""


@dataclass(frozen=True, slots=True)
class _Hit:
    """The best word of a service for one typed word."""

    cost: int
    word: str
    """In the name's spelling where the typed word only sounds like it, else as typed."""
    place: _Place | None


@dataclass(frozen=True, slots=True)
class _Result:
    service: _Service
    hits: tuple[_Hit, ...]
    in_full: bool
    """Whether the query is one of its texts and not only some of its words."""

    @property
    def rank(self) -> tuple[bool, int, int, int, int]:
        """Less is better: said in full, likeness, words close together, early in the name, a short name."""
        numbers = [hit.place.number for hit in self.hits if hit.place] or [self.service.length]
        cost = sum(hit.cost for hit in self.hits)
        return not self.in_full, cost, max(numbers) - min(numbers), min(numbers), self.service.length

    @property
    def spans(self) -> tuple[Span, ...]:
        """The words found in the name; neighbours with nothing but a space between them are one."""
        joined: list[Span] = []
        for start, end in sorted({hit.place.span for hit in self.hits if hit.place}):
            if joined and not self.service.name[joined[-1][1] : start].strip():
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return tuple(joined)


def _indexed(entry: Entry, everyday: tuple[str, ...], ignored: frozenset[str]) -> _Service:
    name = list(words(entry.name))
    places: dict[str, _Place | None] = {}
    for number, (word, span) in enumerate(name):
        places.setdefault(word, _Place(number, span))
    for number, ((first, (start, _)), (second, (_, end))) in enumerate(pairwise(name)):
        places.setdefault(first + second, _Place(number, (start, end)))  # "kerjasama" for "kerja sama"
    not_shown = [[word for word, _ in words(text)] for text in (*entry.also, *everyday)]
    for text in not_shown:
        places.update((word, None) for word in text if word not in places)
    texts = [[word for word, _ in name], *not_shown]
    sayings = frozenset(_said(word for word in text if word not in ignored) for text in texts)
    return _Service(entry.code, entry.name, len(name), places, sayings)


def _said(text: Iterable[str]) -> str:
    return " ".join(map(sound, text))


def _result(
    service: _Service, wanted: list[str], meant: list[dict[str, _Likeness]], said: str
) -> _Result | None:
    hits: list[_Hit] = []
    for typed, likenesses in zip(wanted, meant, strict=True):
        best = min(_hits(service, typed, likenesses), key=lambda hit: hit.cost, default=None)
        if best is None:
            return None
        hits.append(best)
    return _Result(service, tuple(hits), said in service.sayings)


def _hits(service: _Service, typed: str, likenesses: Mapping[str, _Likeness]) -> Iterable[_Hit]:
    for word, place in service.places.items():
        likeness = likenesses.get(word)
        if likeness is not None:
            cost = likeness if place else likeness + _NOT_SHOWN
            yield _Hit(cost, word if likeness is _Likeness.SOUNDS else typed, place)
