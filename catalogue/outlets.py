"""The outlets of the one-stop permit service: one per region of Jakarta, in four levels."""

from enum import StrEnum
from pathlib import Path
from typing import assert_never

from msgspec import Struct

from catalogue.bilingual import flaw
from catalogue.problems import Findings
from catalogue.table import Row, read_rows

OUTLETS = Path(__file__).parent / "data" / "outlets.csv"


class Level(StrEnum):
    """How much of Jakarta an outlet serves; the words are the regions' own."""

    PROVINSI = "provinsi"
    KOTA = "kota"
    KABUPATEN = "kabupaten"
    KECAMATAN = "kecamatan"
    KELURAHAN = "kelurahan"


_PARENTS: dict[Level, tuple[Level, ...]] = {
    Level.PROVINSI: (),
    Level.KOTA: (Level.PROVINSI,),
    Level.KABUPATEN: (Level.PROVINSI,),
    Level.KECAMATAN: (Level.KOTA, Level.KABUPATEN),
    Level.KELURAHAN: (Level.KECAMATAN,),
}


class Outlet(Struct, frozen=True):
    """One office. The code is the Ministry of Home Affairs' and unique; names repeat."""

    code: str
    level: Level
    parent: str | None
    """The code of the outlet above, None for the province's."""
    name: str

    @property
    def display_name(self) -> str:
        """The name on screens and paper, the same in both languages: `PTSP Kecamatan Tebet`."""
        match self.level:
            case Level.PROVINSI:
                return f"PTSP Provinsi {self.name}"
            case Level.KOTA | Level.KABUPATEN:
                return f"PTSP {self.name}"
            case Level.KECAMATAN:
                return f"PTSP Kecamatan {self.name}"
            case Level.KELURAHAN:
                return f"PTSP Kelurahan {self.name}"
        assert_never(self.level)


def load_outlets(path: Path = OUTLETS) -> tuple[Outlet, ...]:
    """The outlets in the order of the file. Raises CatalogueError with all that is wrong in it."""
    findings = Findings(path)
    rows = list(read_rows(path, ("code", "level", "parent", "name"), findings))
    levels = _levels(rows, findings)
    outlets = [outlet for row in rows if (outlet := _outlet(row, levels, findings))]
    findings.conclude()
    return tuple(outlets)


def _levels(rows: list[Row], findings: Findings) -> dict[str, str]:
    """Each code's level as written, noting codes that are empty or repeat."""
    levels: dict[str, str] = {}
    for row in rows:
        code = row["code"]
        if not code:
            findings.add(row.line, "code", "is empty: write the ministry's code")
        elif code in levels:
            findings.add(row.line, "code", f"“{code}” is there already: each outlet has a code of its own")
        else:
            levels[code] = row["level"]
    return levels


def _outlet(row: Row, levels: dict[str, str], findings: Findings) -> Outlet | None:
    if wrong := flaw(row["name"]):
        findings.add(row.line, "name", wrong)
    if row["level"] not in list(Level):
        findings.add(row.line, "level", f"unknown level “{row['level']}”: write {', '.join(Level)}")
        return None
    level = Level(row["level"])
    parent = row["parent"] or None
    _check_parent(row, level, levels.get(parent) if parent else None, findings)
    return Outlet(row["code"], level, parent, row["name"])


def _check_parent(row: Row, level: Level, above: str | None, findings: Findings) -> None:
    wanted = _PARENTS[level]
    parent = row["parent"]
    if parent and not wanted:
        findings.add(row.line, "parent", f"a {level} has no outlet above it: leave the cell empty")
    elif wanted and above is None:
        findings.add(
            row.line,
            "parent",
            f"no outlet has the code “{parent}”: write the code of a {' or '.join(wanted)}",
        )
    elif wanted and above not in wanted:
        findings.add(
            row.line, "parent", f"“{parent}” is a {above}: write the code of a {' or '.join(wanted)}"
        )
