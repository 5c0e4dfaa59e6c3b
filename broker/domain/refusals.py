"""Why a command was not carried out: a stable code with typed parameters. The sentences are in the catalogue.

Times are instants in fields that end in `_at`; other whole numbers are what their name says.
"""

from msgspec import Struct

from broker.domain.application import ApplicationStatus
from broker.domain.ticket import TicketStatus
from broker.domain.values import CounterNumber, Instant, Letter


class Refusal(Struct, frozen=True, tag_field="refusal"):
    """The root of all refusals; the tag is the stable code."""

    @property
    def code(self) -> str:
        """The stable code, e.g. ``queue-closed``."""
        tag = self.__struct_config__.tag
        assert isinstance(tag, str)
        return tag


class NotPermitted(Refusal, frozen=True, tag="not-permitted"):
    """This device, or this clerk, may not do this."""


class ClerkNeeded(Refusal, frozen=True, tag="clerk-needed"):
    """Nobody is signed in at the device."""


class NotConfigured(Refusal, frozen=True, tag="not-configured"):
    """The outlet has no rules yet."""


class RulesInvalid(Refusal, frozen=True, tag="rules-invalid"):
    """The rules contradict themselves; `detail` names where."""

    detail: str
    """What can't be, in English."""


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


class NumbersUsedUp(Refusal, frozen=True, tag="numbers-used-up"):
    """The queue's last number of the day is out."""

    letter: Letter


class UnknownTicket(Refusal, frozen=True, tag="unknown-ticket"):
    """No such ticket is open, or it is not this device's to confirm."""

    ticket: str
    """The id asked for."""


class UnknownApplication(Refusal, frozen=True, tag="unknown-application"):
    """No such application is open."""

    application: str
    """The number asked for."""


class UnknownCounter(Refusal, frozen=True, tag="unknown-counter"):
    """The outlet has no such counter."""

    counter: int
    """The number asked for."""


class WrongStatus(Refusal, frozen=True, tag="wrong-status"):
    """The ticket is not where this act could begin."""

    ticket: str
    """Its id."""
    status: TicketStatus


class WrongApplicationStatus(Refusal, frozen=True, tag="wrong-application-status"):
    """The application is not where this act could begin."""

    application: str
    """Its number."""
    status: ApplicationStatus


class NotDelivered(Refusal, frozen=True, tag="not-delivered"):
    """The ticket is still on its way to the citizen."""

    ticket: str
    """Its id."""


class AlreadyDelivered(Refusal, frozen=True, tag="already-delivered"):
    """How the ticket reached the citizen is known already."""

    ticket: str
    """Its id."""


class CounterTaken(Refusal, frozen=True, tag="counter-taken"):
    """Another clerk sits there."""

    counter: CounterNumber


class ClerkElsewhere(Refusal, frozen=True, tag="clerk-elsewhere"):
    """This clerk already sits at another counter."""

    counter: CounterNumber
    """Where the clerk sits."""


class CounterNotOpen(Refusal, frozen=True, tag="counter-not-open"):
    """Nobody sits at this counter."""

    counter: CounterNumber


class CounterOnBreak(Refusal, frozen=True, tag="counter-on-break"):
    """The counter is on a break; it has to be resumed first."""

    counter: CounterNumber


class CounterNotOnBreak(Refusal, frozen=True, tag="counter-not-on-break"):
    """The counter has no break to end."""

    counter: CounterNumber


class TicketInHand(Refusal, frozen=True, tag="ticket-in-hand"):
    """The clerk still has a ticket called or in service."""

    ticket: str
    """The id of that ticket."""


class NotYourTicket(Refusal, frozen=True, tag="not-your-ticket"):
    """Another clerk has it."""

    counter: CounterNumber
    """Where that clerk sits, or called it to."""


class NobodyWaiting(Refusal, frozen=True, tag="nobody-waiting"):
    """No ticket that this clerk may serve is waiting."""


class QueueNotHere(Refusal, frozen=True, tag="queue-not-here"):
    """This counter does not serve that queue."""

    letter: Letter


class SkillMissing(Refusal, frozen=True, tag="skill-missing"):
    """This clerk may not serve that service."""

    service: str
    """The service's code."""


class RecallTooSoon(Refusal, frozen=True, tag="recall-too-soon"):
    """The least interval after the last announcement is not over."""

    possible_at: Instant
    """When it will be."""


class RecallsUsedUp(Refusal, frozen=True, tag="recalls-used-up"):
    """The ticket has been announced as often as may be."""

    recalls: int
    """How many recalls may follow one call."""


class NoShowTooSoon(Refusal, frozen=True, tag="no-show-too-soon"):
    """Whoever was called still has time to come."""

    possible_at: Instant
    """When that time is over."""


class NotCurrentCall(Refusal, frozen=True, tag="not-current-call"):
    """The announcement reported is not the ticket's present call."""

    call: int
    """The call reported."""


class NoPriority(Refusal, frozen=True, tag="no-priority"):
    """The ticket has no priority that could be refuted."""

    ticket: str
    """Its id."""


class NotOneOfRequirements(Refusal, frozen=True, tag="not-one-of-requirements"):
    """The service has no requirement in this place of its list."""

    position: int
    """The place, from 0."""


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
)
"""One of the refusals."""
