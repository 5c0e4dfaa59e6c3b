"""Everything that can be asked of the queue. A command is a wish; `decide` answers it with events or a refusal.
As long as there are kinds, a few lines each; they stand by subject, as in decide/.

The ids of notes and applicants are opaque by their form: whatever else stood there would stay in the journal for good.
"""

from typing import Annotated

from msgspec import Meta, Struct

from broker.domain.appointment import Wanted
from broker.domain.known import Known
from broker.domain.roll import RollTicket
from broker.domain.rules import OutletRules, Service
from broker.domain.ticket import Destination, Expected
from broker.domain.values import (
    ActReason,
    ApplicantId,
    ApplicationId,
    AppointmentId,
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
    DeviceRole,
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
    Place,
    PrinterNeed,
    PrinterState,
    Priority,
    RejectReason,
    ServiceCode,
    Stage,
    TicketId,
    VisitFailure,
)


class Command(Struct, frozen=True, tag_field="command", omit_defaults=True):
    """The root of all commands; the tag is its name on the wire. What is at its default is not sent."""


# The outlet


class ConfigureOutlet(Command, frozen=True, tag="configure-outlet"):
    """Take over the outlet's rules as a whole."""

    rules: OutletRules


class AdoptCatalogue(Command, frozen=True, tag="adopt-catalogue"):
    """Take over the outlet's services as a whole; each belongs to one of its queues."""

    services: tuple[Service, ...]


class PassNumbers(Command, frozen=True, tag="pass-numbers"):
    """Go on past all of these numbers: somebody knows that they have been given out, and the journal does not."""

    known: Known


# Numbers


class IssueTicket(Command, frozen=True, tag="issue-ticket"):
    """Give out the queue's next number."""

    letter: Letter
    service: ServiceCode | None = None
    """None: the clerk will find out."""
    priority: Priority | None = None
    channel: Channel = Channel.WALK_IN
    language: Language = Language.INDONESIAN
    steps: tuple[Letter, ...] | None = None
    """The queues that the visit goes on to; None: as configured for its service."""


class CheckIn(Command, frozen=True, tag="check-in"):
    """Whoever has an appointment is here: it becomes a ticket. Too late, and it is a walk-in's."""

    appointment: AppointmentId
    priority: Priority | None = None
    language: Language = Language.INDONESIAN


class HandInTicket(Command, frozen=True, tag="hand-in-ticket"):
    """A number that the device gave out by itself while the broker was away, with when it happened."""

    letter: Letter
    number: int
    """One of the device's own range."""
    delivery: Delivery
    """How it reached the citizen."""
    service: ServiceCode | None = None
    priority: Priority | None = None
    language: Language = Language.INDONESIAN
    replaces: CommandId | None = None
    """The command that was not answered: its ticket is cancelled, or it is refused when it still comes."""


class ConfirmDelivery(Command, frozen=True, tag="confirm-delivery"):
    """The kiosk reports how the ticket reached the citizen: on paper, or shown on the screen."""

    ticket: TicketId
    delivery: Delivery


# The emergency roll


class PrintRoll(Command, frozen=True, tag="print-roll"):
    """Prepare so many tickets of the queue's emergency roll, to be given out when nothing else works."""

    letter: Letter
    count: Annotated[int, Meta(ge=1, le=200)]
    """How many."""


class EnterRollTicket(Command, frozen=True, tag="enter-roll-ticket"):
    """A ticket of the emergency roll is in a citizen's hand: from now on it waits like any other."""

    ticket: RollTicket
    arrived_at: Instant | None = None
    """As the officer wrote it on the ticket; None: now."""
    service: ServiceCode | None = None
    priority: Priority | None = None
    language: Language = Language.INDONESIAN


# Appointments


class BookAppointments(Command, frozen=True, tag="book-appointments"):
    """Reserve places, all of them or none."""

    wanted: tuple[Wanted, ...]


class CancelAppointment(Command, frozen=True, tag="cancel-appointment"):
    """Give a reserved place back."""

    appointment: AppointmentId


