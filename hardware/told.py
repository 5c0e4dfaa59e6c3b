"""What is told of a station beyond the program that prints with it. Its values are the broker's own words, so that
whoever reports it hands them over as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hardware.job import PrinterState


class Need(StrEnum):
    """What somebody has to do at a station's printers besides; the most pressing."""

    READ_STRIP = "read-strip"
    TAKE_TICKET = "take-ticket"
    MEND_OTHER = "mend-other"


@dataclass(frozen=True, slots=True)
class Told:
    """How the best printer is, and what is needed besides."""

    state: PrinterState
    need: Need | None = None


def told_of(best: PrinterState, states: Sequence[PrinterState], ticket_waits: bool) -> Told:
    """What there is to tell of printers that were seen like this. To the outlet, one that is silent is away."""
    match best:
        case PrinterState.PAPER_UNCHECKED:
            state = PrinterState.READY
        case PrinterState.SILENT:
            state = PrinterState.UNREACHABLE
        case _:
            state = best
    return Told(state, _need(best, states, ticket_waits))


def _need(best: PrinterState, states: Sequence[PrinterState], ticket_waits: bool) -> Need | None:
    if PrinterState.PAPER_UNCHECKED in states:
        return Need.READ_STRIP
    if ticket_waits:
        return Need.TAKE_TICKET
    if best.can_print and any(not each.can_print for each in states if each is not PrinterState.UNKNOWN):
        return Need.MEND_OTHER
    return None
