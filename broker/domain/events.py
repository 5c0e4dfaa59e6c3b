"""What has happened. Events are the only truth: state is their fold, the journal their list.
As long as there are kinds, a few lines each; they stand by subject, as commands do.

Fields are only ever added, with defaults; a changed meaning raises `VERSION`, and codec.py upcasts the old one.
Events hold no text about a person.
"""

from typing import ClassVar

from msgspec import Struct

from broker.domain.known import Known
from broker.domain.roll import RollTicket
from broker.domain.rules import OutletRules, Service
from broker.domain.ticket import Estimate, Expected, Sender
from broker.domain.values import (
    ActReason,
    ApplicantId,
    ApplicationId,
    AppointmentId,
    Because,
    BusinessDay,
    CancelReason,
    Channel,
    ChoiceReason,
    ClerkId,
    ClosingReason,
    CommandId,
    CounterNumber,
    Delivery,
    DeviceId,
    HoldReason,
    Instant,
    Language,
    Letter,
    MachineCode,
    MachineState,
    NoteId,
    OutputState,
    PauseReason,
    PickUpId,
    PrinterNeed,
    PrinterState,
    Priority,
    RejectReason,
    Seq,
    ServiceCode,
    Stage,
    TicketId,
    VisitFailure,
)


class Event(Struct, frozen=True, tag_field="event"):
    """The root of all events; the tag is its kind in the journal and on the wire."""

    VERSION: ClassVar[int] = 1


# The outlet and its day


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
    assumed_at: Instant | None = None
    """Set when the broker was not there at the time: when the day is taken to have closed."""


class NumbersPassed(Event, frozen=True, tag="numbers-passed"):
    """Numbers go on past these, of which the journal knows nothing."""

    known: Known


class ClockSetForward(Event, frozen=True, tag="clock-set-forward"):
    """The broker's wall clock was set forward at this moment; what follows happens by the clock as it was set."""

    by_ms: int
    """By so much, in milliseconds."""


# Numbers


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
    """The expected wait that the citizen was told; None: no counter was open, or nobody knew."""
    ready_expected_at: Instant | None = None
    """For a one-day service: when it is expected to be ready, as told to the citizen."""
    steps: tuple[Letter, ...] = ()
    """The queues that the visit goes on to."""
    appointment: AppointmentId | None = None
    """The appointment that it was made from."""
    slot_at: Instant | None = None
    """The time reserved for it; None: none, or it came too late for it."""
    handed_in_at: Instant | None = None
    """When its device gave it out while the broker was away; None: the broker gave it out."""
    replaces: CommandId | None = None
    """The command in whose place its device gave it out; never to be carried out any more."""
    roll: RollTicket | None = None
    """The ticket of the emergency roll that it was; no other becomes of that any more."""


class TicketDelivered(Event, frozen=True, tag="ticket-delivered"):
    """The ticket counts as arrived: its kiosk said how, or nobody said so in time."""

    ticket: TicketId
    delivery: Delivery | None
    """None: unconfirmed; the time-out counts as its arrival."""
    virtual_arrival: Instant
    """What the calling rule sorts by from now on."""
    arrived_at: Instant | None = None
    """When that was, where it was not now: it was handed in."""


class RollPrinted(Event, frozen=True, tag="roll-printed"):
    """Tickets of the queue's emergency roll are prepared; no others have these numbers while they can be given out."""

    letter: Letter
    first: int
    """The serial of the first of them; the others follow."""
    numbers: tuple[int, ...]
    """As printed on them."""
    ends_at: Instant
    """From then on they are no good any more."""


# Appointments


class AppointmentBooked(Event, frozen=True, tag="appointment-booked"):
    """A place is reserved."""

    appointment: AppointmentId
    day: BusinessDay
    slot_at: Instant
    """When its slot begins."""
    letter: Letter
    service: ServiceCode


class AppointmentCancelled(Event, frozen=True, tag="appointment-cancelled"):
    """A reserved place was given back."""

    appointment: AppointmentId


class AppointmentMissed(Event, frozen=True, tag="appointment-missed"):
    """Its day closed and nobody had come."""

    appointment: AppointmentId


# Counters and clerks


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
    assumed_at: Instant | None = None
    """When it is taken to have been, if the broker was not there at the day's close."""


