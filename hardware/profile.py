"""What one printer can do, as far as a page and its confirmation depend on it."""

from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum


class PaperWidth(IntEnum):
    """In millimetres, as printers are sold."""

    MM_80 = 80
    MM_58 = 58


class Confirmation(StrEnum):
    """How a printer tells that a page is on paper."""

    PROCESS_ID = "process-id"
    """It answers a number sent behind the page (GS ( H) once all before it is printed."""
    STATUS = "status"
    """It answers GS r, which stands in its buffer behind the page, and is well after that."""
    SPOOLER = "spooler"
    """The spooler that took the page says so."""
    NONE = "none"
    """It cannot: a page that went out is unknown, never printed."""


class Presenter(StrEnum):
    """What hands the ticket out, where it can tell that a ticket hangs there."""

    NONE = "none"
    CUSTOM = "custom"
    """Answers Custom's full status (DLE EOT 20)."""


@dataclass(frozen=True, slots=True)
class CodeTable:
    """The characters of a printer beyond ASCII: the table's number in ESC t, and Python's name for the encoding.

    Number 0 with `ascii` is for a printer whose tables cannot be relied on: all else is drawn then.
    """

    number: int
    codec: str


@dataclass(frozen=True, slots=True)
class Profile:
    """`width_dots` is a multiple of 8, `columns` are those of the large font (12 dots each on most printers).

    `pictures` is False on a line too slow for them: the printer's own large characters stand in.
    """

    paper: PaperWidth
    width_dots: int
    dots_per_inch: int
    columns: int
    code_table: CodeTable
    cuts: bool
    native_qr: bool
    pictures: bool
    confirmation: Confirmation
    presenter: Presenter


EPSON_80MM = Profile(
    paper=PaperWidth.MM_80,
    width_dots=576,
    dots_per_inch=203,
    columns=48,
    code_table=CodeTable(0, "cp437"),
    cuts=True,
    native_qr=True,
    pictures=True,
    confirmation=Confirmation.PROCESS_ID,
    presenter=Presenter.NONE,
)
EPSON_58MM = replace(EPSON_80MM, paper=PaperWidth.MM_58, width_dots=384, columns=32)
DEFAULT = EPSON_80MM
