"""What becomes of tickets, in the state."""

from msgspec.structs import replace

from broker.domain import events as e
from broker.domain.day import local_time
from broker.domain.evolve.places import (
    add_to_tally,
    end,
    leave_line,
    list_call,
    release,
    take_in_hand,
    unlist_calls,
    wait,
)
from broker.domain.evolve.requests import give_back
from broker.domain.roll import Entered, Roll, RollTicket
from broker.domain.state import Conduct, Ended, State, Tally
from broker.domain.ticket import Call, Ticket, TicketStatus, ticket_id
from broker.domain.values import ClerkId, Instant


def ticket_issued(state: State, event: e.TicketIssued, recorded: e.Recorded) -> None:
    """On its way to the citizen."""
    issued_at = recorded.at if event.handed_in_at is None else event.handed_in_at
    if event.handed_in_at is None:
        state.numbers[event.letter] = max(event.number, state.numbers.get(event.letter, 0))
    else:
        state.copies[ticket_id(event.day, event.letter, event.number, copy=0)] = event.copy + 1
    if event.replaces is not None:
        state.replaced[event.replaces] = event.ticket
    if event.roll is not None:
        _enter(state, event.roll, Entered(event.ticket, recorded.at))
    if event.appointment is not None:
        give_back(state, event.appointment)
    if event.service is not None and event.day == state.day:
        state.taken[event.service] = state.taken.get(event.service, 0) + 1
    state.issued += 1
    state.queue_of[event.ticket] = event.letter
    state.undelivered[event.ticket] = issued_at
    state.issued_by[recorded.command] = event.ticket
    state.tickets[event.ticket] = Ticket(
        id=event.ticket,
        day=event.day,
        letter=event.letter,
        number=event.number,
        copy=event.copy,
        order=state.issued,
        status=TicketStatus.WAITING,
        channel=event.channel,
        language=event.language,
        device=recorded.device,
        issued_at=issued_at,
        service=event.service,
        priority=event.priority,
        estimate=event.estimate,
        command=recorded.command,
        steps=event.steps,
        slot_at=event.slot_at,
        handed_in=event.handed_in_at is not None,
    )


def _enter(state: State, printed: RollTicket, entered: Entered) -> None:
    """No other ticket becomes of it any more."""
    roll = state.rolls.get(printed.letter, Roll())
    serial = max(printed.serial, roll.serial)
    known = {**roll.entered, printed.serial: entered}
    state.rolls[printed.letter] = replace(roll, serial=serial, entered=known)


def ticket_delivered(state: State, event: e.TicketDelivered, recorded: e.Recorded) -> None:
    """It may be called; of a late report only how it arrived is news."""
    ticket = state.tickets[event.ticket]
    state.undelivered.pop(ticket.id, None)
    if ticket.arrived_at is not None:
        state.tickets[ticket.id] = replace(ticket, delivery=event.delivery)
        return
    arrived_at = recorded.at if event.arrived_at is None else event.arrived_at
    wait(state, replace(ticket, delivery=event.delivery, arrived_at=arrived_at), event.virtual_arrival)


def ticket_called(state: State, event: e.TicketCalled, recorded: e.Recorded) -> None:
    """In a clerk's hand."""
    ticket = leave_line(state, event.ticket)
    first = ticket.first_called_at if ticket.first_called_at is not None else recorded.at
    called = replace(
        ticket,
        status=TicketStatus.CALLED,
        call=Call(1, recorded.at),
        chosen=event.chosen,
        because=event.because,
        counter=event.counter,
        clerk=event.clerk,
        first_called_at=first,
    )
    take_in_hand(state, called, recorded.at)
    list_call(state, called)
    if event.chosen is not None:
        _note_conduct(state, event.clerk, recorded.at, Conduct(chosen=1))


def call_undone(state: State, event: e.CallUndone, recorded: e.Recorded) -> None:
    """As if it had not been called."""
    ticket = release(state, event.ticket, recorded.at)
    unlist_calls(state, ticket.id)
    assert ticket.call is not None
    first = None if ticket.first_called_at == ticket.call.at else ticket.first_called_at
    if ticket.chosen is not None and ticket.clerk is not None:
        _note_conduct(state, ticket.clerk, ticket.call.at, Conduct(chosen=-1))
    wait(state, replace(ticket, first_called_at=first), event.virtual_arrival)


