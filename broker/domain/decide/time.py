"""What time does: a day opens and closes, tickets and calls that nobody confirmed count, promises pass.

The broker sends a Tick; everything due by then is decided here, never concluded from a replica's clock.
"""

from collections.abc import Iterator

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.application import ApplicationStatus
from broker.domain.calls import SECOND_MS, heard_at
from broker.domain.day import MINUTE_MS, business_day, hours_of, instant_of
from broker.domain.queue import virtual_arrival
from broker.domain.state import State
from broker.domain.ticket import TRANSITIONS, TicketAct, TicketStatus
from broker.domain.values import BusinessDay, Instant, OutletRules


def tick(state: State, _envelope: c.Envelope, _command: c.Tick, now: Instant) -> tuple[e.AnyEvent, ...]:
    """Everything that is due at `now`, in the order in which it fell due within its kind."""
    rules = state.rules
    if rules is None:
        return ()
    today = business_day(now, rules.utc_offset_minutes)
    close_at = _closes_at(rules, state.day) if state.day else None
    if state.day is not None and (state.day != today or (close_at is not None and now >= close_at)):
        return tuple(_close_day(state, state.day))
    if state.day is None:
        hours_left = (closes := _closes_at(rules, today)) is not None and now < closes
        return (
            (e.DayOpened(today),) if hours_left and state.last_day != today else tuple(_overdue(state, now))
        )
    return (
        *_deliveries(state, rules, now),
        *_announcements(state, rules, now),
        *_gone(state, rules, now),
        *_overdue(state, now),
    )


def _closes_at(rules: OutletRules, day: BusinessDay) -> Instant | None:
    hours = hours_of(rules, day)
    return instant_of(day, hours.day_close, rules.utc_offset_minutes) if hours else None


def _close_day(state: State, day: BusinessDay) -> Iterator[e.AnyEvent]:
    """Who still waits, is called or on hold expires; a service in hand ends unfinished; applications go on."""
    for ticket in state.tickets.values():
        if ticket.status in TRANSITIONS[TicketAct.CLOSE_UNFINISHED]:
            yield e.TicketCompleted(ticket.id, unfinished=True)
        elif ticket.status in TRANSITIONS[TicketAct.EXPIRE]:
            yield e.TicketExpired(ticket.id)
        else:
            yield e.TicketForgotten(ticket.id)
    for seat in state.seats.values():
        yield e.CounterClosed(seat.counter, seat.clerk)
    yield e.DayClosed(day)


def _deliveries(state: State, rules: OutletRules, now: Instant) -> Iterator[e.TicketDelivered]:
    patience_ms = rules.patience.delivery_seconds * SECOND_MS
    for ticket in state.tickets.values():
        if ticket.arrived_at is None and now >= ticket.issued_at + patience_ms:
            virtual = virtual_arrival(now, ticket.priority, rules.fairness)
            yield e.TicketDelivered(ticket.id, None, virtual)


def _announcements(state: State, rules: OutletRules, now: Instant) -> Iterator[e.CallAnnounced]:
    for ticket in state.tickets.values():
        call = ticket.call
        if (
            ticket.status is TicketStatus.CALLED
            and call is not None
            and call.announced_at is None
            and now >= heard_at(call, rules.patience)
        ):
            yield e.CallAnnounced(ticket.id, call.number, assumed=True)


def _gone(state: State, rules: OutletRules, now: Instant) -> Iterator[e.TicketForgotten]:
    for ticket in state.tickets.values():
        if ticket.status is TicketStatus.NO_SHOW and ticket.ended_at is not None:
            until = ticket.ended_at + rules.patience.reinstate_minutes * MINUTE_MS
            if now >= until:
                yield e.TicketForgotten(ticket.id)


def _overdue(state: State, now: Instant) -> Iterator[e.ApplicationOverdue]:
    for application in state.applications.values():
        if (
            application.status is ApplicationStatus.IN_PROCESS
            and not application.overdue
            and application.promised_at is not None
            and now >= application.promised_at
        ):
            yield e.ApplicationOverdue(application.id)
