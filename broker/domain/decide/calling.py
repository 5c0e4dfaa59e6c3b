"""Commands that call: the next one, a chosen one, once more, not after all; and whoever does not come."""

from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.calls import SECOND_MS, no_show_possible_at, recall_possible_at, recalls_used_up
from broker.domain.decide.checks import (
    Decision,
    acting,
    clerk_of,
    counter_of,
    free_seat,
    is_supervisor,
    own_ticket,
    rules_of,
)
from broker.domain.decide.visits import for_anybody_else
from broker.domain.queue import can_serve, next_for, serves, virtual_arrival_at, virtual_arrival_of
from broker.domain.refusals import (
    NobodyWaiting,
    NoPriority,
    NoShowTooSoon,
    NotCurrentCall,
    NotDelivered,
    QueueNotHere,
    QueueOnPause,
    RecallsUsedUp,
    RecallTooSoon,
    SkillMissing,
    UndoTooLate,
)
from broker.domain.state import Seat, State
from broker.domain.ticket import Ticket, TicketAct
from broker.domain.values import Because, Instant, Place


def call_next(state: State, envelope: c.Envelope, command: c.CallNext, now: Instant) -> Decision:
    """Call the ticket that the rule puts first."""
    seat = free_seat(state, envelope, command.counter)
    if not isinstance(seat, Seat):
        return seat
    counter, clerk = counter_of(state, seat.counter), clerk_of(state, seat.clerk)
    assert counter is not None
    assert clerk is not None
    choice = next_for(state, counter, clerk, now)
    if choice is None:
        return NobodyWaiting()
    return (e.TicketCalled(choice.ticket.id, seat.counter, seat.clerk, because=choice.because),)


def call_chosen(state: State, envelope: c.Envelope, command: c.CallTicket, _now: Instant) -> Decision:
    """Call one ticket out of order, marked with the reason."""
    seat = free_seat(state, envelope, command.counter)
    if not isinstance(seat, Seat):
        return seat
    ticket = acting(state, command.ticket, TicketAct.CALL)
    if not isinstance(ticket, Ticket):
        return ticket
    if ticket.virtual_arrival is None:
        return NotDelivered(ticket.id)
    counter, clerk = counter_of(state, seat.counter), clerk_of(state, seat.clerk)
    assert counter is not None
    assert clerk is not None
    letter = state.queue_of[ticket.id]
    if not serves(counter, clerk, ticket, letter):
        return QueueNotHere(letter)
    if letter in state.paused:
        return QueueOnPause(letter, state.paused[letter])
    if not ticket.is_directed and not can_serve(state, clerk, ticket.service, letter):
        return SkillMissing(ticket.service or "")
    return (e.TicketCalled(ticket.id, seat.counter, seat.clerk, command.reason, Because.CHOSEN),)


def report_announced(
    state: State, _envelope: c.Envelope, command: c.ReportAnnounced, _now: Instant
) -> Decision:
    """The lobby has seen and heard the call. Intervals count from here; a second report changes nothing."""
    ticket = state.tickets.get(command.ticket)
    if ticket is None or ticket.call is None or ticket.call.number != command.call:
        return NotCurrentCall(command.call)
    return () if ticket.call.announced_at is not None else (e.CallAnnounced(ticket.id, command.call),)


def recall(state: State, envelope: c.Envelope, command: c.Recall, now: Instant) -> Decision:
    """Announce the same ticket once more."""
    ticket = own_ticket(state, envelope, command.ticket, TicketAct.RECALL)
    if not isinstance(ticket, Ticket):
        return ticket
    assert ticket.call is not None
    patience = rules_of(state).patience
    if recalls_used_up(ticket.call, patience):
        return RecallsUsedUp(patience.recalls_at_most)
    possible_at = recall_possible_at(ticket.call, patience)
    if now < possible_at:
        return RecallTooSoon(possible_at)
    return (e.TicketRecalled(ticket.id, ticket.call.number + 1),)


def undo_call(state: State, envelope: c.Envelope, command: c.UndoCall, now: Instant) -> Decision:
    """Take the call back: by its clerk at once, by a supervisor later too, while it has not been recalled."""
    supervisor = is_supervisor(state, envelope)
    ticket = (
        acting(state, command.ticket, TicketAct.UNDO_CALL)
        if supervisor
        else own_ticket(state, envelope, command.ticket, TicketAct.UNDO_CALL)
    )
    if not isinstance(ticket, Ticket):
        return ticket
    assert ticket.call is not None
    assert ticket.virtual_arrival is not None
    seconds = rules_of(state).patience.undo_seconds
    too_late = not supervisor and now > ticket.call.at + seconds * SECOND_MS
    if too_late or ticket.call.number > 1:
        return UndoTooLate(seconds)
    return (e.CallUndone(ticket.id, ticket.virtual_arrival),)


def refute_priority(state: State, envelope: c.Envelope, command: c.RefutePriority, now: Instant) -> Decision:
    """The priority does not hold: back to its place without the head start, never to an earlier one."""
    ticket = own_ticket(state, envelope, command.ticket, TicketAct.RETURN)
    if not isinstance(ticket, Ticket):
        return ticket
    if ticket.priority is None:
        return NoPriority(ticket.id)
    assert ticket.virtual_arrival is not None
    plain = virtual_arrival_at(Place.BY_ARRIVAL, replace(ticket, priority=None), now, rules_of(state))
    return (e.PriorityRefuted(ticket.id, max(plain, ticket.virtual_arrival)),)


def correct_priority(
    state: State, _envelope: c.Envelope, command: c.CorrectPriority, _now: Instant
) -> Decision:
    """The waiting ticket gets the place of its true priority; nothing happens when it has it already.

    One that somebody has put elsewhere keeps that place, or comes forward to the one of its priority.
    """
    ticket = acting(state, command.ticket, TicketAct.CORRECT_PRIORITY)
    if not isinstance(ticket, Ticket):
        return ticket
    if ticket.virtual_arrival is None:
        return NotDelivered(ticket.id)
    if ticket.priority is command.priority:
        return ()
    rules, virtual = rules_of(state), ticket.virtual_arrival
    claimed = virtual_arrival_of(ticket, ticket.came_at, rules)
    true = virtual_arrival_of(replace(ticket, priority=command.priority), ticket.came_at, rules)
    if virtual == claimed:
        virtual = true
    elif true < claimed:
        virtual = min(virtual, true)
    return (e.PriorityCorrected(ticket.id, command.priority, virtual),)


def mark_no_show(state: State, envelope: c.Envelope, command: c.MarkNoShow, now: Instant) -> Decision:
    """Nobody came, long enough after the last announcement."""
    ticket = own_ticket(state, envelope, command.ticket, TicketAct.NO_SHOW)
    if not isinstance(ticket, Ticket):
        return ticket
    assert ticket.call is not None
    possible_at = no_show_possible_at(ticket.call, rules_of(state).patience)
    if now < possible_at:
        return NoShowTooSoon(possible_at)
    return (e.TicketMissed(ticket.id),)


def reinstate(state: State, _envelope: c.Envelope, command: c.ReinstateTicket, now: Instant) -> Decision:
    """Whoever missed the call is back in time: next in line."""
    ticket = acting(state, command.ticket, TicketAct.REINSTATE)
    if not isinstance(ticket, Ticket):
        return ticket
    virtual = virtual_arrival_at(Place.FRONT, ticket, now, rules_of(state))
    return (e.TicketReinstated(ticket.id, virtual), *for_anybody_else(state, ticket, virtual))
