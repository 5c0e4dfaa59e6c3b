"""Why a command was not carried out: a stable code with typed parameters. The sentences are in the catalogue.
As long as there are kinds, a few lines each; they stand by subject, as commands do.

Times are instants in fields that end in `_at`; other whole numbers are what their name says.
"""

from msgspec import Struct

from broker.domain.application import ApplicationStatus
from broker.domain.pick_up import PickUpStatus
from broker.domain.ticket import TicketStatus
from broker.domain.values import ClosingReason, CounterNumber, Instant, Letter, MachineState, Stage


class Refusal(Struct, frozen=True, tag_field="refusal"):
    """The root of all refusals; the tag is the stable code."""

    @property
    def code(self) -> str:
        """The stable code, e.g. ``queue-closed``."""
        tag = self.__struct_config__.tag
        assert isinstance(tag, str)
        return tag


# Who may ask


class NotPermitted(Refusal, frozen=True, tag="not-permitted"):
    """This device, or this clerk, may not do this."""


class ClerkNeeded(Refusal, frozen=True, tag="clerk-needed"):
    """Nobody is signed in at the device."""


# The outlet


class NotConfigured(Refusal, frozen=True, tag="not-configured"):
    """The outlet has no rules yet."""


class RulesInvalid(Refusal, frozen=True, tag="rules-invalid"):
    """The rules contradict themselves; `detail` names where."""

    detail: str
    """What can't be, in English."""


class UnknownQueue(Refusal, frozen=True, tag="unknown-queue"):
    """The outlet has no such queue."""

    letter: str
    """The letter asked for."""


class UnknownService(Refusal, frozen=True, tag="unknown-service"):
    """The outlet does not offer this service."""

    service: str
    """The code asked for."""


class ServiceElsewhere(Refusal, frozen=True, tag="service-elsewhere"):
    """The service belongs to another queue."""

    letter: Letter
    """The queue that it belongs to."""


# Numbers


class OutletClosed(Refusal, frozen=True, tag="outlet-closed"):
    """No numbers today, or not any more."""


class TooEarly(Refusal, frozen=True, tag="too-early"):
    """The queue does not give out numbers yet."""

    first_ticket_at: Instant
    """When it begins to."""


class TooLate(Refusal, frozen=True, tag="too-late"):
    """The queue gives out no more numbers today."""

    last_ticket_at: Instant
    """When it ceased to."""


class PastCutOff(Refusal, frozen=True, tag="past-cut-off"):
    """The one-day service takes no more files today."""

    cut_off_at: Instant
    """Until when one had to come."""


class QuotaReached(Refusal, frozen=True, tag="quota-reached"):
    """No more numbers for this service today."""

    quota: int
    """So many are given out a day."""


class NumbersUsedUp(Refusal, frozen=True, tag="numbers-used-up"):
    """The queue's last number of the day is out."""

    letter: Letter


class NumberNotPossible(Refusal, frozen=True, tag="number-not-possible"):
    """The number handed in is not one that the queue could have."""

    letter: Letter
    number: int
    """Within its queue and day."""


class CommandReplaced(Refusal, frozen=True, tag="command-replaced"):
    """The device has given out a number of its own in place of this one."""

    ticket: str
    """The id of that ticket."""


class NotDelivered(Refusal, frozen=True, tag="not-delivered"):
    """The ticket is still on its way to the citizen."""

    ticket: str
    """Its id."""


class AlreadyDelivered(Refusal, frozen=True, tag="already-delivered"):
    """How the ticket reached the citizen is known already."""

    ticket: str
    """Its id."""


# The emergency roll


class NoRoll(Refusal, frozen=True, tag="no-roll"):
    """The outlet's rules have no numbers for an emergency roll of this queue."""

    letter: Letter


class RollNotUsedYet(Refusal, frozen=True, tag="roll-not-used-yet"):
    """Tickets of the roll that have not been entered have these numbers; so many others are left."""

    letter: Letter
    left: int
    """How many could be prepared."""


class RollTicketUsed(Refusal, frozen=True, tag="roll-ticket-used"):
    """This ticket of the roll has been entered before, or can't be given out any more."""

    letter: Letter
    number: int
    """As printed on it."""


# Appointments


class UnknownAppointment(Refusal, frozen=True, tag="unknown-appointment"):
    """No such appointment is booked."""

    appointment: str
    """The id asked for."""


