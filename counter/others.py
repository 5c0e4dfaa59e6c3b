"""Numbers that wait, for a clerk who calls one out of turn or corrects its priority. Pure, as desk.py."""

from msgspec import Struct

from broker.domain.commands import CallTicket, Envelope
from broker.domain.decide.calling import call_chosen
from broker.domain.refusals import AnyRefusal, Refusal
from broker.domain.state import State
from broker.domain.values import (
    ChoiceReason,
    ClerkId,
    CommandId,
    CounterNumber,
    DeviceId,
    DeviceRole,
    Instant,
    Priority,
    TicketId,
)
from counter.supervising import WaitingNumber, waiting_numbers


class OtherNumber(Struct, frozen=True):
    """A number that waits."""

    waiting: WaitingNumber
    priority: Priority | None
    obstacle: AnyRefusal | None
    """Why this clerk can't call it here now; None: nothing is in the way."""


def other_numbers(
    state: State, clerk: ClerkId, counter: CounterNumber, now: Instant
) -> tuple[OtherNumber, ...]:
    """All that wait, those first that this clerk can call here now."""
    numbers = [
        OtherNumber(
            each, state.tickets[each.ticket].priority, _obstacle(state, clerk, counter, each.ticket, now)
        )
        for each in waiting_numbers(state, now)
    ]
    return tuple(sorted(numbers, key=lambda each: each.obstacle is not None))


def _obstacle(
    state: State, clerk: ClerkId, counter: CounterNumber, ticket: TicketId, now: Instant
) -> AnyRefusal | None:
    """What the core would answer: it is asked, and nothing is sent."""
    command = CallTicket(counter, ticket, ChoiceReason.SUPERVISOR_ASKED)
    envelope = Envelope(CommandId(""), DeviceId(""), DeviceRole.COUNTER, command, clerk)
    decision = call_chosen(state, envelope, command, now)
    return decision if isinstance(decision, Refusal) else None
