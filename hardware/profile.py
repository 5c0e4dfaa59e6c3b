"""What one printer can do, as far as a page and its confirmation depend on it."""

from dataclasses import dataclass, replace
from enum import Enum, IntEnum, auto


class PaperWidth(IntEnum):
    """In millimetres, as printers are sold."""

    MM_80 = 80
    MM_58 = 58


class Confirmation(Enum):
    """How a printer tells that a page is on paper."""

    PROCESS_ID = auto()
    """It answers a number sent behind the page (GS ( H) once all before it is printed."""
    STATUS = auto()
    """It answers GS r, which stands in its buffer behind the page, and is well after that."""
    SPOOLER = auto()
    """The spooler that took the page says so."""
    NONE = auto()
    """It cannot: a page that went out is unknown, never printed."""


class Presenter(Enum):
    """What hands the ticket out, where it can tell that a ticket hangs there."""

    NONE = auto()
    CUSTOM = auto()
    """Answers Custom's full status (DLE EOT 20)."""


@dataclass(frozen=True, slots=True)
class Profile:
    """`pictures` is False on a line too slow for them: the printer's own large characters stand in."""

    paper: PaperWidth
    width_dots: int
    columns: int
    code_table: str
    cuts: bool
    native_qr: bool
    pictures: bool
    confirmation: Confirmation
    presenter: Presenter


EPSON_80MM = Profile(
    paper=PaperWidth.MM_80,
    width_dots=576,
    columns=48,
    code_table="CP437",
    cuts=True,
    native_qr=True,
    pictures=True,
    confirmation=Confirmation.PROCESS_ID,
    presenter=Presenter.NONE,
)
EPSON_58MM = replace(EPSON_80MM, paper=PaperWidth.MM_58, width_dots=384, columns=32)
DEFAULT = EPSON_80MM
