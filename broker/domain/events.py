"""What has happened. Events are the only truth: state is their fold, the journal their list.

Fields are only ever added, with defaults; a changed meaning raises `VERSION`, and codec.py upcasts the old one.
Events hold no text about a person.
"""

from typing import ClassVar

from msgspec import Struct

from broker.domain.ticket import Estimate
from broker.domain.values import (
    ApplicationId,
    BusinessDay,
    CancelReason,
    Channel,
    ChoiceReason,
    ClerkId,
    CommandId,
    CounterNumber,
    Delivery,
    DeviceId,
    HoldReason,
    Instant,
    Language,
    Letter,
    OutletRules,
    PauseReason,
    Priority,
    RejectReason,
    Seq,
    Service,
    ServiceCode,
    TicketId,
)


class Event(Struct, frozen=True, tag_field="event"):
    """The root of all events; the tag is its kind in the journal and on the wire."""

    VERSION: ClassVar[int] = 1


class OutletConfigured(Event, frozen=True, tag="outlet-configured"):
    rules: OutletRules


class CatalogueAdopted(Event, frozen=True, tag="catalogue-adopted"):
    services: tuple[Service, ...]


class DayOpened(Event, frozen=True, tag="day-opened"):
    day: BusinessDay


class DayClosed(Event, frozen=True, tag="day-closed"):
    day: BusinessDay


class CounterOpened(Event, frozen=True, tag="counter-opened"):
    counter: CounterNumber
    clerk: ClerkId


class CounterPaused(Event, frozen=True, tag="counter-paused"):
    counter: CounterNumber
    clerk: ClerkId
    reason: PauseReason


class CounterResumed(Event, frozen=True, tag="counter-resumed"):
    counter: CounterNumber
    clerk: ClerkId


class CounterClosed(Event, frozen=True, tag="counter-closed"):
    counter: CounterNumber
    clerk: ClerkId


class TicketIssued(Event, frozen=True, tag="ticket-issued"):
    ticket: TicketId
    day: BusinessDay
    letter: Letter
    number: int
    copy: int
    channel: Channel
    language: Language
    service: ServiceCode | None = None
    priority: Priority | None = None
    ahead: int = 0
    """People before this ticket at the moment of its issue, as printed on it."""
    estimate: Estimate | None = None
    """The expected wait that the citizen was told; None: no counter was open."""
    ready_expected_at: Instant | None = None
    """For a one-day service: when it is expected to be ready, as told to the citizen."""


class TicketDelivered(Event, frozen=True, tag="ticket-delivered"):
    """On paper or screen; or UNCONFIRMED, when nobody said so in time."""

    ticket: TicketId
    delivery: Delivery
    virtual_arrival: Instant


class TicketCalled(Event, frozen=True, tag="ticket-called"):
    ticket: TicketId
    counter: CounterNumber
    clerk: ClerkId
    chosen: ChoiceReason | None = None
    """Set when the clerk called this ticket out of order."""


class CallAnnounced(Event, frozen=True, tag="call-announced"):
    """Shown and spoken in the lobby; `assumed` when no speaking display reported in time."""

    ticket: TicketId
    call: int
    assumed: bool = False


class TicketRecalled(Event, frozen=True, tag="ticket-recalled"):
    ticket: TicketId
    call: int


class ServiceStarted(Event, frozen=True, tag="service-started"):
    ticket: TicketId


class TicketCompleted(Event, frozen=True, tag="ticket-completed"):
    ticket: TicketId
    start_unknown: bool = False
    unfinished: bool = False


class TicketMissed(Event, frozen=True, tag="ticket-missed"):
    """A no-show."""

    ticket: TicketId


class TicketReinstated(Event, frozen=True, tag="ticket-reinstated"):
    ticket: TicketId
    virtual_arrival: Instant


class TicketForgotten(Event, frozen=True, tag="ticket-forgotten"):
    """A no-show's time to come back is over; it leaves the live state."""

    ticket: TicketId


class TicketTransferred(Event, frozen=True, tag="ticket-transferred"):
    ticket: TicketId
    letter: Letter
    """The queue it now waits in; its own letter and number stay."""
    virtual_arrival: Instant


class TicketHeld(Event, frozen=True, tag="ticket-held"):
    ticket: TicketId
    reason: HoldReason


class TicketResumed(Event, frozen=True, tag="ticket-resumed"):
    ticket: TicketId
    counter: CounterNumber
    clerk: ClerkId


class PapersBrought(Event, frozen=True, tag="papers-brought"):
    ticket: TicketId
    virtual_arrival: Instant


class TicketCancelled(Event, frozen=True, tag="ticket-cancelled"):
    ticket: TicketId
    reason: CancelReason


class PriorityRefuted(Event, frozen=True, tag="priority-refuted"):
    ticket: TicketId
    virtual_arrival: Instant


class ServiceSet(Event, frozen=True, tag="service-set"):
    ticket: TicketId
    service: ServiceCode


class TicketExpired(Event, frozen=True, tag="ticket-expired"):
    ticket: TicketId


class ApplicationAccepted(Event, frozen=True, tag="application-accepted"):
    application: ApplicationId
    service: ServiceCode
    received: tuple[int, ...]
    clerk: ClerkId
    ticket: TicketId | None = None
    day: BusinessDay | None = None
    letter: Letter | None = None
    number: int | None = None
    promised_at: Instant | None = None


class ApplicationCompleted(Event, frozen=True, tag="application-completed"):
    """Ready for collection."""

    application: ApplicationId


class ApplicationRejected(Event, frozen=True, tag="application-rejected"):
    application: ApplicationId
    reason: RejectReason


class ApplicationOverdue(Event, frozen=True, tag="application-overdue"):
    application: ApplicationId


class ApplicationHandedOver(Event, frozen=True, tag="application-handed-over"):
    application: ApplicationId


AnyEvent = (
    OutletConfigured
    | CatalogueAdopted
    | DayOpened
    | DayClosed
    | CounterOpened
    | CounterPaused
    | CounterResumed
    | CounterClosed
    | TicketIssued
    | TicketDelivered
    | TicketCalled
    | CallAnnounced
    | TicketRecalled
    | ServiceStarted
    | TicketCompleted
    | TicketMissed
    | TicketReinstated
    | TicketForgotten
    | TicketTransferred
    | TicketHeld
    | TicketResumed
    | PapersBrought
    | TicketCancelled
    | PriorityRefuted
    | ServiceSet
    | TicketExpired
    | ApplicationAccepted
    | ApplicationCompleted
    | ApplicationRejected
    | ApplicationOverdue
    | ApplicationHandedOver
)


class Recorded(Struct, frozen=True):
    """An event in its place in the journal, with when, by which command, from where."""

    seq: Seq
    at: Instant
    command: CommandId
    device: DeviceId
    event: AnyEvent
    clerk: ClerkId | None = None