class AppointmentOtherDay(Refusal, frozen=True, tag="appointment-other-day"):
    """The appointment is for another day."""

    slot_at: Instant
    """When its slot begins."""


class NoSuchSlot(Refusal, frozen=True, tag="no-such-slot"):
    """No appointment can begin then."""

    slot_at: Instant
    """The time asked for."""


class SlotFull(Refusal, frozen=True, tag="slot-full"):
    """All places of the slot are reserved."""

    slot_at: Instant
    """When the slot begins."""


# Counters and clerks


class UnknownCounter(Refusal, frozen=True, tag="unknown-counter"):
    """The outlet has no such counter."""

    counter: int
    """The number asked for."""


class CounterTaken(Refusal, frozen=True, tag="counter-taken"):
    """Another clerk sits there."""

    counter: CounterNumber


class CounterNotOpen(Refusal, frozen=True, tag="counter-not-open"):
    """Nobody sits at this counter."""

    counter: CounterNumber


class CounterOnBreak(Refusal, frozen=True, tag="counter-on-break"):
    """The counter is on a break; it has to be resumed first."""

    counter: CounterNumber


class CounterNotOnBreak(Refusal, frozen=True, tag="counter-not-on-break"):
    """The counter has no break to end."""

    counter: CounterNumber


class UnknownClerk(Refusal, frozen=True, tag="unknown-clerk"):
    """The outlet has no such clerk."""

    clerk: str
    """The id asked for."""


class ClerkElsewhere(Refusal, frozen=True, tag="clerk-elsewhere"):
    """This clerk already sits at another counter."""

    counter: CounterNumber
    """Where the clerk sits."""


class ClerkAway(Refusal, frozen=True, tag="clerk-away"):
    """The clerk sits at no counter."""

    clerk: str
    """The id asked for."""


class QueueNotHere(Refusal, frozen=True, tag="queue-not-here"):
    """This counter does not serve that queue."""

    letter: Letter


class SkillMissing(Refusal, frozen=True, tag="skill-missing"):
    """This clerk may not serve that service."""

    service: str
    """The service's code."""


# Calls


class NobodyWaiting(Refusal, frozen=True, tag="nobody-waiting"):
    """No ticket that this clerk may serve is waiting."""


class TicketInHand(Refusal, frozen=True, tag="ticket-in-hand"):
    """The clerk still has a ticket called or in service."""

    ticket: str
    """The id of that ticket."""


class NotCurrentCall(Refusal, frozen=True, tag="not-current-call"):
    """The announcement reported is not the ticket's present call."""

    call: int
    """The call reported."""


class RecallTooSoon(Refusal, frozen=True, tag="recall-too-soon"):
    """The least interval after the last announcement is not over."""

    possible_at: Instant
    """When it will be."""


class RecallsUsedUp(Refusal, frozen=True, tag="recalls-used-up"):
    """The ticket has been announced as often as may be."""

    recalls: int
    """How many recalls may follow one call."""


class NoPriority(Refusal, frozen=True, tag="no-priority"):
    """The ticket has no priority that could be refuted."""

    ticket: str
    """Its id."""


class NoShowTooSoon(Refusal, frozen=True, tag="no-show-too-soon"):
    """Whoever was called still has time to come."""

    possible_at: Instant
    """When that time is over."""


# Visits


class UnknownTicket(Refusal, frozen=True, tag="unknown-ticket"):
    """No such ticket is open, or it is not this device's to confirm."""

    ticket: str
    """The id asked for."""


class WrongStatus(Refusal, frozen=True, tag="wrong-status"):
    """The ticket is not where this act could begin."""

    ticket: str
    """Its id."""
    status: TicketStatus


class NotYourTicket(Refusal, frozen=True, tag="not-your-ticket"):
    """Another clerk has it."""

    counter: CounterNumber
    """Where that clerk sits, or called it to."""


class NoSender(Refusal, frozen=True, tag="no-sender"):
    """Nobody has sent this ticket on."""

    ticket: str
    """Its id."""


class UndoTooLate(Refusal, frozen=True, tag="undo-too-late"):
    """The time to take it back is over, or something has followed."""

    seconds: int
    """So long it can be taken back."""


# Queues and doors


class QueueOnPause(Refusal, frozen=True, tag="queue-on-pause"):
    """The queue is interrupted."""

    letter: Letter
    reason: ClosingReason