class CounterReleased(Event, frozen=True, tag="counter-released"):
    """A supervisor has closed the counter of a clerk who had left."""

    counter: CounterNumber
    clerk: ClerkId
    """Who sat there."""
    reason: ActReason


class SkillsAssigned(Event, frozen=True, tag="skills-assigned"):
    """Which services a clerk may serve from a day on."""

    clerk: ClerkId
    services: tuple[ServiceCode, ...] | None
    """None: all."""
    first_day: BusinessDay


# Calls


class TicketCalled(Event, frozen=True, tag="ticket-called"):
    """A clerk has called it to a counter."""

    ticket: TicketId
    counter: CounterNumber
    clerk: ClerkId
    chosen: ChoiceReason | None = None
    """Set when the clerk called this ticket out of order."""
    because: Because | None = None
    """Why it, and no other; None in journals that did not say."""


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


class CallUndone(Event, frozen=True, tag="call-undone"):
    """The call was a mistake; it waits in its place as before."""

    ticket: TicketId
    virtual_arrival: Instant
    """What the calling rule sorts by from now on."""


class PriorityRefuted(Event, frozen=True, tag="priority-refuted"):
    """Its priority did not hold: back to its place, without the head start."""

    ticket: TicketId
    virtual_arrival: Instant
    """What the calling rule sorts by from now on."""


class PriorityCorrected(Event, frozen=True, tag="priority-corrected"):
    """Its priority is another, or none, and its place with it."""

    ticket: TicketId
    priority: Priority | None
    virtual_arrival: Instant
    """What the calling rule sorts by from now on."""


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


# Visits


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
    assumed_at: Instant | None = None
    """When it is taken to have ended, if the broker was not there at the day's close."""


class TicketReopened(Event, frozen=True, tag="ticket-reopened"):
    """Completing it, or sending it on, was a mistake; its clerk has it in hand again."""

    ticket: TicketId
    clerk: ClerkId
    """Who had it and has it again."""


class StepsPlanned(Event, frozen=True, tag="steps-planned"):
    """These queues its visit has still to go through."""

    ticket: TicketId
    steps: tuple[Letter, ...]


class TicketTransferred(Event, frozen=True, tag="ticket-transferred"):
    """On to another queue."""

    ticket: TicketId
    letter: Letter
    """The queue it now waits in; its own letter and number stay."""
    virtual_arrival: Instant
    """What the calling rule sorts by from now on."""
    counter: CounterNumber | None = None
    """The only counter that may call it."""
    clerk: ClerkId | None = None
    """The only clerk who may call it."""
    sender: Sender | None = None
    """Who sent it on; None: its plan did."""
    note: NoteId | None = None
    """What the next clerk should know."""
    steps: tuple[Letter, ...] = ()
    """The queues that its visit has still to go through after this one."""


class TicketHeld(Event, frozen=True, tag="ticket-held"):
    """Its service is interrupted, its clerk free."""

    ticket: TicketId
    reason: HoldReason
    until: Instant | None = None
    """Until when whoever completes papers is next in line."""


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


class ServiceSet(Event, frozen=True, tag="service-set"):
    """The clerk has said what the visit is for."""

    ticket: TicketId
    service: ServiceCode


class TicketExpired(Event, frozen=True, tag="ticket-expired"):
    """It was still open when the day closed."""

    ticket: TicketId
    assumed_at: Instant | None = None
    """When it is taken to have expired, if the broker was not there at the day's close."""


# What a supervisor changes


class TicketMoved(Event, frozen=True, tag="ticket-moved"):
    """It waits somewhere else now; its own letter and number stay. Whom it was sent to does not matter any more."""

    ticket: TicketId
    letter: Letter
    """The queue that it waits in."""
    virtual_arrival: Instant
    """What the calling rule sorts by from now on."""
    reason: ActReason


class TicketReassigned(Event, frozen=True, tag="ticket-reassigned"):
    """A supervisor has taken it from its clerk and sent it on."""

    ticket: TicketId
    letter: Letter
    """The queue that it waits in."""
    virtual_arrival: Instant
    """What the calling rule sorts by from now on."""
    reason: ActReason
    counter: CounterNumber | None = None
    """The only counter that may call it."""
    clerk: ClerkId | None = None
    """The only clerk who may call it."""


class TicketVoided(Event, frozen=True, tag="ticket-voided"):
    """A supervisor has ended it without service, or it was replaced by a number that was handed in."""

    ticket: TicketId
    reason: ActReason


