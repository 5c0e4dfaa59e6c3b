"""A supervisor's commands over other people's tickets and counters; each is recorded with its reason."""

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.decide.checks import Decision, acting, counter_of, rules_of
from broker.domain.decide.visits import Target, aim
from broker.domain.line import in_order
from broker.domain.queue import sent_to, virtual_arrival_at
from broker.domain.refusals import CounterNotOpen, NotDelivered, UnknownCounter, UnknownQueue
from broker.domain.state import Seat, State
from broker.domain.ticket import Ticket, TicketAct
from broker.domain.values import ActReason, Instant, Place, TicketId


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
    left = [ticket for ticket, clerk in state.on_hold.items() if clerk == seat.clerk]
    if seat.ticket is not None:
        left.append(seat.ticket)
    back = tuple(
        e.TicketReassigned(
            wanted,
            state.queue_of[wanted],
            virtual_arrival_at(Place.FRONT, state.tickets[wanted], now, rules_of(state)),
            command.reason,
        )
        for wanted in left
    )
    return (*back, *sent_back(state, seat), e.CounterReleased(seat.counter, seat.clerk, command.reason))


def sent_back(state: State, seat: Seat) -> tuple[e.AnyEvent, ...]:
    """What was sent to a counter or clerk who leaves waits for anybody who serves its queue, where it stood."""
    return tuple(
        e.TicketMoved(
            place.ticket, state.queue_of[place.ticket], place.virtual_arrival, ActReason.CLERK_ABSENT
        )
        for key in sent_to(state, seat.counter, seat.clerk)
        for line in state.waiting[key].values()
        for place in in_order(line)
    )


def _once_each(tickets: tuple[TicketId, ...]) -> tuple[TicketId, ...]:
    return tuple(dict.fromkeys(tickets))
