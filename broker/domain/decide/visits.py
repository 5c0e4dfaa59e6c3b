"""Commands at the counter: served, done, sent on, interrupted, ended."""

from typing import assert_never

from msgspec import Struct

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.calls import SECOND_MS
from broker.domain.day import MINUTE_MS
from broker.domain.decide.checks import (
    Decision,
    acting,
    clerk_of,
    is_supervisor,
    missing_queue,
    own_ticket,
    rules_of,
)
from broker.domain.queue import can_serve, virtual_arrival_at
from broker.domain.refusals import (
    AnyRefusal,
    ClerkAway,
    CounterNotOpen,
    CounterOnBreak,
    NoSender,
    NotYourTicket,
    SkillMissing,
    TicketInHand,
    UndoTooLate,
    UnknownCounter,
    UnknownQueue,
    UnknownService,
)
from broker.domain.state import Ended, State
from broker.domain.ticket import (
    IN_HAND,
    Destination,
    Sender,
    Ticket,
    TicketAct,
    ToClerk,
    ToCounter,
    ToQueue,
    ToSender,
)
from broker.domain.values import ActReason, ClerkId, CounterNumber, HoldReason, Instant, Letter, Place


def start(state: State, envelope: c.Envelope, command: c.StartService, _now: Instant) -> Decision:
    """The citizen is at the counter."""
    ticket = own_ticket(state, envelope, command.ticket, TicketAct.START)
    return (e.ServiceStarted(ticket.id),) if isinstance(ticket, Ticket) else ticket


def complete(state: State, envelope: c.Envelope, command: c.CompleteTicket, now: Instant) -> Decision:
    """The service is done: on to the next step, or the visit is over.

    From CALLED the start is unknown and the time counts nowhere. A step that no queue serves any more is left out.
    """
    ticket = own_ticket(state, envelope, command.ticket, TicketAct.COMPLETE)
    if not isinstance(ticket, Ticket):
        return ticket
    steps = tuple(letter for letter in ticket.steps if state.queue(letter) is not None)
    if not steps:
        return (e.TicketCompleted(ticket.id, start_unknown=ticket.started_at is None),)
    return (
        e.TicketTransferred(
            ticket.id, steps[0], _place_in(state, steps[0], None, ticket, now), steps=steps[1:]
        ),
    )


def reopen(state: State, envelope: c.Envelope, command: c.ReopenTicket, now: Instant) -> Decision:
    """Completing it or sending it on was a mistake: to be said by its clerk at once, by a supervisor later too.

    Only while the clerk has done nothing else, and nothing has become of the ticket where it was sent.
    """
    ended = (each for each in state.last_ended.items() if each[1].ticket.id == command.ticket)
    last = next((each for each in ended if _nothing_followed(state, each[1])), None)
    seconds = rules_of(state).patience.undo_seconds
    if last is None:
        return UndoTooLate(seconds)
    clerk, completion = last
    ticket = completion.ticket
    assert ticket.counter is not None
    if not is_supervisor(state, envelope):
        if clerk != envelope.clerk:
            return NotYourTicket(ticket.counter)
        if now > completion.at + seconds * SECOND_MS:
            return UndoTooLate(seconds)
    seat = state.seats.get(ticket.counter)
    if seat is None or seat.clerk != clerk or state.queue(completion.letter) is None:
        return UndoTooLate(seconds)
    return (e.TicketReopened(ticket.id, clerk),)


def _nothing_followed(state: State, ended: Ended) -> bool:
    ticket = ended.ticket.id
    return state.tickets.get(ticket) == ended.left and state.queue_of.get(ticket) == ended.left_in


def plan_steps(state: State, envelope: c.Envelope, command: c.PlanSteps, _now: Instant) -> Decision:
    """Where the visit goes on to."""
    ticket = own_ticket(state, envelope, command.ticket, TicketAct.COMPLETE)
    if not isinstance(ticket, Ticket):
        return ticket
    unknown = missing_queue(state, command.steps)
    return unknown if unknown is not None else (e.StepsPlanned(ticket.id, command.steps),)


# Sent on


def transfer(state: State, envelope: c.Envelope, command: c.TransferTicket, now: Instant) -> Decision:
    """On to a queue, a counter, a clerk, or back to who sent it; the number stays."""
    ticket = own_ticket(state, envelope, command.ticket, TicketAct.TRANSFER)
    if not isinstance(ticket, Ticket):
        return ticket
    target = aim(state, ticket, command.to)
    if not isinstance(target, Target):
        return target
    assert ticket.clerk is not None
    assert ticket.counter is not None
    place = Place.FRONT if isinstance(command.to, ToSender) and command.place is None else command.place
    return (
        e.TicketTransferred(
            ticket.id,
            target.letter,
            _place_in(state, target.letter, place, ticket, now),
            target.counter,
            target.clerk,
            Sender(ticket.clerk, ticket.counter, state.queue_of[ticket.id]),
            command.note,
            ticket.steps,
        ),
    )


class Target(Struct, frozen=True):
    """Where a ticket goes: the queue that it waits in, and the only counter or clerk who may call it there."""

    letter: Letter
    counter: CounterNumber | None = None
    clerk: ClerkId | None = None


