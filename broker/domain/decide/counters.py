"""Commands over counters: a clerk sits down, pauses, goes on, leaves."""

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.day import is_date
from broker.domain.decide.checks import Decision, counter_of, known_clerk, own_seat
from broker.domain.decide.supervisor import sent_back
from broker.domain.refusals import (
    ClerkElsewhere,
    CounterNotOnBreak,
    CounterOnBreak,
    CounterTaken,
    OutletClosed,
    RulesInvalid,
    TicketInHand,
    UnknownCounter,
    UnknownService,
)
from broker.domain.rules import Clerk
from broker.domain.state import Seat, State
from broker.domain.values import Instant


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
    """The clerk leaves; nothing may be in hand. What was sent to this counter or clerk waits for anybody again."""
    seat = own_seat(state, envelope, command.counter)
    if not isinstance(seat, Seat):
        return seat
    if seat.ticket is not None:
        return TicketInHand(seat.ticket)
    return (*sent_back(state, seat), e.CounterClosed(seat.counter, seat.clerk))


def assign_skills(state: State, _envelope: c.Envelope, command: c.AssignSkills, _now: Instant) -> Decision:
    """Which services a clerk may serve from a day on; days that are over keep what they had."""
    clerk = known_clerk(state, command.clerk)
    if not isinstance(clerk, Clerk):
        return clerk
    today = state.day or state.last_day
    if today is not None and command.first_day < today:
        return RulesInvalid(f"first_day {command.first_day}: over already")
    if not is_date(command.first_day):
        return RulesInvalid(f"first_day {command.first_day}: not a date")
    for service in command.services or ():
        if service not in state.services:
            return UnknownService(service)
    return (e.SkillsAssigned(clerk.id, command.services, command.first_day),)
