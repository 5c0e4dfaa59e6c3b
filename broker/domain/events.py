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
    """These are the outlet's rules from now on."""

    rules: OutletRules


class CatalogueAdopted(Event, frozen=True, tag="catalogue-adopted"):
    """These are the outlet's services from now on."""

    services: tuple[Service, ...]


class DayOpened(Event, frozen=True, tag="day-opened"):
    """A business day begins; numbers start anew."""

    day: BusinessDay


class DayClosed(Event, frozen=True, tag="day-closed"):
    """The business day is over; nobody waits and nobody sits."""

    day: BusinessDay


class CounterOpened(Event, frozen=True, tag="counter-opened"):
    """A clerk has sat down."""

    counter: CounterNumber
    clerk: ClerkId


class CounterPaused(Event, frozen=True, tag="counter-paused"):
    """The counter calls nobody for now."""

    counter: CounterNumber
    clerk: ClerkId
    reason: PauseReason


class CounterResumed(Event, frozen=True, tag="counter-resumed"):
    """The counter calls again."""

    counter: CounterNumber
    clerk: ClerkId


class CounterClosed(Event, frozen=True, tag="counter-closed"):
    """The clerk has left, or the day closes."""

    counter: CounterNumber
    clerk: ClerkId


class TicketIssued(Event, frozen=True, tag="ticket-issued"):
    """A number is given out; it may be called once it is delivered."""

    ticket: TicketId
    day: BusinessDay
    letter: Letter
    number: int
    """Within its queue and day, from 1."""
    copy: int
    """0 for all that the broker issues; counts up where a number was given out twice."""
    channel: Channel
    language: Language
    service: ServiceCode | None = None
    """None: not known yet."""
    priority: Priority | None = None
    ahead: int = 0
    """People before this ticket at the moment of its issue, as printed on it."""
    estimate: Estimate | None = None
    """The expected wait that the citizen was told; None: no counter was open."""
    ready_expected_at: Instant | None = None
    """For a one-day service: when it is expected to be ready, as told to the citizen."""


class TicketDelivered(Event, frozen=True, tag="ticket-delivered"):
    """The ticket counts as arrived: its kiosk said how, or nobody said so in time."""

    ticket: TicketId
    delivery: Delivery | None
    """None: unconfirmed; the time-out counts as its arrival."""
    virtual_arrival: Instant
    """What the calling rule sorts by from now on."""


class TicketCalled(Event, frozen=True, tag="ticket-called"):
    """A clerk has called it to a counter."""

    ticket: TicketId
    counter: CounterNumber
    clerk: ClerkId
    chosen: ChoiceReason | None = None
    """Set when the clerk called this ticket out of order."""


class CallAnnounced(Event, frozen=True, tag="call-announced"):
    """Shown and spoken in the lobby; `assumed` when no speaking display reported in time."""

    ticket: TicketId
    call: int
    """Which call of the ticket: 1 for the first of its turn, 2 for its first recall."""
    assumed: bool = False
    """Nobody reported it; its time counts all the same."""


class TicketRecalled(Event, frozen=True, tag="ticket-recalled"):
    """It is announced once more."""

    ticket: TicketId
    call: int
    """2 for the first recall, and so on."""


class ServiceStarted(Event, frozen=True, tag="service-started"):
    """The citizen is at the counter."""

    ticket: TicketId


class TicketCompleted(Event, frozen=True, tag="ticket-completed"):
    """The visit is over."""

    ticket: TicketId
    start_unknown: bool = False
    """Completed straight from the call: its time counts nowhere."""
    unfinished: bool = False
    """The day closed upon its service."""


class TicketMissed(Event, frozen=True, tag="ticket-missed"):
    """A no-show."""

    ticket: TicketId


class TicketReinstated(Event, frozen=True, tag="ticket-reinstated"):
    """A no-show is back, next in line."""

    ticket: TicketId
    virtual_arrival: Instant
    """What the calling rule sorts by from now on."""


class TicketForgotten(Event, frozen=True, tag="ticket-forgotten"):
    """A no-show's time to come back is over; it leaves the live state."""

    ticket: TicketId


class TicketTransferred(Event, frozen=True, tag="ticket-transferred"):
    """On to another queue."""

    ticket: TicketId
    letter: Letter
    """The queue it now waits in; its own letter and number stay."""
    virtual_arrival: Instant
    """What the calling rule sorts by from now on."""


class TicketHeld(Event, frozen=True, tag="ticket-held"):
    """Its service is interrupted, its clerk free."""

    ticket: TicketId
    reason: HoldReason


class TicketResumed(Event, frozen=True, tag="ticket-resumed"):
    """Its service goes on."""

    ticket: TicketId
    counter: CounterNumber
    clerk: ClerkId


class PapersBrought(Event, frozen=True, tag="papers-brought"):
    """The missing papers are here; it is next in line."""

    ticket: TicketId
    virtual_arrival: Instant
    """What the calling rule sorts by from now on."""


class TicketCancelled(Event, frozen=True, tag="ticket-cancelled"):
    """It ended without being served."""

    ticket: TicketId
    reason: CancelReason


class PriorityRefuted(Event, frozen=True, tag="priority-refuted"):
    """Its priority did not hold: back to its place, without the head start."""

    ticket: TicketId
    virtual_arrival: Instant
    """What the calling rule sorts by from now on."""


class ServiceSet(Event, frozen=True, tag="service-set"):
    """The clerk has said what the visit is for."""

    ticket: TicketId
    service: ServiceCode


class TicketExpired(Event, frozen=True, tag="ticket-expired"):
    """It was still open when the day closed."""

    ticket: TicketId


class ApplicationAccepted(Event, frozen=True, tag="application-accepted"):
    """A file is taken in, with its promise if it is for a one-day service."""

    application: ApplicationId
    service: ServiceCode
    received: tuple[int, ...]
    """Which of the service's requirements were handed in, by their place in its list, from 0."""
    clerk: ClerkId
    ticket: TicketId | None = None
    """The visit in which it was filed."""
    day: BusinessDay | None = None
    """The ticket's day."""
    letter: Letter | None = None
    """The ticket's letter."""
    number: int | None = None
    """The ticket's number, by which it is called on its own day."""
    promised_at: Instant | None = None
    """By when it will be ready; None: not a one-day service."""


class ApplicationCompleted(Event, frozen=True, tag="application-completed"):
    """Ready for collection."""

    application: ApplicationId


class ApplicationRejected(Event, frozen=True, tag="application-rejected"):
    """It ended without a permit."""

    application: ApplicationId
    reason: RejectReason


class ApplicationOverdue(Event, frozen=True, tag="application-overdue"):
    """Its promise has passed and it is not ready."""

    application: ApplicationId


class ApplicationHandedOver(Event, frozen=True, tag="application-handed-over"):
    """The permit is in the citizen's hand."""

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
"""One of the events."""


class Recorded(Struct, frozen=True):
    """An event in its place in the journal, with when, by which command, from where."""

    seq: Seq
    at: Instant
    """When it happened, by the broker's clock."""
    command: CommandId
    """The command that caused it; the broker's own, where time did."""
    device: DeviceId
    """The device that sent the command; ``broker`` where time did."""
    event: AnyEvent
    """What happened."""
    clerk: ClerkId | None = None
    """Who was signed in at the device."""
