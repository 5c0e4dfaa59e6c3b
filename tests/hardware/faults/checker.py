"""What may have become of a ticket: on paper once, or again with its mark, or told as not printed. Nothing else.

Two printers may bring the copies out in either order; at most one of them has no mark.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hardware.job import Failed, Outcome, Printed
from hardware.virtual.paper import Ending, Paper
from tests.hardware.faults.world import is_white
from tests.hardware.pressing import HEAD, MARK, read_by_a_person


@dataclass(slots=True)
class Ticket:
    """What its owner knows of it. `body` is what its paper says, apart from a mark."""

    number: int
    body: bytes
    outcomes: list[Outcome] = field(default_factory=list)
    is_shown: bool = False
    """The citizen has the number on a screen."""
    is_written_down: bool = False
    """The print journal has it. Where the program was killed before, the broker alone knows it: as unconfirmed."""


@dataclass(frozen=True, slots=True)
class Copy:
    is_marked: bool
    is_whole: bool
    """It was cut off, not torn."""


def copies_of(ticket: Ticket, pieces: Sequence[Paper]) -> list[Copy]:
    """Every legible copy with its head; what begins in mid-page is the rest of a torn one."""
    found: list[Copy] = []
    for piece in pieces:
        if not is_white(piece):
            for before in read_by_a_person(piece.raw_bytes).split(ticket.body)[:-1]:
                if before.endswith((HEAD, HEAD + MARK)):
                    found.append(Copy(before.endswith(MARK), piece.ending is Ending.CUT))
    return found


def complaint(ticket: Ticket, copies: Sequence[Copy]) -> str | None:
    """What is wrong with a ticket's story; None where nothing is."""
    if sum(not copy.is_marked for copy in copies) > 1:
        return "doubled without its mark"
    if Printed() in ticket.outcomes and not any(copy.is_whole for copy in copies):
        return "said to be printed, and is not"
    if copies and ticket.outcomes and all(_never_began(outcome) for outcome in ticket.outcomes):
        return "said not to have begun, and is on paper"
    if copies and not ticket.is_written_down:
        return "on paper before it was written down"
    if not copies and not ticket.is_shown and ticket.is_written_down:
        return "lost in silence"
    return None


def _never_began(outcome: Outcome) -> bool:
    return isinstance(outcome, Failed) and not outcome.began
