"""A print job and how it can end."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self, assert_never

from hardware.page import Page


class PrinterState(StrEnum):
    """What a printer can be found in; the most pressing thing that holds, as a person would put it right."""

    READY = "ready"
    PAPER_LOW = "paper-low"
    PAPER_UNCHECKED = "paper-unchecked"  # well, but nobody has read a strip of its new paper yet
    PAPER_OUT = "paper-out"
    COVER_OPEN = "cover-open"
    CUTTER_ERROR = "cutter"
    OVERHEATED = "overheated"
    FAULT = "fault"
    OFFLINE = "offline"
    UNREACHABLE = "unreachable"
    SILENT = "silent"  # reached, but does not answer
    UNKNOWN = "unknown"  # not asked yet

    @property
    def can_print(self) -> bool:
        return self in (PrinterState.READY, PrinterState.PAPER_LOW)


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One page to be printed, and whose it is.

    `id` is the caller's own, never used twice; `command_id` and `ticket_id` let the story of a ticket be told. A
    repeat may be on paper already, so it carries the mark.
    """

    id: str
    page: Page
    command_id: str | None = None
    ticket_id: str | None = None
    is_repeat: bool = False

    def as_repeat(self) -> Self:
        return replace(self, is_repeat=True)


@dataclass(frozen=True, slots=True)
class Printed:
    """The printer itself said so."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Not printed, and nothing more of it will come out. Where it had `began`, a torn part may have."""

    state: PrinterState
    began: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may be on paper or not: bytes went out, and no confirmation came."""

    state: PrinterState


Outcome = Printed | Failed | Unknown


@dataclass(frozen=True, slots=True)
class Leftover:
    """What a printer may still have of earlier pages: a part of the last one, which was `torn_bytes` long, and its word
    on so many `unconfirmed` ones.
    """

    torn_bytes: int = 0
    unconfirmed: int = 0

    def after(self, size: int, outcome: Outcome) -> "Leftover":
        """What it may have after a page of this size that ended so."""
        match outcome:
            case Printed():
                return Leftover()
            case Failed(began=False):
                return self
            case Failed():  # it has said that it dropped the rest
                return Leftover(size)
            case Unknown(state) if (
                state.can_print
            ):  # it went out whole, only that nobody can tell what became of it
                return Leftover()
            case Unknown():
                return Leftover(size, self.unconfirmed + 1)
        assert_never(outcome)
