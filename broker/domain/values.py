"""The words of the queue as types: ids and closed sets. What an outlet configures is in rules.py.

Times are whole milliseconds since the Unix epoch (`Instant`); times of a day are minutes since local midnight
(`DayMinute`). Nothing here knows a clock.
"""

from enum import StrEnum
from typing import Annotated, NewType

from msgspec import Meta

Instant = NewType("Instant", int)
"""Milliseconds since the Unix epoch, UTC."""

DayMinute = Annotated[int, Meta(ge=0, le=24 * 60, description="Minutes since local midnight.")]
BusinessDay = NewType("BusinessDay", str)
"""An ISO date such as ``2026-07-14``: the local date less three hours."""

Letter = Annotated[str, Meta(pattern="^[A-HJ-NPR-Z]\\Z", description="A queue's letter; never I, O or Q.")]
TicketId = NewType("TicketId", str)
"""A ticket's id, by its nature: ``20260714-A012``."""
ApplicationId = NewType("ApplicationId", str)
"""An application's own number, never reused: ``31.74.01.1001-20260714-0001``."""
ServiceCode = NewType("ServiceCode", str)
"""A service's stable code."""
CounterNumber = NewType("CounterNumber", int)
"""A counter's number at its outlet."""
ClerkId = NewType("ClerkId", str)
"""A clerk's id; names are kept elsewhere."""
DeviceId = NewType("DeviceId", str)
"""A device's id; the broker knows it by its key."""
CommandId = NewType("CommandId", str)
"""A UUIDv7 as 32 hexadecimal digits, made by the client that sends the command."""
AppointmentId = NewType("AppointmentId", str)
"""An appointment's id, by its nature: ``20260715-J003``."""
PickUpId = NewType("PickUpId", str)
"""A pick-up request's id, by its nature: ``20260714-P002``."""
ApplicantId = NewType("ApplicantId", str)
"""An opaque random id of a person who files; who that is stands in tables that can be erased."""
NoteId = NewType("NoteId", str)
"""An opaque random id of a note; its text stands in a table that can be erased."""
MachineCode = NewType("MachineCode", str)
"""A machine that services depend on: ``ektp-printer``."""
Seq = NewType("Seq", int)
"""An event's place in the journal, from 1, without gaps."""


class Language(StrEnum):
    """A citizen's language; configured texts exist in each."""

    INDONESIAN = "id"
    ENGLISH = "en"


class Priority(StrEnum):
    """Why a citizen is served earlier (UU 25/2009 art. 29, UU 8/2016, UU 13/1998)."""

    ELDERLY = "elderly"
    DISABILITY = "disability"
    PREGNANT = "pregnant"
    INFANT = "infant"


class Channel(StrEnum):
    """How a visit comes in."""

    WALK_IN = "walk-in"
    APPOINTMENT = "appointment"
    DRIVE_THRU = "drive-thru"
    PICK_UP = "pick-up"


class DeviceRole(StrEnum):
    """What a connected program is; together with the clerk's session it decides what it may ask for."""

    KIOSK = "kiosk"
    COUNTER = "counter"
    DISPLAY = "display"
    OPERATOR = "operator"
    FORECAST = "forecast"
    MONITOR = "monitor"
    BROKER = "broker"


class ClerkRole(StrEnum):
    """What a person signed in at a counter may do."""

    CLERK = "clerk"
    BACK_OFFICE = "back-office"
    SUPERVISOR = "supervisor"


class Delivery(StrEnum):
    """How a ticket reached the citizen."""

    PAPER = "paper"
    """Printed, by the printer's own confirmation."""
    SCREEN = "screen"
    """Shown on the screen, to be photographed or written down."""


class Place(StrEnum):
    """Where a returned or transferred ticket stands in its queue."""

    BY_ARRIVAL = "by-arrival"
    FRONT = "front"
    END = "end"


class HoldReason(StrEnum):
    """Why a service is interrupted."""

    WAITING = "waiting"
    COMPLETING_PAPERS = "completing-papers"


class ChoiceReason(StrEnum):
    """Why a clerk calls a ticket that is not the next one."""

    SCANNED = "scanned"
    CAME_BACK = "came-back"
    SHORT_QUESTION = "short-question"
    SUPERVISOR_ASKED = "supervisor-asked"


