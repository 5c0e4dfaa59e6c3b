"""Folding an event into the state. Broker and replicas use this one function; it reads nothing but its arguments.

Deterministic and total over the journal: whatever `decide` has yielded can be folded. Each kind of event has one
small handler in HANDLERS.
"""

from bisect import bisect_left, insort
from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from broker.domain import events as e
from broker.domain.application import Application, ApplicationStatus
from broker.domain.state import RECENT_CALLS, Announced, Seat, State, Tally, Waiting
from broker.domain.ticket import Call, Ticket, TicketStatus
from broker.domain.values import ApplicationId, CounterNumber, Instant, TicketId

SMOOTHING = 8
"""A new service time counts for one eighth of the queue's mean."""


def evolve(state: State, recorded: e.Recorded) -> None:
    """Fold one event into `state`."""
    HANDLERS[type(recorded.event)](state, recorded.event, recorded)
    state.seq = recorded.seq
    state.at = recorded.at


# Outlet and day


def _outlet_configured(state: State, event: e.OutletConfigured, _: e.Recorded) -> None:
    state.rules = event.rules


def _catalogue_adopted(state: State, event: e.CatalogueAdopted, _: e.Recorded) -> None:
    state.services = {service.code: service for service in event.services}


def _day_opened(state: State, event: e.DayOpened, _: e.Recorded) -> None:
    state.day = event.day
    state.last_day = event.day
    state.numbers = {}
    state.issued = 0
    state.serials = 0
    state.recent_calls = []
    state.tallies = {}


def _day_closed(state: State, _event: e.DayClosed, _: e.Recorded) -> None:
    state.day = None
    state.seats = {}
    state.tickets = {}
    state.waiting = {}
    state.queue_of = {}


# Counters


def _counter_opened(state: State, event: e.CounterOpened, recorded: e.Recorded) -> None:
    state.seats[event.counter] = Seat(event.counter, event.clerk, recorded.at)


def _counter_paused(state: State, event: e.CounterPaused, _: e.Recorded) -> None:
    state.seats[event.counter] = replace(state.seats[event.counter], pause=event.reason)


def _counter_resumed(state: State, event: e.CounterResumed, _: e.Recorded) -> None:
    state.seats[event.counter] = replace(state.seats[event.counter], pause=None)


def _counter_closed(state: State, event: e.CounterClosed, _: e.Recorded) -> None:
    del state.seats[event.counter]


# Tickets


def _ticket_issued(state: State, event: e.TicketIssued, recorded: e.Recorded) -> None:
    state.numbers[event.letter] = max(event.number, state.numbers.get(event.letter, 0))
    state.issued += 1
    state.queue_of[event.ticket] = event.letter
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
        issued_at=recorded.at,
        service=event.service,
        priority=event.priority,
        estimate=event.estimate,
    )


def _ticket_delivered(state: State, event: e.TicketDelivered, recorded: e.Recorded) -> None:
    ticket = state.tickets[event.ticket]
    if ticket.arrived_at is not None:  # a late report: it was already callable by time-out
        state.tickets[ticket.id] = replace(ticket, delivery=event.delivery)
        return
    _wait(state, replace(ticket, delivery=event.delivery, arrived_at=recorded.at), event.virtual_arrival)


def _ticket_called(state: State, event: e.TicketCalled, recorded: e.Recorded) -> None:
    ticket = _leave_queue(state, event.ticket)
    first = ticket.first_called_at if ticket.first_called_at is not None else recorded.at
    called = replace(
        ticket,
        status=TicketStatus.CALLED,
        call=Call(1, recorded.at),
        chosen=event.chosen,
        counter=event.counter,
        clerk=event.clerk,
        first_called_at=first,
    )
    _take_in_hand(state, called)
    _list_call(state, called)


def _call_announced(state: State, event: e.CallAnnounced, recorded: e.Recorded) -> None:
    ticket = state.tickets[event.ticket]
    assert ticket.call is not None
    state.tickets[ticket.id] = replace(ticket, call=replace(ticket.call, announced_at=recorded.at))


def _ticket_recalled(state: State, event: e.TicketRecalled, recorded: e.Recorded) -> None:
    ticket = replace(state.tickets[event.ticket], call=Call(event.call, recorded.at))
    state.tickets[ticket.id] = ticket
    _list_call(state, ticket)


