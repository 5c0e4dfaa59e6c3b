"""What several commands ask first: the ticket, the seat, the clerk, and whether they are where they must be."""

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.refusals import (
    AnyRefusal,
    CounterNotOpen,
    CounterOnBreak,
    CounterTaken,
    MachineNotReady,
    NotYourTicket,
    TicketInHand,
    UnknownClerk,
    UnknownCounter,
    UnknownQueue,
    UnknownTicket,
    WrongStatus,
)
from broker.domain.rules import Clerk, Counter, OutletRules, Service
from broker.domain.state import Seat, State
from broker.domain.ticket import TRANSITIONS, Ticket, TicketAct
from broker.domain.values import ClerkId, ClerkRole, CounterNumber, Letter, MachineState, TicketId

Decision = tuple[e.AnyEvent, ...] | AnyRefusal


def rules_of(state: State) -> OutletRules:
    """The rules; that there are any has been made sure of."""
    assert state.rules is not None
    return state.rules


# Tickets


def acting(state: State, wanted: TicketId, act: TicketAct) -> Ticket | UnknownTicket | WrongStatus:
    """The ticket, where `act` may begin; or why not."""
    ticket = state.tickets.get(wanted)
    if ticket is None:
        return UnknownTicket(wanted)
    if ticket.status not in TRANSITIONS[act]:
        return WrongStatus(ticket.id, ticket.status)
    return ticket


def own_ticket(
    state: State, envelope: c.Envelope, wanted: TicketId, act: TicketAct
) -> Ticket | UnknownTicket | WrongStatus | NotYourTicket:
    """The ticket that the envelope's clerk has in hand, where `act` may begin; or why not."""
    ticket = acting(state, wanted, act)
    if not isinstance(ticket, Ticket):
        return ticket
    if ticket.clerk != envelope.clerk:
        assert ticket.counter is not None
        return NotYourTicket(ticket.counter)
    return ticket


# Counters and clerks


def counter_of(state: State, number: int) -> Counter | None:
    """The configured counter of that number."""
    return next((counter for counter in rules_of(state).counters if counter.number == number), None)


def clerk_of(state: State, clerk_id: ClerkId | None) -> Clerk | None:
    """The configured clerk of that id."""
    return next((clerk for clerk in rules_of(state).clerks if clerk.id == clerk_id), None)


def known_clerk(state: State, clerk_id: ClerkId) -> Clerk | UnknownClerk:
    """The configured clerk of that id, or the refusal."""
    clerk = clerk_of(state, clerk_id)
    return UnknownClerk(clerk_id) if clerk is None else clerk


def is_supervisor(state: State, envelope: c.Envelope) -> bool:
    """Whether a supervisor is signed in at the sending device."""
    clerk = clerk_of(state, envelope.clerk)
    return clerk is not None and clerk.role is ClerkRole.SUPERVISOR


def own_seat(
    state: State, envelope: c.Envelope, number: CounterNumber
) -> Seat | UnknownCounter | CounterNotOpen | CounterTaken:
    """The seat at which the envelope's clerk sits, or why there is none."""
    if counter_of(state, number) is None:
        return UnknownCounter(number)
    seat = state.seats.get(number)
    if seat is None:
        return CounterNotOpen(number)
    return seat if seat.clerk == envelope.clerk else CounterTaken(number)


def free_seat(state: State, envelope: c.Envelope, number: CounterNumber) -> Seat | AnyRefusal:
    """The seat at which the envelope's clerk could call somebody now, or why not."""
    seat = own_seat(state, envelope, number)
    if not isinstance(seat, Seat):
        return seat
    if seat.pause is not None:
        return CounterOnBreak(seat.counter)
    return TicketInHand(seat.ticket) if seat.ticket is not None else seat


# Queues and services


def missing_queue(state: State, letters: tuple[Letter, ...]) -> UnknownQueue | None:
    """The first of the letters that is no queue's."""
    return next((UnknownQueue(letter) for letter in letters if state.queue(letter) is None), None)


def stopped_machine(state: State, service: Service) -> MachineNotReady | None:
    """Why the machine that the service needs keeps it from being served."""
    if service.needs is None:
        return None
    machine = state.machines.get(service.needs, MachineState.READY)
    return None if machine is MachineState.READY else MachineNotReady(service.needs, machine)
