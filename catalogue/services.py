"""The services: permits and non-permits with their names in both languages and their (sample) settings."""

import re
from pathlib import Path

from msgspec import Struct

from catalogue.bilingual import Bilingual, flaw
from catalogue.problems import Findings
from catalogue.samples import SAMPLES, OneDay, Samples, Sector, ServiceClass, load_samples
from catalogue.table import Row, read_rows

SERVICES = Path(__file__).parent / "data" / "services.csv"

_CODE = re.compile(r"[A-Z]{3}-[0-9]{3}")


class Service(Struct, frozen=True):
    """One permit or non-permit. A name is a heading, and a detail after a colon where there are variants."""

    code: str
    group: str
    name: Bilingual
    sector: Sector | None
    service_class: ServiceClass
    standard_working_days: int
    counter_minutes: int
    letter: str
    """The queue it belongs to."""
    requirements: tuple[Bilingual, ...]
    one_day: OneDay | None


def heading_and_detail(name: str) -> tuple[str, str]:
    """A service's name for two lines of a screen: the heading, and the detail of the variant or "".

    The detail begins with a capital; in the name it begins two characters after the heading's end.
    """
    heading, _, detail = name.partition(": ")
    return heading, detail[:1].upper() + detail[1:]


def load_services(path: Path = SERVICES, samples: Path = SAMPLES) -> tuple[Service, ...]:
    """The services in the order of the file, with their settings from the file of samples.

    Raises CatalogueError with all that is wrong in one of the two.
    """
    rows = _read(path)
    settings = load_samples([row["code"] for row in rows], samples)
    return tuple(_service(row, settings) for row in rows)


def _read(path: Path) -> list[Row]:
    findings = Findings(path)
    rows = list(read_rows(path, ("code", "group", "name_id", "name_en"), findings))
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        if not _CODE.fullmatch(row["code"]):
            findings.add(row.line, "code", f"“{row['code']}” is no code: write it like USH-126")
        for column in ("group", "name_id", "name_en"):
            if wrong := flaw(row[column]):
                findings.add(row.line, column, wrong)
        for column in ("code", "name_id", "name_en"):
            line = first.setdefault((column, row[column].casefold()), row.line)
            if row[column] and line != row.line:
                findings.add(
                    row.line, column, f"“{row[column]}” is on line {line} already: change or remove one"
                )
    findings.conclude()
    return rows


def _service(row: Row, settings: Samples) -> Service:
    code = row["code"]
    sample = settings.services[code]
    return Service(
        code=code,
        group=row["group"],
        name=Bilingual(row["name_id"], row["name_en"]),
        sector=settings.sectors[sample.sector] if sample.sector else None,
        service_class=sample.service_class,
        standard_working_days=sample.working_days,
        counter_minutes=sample.counter_minutes,
        letter=sample.queue,
        requirements=settings.bring[sample.bring],
        one_day=settings.one_day.get(code),
    )
