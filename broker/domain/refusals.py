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


class OutletClosed(Refusal, frozen=True, tag="outlet-closed"):
    """No numbers today, or not any more."""


class TooEarly(Refusal, frozen=True, tag="too-early"):
    first_ticket_at: Instant


class TooLate(Refusal, frozen=True, tag="too-late"):
    last_ticket_at: Instant


class PastCutOff(Refusal, frozen=True, tag="past-cut-off"):
    """The one-day service takes no more files today."""

    cut_off_at: Instant


class UnknownQueue(Refusal, frozen=True, tag="unknown-queue"):
    letter: str


class UnknownService(Refusal, frozen=True, tag="unknown-service"):
    service: str


class ServiceElsewhere(Refusal, frozen=True, tag="service-elsewhere"):
    """The service belongs to another queue."""

    letter: Letter


class NumbersUsedUp(Refusal, frozen=True, tag="numbers-used-up"):
    """The queue's last number of the day is out."""

    letter: Letter


class UnknownTicket(Refusal, frozen=True, tag="unknown-ticket"):
    ticket: str


class UnknownApplication(Refusal, frozen=True, tag="unknown-application"):
    application: str


class UnknownCounter(Refusal, frozen=True, tag="unknown-counter"):
    counter: int


class WrongStatus(Refusal, frozen=True, tag="wrong-status"):
    """The ticket is not where this act could begin."""

    ticket: str
    status: TicketStatus


class WrongApplicationStatus(Refusal, frozen=True, tag="wrong-application-status"):
    application: str
    status: ApplicationStatus


class NotDelivered(Refusal, frozen=True, tag="not-delivered"):
    """The ticket is still on its way to the citizen."""

    ticket: str


class AlreadyDelivered(Refusal, frozen=True, tag="already-delivered"):
    ticket: str


class CounterTaken(Refusal, frozen=True, tag="counter-taken"):
    """Another clerk sits there."""

    counter: CounterNumber


class ClerkElsewhere(Refusal, frozen=True, tag="clerk-elsewhere"):
    """This clerk already sits at another counter."""

    counter: CounterNumber


class CounterNotOpen(Refusal, frozen=True, tag="counter-not-open"):
    counter: CounterNumber


class CounterOnBreak(Refusal, frozen=True, tag="counter-on-break"):
    counter: CounterNumber


class CounterNotOnBreak(Refusal, frozen=True, tag="counter-not-on-break"):
    counter: CounterNumber


class TicketInHand(Refusal, frozen=True, tag="ticket-in-hand"):
    """The clerk still has a ticket called or in service."""

    ticket: str


class NotYourTicket(Refusal, frozen=True, tag="not-your-ticket"):
    """Another clerk has it."""

    counter: CounterNumber


class NobodyWaiting(Refusal, frozen=True, tag="nobody-waiting"):
    """No ticket that this clerk may serve is waiting."""


class QueueNotHere(Refusal, frozen=True, tag="queue-not-here"):
    """This counter does not serve that queue."""

    letter: Letter


class SkillMissing(Refusal, frozen=True, tag="skill-missing"):
    """This clerk may not serve that service."""

    service: str


class RecallTooSoon(Refusal, frozen=True, tag="recall-too-soon"):
    possible_at: Instant


class RecallsUsedUp(Refusal, frozen=True, tag="recalls-used-up"):
    recalls: int


class NoShowTooSoon(Refusal, frozen=True, tag="no-show-too-soon"):
    possible_at: Instant


class NotCurrentCall(Refusal, frozen=True, tag="not-current-call"):
    """The announcement reported is not the ticket's present call."""

    call: int


class NoPriority(Refusal, frozen=True, tag="no-priority"):
    ticket: str


class NotOneOfRequirements(Refusal, frozen=True, tag="not-one-of-requirements"):
    position: int


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
