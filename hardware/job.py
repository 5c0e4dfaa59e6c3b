"""A print job and how it can end."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

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
