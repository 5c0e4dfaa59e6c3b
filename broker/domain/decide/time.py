"""What time does: a day opens and closes, tickets and calls that nobody confirmed count, promises pass.

The broker sends a Tick; everything due by then is decided here, never concluded from a replica's clock.
"""

from collections.abc import Iterator

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.calls import SECOND_MS, heard_at
from broker.domain.day import MINUTE_MS, business_day, day_ends_at, hours_of, instant_of
from broker.domain.line import in_order
from broker.domain.queue import virtual_arrival_of
from broker.domain.rules import OutletRules
from broker.domain.state import State
from broker.domain.ticket import TRANSITIONS, TicketAct
from broker.domain.values import BusinessDay, Instant

LATE_MS = MINUTE_MS
"""A close that comes later than this after its time was missed: the broker was not there."""


def tick(state: State, _envelope: c.Envelope, _command: c.Tick, now: Instant) -> tuple[e.AnyEvent, ...]:
    """Everything that is due at `now`, in the order in which it fell due within its kind."""
    rules = state.rules
    if rules is None:
        return ()
    today = business_day(now, rules.utc_offset_minutes)
    close_at = _closes_at(rules, state.day) if state.day else None
    if state.day is not None and (state.day != today or (close_at is not None and now >= close_at)):
        return (
            *_close_day(state, state.day, _missed_close(state, rules, state.day, now)),
            *_opened(rules, today, state.day, now),
        )
    if state.day is None:
        return tuple(_opened(rules, today, state.last_day, now)) or tuple(_overdue(state, now))
    return (
        *_deliveries(state, rules, now),
        *_announcements(state, rules, now),
        *_gone(state, rules, now),
        *_overdue(state, now),
    )


def note_clock(
    _state: State, _envelope: c.Envelope, command: c.NoteClock, _now: Instant
) -> tuple[e.ClockSetForward]:
    """Noted at the time before: what falls due in between was missed, and is judged by the ticks that follow."""
    return (e.ClockSetForward(command.by_ms),)


def _closes_at(rules: OutletRules, day: BusinessDay) -> Instant | None:
    hours = hours_of(rules, day)
    return instant_of(day, hours.day_close, rules.utc_offset_minutes) if hours else None


def _opened(
    rules: OutletRules, today: BusinessDay, last_day: BusinessDay | None, now: Instant
) -> Iterator[e.DayOpened]:
    """Today, once, while there are hours left of it; never a day before the last one: its numbers are given out.

    At once with the last one's close, so that no command comes between the two and finds no day.
    """
    closes_at = _closes_at(rules, today)
    if closes_at is not None and now < closes_at and (last_day is None or last_day < today):
        yield e.DayOpened(today)


def _missed_close(state: State, rules: OutletRules, day: BusinessDay, now: Instant) -> Instant | None:
    """When the day is taken to have closed, if nobody was there to see it; None: it closes now."""
    due_at = _closes_at(rules, day) or day_ends_at(day, rules.utc_offset_minutes)
    assumed_at = max(due_at, state.at)
    return assumed_at if now > assumed_at + LATE_MS else None


def _close_day(state: State, day: BusinessDay, assumed_at: Instant | None) -> Iterator[e.AnyEvent]:
    """Who still waits, is called or on hold expires; a service in hand ends unfinished; applications go on."""
    for ticket in state.tickets.values():
        if ticket.status in TRANSITIONS[TicketAct.CLOSE_UNFINISHED]:
            yield e.TicketCompleted(ticket.id, unfinished=True, assumed_at=assumed_at)
        elif ticket.status in TRANSITIONS[TicketAct.EXPIRE]:
            yield e.TicketExpired(ticket.id, assumed_at)
        else:
            yield e.TicketForgotten(ticket.id)
    for seat in state.seats.values():
        yield e.CounterClosed(seat.counter, seat.clerk, assumed_at)
    for appointment in state.appointments.values():
        if appointment.day <= day:
            yield e.AppointmentMissed(appointment.id)
    yield e.DayClosed(day, assumed_at)


def _deliveries(state: State, rules: OutletRules, now: Instant) -> Iterator[e.TicketDelivered]:
    """Numbers are issued in order of time, and all may wait equally long: whoever is not due ends the search.

    The time-out is the arrival, however late the tick: who came while the broker was away does not go before.
    """
    patience_ms = rules.patience.delivery_seconds * SECOND_MS
    for ticket_id, issued_at in state.undelivered.items():
        due_at = Instant(issued_at + patience_ms)
        if now < due_at:
            return
        virtual = virtual_arrival_of(state.tickets[ticket_id], due_at, rules)
        yield e.TicketDelivered(ticket_id, None, virtual, arrived_at=due_at)


def _announcements(state: State, rules: OutletRules, now: Instant) -> Iterator[e.CallAnnounced]:
    """At most as many as there are counters."""
    for ticket_id in state.unannounced:
        call = state.tickets[ticket_id].call
        if call is not None and now >= heard_at(call, rules.patience):
            yield e.CallAnnounced(ticket_id, call.number, assumed=True)


def _gone(state: State, rules: OutletRules, now: Instant) -> Iterator[e.TicketForgotten]:
    """No-shows are kept in the order of time, too."""
    for ticket_id, missed_at in state.missed.items():
        if now < missed_at + rules.patience.reinstate_minutes * MINUTE_MS:
            return
        yield e.TicketForgotten(ticket_id)


def _overdue(state: State, now: Instant) -> Iterator[e.ApplicationOverdue]:
    """The earliest promise first."""
    for promised in in_order(state.promises):
        if now < promised.at:
            return
        yield e.ApplicationOverdue(promised.application)
