"""Finds the outlet's services by what a citizen types, in the citizen's language. The search itself: catalogue."""

from msgspec import Struct

from broker.domain.rules import Service
from broker.domain.values import Language, ServiceCode
from catalogue.search import Entry, Index


class Piece(Struct, frozen=True):
    """A part of a name, and whether the query names it."""

    text: str
    is_match: bool


class Found(Struct, frozen=True):
    """A service that was found: its heading in pieces, and the rest of its name."""

    service: Service
    heading: tuple[Piece, ...]
    detail: str


class Findings(Struct, frozen=True):
    """All that was found, best first, and the query as it was understood."""

    query: str
    found: tuple[Found, ...]


class Finder:
    """Keeps an index for each language, made anew when the outlet's services have changed."""

    def __init__(self) -> None:
        self._services: dict[ServiceCode, Service] | None = None
        self._indexes: dict[Language, Index] = {}

    def find(self, query: str, services: dict[ServiceCode, Service], language: Language) -> Findings:
        """The services whose names, or everyday words, have every word of the query."""
        if services is not self._services:
            self._services = services
            self._indexes = {}
        index = self._indexes.get(language)
        if index is None:
            index = self._indexes[language] = Index(
                _entry(service, language) for service in services.values()
            )
        result = index.find(query)
        return Findings(
            result.query,
            tuple(
                _found(services[ServiceCode(match.code)], match.spans, language) for match in result.matches
            ),
        )


def pieces(heading: str, spans: tuple[tuple[int, int], ...]) -> tuple[Piece, ...]:
    """The heading cut where matches begin and end; neighbouring words that match are one piece."""
    cut: list[Piece] = []
    at = 0
    for start, end in _joined(heading, spans):
        if start > at:
            cut.append(Piece(heading[at:start], False))
        cut.append(Piece(heading[start:end], True))
        at = end
    if at < len(heading):
        cut.append(Piece(heading[at:], False))
    return tuple(cut)


def _found(service: Service, spans: tuple[tuple[int, int], ...], language: Language) -> Found:
    heading, _, detail = service.name.in_language(language).partition(": ")
    return Found(service, pieces(heading, spans), detail)


def _joined(heading: str, spans: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if start >= len(heading):
            continue
        if joined and not heading[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return [(start, min(end, len(heading))) for start, end in joined]


def _entry(service: Service, language: Language) -> Entry:
    other = Language.ENGLISH if language is Language.INDONESIAN else Language.INDONESIAN
    shown = (service.short_name, service.explanation)
    also = [text.in_language(language) for text in shown if text is not None]
    return Entry(service.code, service.name.in_language(language), (*also, service.name.in_language(other)))
