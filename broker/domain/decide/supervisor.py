"""A supervisor's commands over other people's tickets and counters; each is recorded with its reason."""

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.decide.checks import Decision, acting, counter_of, rules_of
from broker.domain.decide.visits import Target, aim
from broker.domain.queue import virtual_arrival_at
from broker.domain.refusals import CounterNotOpen, NotDelivered, UnknownCounter, UnknownQueue
from broker.domain.state import Seat, State
from broker.domain.ticket import IN_HAND, Ticket, TicketAct, TicketStatus
from broker.domain.values import ActReason, ClerkId, CounterNumber, Instant, Place, TicketId


def move(state: State, _envelope: c.Envelope, command: c.MoveTickets, now: Instant) -> Decision:
    """Into another queue, or to another place of the same; all or none."""
    queue = state.queue(command.letter)
    if queue is None:
        return UnknownQueue(command.letter)
    place = command.place if command.place is not None else queue.transfer_place
    moved: list[e.AnyEvent] = []
    for wanted in _once_each(command.tickets):
        ticket = acting(state, wanted, TicketAct.MOVE)
        if not isinstance(ticket, Ticket):
            return ticket
        if ticket.virtual_arrival is None:
            return NotDelivered(ticket.id)
        virtual = virtual_arrival_at(place, ticket, now, rules_of(state))
        moved.append(e.TicketMoved(ticket.id, queue.letter, virtual, command.reason))
    return tuple(moved)


def reassign(state: State, _envelope: c.Envelope, command: c.ReassignTicket, now: Instant) -> Decision:
    """Out of a clerk's hand, or off hold, and on: next in line there."""
    ticket = acting(state, command.ticket, TicketAct.REASSIGN)
    if not isinstance(ticket, Ticket):
        return ticket
    target = aim(state, ticket, command.to)
    if not isinstance(target, Target):
        return target
    virtual = virtual_arrival_at(Place.FRONT, ticket, now, rules_of(state))
    return (
        e.TicketReassigned(ticket.id, target.letter, virtual, command.reason, target.counter, target.clerk),
    )


def void(state: State, _envelope: c.Envelope, command: c.VoidTickets, _now: Instant) -> Decision:
    """End them all, or none."""
    voided: list[e.AnyEvent] = []
    for wanted in _once_each(command.tickets):
        ticket = acting(state, wanted, TicketAct.CANCEL)
        if not isinstance(ticket, Ticket):
            return ticket
        voided.append(e.TicketVoided(ticket.id, command.reason))
    return tuple(voided)


def release_counter(state: State, _envelope: c.Envelope, command: c.ReleaseCounter, now: Instant) -> Decision:
    """Close the counter of a clerk who has left: what was in hand or on hold there waits again, next in line."""
    if counter_of(state, command.counter) is None:
        return UnknownCounter(command.counter)
    seat = state.seats.get(command.counter)
    if seat is None:
        return CounterNotOpen(command.counter)
    back: list[e.AnyEvent] = []
    for ticket in state.tickets.values():
        if ticket.clerk == seat.clerk and (ticket.status in IN_HAND or ticket.status is TicketStatus.ON_HOLD):
            virtual = virtual_arrival_at(Place.FRONT, ticket, now, rules_of(state))
            back.append(e.TicketReassigned(ticket.id, state.queue_of[ticket.id], virtual, command.reason))
    return (*back, *sent_back(state, seat), e.CounterReleased(seat.counter, seat.clerk, command.reason))


def sent_back(state: State, seat: Seat) -> tuple[e.AnyEvent, ...]:
    """What was sent to a counter or clerk who leaves waits for anybody who serves its queue, where it stood."""
    return tuple(
        e.TicketMoved(ticket.id, state.queue_of[ticket.id], ticket.virtual_arrival, ActReason.CLERK_ABSENT)
        for ticket in _sent_to(state, seat.counter, seat.clerk)
        if ticket.virtual_arrival is not None
    )


def _sent_to(state: State, counter: CounterNumber, clerk: ClerkId) -> list[Ticket]:
    return [
        ticket
        for ticket in state.tickets.values()
        if ticket.status is TicketStatus.WAITING
        and (ticket.only_counter == counter or ticket.only_clerk == clerk)
    ]


def _once_each(tickets: tuple[TicketId, ...]) -> tuple[TicketId, ...]:
    return tuple(dict.fromkeys(tickets))
