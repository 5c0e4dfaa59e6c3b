"""What the forecast has learned, in a small file. Without it an outlet starts from its configured figures."""

import os
from pathlib import Path

import msgspec
import structlog
from msgspec import Struct

from forecast.experience import DayFigures, Experience

log = structlog.get_logger(__name__)

FORMAT = 1


class Remembered(Struct, frozen=True):
    """The file's content."""

    format: int
    experience: Experience
    today: DayFigures | None


def read(path: Path) -> Remembered:
    """What the file holds; nothing, where there is none or it is not one of ours. Raises OSError."""
    nothing = Remembered(FORMAT, Experience(), None)
    if not path.exists():
        return nothing
    try:
        remembered = msgspec.msgpack.decode(path.read_bytes(), type=Remembered)
    except msgspec.DecodeError as error:
        log.warning("the file of what earlier days taught can't be read; starting anew", error=str(error))
        return nothing
    return remembered if remembered.format == FORMAT else nothing


def write(path: Path, experience: Experience, today: DayFigures) -> None:
    """Replace the file as a whole. Raises OSError."""
    new = path.with_suffix(path.suffix + ".new")
    with new.open("wb") as file:
        file.write(msgspec.msgpack.encode(Remembered(FORMAT, experience, today)))
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