def call_announced(state: State, event: e.CallAnnounced, recorded: e.Recorded) -> None:
    """The lobby knows."""
    ticket = state.tickets[event.ticket]
    assert ticket.call is not None
    state.unannounced.pop(ticket.id, None)
    state.tickets[ticket.id] = replace(ticket, call=replace(ticket.call, announced_at=recorded.at))


def ticket_recalled(state: State, event: e.TicketRecalled, recorded: e.Recorded) -> None:
    """Another call of the same ticket."""
    ticket = replace(state.tickets[event.ticket], call=Call(event.call, recorded.at))
    state.tickets[ticket.id] = ticket
    list_call(state, ticket)


def service_started(state: State, event: e.ServiceStarted, recorded: e.Recorded) -> None:
    """The citizen is at the counter."""
    ticket = state.tickets[event.ticket]
    state.unannounced.pop(ticket.id, None)
    state.tickets[ticket.id] = replace(ticket, status=TicketStatus.SERVING, started_at=recorded.at)


def ticket_completed(state: State, event: e.TicketCompleted, recorded: e.Recorded) -> None:
    """The visit is over; its clerk may say for a moment that it is not."""
    ticket, letter = state.tickets[event.ticket], state.queue_of[event.ticket]
    _count_service(state, ticket, recorded.at, is_known=not event.start_unknown and not event.unfinished)
    end(state, event.ticket, event.assumed_at or recorded.at)
    if ticket.clerk is not None and not event.unfinished:
        state.last_ended[ticket.clerk] = Ended(ticket, letter, recorded.at)


def ticket_reopened(state: State, event: e.TicketReopened, recorded: e.Recorded) -> None:
    """As it was before it was completed or sent on, and that does not count."""
    ended = state.last_ended.pop(event.clerk)
    ticket = ended.ticket
    if ended.is_counted:
        took = ended.at - ticket.started_at if ticket.started_at is not None else None
        back = Tally(served=-1) if took is None else Tally(served=-1, timed=-1, service_ms=-took)
        add_to_tally(state, event.clerk, back)
    if ended.left is not None:
        leave_line(state, ticket.id)
    state.queue_of[ticket.id] = ended.letter
    if ticket.command is not None:
        state.issued_by[ticket.command] = ticket.id
    take_in_hand(state, replace(ticket, status=TicketStatus.SERVING), recorded.at)


def ticket_missed(state: State, event: e.TicketMissed, recorded: e.Recorded) -> None:
    """May come back for a while."""
    ticket = release(state, event.ticket, recorded.at)
    if ticket.clerk is not None:
        add_to_tally(state, ticket.clerk, Tally(missed=1))
        if ticket.call is not None and ticket.call.number == 1:
            _note_conduct(state, ticket.clerk, recorded.at, Conduct(quick_no_shows=1))
    state.missed[ticket.id] = recorded.at
    state.tickets[ticket.id] = replace(ticket, status=TicketStatus.NO_SHOW, ended_at=recorded.at)


def ticket_reinstated(state: State, event: e.TicketReinstated, _: e.Recorded) -> None:
    """Waits again."""
    del state.missed[event.ticket]
    wait(state, replace(state.tickets[event.ticket], came_back=True), event.virtual_arrival)


def ticket_ended(
    state: State,
    event: e.TicketForgotten | e.TicketCancelled | e.TicketVoided | e.TicketExpired,
    recorded: e.Recorded,
) -> None:
    """Not in the live state any more."""
    at = event.assumed_at if isinstance(event, e.TicketExpired) else None
    end(state, event.ticket, at or recorded.at)


def ticket_transferred(state: State, event: e.TicketTransferred, recorded: e.Recorded) -> None:
    """Waits for somebody else; a planned step is a service done. Its clerk may say for a moment that it is not so."""
    before = state.queue_of[event.ticket]
    ticket = release(state, event.ticket, recorded.at)
    if ticket.steps and event.sender is None:
        _count_service(state, ticket, recorded.at, is_known=ticket.started_at is not None)
    state.queue_of[ticket.id] = event.letter
    sent = replace(
        ticket,
        only_counter=event.counter,
        only_clerk=event.clerk,
        sender=event.sender,
        note=event.note,
        steps=event.steps,
        came_back=False,
    )
    wait(state, sent, event.virtual_arrival)
    if ticket.clerk is not None:
        left = state.tickets[ticket.id]
        state.last_ended[ticket.clerk] = Ended(ticket, before, recorded.at, left, event.letter)


