"""The programs that run for an outlet, and whose settings a file holds."""

import tomllib
from enum import StrEnum
from pathlib import Path


class Program(StrEnum):
    """As the command line names them, and their table in a settings file."""

    BROKER = "broker"
    KIOSK = "kiosk"
    COUNTER = "counter"
    DISPLAY = "display"
    FORECAST = "forecast"
    METRICS = "metrics"


WINDOWED = frozenset({Program.KIOSK, Program.COUNTER, Program.DISPLAY})


def program_of(path: Path) -> Program | None:
    """Whose settings a file holds, by the first of the programs' tables in it; None: nobody's.

    Raises OSError, UnicodeDecodeError and tomllib.TOMLDecodeError: the file can't be read.
    """
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return next((each for each in Program if each.value in tables), None)
