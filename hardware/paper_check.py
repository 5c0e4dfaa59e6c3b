"""Whether a printer's paper is to be trusted. Paper put in upside down comes out white while every status is well, so
once it was touched, or could have been without anybody noticing, somebody has to read a strip. Pure: stages, what
moves them, and the table of the moves.
"""

from collections.abc import Mapping
from enum import Enum, StrEnum, auto
from types import MappingProxyType

from hardware.job import Failed, Outcome, PrinterState


class Paper(StrEnum):
    """How far the check of a printer's paper has come."""

    TRUSTED = "trusted"
    TOUCHED = "touched"
    """A strip is to be printed as soon as the printer can."""
    STRIP = "strip"
    """It is being printed."""
    ASKED = "asked"
    """It came out; whether it can be read is for somebody to say."""
    WHITE = "white"
    """It cannot be read: the roll is to be turned, which touches the paper again."""


class Happening(Enum):
    TOUCH = auto()
    STRIP_BEGUN = auto()
    STRIP_OUT = auto()
    STRIP_FAILED = auto()
    READABLE = auto()
    UNREADABLE = auto()


MOVES: Mapping[tuple[Paper, Happening], Paper] = MappingProxyType(
    {
        (Paper.TOUCHED, Happening.STRIP_BEGUN): Paper.STRIP,
        (Paper.STRIP, Happening.STRIP_OUT): Paper.ASKED,
        (Paper.STRIP, Happening.STRIP_FAILED): Paper.TOUCHED,
        (Paper.ASKED, Happening.READABLE): Paper.TRUSTED,
        (Paper.ASKED, Happening.UNREADABLE): Paper.WHITE,
        (Paper.WHITE, Happening.READABLE): Paper.TRUSTED,  # who said otherwise was mistaken
    }
    | {(paper, Happening.TOUCH): Paper.TOUCHED for paper in Paper}
)


def moved(paper: Paper, happening: Happening) -> Paper:
    """The stage after it; what fits no move changes nothing."""
    return MOVES.get((paper, happening), paper)


ROLL_CHANGE_SECONDS = 20.0
"""Nobody switches a printer off or pulls its cable out, changes the roll and has it answer again in less."""


def is_heard(state: PrinterState) -> bool:
    """Whether a printer that was found like this has said so itself."""
    return state not in (PrinterState.UNREACHABLE, PrinterState.SILENT, PrinterState.UNKNOWN)


def touches_paper(state: PrinterState, unheard_seconds: float) -> bool:
    """Whether somebody may have had the paper in hand when a printer was found like this, after it had not been heard
    for so long: an open cover is told only while somebody can be told.
    """
    if not is_heard(state):
        return False
    return state in (PrinterState.COVER_OPEN, PrinterState.PAPER_OUT) or unheard_seconds > ROLL_CHANGE_SECONDS


def end_of_strip(outcome: Outcome) -> Happening:
    """A strip that nobody confirms may be out: whoever looks will know."""
    return Happening.STRIP_FAILED if isinstance(outcome, Failed) else Happening.STRIP_OUT
