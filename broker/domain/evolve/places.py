"""Where a ticket is: in a line, in a hand, nowhere any more. Each step keeps all of the state's indexes true."""

from msgspec.structs import replace

from broker.domain.line import enter, leave
from broker.domain.queue import line_of
from broker.domain.state import RECENT_CALLS, Announced, State, Tally, Waiting
from broker.domain.ticket import Ticket, TicketStatus
from broker.domain.values import ClerkId, CounterNumber, Instant, TicketId


def wait(state: State, ticket: Ticket, virtual: Instant) -> None:
    """Put the ticket into its line at its virtual arrival."""
    state.on_hold.pop(ticket.id, None)
    state.tickets[ticket.id] = replace(
        ticket,
        status=TicketStatus.WAITING,
        virtual_arrival=virtual,
        call=None,
        chosen=None,
        because=None,
        counter=None,
        clerk=None,
        started_at=None,
        hold=None,
        hold_until=None,
        held_at=None,
        ended_at=None,
    )
    lines = state.waiting.setdefault(line_of(ticket, state.queue_of[ticket.id]), {})
    enter(lines.setdefault(ticket.service or "", []), Waiting(virtual, ticket.order, ticket.id))


def leave_line(state: State, ticket_id: TicketId) -> Ticket:
    """Take the ticket out of its line, if it waits in one."""
    ticket = state.tickets[ticket_id]
    if ticket.status is TicketStatus.WAITING and ticket.virtual_arrival is not None:
        key, service = line_of(ticket, state.queue_of[ticket.id]), ticket.service or ""
        lines = state.waiting[key]
        leave(lines[service], Waiting(ticket.virtual_arrival, ticket.order, ticket.id))
        if not lines[service]:
            del lines[service]
            if not lines:
                del state.waiting[key]
    return ticket


def take_in_hand(state: State, ticket: Ticket, at: Instant) -> None:
    """The clerk at the ticket's counter is busy with it from now on."""
    assert ticket.counter is not None
    state.tickets[ticket.id] = ticket
    state.on_hold.pop(ticket.id, None)
    seat = state.seats[ticket.counter]
    if seat.idle_since is not None:
        add_to_tally(state, seat.clerk, Tally(idle_ms=at - seat.idle_since))
    state.seats[seat.counter] = replace(seat, ticket=ticket.id, idle_since=None)
    state.last_ended.pop(seat.clerk, None)


def release(state: State, ticket_id: TicketId, at: Instant) -> Ticket:
    """Free the counter that has the ticket in hand, if any."""
    ticket = state.tickets[ticket_id]
    state.unannounced.pop(ticket_id, None)
    seat = state.seats.get(ticket.counter) if ticket.counter is not None else None
    if seat is not None and seat.ticket == ticket.id:
        state.seats[seat.counter] = replace(seat, ticket=None, idle_since=at)
    return ticket


def end(state: State, ticket_id: TicketId, at: Instant) -> None:
    """The ticket leaves the live state; its row stays in the journal's tables."""
    ticket = leave_line(state, ticket_id)
    release(state, ticket_id, at)
    if ticket.command is not None:
        state.issued_by.pop(ticket.command, None)
    state.on_hold.pop(ticket_id, None)
    state.undelivered.pop(ticket_id, None)
    state.missed.pop(ticket_id, None)
    del state.tickets[ticket_id]
    del state.queue_of[ticket_id]


def list_call(state: State, ticket: Ticket) -> None:
    """Show the ticket's call as the newest."""
    assert ticket.call is not None
    assert ticket.counter is not None
    call = Announced(
        ticket.id,
        ticket.letter,
        ticket.number,
        CounterNumber(ticket.counter),
        ticket.call.at,
        ticket.call.number,
    )
    unlist_calls(state, ticket.id)
    state.recent_calls = [call, *state.recent_calls][:RECENT_CALLS]
    state.unannounced[ticket.id] = ticket.call.at


def unlist_calls(state: State, ticket_id: TicketId) -> None:
    """Show no call of the ticket any more."""
    state.recent_calls = [each for each in state.recent_calls if each.ticket != ticket_id]


def add_to_tally(state: State, clerk: ClerkId, more: Tally) -> None:
    """Count it in the clerk's day."""
    tally = state.tallies.get(clerk, Tally())
    state.tallies[clerk] = Tally(
        served=tally.served + more.served,
        timed=tally.timed + more.timed,
        service_ms=tally.service_ms + more.service_ms,
        missed=tally.missed + more.missed,
        accepted=tally.accepted + more.accepted,
        idle_ms=tally.idle_ms + more.idle_ms,
        paused_ms=tally.paused_ms + more.paused_ms,
    )
