"""The configured values of an outlet: its services, queues, counters, clerks, hours, and the numbers of its rules.

Seeded by `antrean init`, edited by supervisors, changed only by events. Times of a day are minutes since midnight.
"""

from typing import Annotated

from msgspec import Meta, Struct

from broker.domain.values import (
    BusinessDay,
    Channel,
    ClerkId,
    ClerkRole,
    CounterNumber,
    DayMinute,
    DeviceId,
    Language,
    Letter,
    MachineCode,
    Place,
    Priority,
    ServiceClass,
    ServiceCode,
    Stage,
)

NotNegative = Annotated[
    int, Meta(ge=0, le=1_000_000, description="A whole number: more is a slip of the finger.")
]
Positive = Annotated[
    int, Meta(ge=1, le=1_000_000, description="A whole number: more is a slip of the finger.")
]
"""Bounded, so that whatever time is reckoned with them fits the journal."""


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
    standard_working_days: NotNegative
    """The service standard, in working days."""
    counter_minutes: NotNegative
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
    quota: NotNegative | None = None
    """So many numbers a day are given out for it at most; None: as many as come."""
    steps: tuple[Letter, ...] = ()
    """The queues that a visit for it goes on to after its own, in this order."""
    stages: tuple[Stage, ...] = (Stage.RECEIVED, Stage.PRINT_AND_SIGNATURE, Stage.HAND_OVER)
    """The steps of its applications through the office, in this order."""
    needs: MachineCode | None = None
    """The machine without which it can't be served."""


class Queue(Struct, frozen=True):
    """Tickets that share a letter."""

    letter: Letter
    name: Bilingual
    """As on tiles and tickets."""
    description: Bilingual
    """What it is for, in a few words."""
    standard_minutes: NotNegative
    """Usual service time, in minutes, until the outlet has measured its own."""
    digits: Annotated[int, Meta(ge=3, le=5)] = 3
    """How many digits its numbers have."""
    first_ticket: DayMinute | None = None
    """Overrides the day's own time from which numbers are given out."""
    last_ticket: DayMinute | None = None
    """Overrides the day's own time until which numbers are given out."""
    first_number: Positive = 1
    """The day's first number that the broker gives out."""
    last_number: int | None = None
    """The day's last number that the broker gives out; None: all nines."""
    transfer_place: Place = Place.BY_ARRIVAL
    """Where a ticket that is transferred here stands, unless the clerk says otherwise."""

    @property
    def greatest_number(self) -> int:
        """The day's last number that the broker gives out."""
        return self.last_number if self.last_number is not None else 10**self.digits - 1


class QueueWindow(Struct, frozen=True):
    """The times at which one queue gives out numbers on one weekday, where they are its own."""

    letter: Letter
    first_ticket: DayMinute
    """From when numbers are given out."""
    last_ticket: DayMinute
    """Until when numbers are given out."""


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
    windows: tuple[QueueWindow, ...] = ()
    """Queues with times of their own on this weekday; before what the queue itself says."""


class DatedWeek(Struct, frozen=True):
    """Other hours from one date to another: the month of Ramadan, a holiday (no hours at all)."""

    name: Bilingual
    """As citizens are told why."""
    first_day: BusinessDay
    """The first day on which they hold."""
    last_day: BusinessDay
    """The last day on which they hold."""
    week: tuple[DayHours | None, ...]
    """Monday to Sunday; None is a day on which the outlet is closed."""


class NumberRange(Struct, frozen=True):
    """Numbers of a queue that one device gives out by itself while the broker is away."""

    device: DeviceId
    letter: Letter
    first: Positive
    """Its first number."""
    last: int
    """Its last number."""

    def holds(self, letter: str, number: int) -> bool:
        """Whether the number is one of this range."""
        return letter == self.letter and self.first <= number <= self.last


class ChannelRule(Struct, frozen=True):
    """The standard of one way in which visits come."""

    channel: Channel
    standard_minutes: NotNegative
    """Who comes this way is to be served within so many minutes."""
    head_start_minutes: NotNegative = 0
    """How much earlier such a visit counts as having come."""


class AppointmentRules(Struct, frozen=True):
    """How places can be reserved."""

    slot_minutes: Annotated[int, Meta(ge=5, le=24 * 60)] = 30
    """Slots begin so many minutes apart, from the opening of the counters on."""
    per_slot: NotNegative = 2
    """So many appointments at most begin in one slot of a queue."""
    head_start_minutes: NotNegative = 60
    """How much earlier than its slot an appointment counts as having come: the bare slot is worth nothing in a
    full hall."""
    late_minutes: NotNegative = 10
    """Who checks in later than this after the slot is a walk-in."""
    days_ahead: Annotated[int, Meta(ge=0, le=3660)] = 30
    """So many days ahead a place can be reserved."""


class ApplicantQuota(Struct, frozen=True):
    """How many files one applicant may hand in within some days."""

    files: Positive
    """So many at most."""
    days: Positive
    """Calendar days, today among them."""


class Machine(Struct, frozen=True):
    """A machine that services depend on."""

    code: MachineCode
    name: Bilingual
    """As citizens are told what is missing."""


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
    """Services this clerk may serve while no assignment says otherwise; None means all."""


class Fairness(Struct, frozen=True):
    """The numbers of the calling rule, in minutes."""

    head_start_minutes: dict[Priority, NotNegative]
    """How much earlier a priority counts as having come."""
    longest_wait_minutes: NotNegative
    """Who has waited longer comes first, whatever the tier."""
    longest_head_start_minutes: NotNegative
    """No place is further before the arrival than this, not even the front."""


class Patience(Struct, frozen=True):
    """How long things may take before time itself acts."""

    delivery_seconds: NotNegative = 30
    """Until an unconfirmed ticket counts as delivered."""
    announcement_seconds: NotNegative = 10
    """Until a call that no display reported counts as announced."""
    recall_after_seconds: NotNegative = 15
    """The least time between an announcement and the next recall."""
    recalls_at_most: NotNegative = 3
    """How many recalls may follow one call."""
    no_show_after_seconds: NotNegative = 45
    """The least time between the last announcement and a no-show."""
    reinstate_minutes: NotNegative = 30
    """How long a no-show may come back."""
    papers_minutes: NotNegative = 60
    """How long whoever completes papers stays next in line."""
    undo_seconds: NotNegative = 10
    """How long a clerk may take back the last act; a supervisor always may, while nothing has followed."""


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
    dated: tuple[DatedWeek, ...] = ()
    """Exceptions from the week; where several hold, the last of them counts."""
    ranges: tuple[NumberRange, ...] = ()
    """Numbers that devices give out while the broker is away; never the broker's own."""
    channels: tuple[ChannelRule, ...] = ()
    """Ways in with a standard of their own."""
    appointments: AppointmentRules = AppointmentRules()
    applicant_quota: ApplicantQuota | None = None
    """None: everybody may file as much as they like."""
    machines: tuple[Machine, ...] = ()
