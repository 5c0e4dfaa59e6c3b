"""The sample settings of the services: class, sector, standard, queue, what to bring, one-day services.

No public source has them, so every office replaces them with its own; data/samples.toml says so too.
"""

import datetime as dt
import re
import tomllib
from collections.abc import Collection, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct

from catalogue.bilingual import Bilingual, flaw
from catalogue.problems import Findings, read_text

Kind = TypeVar("Kind")

SAMPLES = Path(__file__).parent / "data" / "samples.toml"


class ServiceClass(StrEnum):
    """How much work a service is."""

    RINGAN = "ringan"
    SEDANG = "sedang"
    BERAT = "berat"


class Sector(Struct, frozen=True):
    """The field of government (bidang) to which a service belongs."""

    code: str
    name: Bilingual


class ServiceSample(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The line of one service in [services]; sector and bring are keys of the tables of that name."""

    service_class: ServiceClass = msgspec.field(name="class")
    sector: str | None = None
    working_days: Annotated[int, Meta(ge=1, le=365)]
    counter_minutes: Annotated[int, Meta(ge=1, le=240)]
    queue: Annotated[str, Meta(pattern="^[A-HJ-NPR-Z]$")]
    bring: str


class OneDay(Struct, frozen=True, forbid_unknown_fields=True):
    """What a one-day service has besides: who comes before the cut-off has the permit the same day."""

    short_name: Bilingual
    explanation: Bilingual
    """One line that says what the service is for."""
    cut_off: dt.time
    promise_minutes: Annotated[int, Meta(ge=1, le=600)]
    """From acceptance to the promised time."""


class Samples(Struct, frozen=True):
    """Everything in the file, by key."""

    sectors: dict[str, Sector]
    bring: dict[str, tuple[Bilingual, ...]]
    one_day: dict[str, OneDay]
    services: dict[str, ServiceSample]


def load_samples(codes: Collection[str], path: Path = SAMPLES) -> Samples:
    """The sample settings of the services with these codes, one line for each.

    Raises CatalogueError with all that is wrong in the file.
    """
    findings = Findings(path)
    file = _File(read_text(path, findings), findings)
    samples = Samples(
        sectors={key: Sector(key, name) for key, name in file.entries("sectors", Bilingual)},
        bring=dict(file.entries("bring", tuple[Bilingual, ...])),
        one_day=dict(file.entries("one_day", OneDay)),
        services=dict(file.entries("services", ServiceSample)),
    )
    _check_codes(samples, codes, file)
    _check_references(samples, file)
    _check_texts(samples, file)
    findings.conclude()
    return samples


_TABLES = ("sectors", "bring", "one_day", "services")

_HINTS = {
    "bring": "write a key of [bring]",
    "class": f"write {', '.join(ServiceClass)}",
    "counter_minutes": "write whole minutes, 1 to 240",
    "cut_off": "write a time of the day such as 11:00:00",
    "promise_minutes": "write whole minutes, 1 to 600",
    "queue": "write a capital letter, not I, O or Q",
    "sector": "write a key of [sectors]",
    "working_days": "write whole days, 1 to 365",
}
_ANY_OTHER_HINT = 'write it as the lines beside it, a text as { id = "…", en = "…" }'


class _File:
    """The file's content, with the line of each entry for the sake of good messages."""

    def __init__(self, text: str, findings: Findings) -> None:
        self._findings = findings
        try:
            self._tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"at line (\d+)", str(error))
            findings.fail(int(line[1]) if line else None, None, f"is not valid TOML: {error}")
        self._lines = dict(_lines(text))
        for table in self._tables.keys() - set(_TABLES):
            self.note(table, None, None, f"unknown table: the tables are {', '.join(_TABLES)}")

    def entries(self, table: str, kind: type[Kind]) -> Iterator[tuple[str, Kind]]:
        """The well-formed entries of a table; the others are noted."""
        entries = self._tables.get(table)
        if not isinstance(entries, dict):
            self.note(table, None, None, f"is missing: add a table [{table}]")
            return
        for key, value in entries.items():
            try:
                yield key, msgspec.convert(value, kind)
            except msgspec.ValidationError as error:
                self._note_invalid(table, key, str(error))

    def keys(self, table: str) -> Collection[str]:
        """The keys of a table, well-formed or not."""
        entries = self._tables.get(table)
        return entries.keys() if isinstance(entries, dict) else ()

    def note(self, table: str, key: str | None, field: str | None, text: str) -> None:
        """Add a problem with a table, one of its entries or a field of that."""
        places = [(f"{table}.{key}", field), (table, key), (f"{table}.{key}", None), (table, None)]
        line = next((self._lines[place] for place in places if place in self._lines), None)
        self._findings.add(line, ", ".join(filter(None, (key or f"[{table}]", field))), text)

    def _note_invalid(self, table: str, key: str, error: str) -> None:
        reason, _, path = error.partition(" - at `$")
        fields = [*re.findall(r"[a-z_]+", path), *re.findall(r"field `(\w+)`", reason)]
        field = fields[0] if fields else None
        unknown = "unknown field" in reason
        hint = "correct its spelling or remove it" if unknown else _HINTS.get(field or "", _ANY_OTHER_HINT)
        self.note(table, key, field, f"{reason}: {hint}")


def _lines(text: str) -> Iterator[tuple[tuple[str, str | None], int]]:
    """Where each table and each key begins: ((table, None), line) and ((table, key), line)."""
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if heading := re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line):
            table = heading[1]
            yield (table, None), number
        elif key := re.match(r"\s*([\w-]+)\s*=", line):
            yield (table, key[1]), number


def _check_codes(samples: Samples, codes: Collection[str], file: _File) -> None:
    for table, entries in (("services", samples.services), ("one_day", samples.one_day)):
        for code in entries:
            if code not in codes:
                file.note(table, code, None, "unknown service: remove it, or add it to services.csv")
    for code in codes:
        if code not in file.keys("services"):
            file.note("services", None, None, f"no line for {code}: add one")


def _check_references(samples: Samples, file: _File) -> None:
    for code, service in samples.services.items():
        if service.sector is not None and service.sector not in samples.sectors:
            file.note("services", code, "sector", f"unknown “{service.sector}”: {_HINTS['sector']}")
        if service.bring not in samples.bring:
            file.note("services", code, "bring", f"unknown “{service.bring}”: {_HINTS['bring']}")
        if code in samples.one_day and service.working_days != 1:
            file.note("services", code, "working_days", "more than 1 for a one-day service: write 1")


def _check_texts(samples: Samples, file: _File) -> None:
    texts = [
        *(("sectors", key, None, sector.name) for key, sector in samples.sectors.items()),
        *(("bring", key, None, text) for key, texts in samples.bring.items() for text in texts),
        *(("one_day", code, "short_name", one_day.short_name) for code, one_day in samples.one_day.items()),
        *(("one_day", code, "explanation", one_day.explanation) for code, one_day in samples.one_day.items()),
    ]
    for table, key, field, text in texts:
        for wrong in filter(None, (flaw(text.id), flaw(text.en))):
            file.note(table, key, field, wrong)