# Counters and clerks


class OpenCounter(Command, frozen=True, tag="open-counter"):
    """The clerk of the session sits down at the counter and serves."""

    counter: CounterNumber


class PauseCounter(Command, frozen=True, tag="pause-counter"):
    """The counter calls nobody for a while; nothing may be in hand."""

    counter: CounterNumber
    reason: PauseReason


class ResumeCounter(Command, frozen=True, tag="resume-counter"):
    """The break is over."""

    counter: CounterNumber


class CloseCounter(Command, frozen=True, tag="close-counter"):
    """The clerk leaves the counter; nothing may be in hand."""

    counter: CounterNumber


class AssignSkills(Command, frozen=True, tag="assign-skills"):
    """Which services a clerk may serve from a day on; what held before is kept as history."""

    clerk: ClerkId
    services: tuple[ServiceCode, ...] | None
    """None: all."""
    first_day: BusinessDay


# Calls


class CallNext(Command, frozen=True, tag="call-next"):
    """Call the ticket that the calling rule puts first."""

    counter: CounterNumber


class CallTicket(Command, frozen=True, tag="call-ticket"):
    """Calls one ticket out of order; marked, and with a reason."""

    counter: CounterNumber
    ticket: TicketId
    reason: ChoiceReason


class ReportAnnounced(Command, frozen=True, tag="report-announced"):
    """The speaking display has shown and spoken this call of this ticket."""

    ticket: TicketId
    call: int
    """Which call of the ticket: 1 for the first of its turn, 2 for its first recall."""


class Recall(Command, frozen=True, tag="recall"):
    """Announce the called ticket once more: after the least interval, and not too often."""

    ticket: TicketId


class UndoCall(Command, frozen=True, tag="undo-call"):
    """The call was a mistake: the ticket goes back to its place."""

    ticket: TicketId


class RefutePriority(Command, frozen=True, tag="refute-priority"):
    """The priority does not hold: back to its place without the head start."""

    ticket: TicketId


class CorrectPriority(Command, frozen=True, tag="correct-priority"):
    """A waiting ticket's priority is another, or none: whoever did not dare to say so at the kiosk has been seen."""

    ticket: TicketId
    priority: Priority | None


class MarkNoShow(Command, frozen=True, tag="mark-no-show"):
    """Nobody came, long enough after the last announcement."""

    ticket: TicketId


class ReinstateTicket(Command, frozen=True, tag="reinstate-ticket"):
    """Whoever missed the call is back in time: next in line."""

    ticket: TicketId


# Visits


class StartService(Command, frozen=True, tag="start-service"):
    """The citizen is at the counter."""

    ticket: TicketId


class CompleteTicket(Command, frozen=True, tag="complete-ticket"):
    """The service is done: on to the visit's next step, or, when there is none, the visit is over."""

    ticket: TicketId


class ReopenTicket(Command, frozen=True, tag="reopen-ticket"):
    """Completing it, or sending it on, was a mistake; the clerk has the ticket in hand again."""

    ticket: TicketId


class PlanSteps(Command, frozen=True, tag="plan-steps"):
    """Set which queues the visit has still to go through; none: it is over when this service is."""

    ticket: TicketId
    steps: tuple[Letter, ...]


class TransferTicket(Command, frozen=True, tag="transfer-ticket"):
    """On to another queue, to a counter, to a clerk, or back to who sent it; letter and number of the ticket stay."""

    ticket: TicketId
    to: Destination
    place: Place | None = None
    """None: as configured for the queue."""
    note: Annotated[NoteId, Meta(pattern="^[0-9a-f]{32}\\Z")] | None = None
    """What the next clerk should know."""


class HoldTicket(Command, frozen=True, tag="hold-ticket"):
    """Interrupt the service; the clerk is free."""

    ticket: TicketId
    reason: HoldReason


class ResumeTicket(Command, frozen=True, tag="resume-ticket"):
    """Go on with an interrupted service."""

    ticket: TicketId


