"""Everything that can be asked of the queue. A command is a wish; `decide` answers it with events or a refusal."""

from msgspec import Struct

from broker.domain.values import (
    ApplicationId,
    CancelReason,
    Channel,
    ChoiceReason,
    ClerkId,
    CommandId,
    CounterNumber,
    Delivery,
    DeviceId,
    DeviceRole,
    HoldReason,
    Instant,
    Language,
    Letter,
    OutletRules,
    PauseReason,
    Place,
    Priority,
    RejectReason,
    Service,
    ServiceCode,
    TicketId,
)


class Command(Struct, frozen=True, tag_field="command"):
    """The root of all commands; the tag is its name on the wire."""


class ConfigureOutlet(Command, frozen=True, tag="configure-outlet"):
    """Take over the outlet's rules as a whole."""

    rules: OutletRules


class AdoptCatalogue(Command, frozen=True, tag="adopt-catalogue"):
    """Take over the outlet's services as a whole; each belongs to one of its queues."""

    services: tuple[Service, ...]


class IssueTicket(Command, frozen=True, tag="issue-ticket"):
    """Give out the queue's next number."""

    letter: Letter
    service: ServiceCode | None = None
    """None: the clerk will find out."""
    priority: Priority | None = None
    channel: Channel = Channel.WALK_IN
    language: Language = Language.INDONESIAN


class ConfirmDelivery(Command, frozen=True, tag="confirm-delivery"):
    """The kiosk reports how the ticket reached the citizen: on paper, or shown on the screen."""

    ticket: TicketId
    delivery: Delivery


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


class StartService(Command, frozen=True, tag="start-service"):
    """The citizen is at the counter."""

    ticket: TicketId


class CompleteTicket(Command, frozen=True, tag="complete-ticket"):
    """The visit is over."""

    ticket: TicketId


class MarkNoShow(Command, frozen=True, tag="mark-no-show"):
    """Nobody came, long enough after the last announcement."""

    ticket: TicketId


class ReinstateTicket(Command, frozen=True, tag="reinstate-ticket"):
    """Whoever missed the call is back in time: next in line."""

    ticket: TicketId


class TransferTicket(Command, frozen=True, tag="transfer-ticket"):
    """On to another queue; letter and number of the ticket stay."""

    ticket: TicketId
    letter: Letter
    """The queue to wait in."""
    place: Place = Place.BY_ARRIVAL


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


class RefutePriority(Command, frozen=True, tag="refute-priority"):
    """The priority does not hold: back to its place without the head start."""

    ticket: TicketId


class SetService(Command, frozen=True, tag="set-service"):
    """The clerk says which service the ticket is for."""

    ticket: TicketId
    service: ServiceCode


class AcceptApplication(Command, frozen=True, tag="accept-application"):
    """The clerk takes the file in; a one-day service gets its promise."""

    ticket: TicketId
    service: ServiceCode
    received: tuple[int, ...]
    """Which of the service's requirements were handed in, by their place in its list, from 0."""


class MarkComplete(Command, frozen=True, tag="mark-complete"):
    """The permit is ready for collection."""

    application: ApplicationId


class RejectApplication(Command, frozen=True, tag="reject-application"):
    """The application ends without a permit."""

    application: ApplicationId
    reason: RejectReason


class HandOver(Command, frozen=True, tag="hand-over"):
    """The permit is in the citizen's hand."""

    application: ApplicationId


class Tick(Command, frozen=True, tag="tick"):
    """The broker's own: whatever time does is decided here."""


AnyCommand = (
    ConfigureOutlet
    | AdoptCatalogue
    | IssueTicket
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
    | MarkNoShow
    | ReinstateTicket
    | TransferTicket
    | HoldTicket
    | ResumeTicket
    | BringPapers
    | CancelTicket
    | RefutePriority
    | SetService
    | AcceptApplication
    | MarkComplete
    | RejectApplication
    | HandOver
    | Tick
)
"""One of the commands."""


class Envelope(Struct, frozen=True):
    """A command with who sends it; the broker fills in role and clerk from what it has verified."""

    id: CommandId
    device: DeviceId
    role: DeviceRole
    command: AnyCommand
    clerk: ClerkId | None = None
    happened_at: Instant | None = None
