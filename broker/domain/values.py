"""The words of the queue as types: ids, enums and the configured values of an outlet.

Times are whole milliseconds since the Unix epoch (`Instant`); times of a day are minutes since local midnight
(`DayMinute`). Nothing here knows a clock.
"""

from enum import StrEnum
from typing import Annotated, NewType

from msgspec import Meta, Struct

Instant = NewType("Instant", int)
"""Milliseconds since the Unix epoch, UTC."""

DayMinute = Annotated[int, Meta(ge=0, le=24 * 60, description="Minutes since local midnight.")]
BusinessDay = NewType("BusinessDay", str)
"""An ISO date such as ``2026-07-14``: the local date less three hours."""

Letter = Annotated[str, Meta(pattern="^[A-HJ-NPR-Z]$", description="A queue's letter; never I, O or Q.")]
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


class PauseReason(StrEnum):
    """Why a counter is open but calls nobody."""

    BREAK = "break"
    PRAYER = "prayer"
    BACK_OFFICE_WORK = "back-office-work"


class CancelReason(StrEnum):
    """Why a ticket ended without being served."""

    CITIZEN_LEFT = "citizen-left"
    ISSUED_BY_MISTAKE = "issued-by-mistake"


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


class Bilingual(Struct, frozen=True):
    """A configured text in both languages of the outlet."""

    id: str
    """In Bahasa Indonesia."""
    en: str
    """In English."""

    def in_language(self, language: str) -> str:
        """The text in `language` ("id" or "en")."""
        return self.en if language == Language.ENGLISH else self.id


class OneDay(Struct, frozen=True):
    """A one-day service: who files before the cut-off has the permit the same day."""

    cut_off: DayMinute
    """Who comes later is not served the same day."""
    promise_minutes: Annotated[int, Meta(ge=1, le=600)]
    """From acceptance to the promised time."""


class Service(Struct, frozen=True):
    """One permit or non-permit as the outlet offers it."""

    code: ServiceCode
    name: Bilingual
    """Its full name."""
    letter: Letter
    """The queue that it belongs to."""
    service_class: ServiceClass
    standard_working_days: int
    """The service standard, in working days."""
    counter_minutes: int
    """Usual time at the counter, in minutes, until the outlet has measured its own."""
    requirements: tuple[Bilingual, ...] = ()
    """What the citizen has to bring."""
    one_day: OneDay | None = None
    short_name: Bilingual | None = None
    """For tiles and lists; None: the full name."""
    explanation: Bilingual | None = None
    """What it is for, in a sentence."""
    group: str = ""
    """Services of a kind stand together under it."""


class Queue(Struct, frozen=True):
    """Tickets that share a letter."""

    letter: Letter
    name: Bilingual
    """As on tiles and tickets."""
    description: Bilingual
    """What it is for, in a few words."""
    standard_minutes: int
    """Usual service time, in minutes, until the outlet has measured its own."""
    digits: Annotated[int, Meta(ge=3, le=5)] = 3
    """How many digits its numbers have; the day's last number is all nines."""
    first_ticket: DayMinute | None = None
    """Overrides the day's own time from which numbers are given out."""
    last_ticket: DayMinute | None = None
    """Overrides the day's own time until which numbers are given out."""


class DayHours(Struct, frozen=True):
    """The times of one weekday on which the outlet works."""

    first_ticket: DayMinute
    """From when numbers are given out."""
    last_ticket: DayMinute
    """Until when numbers are given out."""
    opens: DayMinute
    """When the counters begin to serve."""
    doors_close: DayMinute
    """When nobody comes in any more; those who wait are still served."""
    day_close: DayMinute
    """When tickets still open expire."""
    breaks: tuple[tuple[DayMinute, DayMinute], ...] = ()
    """From and until when counters rest."""


class Counter(Struct, frozen=True):
    """A numbered place where a clerk serves; its queues by tier, the first tier served first."""

    number: CounterNumber
    tiers: tuple[tuple[Letter, ...], ...]
    """The letters of the queues that it serves, the first tier served first."""

    def serves(self, letter: str) -> bool:
        """Whether tickets of this letter may be called here."""
        return any(letter in tier for tier in self.tiers)


class Clerk(Struct, frozen=True):
    """A person who serves. The name and the PIN are kept apart, in tables that can be erased."""

    id: ClerkId
    role: ClerkRole
    skills: tuple[ServiceCode, ...] | None = None
    """Services this clerk may serve; None means all."""

    def can_serve(self, service: ServiceCode | None) -> bool:
        """Whether the clerk may serve a ticket of this service (None: not yet known)."""
        return self.skills is None or service is None or service in self.skills


class Fairness(Struct, frozen=True):
    """The numbers of the calling rule, in minutes."""

    head_start_minutes: dict[Priority, int]
    """How much earlier a priority counts as having come."""
    longest_wait_minutes: int
    """Who has waited longer comes first, whatever the tier."""
    longest_head_start_minutes: int
    """No place is further before the arrival than this, not even the front."""


class Patience(Struct, frozen=True):
    """How long things may take before time itself acts."""

    delivery_seconds: int = 30
    """Until an unconfirmed ticket counts as delivered."""
    announcement_seconds: int = 10
    """Until a call that no display reported counts as announced."""
    recall_after_seconds: int = 15
    """The least time between an announcement and the next recall."""
    recalls_at_most: int = 3
    """How many recalls may follow one call."""
    no_show_after_seconds: int = 45
    """The least time between the last announcement and a no-show."""
    reinstate_minutes: int = 30
    """How long a no-show may come back."""


class OutletRules(Struct, frozen=True):
    """Everything about an outlet that the queue's rules read; seeded by `antrean init`, edited by supervisors."""

    code: str
    """The outlet's code in the catalogue: ``31.74.01.1001``."""
    name: str
    """As on screens and paper."""
    utc_offset_minutes: int
    """Local time less UTC: 420 in Jakarta."""
    queues: tuple[Queue, ...]
    week: tuple[DayHours | None, ...]
    """Monday to Sunday; None is a day on which the outlet is closed."""
    counters: tuple[Counter, ...]
    clerks: tuple[Clerk, ...]
    fairness: Fairness
    patience: Patience
    announcement: Bilingual
    """The running text of the lobby display."""
    collection_counter: CounterNumber | None = None
    """Where ready permits are handed over; None: at no counter in particular."""