def _service_started(state: State, event: e.ServiceStarted, recorded: e.Recorded) -> None:
    ticket = state.tickets[event.ticket]
    state.tickets[ticket.id] = replace(ticket, status=TicketStatus.SERVING, started_at=recorded.at)


def _ticket_completed(state: State, event: e.TicketCompleted, recorded: e.Recorded) -> None:
    ticket = state.tickets[event.ticket]
    if ticket.clerk is not None:
        known = ticket.started_at is not None and not event.start_unknown and not event.unfinished
        took = recorded.at - ticket.started_at if known and ticket.started_at is not None else 0
        tally = state.tallies.get(ticket.clerk, Tally())
        state.tallies[ticket.clerk] = replace(
            tally, served=tally.served + 1, timed=tally.timed + known, service_ms=tally.service_ms + took
        )
        if known:
            letter = state.queue_of[ticket.id]
            mean = state.service_ms.get(letter, took)
            state.service_ms[letter] = mean + (took - mean) // SMOOTHING
    _end(state, event.ticket)


def _ticket_missed(state: State, event: e.TicketMissed, recorded: e.Recorded) -> None:
    ticket = _release(state, event.ticket)
    if ticket.clerk is not None:
        tally = state.tallies.get(ticket.clerk, Tally())
        state.tallies[ticket.clerk] = replace(tally, missed=tally.missed + 1)
    state.tickets[ticket.id] = replace(ticket, status=TicketStatus.NO_SHOW, ended_at=recorded.at)


def _ticket_reinstated(state: State, event: e.TicketReinstated, _: e.Recorded) -> None:
    _wait(state, replace(state.tickets[event.ticket], ended_at=None), event.virtual_arrival)


def _ticket_forgotten(state: State, event: e.TicketForgotten, _: e.Recorded) -> None:
    _end(state, event.ticket)


def _ticket_transferred(state: State, event: e.TicketTransferred, _: e.Recorded) -> None:
    ticket = _release(state, event.ticket)
    state.queue_of[ticket.id] = event.letter
    _wait(state, ticket, event.virtual_arrival)


def _ticket_held(state: State, event: e.TicketHeld, _: e.Recorded) -> None:
    ticket = _release(state, event.ticket)
    state.tickets[ticket.id] = replace(ticket, status=TicketStatus.ON_HOLD, hold=event.reason)


def _ticket_resumed(state: State, event: e.TicketResumed, _: e.Recorded) -> None:
    ticket = state.tickets[event.ticket]
    _take_in_hand(
        state,
        replace(ticket, status=TicketStatus.SERVING, hold=None, counter=event.counter, clerk=event.clerk),
    )


def _papers_brought(state: State, event: e.PapersBrought, _: e.Recorded) -> None:
    _wait(state, replace(state.tickets[event.ticket], hold=None), event.virtual_arrival)


def _ticket_cancelled(state: State, event: e.TicketCancelled, _: e.Recorded) -> None:
    _end(state, event.ticket)


def _priority_refuted(state: State, event: e.PriorityRefuted, _: e.Recorded) -> None:
    _wait(state, replace(_release(state, event.ticket), priority=None), event.virtual_arrival)


def _service_set(state: State, event: e.ServiceSet, _: e.Recorded) -> None:
    state.tickets[event.ticket] = replace(state.tickets[event.ticket], service=event.service)


def _ticket_expired(state: State, event: e.TicketExpired, _: e.Recorded) -> None:
    _end(state, event.ticket)


# Applications


def _application_accepted(state: State, event: e.ApplicationAccepted, recorded: e.Recorded) -> None:
    state.serials += 1
    state.applications[event.application] = Application(
        id=event.application,
        service=event.service,
        status=ApplicationStatus.IN_PROCESS,
        accepted_at=recorded.at,
        accepted_by=event.clerk,
        received=event.received,
        ticket=event.ticket,
        day=event.day,
        letter=event.letter,
        number=event.number,
        promised_at=event.promised_at,
    )
    tally = state.tallies.get(event.clerk, Tally())
    state.tallies[event.clerk] = replace(tally, accepted=tally.accepted + 1)
    ticket = state.tickets.get(event.ticket) if event.ticket else None
    if ticket is not None:
        state.tickets[ticket.id] = replace(ticket, applications=(*ticket.applications, event.application))


