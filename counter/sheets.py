"""What lies over the desk while a clerk decides something, and what the desk has to say. Values only."""

from enum import Enum, auto

from msgspec import Struct

from broker.domain.refusals import AnyRefusal
from broker.domain.rules import Queue, Service
from broker.domain.values import ApplicationId, Instant, ServiceCode, TicketId
from broker.protocol.messages import ErrorCode, SignInReason
from counter.desk import Number
from counter.oneday import FileLine
from hardware.job import Outcome

# Sheets over the desk. One that is about the ticket in hand names it, and goes when the ticket does.


class TransferSheet(Struct, frozen=True):
    """To which queue, and where in it."""

    ticket: TicketId
    number: Number
    current: str
    queues: tuple[tuple[Queue, int], ...]
    """Every queue of the outlet with how many wait there."""


class HoldSheet(Struct, frozen=True):
    """Why the service is interrupted."""

    ticket: TicketId
    number: Number


class ServiceSheet(Struct, frozen=True):
    """What the visit is about."""

    ticket: TicketId
    number: Number
    services: tuple[Service, ...]
    current: ServiceCode | None


class AcceptSheet(Struct, frozen=True):
    """Which file is taken in, and with which of its requirements."""

    ticket: TicketId
    number: Number
    services: tuple[Service, ...]
    service: ServiceCode | None
    """What the ticket is for, if known."""


class CancelSheet(Struct, frozen=True):
    """Whether the number really ends unserved, and why."""

    ticket: TicketId
    number: Number


class BreakSheet(Struct, frozen=True):
    """Why the counter pauses."""


class ScanSheet(Struct, frozen=True):
    """Waits for a QR code, from a scanner or typed."""


class HandOverSheet(Struct, frozen=True):
    """Whether these permits are really in the citizen's hand."""

    files: tuple[FileLine, ...]


class NoPrinter(Enum):
    """The counter has no printer of its own."""

    NO_PRINTER = auto()


class Printing(Enum):
    """The slip is on its way to paper."""

    PRINTING = auto()


class SlipSheet(Struct, frozen=True):
    """The file is taken in. What the citizen is to keep is on paper or, whatever the printer does, here."""

    application: ApplicationId
    number: Number
    service: Service
    promised_at: Instant | None
    token: str
    code: str
    paper: Outcome | Printing | NoPrinter


Sheet = (
    TransferSheet
    | HoldSheet
    | ServiceSheet
    | AcceptSheet
    | CancelSheet
    | BreakSheet
    | ScanSheet
    | HandOverSheet
    | SlipSheet
)


def ticket_of(sheet: Sheet | None) -> TicketId | None:
    """The ticket in hand that a sheet is about; None for sheets about something else."""
    match sheet:
        case TransferSheet() | HoldSheet() | ServiceSheet() | AcceptSheet() | CancelSheet():
            return sheet.ticket
        case _:
            return None


# What the desk says, calmly and in its place


class Remark(Enum):
    """What needs no parameter."""

    CODE_UNKNOWN = auto()
    FILE_ENDED = auto()
    NUMBER_ENDED = auto()
    ALREADY_HERE = auto()
    NO_ANSWER = auto()
    SIGNED_OUT = auto()


class FileNotReady(Struct, frozen=True):
    """A slip was scanned before its file is ready."""

    file: FileLine
    promised_at: Instant | None


class NextInLine(Struct, frozen=True):
    """Somebody who came back is called next."""

    number: Number


class SlipNotPrinted(Struct, frozen=True):
    """The slip of this number did not come out, or nobody knows."""

    number: Number


class NotProcessed(Struct, frozen=True):
    """The broker could not take the message."""

    code: ErrorCode


class SignInFailed(Struct, frozen=True):
    """Why nobody was signed in."""

    reason: SignInReason
    until: Instant | None


Notice = AnyRefusal | Remark | FileNotReady | NextInLine | SlipNotPrinted | NotProcessed | SignInFailed