def aim(state: State, ticket: Ticket, to: Destination) -> Target | AnyRefusal:
    """What the destination is at present, or why there is nobody there."""
    letter = state.queue_of[ticket.id]
    match to:
        case ToQueue():
            return Target(to.letter) if state.queue(to.letter) is not None else UnknownQueue(to.letter)
        case ToCounter():
            if all(counter.number != to.counter for counter in rules_of(state).counters):
                return UnknownCounter(to.counter)
            seat = state.seats.get(to.counter)
            if seat is None:
                return CounterNotOpen(to.counter)
            return _skilled(state, ticket, seat.clerk) or Target(letter, counter=to.counter)
        case ToClerk():
            if state.seat_of(to.clerk) is None:
                return ClerkAway(to.clerk)
            return _skilled(state, ticket, to.clerk) or Target(letter, clerk=to.clerk)
        case ToSender():
            if ticket.sender is None:
                return NoSender(ticket.id)
            if state.seat_of(ticket.sender.clerk) is None:
                return ClerkAway(ticket.sender.clerk)
            is_there = state.queue(ticket.sender.letter) is not None
            return Target(ticket.sender.letter if is_there else letter, clerk=ticket.sender.clerk)
        case _:
            assert_never(to)


def for_anybody_else(state: State, ticket: Ticket, virtual: Instant) -> tuple[e.AnyEvent, ...]:
    """What comes back to a counter or clerk who has left meanwhile waits for anybody who serves its queue."""
    if ticket.only_counter is not None:
        absent = ticket.only_counter not in state.seats
    else:
        absent = ticket.only_clerk is not None and state.seat_of(ticket.only_clerk) is None
    letter = state.queue_of[ticket.id]
    return (e.TicketMoved(ticket.id, letter, virtual, ActReason.CLERK_ABSENT),) if absent else ()


def _skilled(state: State, ticket: Ticket, clerk_id: ClerkId) -> SkillMissing | None:
    clerk = clerk_of(state, clerk_id)
    if clerk is None or can_serve(state, clerk, ticket.service, state.queue_of[ticket.id]):
        return None
    return SkillMissing(ticket.service or "")


def _place_in(state: State, letter: Letter, place: Place | None, ticket: Ticket, now: Instant) -> Instant:
    """The virtual arrival of a ticket that comes into the queue, in the place asked for or the queue's own."""
    queue = state.queue(letter)
    if place is None:
        place = queue.transfer_place if queue is not None else Place.BY_ARRIVAL
    return virtual_arrival_at(place, ticket, now, rules_of(state))


# Interrupted


def hold(state: State, envelope: c.Envelope, command: c.HoldTicket, now: Instant) -> Decision:
    """Interrupt the service; the clerk is free."""
    ticket = own_ticket(state, envelope, command.ticket, TicketAct.HOLD)
    if not isinstance(ticket, Ticket):
        return ticket
    minutes = rules_of(state).patience.papers_minutes
    completes = command.reason is HoldReason.COMPLETING_PAPERS
    until = Instant(now + minutes * MINUTE_MS) if completes else None
    return (e.TicketHeld(ticket.id, command.reason, until),)


def resume(state: State, envelope: c.Envelope, command: c.ResumeTicket, _now: Instant) -> Decision:
    """Go on with an interrupted service at the clerk's own counter."""
    assert envelope.clerk is not None
    ticket = acting(state, command.ticket, TicketAct.RESUME)
    if not isinstance(ticket, Ticket):
        return ticket
    assert ticket.counter is not None
    if ticket.clerk != envelope.clerk:
        return NotYourTicket(ticket.counter)
    seat = state.seat_of(envelope.clerk)
    if seat is None:
        return CounterNotOpen(ticket.counter)
    if seat.pause is not None:
        return CounterOnBreak(seat.counter)
    if seat.ticket is not None:
        return TicketInHand(seat.ticket)
    return (e.TicketResumed(ticket.id, seat.counter, seat.clerk),)


def bring_papers(state: State, _envelope: c.Envelope, command: c.BringPapers, now: Instant) -> Decision:
    """The missing papers are here: next in line, if it is still the time that the citizen was told."""
    ticket = acting(state, command.ticket, TicketAct.PAPERS_BROUGHT)
    if not isinstance(ticket, Ticket):
        return ticket
    in_time = ticket.hold_until is None or now <= ticket.hold_until
    virtual = virtual_arrival_at(Place.FRONT if in_time else Place.END, ticket, now, rules_of(state))
    return (e.PapersBrought(ticket.id, virtual), *for_anybody_else(state, ticket, virtual))


# Ended, and what it is about


def cancel(state: State, envelope: c.Envelope, command: c.CancelTicket, _now: Instant) -> Decision:
    """End a ticket; one in somebody's hand only by that clerk."""
    ticket = acting(state, command.ticket, TicketAct.CANCEL)
    if not isinstance(ticket, Ticket):
        return ticket
    if ticket.status in IN_HAND and ticket.clerk != envelope.clerk and ticket.counter is not None:
        return NotYourTicket(ticket.counter)
    return (e.TicketCancelled(ticket.id, command.reason),)


def set_service(state: State, envelope: c.Envelope, command: c.SetService, _now: Instant) -> Decision:
    """The clerk says what the visit is about."""
    ticket = own_ticket(state, envelope, command.ticket, TicketAct.COMPLETE)
    if not isinstance(ticket, Ticket):
        return ticket
    if command.service not in state.services:
        return UnknownService(command.service)
    return (e.ServiceSet(ticket.id, command.service),)
