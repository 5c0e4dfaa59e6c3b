"""Says what is wrong with a catalogue: each text that a reader would see untranslated or misspelt.

It judges; `wording.extract` collects the texts and repairs what needs no translator.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileParser

_MISSPELT = re.compile(r"antrian|silahkan", re.IGNORECASE)


def problems(found: Catalog, path: Path) -> list[str]:
    """What is wrong with the catalogue file at `path`, given the texts found in the code.

    Each problem is one line that begins with file and line: the code's for a text without a translation, else
    the catalogue's.
    """
    translated = _Reading(locale="id")
    with path.open("rb") as file:
        PoFileParser(translated, abort_invalid=True).parse(file)
    place = f"{path.parent.name}/{path.name}"
    return [
        *translated.repeated(place),
        *_untranslated(found, translated),
        *(f"{place}:{entry.lineno}: {fault}" for entry in translated if entry.id for fault in _faults(entry)),
        *_obsolete(found, translated, place),
    ]


class _Reading(Catalog):
    """A catalogue that remembers which entries the file holds twice; Babel keeps the first in silence."""

    def __init__(self, locale: str) -> None:
        super().__init__(locale=locale)
        self._again: list[tuple[Message, Message]] = []

    def __setitem__(self, id: str | tuple[str, ...] | list[str], message: Message) -> None:
        first = self.get(id, message.context) if id else None
        if first:
            self._again.append((first, message))
        super().__setitem__(id, message)

    def repeated(self, file: str) -> Iterator[str]:
        for first, again in self._again:
            yield f"{file}:{again.lineno}: {_named(again)} is there already, on line {first.lineno}"


def _untranslated(found: Catalog, translated: Catalog) -> Iterator[str]:
    for text in found:
        if not text.id:
            continue
        entry = translated.get(text.id, text.context)
        if entry is None or not all(_strings(entry)):
            problem = f"{_named(text)} has no Indonesian"
        elif entry.pluralizable != text.pluralizable:
            problem = f"{_named(text)} is plural in the code or in the catalogue, not in both"
        else:
            continue
        yield from (f"{file}:{line}: {problem}" for file, line in text.locations)


def _faults(entry: Message) -> Iterator[str]:
    if entry.fuzzy:
        yield f"the Indonesian of {_named(entry)} is marked fuzzy"
    for string in filter(None, _strings(entry)):
        if misspelt := _MISSPELT.search(string):
            yield f"“{misspelt[0]}” in the Indonesian of {_named(entry)}: write “antrean”, “silakan”"
        try:
            wanted, given = _parameters(_texts(entry)[-1]), _parameters(string)
        except ValueError as error:
            yield f"{_named(entry)} cannot be filled in: {error}"
            continue
        if wanted != given:
            yield f"{_named(entry)} has the parameters {sorted(wanted)}, its Indonesian {sorted(given)}"


def _obsolete(found: Catalog, translated: Catalog, file: str) -> Iterator[str]:
    for entry in translated:
        if entry.id and found.get(entry.id, entry.context) is None:
            yield f"{file}:{entry.lineno}: no code uses {_named(entry)}"
    for entry in translated.obsolete.values():
        yield f"{file}:{entry.lineno}: {_named(entry)} is kept as obsolete"


def _texts(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def _parameters(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _named(message: Message) -> str:
    context = f" ({message.context})" if message.context else ""
    return f"“{_texts(message)[0]}”{context}"