class Because(StrEnum):
    """Why the calling rule, or a clerk, has called this ticket and no other."""

    CAME_FIRST = "came-first"
    """It waits longest of those whom this counter takes first."""
    BETTER_TIER = "better-tier"
    """Others came before it, to queues that this counter serves after this one."""
    PRIORITY = "priority"
    """It came after others and has a priority's head start."""
    APPOINTMENT = "appointment"
    """It came after others and has a reserved time."""
    CHANNEL = "channel"
    """It came after others, by a way with a standard of its own."""
    WAITED_TOO_LONG = "waited-too-long"
    """It has waited longer than anyone should: its queue's tier does not count any more."""
    SENT_HERE = "sent-here"
    """A colleague has sent it to this counter or clerk."""
    CAME_BACK = "came-back"
    """It was served, called or interrupted before and is next in line."""
    PUT_FORWARD = "put-forward"
    """Whoever sent or moved it here has given it a place in front."""
    CHOSEN = "chosen"
    """The clerk chose it, with a reason."""


class PauseReason(StrEnum):
    """Why a counter is open but calls nobody."""

    BREAK = "break"
    PRAYER = "prayer"
    BACK_OFFICE_WORK = "back-office-work"


class CancelReason(StrEnum):
    """Why a ticket ended without being served."""

    CITIZEN_LEFT = "citizen-left"
    ISSUED_BY_MISTAKE = "issued-by-mistake"


class ActReason(StrEnum):
    """Why a supervisor changes what the queue would have done."""

    WRONG_QUEUE = "wrong-queue"
    CLERK_ABSENT = "clerk-absent"
    SHARE_THE_LOAD = "share-the-load"
    TECHNICAL_FAULT = "technical-fault"
    CITIZEN_ASKED = "citizen-asked"
    ISSUED_BY_MISTAKE = "issued-by-mistake"
    CITIZEN_LEFT = "citizen-left"


class ClosingReason(StrEnum):
    """Why numbers are not given out at a time when they usually are; shown to citizens."""

    SYSTEM_FAULT = "system-fault"
    NO_CLERK = "no-clerk"
    FULL = "full"
    CEREMONY = "ceremony"
    EMERGENCY = "emergency"


class MachineState(StrEnum):
    """Whether a machine that services depend on can work."""

    READY = "ready"
    OUT_OF_CARDS = "out-of-cards"
    OUT_OF_ORDER = "out-of-order"


class PrinterState(StrEnum):
    """What a device says of its printer."""

    READY = "ready"
    PAPER_LOW = "paper-low"
    PAPER_OUT = "paper-out"
    COVER_OPEN = "cover-open"
    CUTTER = "cutter"
    OVERHEATED = "overheated"
    FAULT = "fault"
    OFFLINE = "offline"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"


class PrinterNeed(StrEnum):
    """What somebody has to do at a device's printer besides, whatever its state."""

    READ_STRIP = "read-strip"
    """Its paper was changed: no ticket is printed on it until somebody has read the strip that came out."""
    TAKE_TICKET = "take-ticket"
    """A ticket still hangs in its mouth."""
    MEND_OTHER = "mend-other"
    """It prints, but the device's other printer can't."""


class OutputState(StrEnum):
    """Whether what a display shows, or says, comes out."""

    WORKING = "working"
    MISSING = "missing"
    """There is nothing for it to come out of: switched off, on standby or unplugged."""
    FAILING = "failing"
    """There is, and it does not obey."""


class Stage(StrEnum):
    """A step of an application's way through the office; each service configures which it has, in this order."""

    RECEIVED = "received"
    TECHNICAL_CHECK = "technical-check"
    SITE_VISIT = "site-visit"
    TECHNICAL_APPROVAL = "technical-approval"
    LEVY = "levy"
    PRINT_AND_SIGNATURE = "print-and-signature"
    HAND_OVER = "hand-over"


class VisitFailure(StrEnum):
    """Why an officer's visit brought nothing."""

    NOBODY_HOME = "nobody-home"
    ADDRESS_NOT_FOUND = "address-not-found"
    PAPERS_NOT_READY = "papers-not-ready"


class RejectReason(StrEnum):
    """Why an application ends without a permit."""

    PAPERS_INCOMPLETE = "papers-incomplete"
    NOT_ELIGIBLE = "not-eligible"
    WITHDRAWN = "withdrawn"


class ServiceClass(StrEnum):
    """How much work a permit is; the office wants all of them light."""

    LIGHT = "ringan"
    MEDIUM = "sedang"
    HEAVY = "berat"