def ticket_moved(state: State, event: e.TicketMoved, _: e.Recorded) -> None:
    """Waits somewhere else, for anybody there."""
    ticket = leave_line(state, event.ticket)
    state.queue_of[ticket.id] = event.letter
    wait(state, replace(ticket, only_counter=None, only_clerk=None), event.virtual_arrival)


def ticket_reassigned(state: State, event: e.TicketReassigned, recorded: e.Recorded) -> None:
    """Out of its clerk's hand."""
    ticket = release(state, event.ticket, recorded.at)
    state.queue_of[ticket.id] = event.letter
    sent = replace(
        ticket, only_counter=event.counter, only_clerk=event.clerk, sender=None, note=None, came_back=True
    )
    wait(state, sent, event.virtual_arrival)


def steps_planned(state: State, event: e.StepsPlanned, _: e.Recorded) -> None:
    """Where the visit goes on to."""
    state.tickets[event.ticket] = replace(state.tickets[event.ticket], steps=event.steps)


def ticket_held(state: State, event: e.TicketHeld, recorded: e.Recorded) -> None:
    """Interrupted; its clerk is free."""
    ticket = release(state, event.ticket, recorded.at)
    assert ticket.clerk is not None
    state.on_hold[ticket.id] = ticket.clerk
    state.tickets[ticket.id] = replace(
        ticket,
        status=TicketStatus.ON_HOLD,
        hold=event.reason,
        hold_until=event.until,
        held_at=recorded.at,
    )


def ticket_resumed(state: State, event: e.TicketResumed, recorded: e.Recorded) -> None:
    """In a clerk's hand again; how long it was interrupted does not count as service."""
    held = state.tickets[event.ticket]
    started_at = held.started_at
    if started_at is not None and held.held_at is not None:
        started_at = Instant(started_at + recorded.at - held.held_at)
    ticket = replace(
        held,
        status=TicketStatus.SERVING,
        started_at=started_at,
        hold=None,
        hold_until=None,
        held_at=None,
        counter=event.counter,
        clerk=event.clerk,
    )
    take_in_hand(state, ticket, recorded.at)


def papers_brought(state: State, event: e.PapersBrought, _: e.Recorded) -> None:
    """Waits again."""
    wait(state, replace(state.tickets[event.ticket], came_back=True), event.virtual_arrival)


def priority_refuted(state: State, event: e.PriorityRefuted, recorded: e.Recorded) -> None:
    """Waits again, without its head start."""
    ticket = release(state, event.ticket, recorded.at)
    unlist_calls(state, ticket.id)
    if ticket.clerk is not None:
        _note_conduct(state, ticket.clerk, recorded.at, Conduct(refuted=1))
    wait(state, replace(ticket, priority=None), event.virtual_arrival)


def priority_corrected(state: State, event: e.PriorityCorrected, _: e.Recorded) -> None:
    """Waits in another place."""
    ticket = leave_line(state, event.ticket)
    wait(state, replace(ticket, priority=event.priority), event.virtual_arrival)


def service_set(state: State, event: e.ServiceSet, _: e.Recorded) -> None:
    """What the visit is for."""
    state.tickets[event.ticket] = replace(state.tickets[event.ticket], service=event.service)


def _count_service(state: State, ticket: Ticket, at: Instant, is_known: bool) -> None:
    """A service is done: count it for the clerk, with its time where its start is known."""
    if ticket.clerk is None:
        return
    if not is_known or ticket.started_at is None:
        add_to_tally(state, ticket.clerk, Tally(served=1))
        return
    took = at - ticket.started_at
    add_to_tally(state, ticket.clerk, Tally(served=1, timed=1, service_ms=took))


def _note_conduct(state: State, clerk: ClerkId, at: Instant, more: Conduct) -> None:
    """Count it in the clerk's hour."""
    offset = state.rules.utc_offset_minutes if state.rules is not None else 0
    hours = state.conduct.setdefault(clerk, {})
    hour = local_time(at, offset).hour
    known = hours.get(hour, Conduct())
    hours[hour] = Conduct(
        known.refuted + more.refuted,
        known.chosen + more.chosen,
        known.quick_no_shows + more.quick_no_shows,
    )