# Queues and doors


class QueuePaused(Event, frozen=True, tag="queue-paused"):
    """Neither numbers nor calls for now."""

    letter: Letter
    reason: ClosingReason


class QueueResumed(Event, frozen=True, tag="queue-resumed"):
    """The queue goes on."""

    letter: Letter


class QueueClosed(Event, frozen=True, tag="queue-closed"):
    """No more numbers today."""

    letter: Letter
    reason: ClosingReason


class QueueReopened(Event, frozen=True, tag="queue-reopened"):
    """Numbers again."""

    letter: Letter


class DoorsClosed(Event, frozen=True, tag="doors-closed"):
    """No more numbers today in any queue."""

    reason: ClosingReason


class DoorsReopened(Event, frozen=True, tag="doors-reopened"):
    """Numbers again."""


class ForecastReported(Event, frozen=True, tag="forecast-reported"):
    """The expected waits are these; those not named are as before."""

    expected: tuple[Expected, ...]


# Machines and devices


class MachineReported(Event, frozen=True, tag="machine-reported"):
    """A machine's state is another."""

    machine: MachineCode
    state: MachineState


class PrinterReported(Event, frozen=True, tag="printer-reported"):
    """The state of a device's printer, or what it needs, is another."""

    device: DeviceId
    state: PrinterState
    need: PrinterNeed | None = None


class DisplayReported(Event, frozen=True, tag="display-reported"):
    """Whether a display can be seen, or heard, is another."""

    device: DeviceId
    screen: OutputState
    sound: OutputState


# Applications


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
    stage: Stage | None = None
    """The stage at which it begins."""
    applicant: ApplicantId | None = None
    """Who filed it."""
    pick_up: PickUpId | None = None
    """The request by which it was fetched."""


class StageReached(Event, frozen=True, tag="stage-reached"):
    """It has come further on its way through the office."""

    application: ApplicationId
    stage: Stage


class ApplicationCompleted(Event, frozen=True, tag="application-completed"):
    """Ready for collection."""

    application: ApplicationId


class ApplicationReopened(Event, frozen=True, tag="application-reopened"):
    """It was not ready after all."""

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


class DeliveryFailed(Event, frozen=True, tag="delivery-failed"):
    """An officer could not bring the permit."""

    application: ApplicationId
    reason: VisitFailure


# Pick-ups


class PickUpRequested(Event, frozen=True, tag="pick-up-requested"):
    """Somebody asks that an officer fetches a file."""

    pick_up: PickUpId
    service: ServiceCode
    note: NoteId | None = None
    """Name, place and telephone."""
    applicant: ApplicantId | None = None


class PickUpAssigned(Event, frozen=True, tag="pick-up-assigned"):
    """An officer is to go."""

    pick_up: PickUpId
    officer: ClerkId


class FileFetched(Event, frozen=True, tag="file-fetched"):
    """The officer has the file."""

    pick_up: PickUpId


class PickUpFailed(Event, frozen=True, tag="pick-up-failed"):
    """The officer came back without it."""

    pick_up: PickUpId
    reason: VisitFailure


class PickUpCancelled(Event, frozen=True, tag="pick-up-cancelled"):
    """It is not wanted any more."""

    pick_up: PickUpId


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
    | PriorityCorrected
    | ServiceSet
    | TicketExpired
    | ApplicationAccepted
    | ApplicationCompleted
    | ApplicationRejected
    | ApplicationOverdue
    | ApplicationHandedOver
    | CallUndone
    | TicketReopened
    | StepsPlanned
    | TicketMoved
    | TicketReassigned
    | TicketVoided
    | CounterReleased
    | QueuePaused
    | QueueResumed
    | QueueClosed
    | QueueReopened
    | DoorsClosed
    | DoorsReopened
    | MachineReported
    | PrinterReported
    | DisplayReported
    | NumbersPassed
    | RollPrinted
    | SkillsAssigned
    | ForecastReported
    | AppointmentBooked
    | AppointmentCancelled
    | AppointmentMissed
    | StageReached
    | ApplicationReopened
    | DeliveryFailed
    | PickUpRequested
    | PickUpAssigned
    | FileFetched
    | PickUpFailed
    | PickUpCancelled
    | ClockSetForward
)
"""One of the events, in the order of docs/protocol.md."""


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