class QueueNotOnPause(Refusal, frozen=True, tag="queue-not-on-pause"):
    """The queue has no interruption to end."""

    letter: Letter


class QueueClosedToday(Refusal, frozen=True, tag="queue-closed-today"):
    """The queue was closed before its time."""

    letter: Letter
    reason: ClosingReason


class QueueNotClosed(Refusal, frozen=True, tag="queue-not-closed"):
    """The queue has not been closed."""

    letter: Letter


class DoorsClosedToday(Refusal, frozen=True, tag="doors-closed-today"):
    """The outlet gives out no more numbers today, earlier than usual."""

    reason: ClosingReason


class DoorsNotClosed(Refusal, frozen=True, tag="doors-not-closed"):
    """The doors have not been closed."""


# Machines


class UnknownMachine(Refusal, frozen=True, tag="unknown-machine"):
    """The outlet has no such machine."""

    machine: str
    """The code asked for."""


class MachineNotReady(Refusal, frozen=True, tag="machine-not-ready"):
    """A machine without which the service can't be served."""

    machine: str
    """Its code."""
    state: MachineState


# Applications


class UnknownApplication(Refusal, frozen=True, tag="unknown-application"):
    """No such application is open."""

    application: str
    """The number asked for."""


class WrongApplicationStatus(Refusal, frozen=True, tag="wrong-application-status"):
    """The application is not where this act could begin."""

    application: str
    """Its number."""
    status: ApplicationStatus


class StageNotAhead(Refusal, frozen=True, tag="stage-not-ahead"):
    """The service has no such stage, or the application has passed it."""

    stage: Stage


class NotOneOfRequirements(Refusal, frozen=True, tag="not-one-of-requirements"):
    """The service has no requirement in this place of its list."""

    position: int
    """The place, from 0."""


class ApplicantQuotaReached(Refusal, frozen=True, tag="applicant-quota-reached"):
    """This applicant has filed as much as may be."""

    files: int
    """So many at most,"""
    days: int
    """within so many days."""


class NotFetched(Refusal, frozen=True, tag="not-fetched"):
    """The file was filed at a counter: its permit is collected, not brought."""

    application: str
    """Its number."""


# Pick-ups


class UnknownPickUp(Refusal, frozen=True, tag="unknown-pick-up"):
    """No such request is open."""

    pick_up: str
    """The id asked for."""


class WrongPickUpStatus(Refusal, frozen=True, tag="wrong-pick-up-status"):
    """The request is not where this act could begin."""

    pick_up: str
    """Its id."""
    status: PickUpStatus


AnyRefusal = (
    NotPermitted
    | ClerkNeeded
    | NotConfigured
    | RulesInvalid
    | OutletClosed
    | TooEarly
    | TooLate
    | PastCutOff
    | UnknownQueue
    | UnknownService
    | ServiceElsewhere
    | NumbersUsedUp
    | NoRoll
    | RollNotUsedYet
    | RollTicketUsed
    | UnknownTicket
    | UnknownApplication
    | UnknownCounter
    | WrongStatus
    | WrongApplicationStatus
    | NotDelivered
    | AlreadyDelivered
    | CounterTaken
    | ClerkElsewhere
    | CounterNotOpen
    | CounterOnBreak
    | CounterNotOnBreak
    | TicketInHand
    | NotYourTicket
    | NobodyWaiting
    | QueueNotHere
    | SkillMissing
    | RecallTooSoon
    | RecallsUsedUp
    | NoShowTooSoon
    | NotCurrentCall
    | NoPriority
    | NotOneOfRequirements
    | QuotaReached
    | ApplicantQuotaReached
    | QueueOnPause
    | QueueNotOnPause
    | QueueClosedToday
    | QueueNotClosed
    | DoorsClosedToday
    | DoorsNotClosed
    | MachineNotReady
    | UnknownMachine
    | UnknownClerk
    | ClerkAway
    | NoSender
    | UndoTooLate
    | StageNotAhead
    | NumberNotPossible
    | CommandReplaced
    | UnknownAppointment
    | AppointmentOtherDay
    | NoSuchSlot
    | SlotFull
    | UnknownPickUp
    | WrongPickUpStatus
    | NotFetched
)
"""One of the refusals, in the order of docs/protocol.md."""
