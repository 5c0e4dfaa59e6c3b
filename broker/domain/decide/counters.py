"""Commands over counters: a clerk sits down, pauses, goes on, leaves."""

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.refusals import (
    AnyRefusal,
    ClerkElsewhere,
    CounterNotOnBreak,
    CounterNotOpen,
    CounterOnBreak,
    CounterTaken,
    OutletClosed,
    TicketInHand,
    UnknownCounter,
)
from broker.domain.state import Seat, State
from broker.domain.values import Clerk, ClerkId, Counter, CounterNumber, Instant

Decision = tuple[e.AnyEvent, ...] | AnyRefusal


def open_counter(state: State, envelope: c.Envelope, command: c.OpenCounter, _now: Instant) -> Decision:
    """The clerk sits down; a clerk sits at one counter, a counter has one clerk."""
    assert envelope.clerk is not None
    counter = counter_of(state, command.counter)
    if counter is None:
        return UnknownCounter(command.counter)
    if state.day is None:
        return OutletClosed()
    taken = state.seats.get(counter.number)
    if taken is not None:
        return () if taken.clerk == envelope.clerk else CounterTaken(counter.number)
    elsewhere = state.seat_of(envelope.clerk)
    if elsewhere is not None:
        return ClerkElsewhere(elsewhere.counter)
    return (e.CounterOpened(counter.number, envelope.clerk),)


def pause(state: State, envelope: c.Envelope, command: c.PauseCounter, _now: Instant) -> Decision:
    """The counter calls nobody for a while; nothing may be in hand."""
    seat = own_seat(state, envelope, command.counter)
    if not isinstance(seat, Seat):
        return seat
    if seat.pause is not None:
        return CounterOnBreak(seat.counter)
    if seat.ticket is not None:
        return TicketInHand(seat.ticket)
    return (e.CounterPaused(seat.counter, seat.clerk, command.reason),)


def resume(state: State, envelope: c.Envelope, command: c.ResumeCounter, _now: Instant) -> Decision:
    """The break is over."""
    seat = own_seat(state, envelope, command.counter)
    if not isinstance(seat, Seat):
        return seat
    if seat.pause is None:
        return CounterNotOnBreak(seat.counter)
    return (e.CounterResumed(seat.counter, seat.clerk),)


def close(state: State, envelope: c.Envelope, command: c.CloseCounter, _now: Instant) -> Decision:
    """The clerk leaves; nothing may be in hand."""
    seat = own_seat(state, envelope, command.counter)
    if not isinstance(seat, Seat):
        return seat
    if seat.ticket is not None:
        return TicketInHand(seat.ticket)
    return (e.CounterClosed(seat.counter, seat.clerk),)


def counter_of(state: State, number: int) -> Counter | None:
    """The configured counter of that number."""
    assert state.rules is not None
    return next((counter for counter in state.rules.counters if counter.number == number), None)


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


def configured_clerk(state: State, clerk_id: ClerkId) -> Clerk:
    """The clerk of that id; permissions have made sure that there is one."""
    assert state.rules is not None
    return next(clerk for clerk in state.rules.clerks if clerk.id == clerk_id)
