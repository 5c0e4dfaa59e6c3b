"""A print job and how it can end."""

from dataclasses import dataclass
from enum import StrEnum


class PrinterState(StrEnum):
    """What a printer can be found in; the most pressing thing that holds, as a person would put it right."""

    READY = "ready"
    PAPER_LOW = "paper low"
    PAPER_OUT = "paper out"
    COVER_OPEN = "cover open"
    CUTTER_ERROR = "cutter error"
    OVERHEATED = "overheated"
    FAULT = "fault"
    OFFLINE = "offline"
    UNREACHABLE = "unreachable"
    SILENT = "silent"  # reached, but does not answer
    UNKNOWN = "unknown"  # not asked yet

    @property
    def can_print(self) -> bool:
        return self in (PrinterState.READY, PrinterState.PAPER_LOW)


class JobKind(StrEnum):
    TICKET = "ticket"
    SLIP = "slip"
    APPOINTMENT = "appointment"


@dataclass(frozen=True, slots=True)
class PrintJob:
    """Bytes for one piece of paper, and whose they are.

    `id` is the caller's own, never used twice; `command_id` and `ticket_id` let the story of a ticket be told.
    """

    id: str
    kind: JobKind
    data: bytes
    command_id: str | None = None
    ticket_id: str | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """The printer itself said so."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Not printed, and nothing more of it will come out; at most a torn part has."""

    state: PrinterState


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may be on paper or not: bytes went out, and no confirmation came."""

    state: PrinterState


Outcome = Printed | Failed | Unknown
