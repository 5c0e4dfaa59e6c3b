"""What lies over the desk while a clerk decides something, and what the desk has to say. Values only."""

from collections.abc import Mapping
from enum import Enum, auto

from msgspec import Struct

from broker.domain.refusals import AnyRefusal
from broker.domain.rules import Queue, Service
from broker.domain.values import (
    ApplicationId,
    ClerkId,
    CounterNumber,
    Instant,
    Language,
    Letter,
    ServiceCode,
    TicketId,
)
from broker.protocol.messages import ErrorCode, SignInReason
from counter.desk import Number
from counter.office_sheets import OfficeSheet
from counter.oneday import FileLine
from counter.paper import Paper, Printout
from counter.why import Why
from hardware.page import JobKind

# Sheets over the desk. One that is about the ticket in hand names it, and goes when the ticket does.


class Colleague(Struct, frozen=True):
    """Somebody who sits at a counter."""

    clerk: ClerkId
    name: str
    counter: CounterNumber


class TransferSheet(Struct, frozen=True):
    """To whom, and to which place there."""

    ticket: TicketId
    number: Number
    current: Queue
    queues: tuple[tuple[Queue, int], ...]
    """The other queues of the outlet with how many wait there."""
    colleagues: tuple[Colleague, ...]
    """Who sits at the other counters and may serve it."""
    sender: Colleague | None
    """Who sent it here, if still at a counter."""


class PlanSheet(Struct, frozen=True):
    """Which queues the visit goes on to."""

    ticket: TicketId
    number: Number
    current: Queue
    queues: tuple[Queue, ...]
    steps: tuple[Letter, ...]
    """As planned until now."""


class WhySheet(Struct, frozen=True):
    """Why this number, to be said aloud."""

    ticket: TicketId
    number: Number
    why: Why
    names: Mapping[ClerkId, str]
    """Who is who among the colleagues."""
    language: Language
    """The citizen's."""


class HoldSheet(Struct, frozen=True):
    """Why the service is interrupted."""

    ticket: TicketId
    number: Number
    papers_until: Instant
    """Until when whoever completes papers is next in line."""


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
    notes: tuple[Paper, ...]
    """How the collection note of each file fares."""


class SlipSheet(Struct, frozen=True):
    """The file is taken in. What the citizen is to keep is on paper or, whatever the printer does, here."""

    application: ApplicationId
    number: Number
    service: Service
    promised_at: Instant | None
    token: str
    code: str
    printout: Printout


class DoubtSheet(Struct, frozen=True):
    """A paper that an earlier run of the program left in doubt."""

    job: str
    kind: JobKind
    number: Number | None
    clerk: str
    """Whose day it reports; empty for other papers."""
    began: bool
    """It may be on paper."""
    can_print: bool


Sheet = (
    TransferSheet
    | PlanSheet
    | WhySheet
    | HoldSheet
    | ServiceSheet
    | AcceptSheet
    | CancelSheet
    | BreakSheet
    | ScanSheet
    | HandOverSheet
    | SlipSheet
    | DoubtSheet
    | OfficeSheet
)


def ticket_of(sheet: Sheet | None) -> TicketId | None:
    """The ticket in hand that a sheet is about; None for sheets about something else."""
    match sheet:
        case (
            TransferSheet()
            | PlanSheet()
            | WhySheet()
            | HoldSheet()
            | ServiceSheet()
            | AcceptSheet()
            | CancelSheet()
        ):
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
    CLOCK_SETTLED = auto()
    ENTER_THIS_FIRST = auto()


class FileNotReady(Struct, frozen=True):
    """A slip was scanned before its file is ready."""

    file: FileLine
    promised_at: Instant | None


class NextInLine(Struct, frozen=True):
    """Somebody who came back is called next."""

    number: Number


class Entered(Struct, frozen=True):
    """A ticket of the emergency roll waits like any other."""

    number: Number
    arrived_at: Instant


class HeldForPapers(Struct, frozen=True):
    """What to tell whoever goes to complete papers."""

    number: Number
    until: Instant
    """Until then the number is next in line."""


class NotPrinted(Struct, frozen=True):
    """A paper of this kind did not come out, or nobody knows."""

    kind: JobKind
    number: Number | None = None
    """Of the ticket, place or file that it is about."""


class NotProcessed(Struct, frozen=True):
    """The broker could not take the message."""

    code: ErrorCode


class SignInFailed(Struct, frozen=True):
    """Why nobody was signed in."""

    reason: SignInReason
    until: Instant | None


Notice = (
    AnyRefusal
    | Remark
    | FileNotReady
    | NextInLine
    | Entered
    | HeldForPapers
    | NotPrinted
    | NotProcessed
    | SignInFailed
)