class BringPapers(Command, frozen=True, tag="bring-papers"):
    """The citizen is back with the missing papers: next in line."""

    ticket: TicketId


class CancelTicket(Command, frozen=True, tag="cancel-ticket"):
    """End a ticket that will not be served; one in hand only by the clerk who has it."""

    ticket: TicketId
    reason: CancelReason


class SetService(Command, frozen=True, tag="set-service"):
    """The clerk says which service the ticket is for."""

    ticket: TicketId
    service: ServiceCode


# What a supervisor changes


class MoveTickets(Command, frozen=True, tag="move-tickets"):
    """A supervisor puts waiting tickets into another queue, or to another place; all of them or none."""

    tickets: tuple[TicketId, ...]
    letter: Letter
    reason: ActReason
    place: Place | None = None
    """None: as configured for the queue."""


class ReassignTicket(Command, frozen=True, tag="reassign-ticket"):
    """A supervisor takes a ticket from its clerk and sends it on."""

    ticket: TicketId
    to: Destination
    reason: ActReason


class VoidTickets(Command, frozen=True, tag="void-tickets"):
    """A supervisor ends tickets that will not be served; all of them or none."""

    tickets: tuple[TicketId, ...]
    reason: ActReason


class ReleaseCounter(Command, frozen=True, tag="release-counter"):
    """A supervisor closes the counter of a clerk who has left; what was in hand goes back, next in line."""

    counter: CounterNumber
    reason: ActReason


# Queues and doors


class PauseQueue(Command, frozen=True, tag="pause-queue"):
    """Neither numbers nor calls in this queue until it is resumed."""

    letter: Letter
    reason: ClosingReason


class ResumeQueue(Command, frozen=True, tag="resume-queue"):
    """The queue goes on."""

    letter: Letter


class CloseQueue(Command, frozen=True, tag="close-queue"):
    """No more numbers in this queue today; those who wait are served."""

    letter: Letter
    reason: ClosingReason


class ReopenQueue(Command, frozen=True, tag="reopen-queue"):
    """The queue gives out numbers again."""

    letter: Letter


class CloseDoors(Command, frozen=True, tag="close-doors"):
    """No more numbers today in any queue; those who wait are served."""

    reason: ClosingReason


class ReopenDoors(Command, frozen=True, tag="reopen-doors"):
    """Numbers are given out again."""


class ReportForecast(Command, frozen=True, tag="report-forecast"):
    """The expected waits have changed; those not named are as before."""

    expected: tuple[Expected, ...]


# Machines and devices


class ReportMachine(Command, frozen=True, tag="report-machine"):
    """Whether a machine can work; services that need it open and close with it."""

    machine: MachineCode
    state: MachineState


class ReportPrinter(Command, frozen=True, tag="report-printer"):
    """The state of the sending device's own printer: of the best one, where it has two."""

    state: PrinterState
    need: PrinterNeed | None = None


class ReportDisplay(Command, frozen=True, tag="report-display"):
    """Whether the sending display can be seen and, where it is the one that speaks, heard."""

    screen: OutputState
    sound: OutputState


# Applications


class AcceptApplication(Command, frozen=True, tag="accept-application"):
    """The clerk takes the file in; a one-day service gets its promise."""

    ticket: TicketId
    service: ServiceCode
    received: tuple[int, ...]
    """Which of the service's requirements were handed in, by their place in its list, from 0."""
    applicant: Annotated[ApplicantId, Meta(pattern="^[0-9a-f]{32}\\Z")] | None = None
    """Who files; None: nobody asked."""


class AdvanceApplication(Command, frozen=True, tag="advance-application"):
    """It has reached a further stage of its way through the office."""

    application: ApplicationId
    stage: Stage


class MarkComplete(Command, frozen=True, tag="mark-complete"):
    """The permit is ready for collection."""

    application: ApplicationId


class ReopenApplication(Command, frozen=True, tag="reopen-application"):
    """It was marked complete by mistake."""

    application: ApplicationId


class RejectApplication(Command, frozen=True, tag="reject-application"):
    """The application ends without a permit."""

    application: ApplicationId
    reason: RejectReason