def _application_completed(state: State, event: e.ApplicationCompleted, recorded: e.Recorded) -> None:
    application = state.applications[event.application]
    state.applications[application.id] = replace(
        application, status=ApplicationStatus.READY, ready_at=recorded.at
    )


def _application_overdue(state: State, event: e.ApplicationOverdue, _: e.Recorded) -> None:
    state.applications[event.application] = replace(state.applications[event.application], overdue=True)


def _application_ended(
    state: State, event: e.ApplicationHandedOver | e.ApplicationRejected, _: e.Recorded
) -> None:
    del state.applications[ApplicationId(event.application)]


# Shared steps


def _wait(state: State, ticket: Ticket, virtual: Instant) -> None:
    """Put the ticket into its queue at its virtual arrival."""
    state.tickets[ticket.id] = replace(
        ticket,
        status=TicketStatus.WAITING,
        virtual_arrival=virtual,
        call=None,
        chosen=None,
        counter=None,
        clerk=None,
        started_at=None,
    )
    queue = state.waiting.setdefault(state.queue_of[ticket.id], [])
    insort(queue, Waiting(virtual, ticket.order, ticket.id))


def _leave_queue(state: State, ticket_id: TicketId) -> Ticket:
    ticket = state.tickets[ticket_id]
    if ticket.status is TicketStatus.WAITING and ticket.virtual_arrival is not None:
        place = Waiting(ticket.virtual_arrival, ticket.order, ticket.id)
        queue = state.waiting[state.queue_of[ticket.id]]
        del queue[bisect_left(queue, place)]
    return ticket


def _take_in_hand(state: State, ticket: Ticket) -> None:
    assert ticket.counter is not None
    state.tickets[ticket.id] = ticket
    state.seats[ticket.counter] = replace(state.seats[ticket.counter], ticket=ticket.id)


def _release(state: State, ticket_id: TicketId) -> Ticket:
    """Free the counter that has the ticket in hand, if any."""
    ticket = state.tickets[ticket_id]
    seat = state.seats.get(ticket.counter) if ticket.counter is not None else None
    if seat is not None and seat.ticket == ticket.id:
        state.seats[seat.counter] = replace(seat, ticket=None)
    return ticket


def _end(state: State, ticket_id: TicketId) -> None:
    """The ticket leaves the live state; its row stays in the journal's tables."""
    _leave_queue(state, ticket_id)
    _release(state, ticket_id)
    del state.tickets[ticket_id]
    del state.queue_of[ticket_id]


def _list_call(state: State, ticket: Ticket) -> None:
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
    others = [each for each in state.recent_calls if each.ticket != ticket.id]
    state.recent_calls = [call, *others][:RECENT_CALLS]


HANDLERS: dict[type[e.Event], Callable[[State, Any, e.Recorded], None]] = {
    e.OutletConfigured: _outlet_configured,
    e.CatalogueAdopted: _catalogue_adopted,
    e.DayOpened: _day_opened,
    e.DayClosed: _day_closed,
    e.CounterOpened: _counter_opened,
    e.CounterPaused: _counter_paused,
    e.CounterResumed: _counter_resumed,
    e.CounterClosed: _counter_closed,
    e.TicketIssued: _ticket_issued,
    e.TicketDelivered: _ticket_delivered,
    e.TicketCalled: _ticket_called,
    e.CallAnnounced: _call_announced,
    e.TicketRecalled: _ticket_recalled,
    e.ServiceStarted: _service_started,
    e.TicketCompleted: _ticket_completed,
    e.TicketMissed: _ticket_missed,
    e.TicketReinstated: _ticket_reinstated,
    e.TicketForgotten: _ticket_forgotten,
    e.TicketTransferred: _ticket_transferred,
    e.TicketHeld: _ticket_held,
    e.TicketResumed: _ticket_resumed,
    e.PapersBrought: _papers_brought,
    e.TicketCancelled: _ticket_cancelled,
    e.PriorityRefuted: _priority_refuted,
    e.ServiceSet: _service_set,
    e.TicketExpired: _ticket_expired,
    e.ApplicationAccepted: _application_accepted,
    e.ApplicationCompleted: _application_completed,
    e.ApplicationRejected: _application_ended,
    e.ApplicationOverdue: _application_overdue,
    e.ApplicationHandedOver: _application_ended,
}