class HandOver(Command, frozen=True, tag="hand-over"):
    """The permit is in the citizen's hand."""

    application: ApplicationId


class DeliverPermit(Command, frozen=True, tag="deliver-permit"):
    """An officer has brought the permit of a file that was fetched."""

    application: ApplicationId


class FailDelivery(Command, frozen=True, tag="fail-delivery"):
    """An officer could not bring the permit."""

    application: ApplicationId
    reason: VisitFailure


# Pick-ups


class RequestPickUp(Command, frozen=True, tag="request-pick-up"):
    """Somebody asks that an officer fetches a file."""

    service: ServiceCode
    note: Annotated[NoteId, Meta(pattern="^[0-9a-f]{32}\\Z")] | None = None
    """Name, place and telephone."""
    applicant: Annotated[ApplicantId, Meta(pattern="^[0-9a-f]{32}\\Z")] | None = None


class AssignPickUp(Command, frozen=True, tag="assign-pick-up"):
    """An officer is to go."""

    pick_up: PickUpId
    officer: ClerkId


class FetchFile(Command, frozen=True, tag="fetch-file"):
    """The officer has the file."""

    pick_up: PickUpId


class FailPickUp(Command, frozen=True, tag="fail-pick-up"):
    """The officer came back without the file."""

    pick_up: PickUpId
    reason: VisitFailure


class AcceptFetched(Command, frozen=True, tag="accept-fetched"):
    """A fetched file is taken in; a one-day service gets its promise."""

    pick_up: PickUpId
    received: tuple[int, ...]
    """Which of the service's requirements were handed in, by their place in its list, from 0."""


class CancelPickUp(Command, frozen=True, tag="cancel-pick-up"):
    """The request is not wanted any more."""

    pick_up: PickUpId


# Time


class Tick(Command, frozen=True, tag="tick"):
    """The broker's own: whatever time does is decided here."""


class NoteClock(Command, frozen=True, tag="note-clock"):
    """The broker's own: the wall clock was set forward, and the queue's time follows."""

    by_ms: int
    """By so much, in milliseconds."""


AnyCommand = (
    ConfigureOutlet
    | AdoptCatalogue
    | IssueTicket
    | HandInTicket
    | PrintRoll
    | EnterRollTicket
    | BookAppointments
    | CancelAppointment
    | CheckIn
    | ConfirmDelivery
    | OpenCounter
    | PauseCounter
    | ResumeCounter
    | CloseCounter
    | CallNext
    | CallTicket
    | ReportAnnounced
    | Recall
    | StartService
    | CompleteTicket
    | ReopenTicket
    | UndoCall
    | MarkNoShow
    | ReinstateTicket
    | TransferTicket
    | PlanSteps
    | HoldTicket
    | ResumeTicket
    | BringPapers
    | CancelTicket
    | RefutePriority
    | CorrectPriority
    | SetService
    | MoveTickets
    | ReassignTicket
    | VoidTickets
    | ReleaseCounter
    | PauseQueue
    | ResumeQueue
    | CloseQueue
    | ReopenQueue
    | CloseDoors
    | ReopenDoors
    | ReportMachine
    | ReportPrinter
    | ReportDisplay
    | PassNumbers
    | AssignSkills
    | ReportForecast
    | AcceptApplication
    | AdvanceApplication
    | ReopenApplication
    | MarkComplete
    | RejectApplication
    | HandOver
    | DeliverPermit
    | FailDelivery
    | RequestPickUp
    | AssignPickUp
    | FetchFile
    | FailPickUp
    | AcceptFetched
    | CancelPickUp
    | Tick
    | NoteClock
)
"""One of the commands, in the order of docs/protocol.md."""


class Envelope(Struct, frozen=True):
    """A command with who sends it; the broker fills in role and clerk from what it has verified."""

    id: CommandId
    device: DeviceId
    role: DeviceRole
    command: AnyCommand
    clerk: ClerkId | None = None
    happened_at: Instant | None = None
