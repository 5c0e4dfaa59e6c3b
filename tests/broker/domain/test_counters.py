"""Clerks at their counters: sit down, pause, go on, leave; and how long they were idle or paused."""

import pytest

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as r
from broker.domain.state import Seat, Tally
from broker.domain.values import ActReason, CounterNumber, HoldReason, PauseReason
from tests.support import sample
from tests.support.morning import ONE, TWO, Morning

MINUTE_MS = 60_000


@pytest.fixture
def morning() -> Morning:
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    return morning


def times(morning: Morning) -> tuple[int, int]:
    """How many minutes Sri was idle, and how many she paused, as counted until the last change."""
    tally = morning.state.tallies.get(sample.SRI, Tally())
    assert (tally.idle_ms % MINUTE_MS, tally.paused_ms % MINUTE_MS) == (0, 0)
    return tally.idle_ms // MINUTE_MS, tally.paused_ms // MINUTE_MS


def test_a_counter_has_one_clerk_and_a_clerk_one_counter(morning: Morning) -> None:
    assert morning.state.seats == {ONE: Seat(ONE, sample.SRI, morning.now, idle_since=morning.now)}
    assert morning.refused("budi", c.OpenCounter(ONE)) == r.CounterTaken(ONE)
    assert morning.refused("sri", c.OpenCounter(TWO)) == r.ClerkElsewhere(ONE)
    assert morning.refused("sri", c.OpenCounter(CounterNumber(9))) == r.UnknownCounter(9)


def test_opening_ones_own_open_counter_changes_nothing(morning: Morning) -> None:
    assert morning.clerk("sri", c.OpenCounter(ONE)) == ()


def test_on_a_break_nobody_is_called(morning: Morning) -> None:
    morning.take("A")
    paused = morning.clerk("sri", c.PauseCounter(ONE, PauseReason.BREAK))
    assert paused == (e.CounterPaused(ONE, sample.SRI, PauseReason.BREAK),)
    assert morning.state.seats[ONE].pause is PauseReason.BREAK
    assert morning.refused("sri", c.CallNext(ONE)) == r.CounterOnBreak(ONE)
    assert morning.refused("sri", c.PauseCounter(ONE, PauseReason.BREAK)) == r.CounterOnBreak(ONE)
    morning.clerk("sri", c.ResumeCounter(ONE))
    assert morning.refused("sri", c.ResumeCounter(ONE)) == r.CounterNotOnBreak(ONE)
    morning.call("sri", ONE)


def test_nobody_leaves_or_pauses_with_a_ticket_in_hand(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.call("sri", ONE)
    assert morning.refused("sri", c.CloseCounter(ONE)) == r.TicketInHand(ticket)
    assert morning.refused("sri", c.PauseCounter(ONE, PauseReason.BREAK)) == r.TicketInHand(ticket)
    morning.clerk("sri", c.CompleteTicket(ticket))
    assert morning.clerk("sri", c.CloseCounter(ONE)) == (e.CounterClosed(ONE, sample.SRI),)
    assert morning.refused("sri", c.CallNext(ONE)) == r.CounterNotOpen(ONE)
    morning.clerk("sri", c.OpenCounter(TWO))


def test_another_clerks_counter_is_neither_paused_nor_resumed_nor_closed(morning: Morning) -> None:
    for command in (c.PauseCounter(ONE, PauseReason.BREAK), c.ResumeCounter(ONE), c.CloseCounter(ONE)):
        assert morning.refused("budi", command) == r.CounterTaken(ONE)
    for command in (c.PauseCounter(TWO, PauseReason.BREAK), c.ResumeCounter(TWO), c.CloseCounter(TWO)):
        assert morning.refused("budi", command) == r.CounterNotOpen(TWO)


def test_from_a_break_one_may_leave(morning: Morning) -> None:
    morning.clerk("sri", c.PauseCounter(ONE, PauseReason.PRAYER))
    morning.advance(minutes=5)
    morning.clerk("sri", c.CloseCounter(ONE))
    assert times(morning) == (0, 5)


def test_while_the_outlet_is_closed_nobody_sits_down() -> None:
    night = Morning(start=sample.at(19))
    assert night.refused("sri", c.OpenCounter(ONE)) == r.OutletClosed()


# Idle and paused


def test_a_counter_is_idle_while_it_could_call(morning: Morning) -> None:
    morning.advance(minutes=4)
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    assert morning.state.seats[ONE].idle_since is None
    assert times(morning) == (4, 0)
    morning.advance(minutes=7)
    morning.clerk("sri", c.CompleteTicket(ticket))
    assert morning.state.seats[ONE].idle_since == morning.now
    morning.advance(minutes=2)
    morning.clerk("sri", c.CloseCounter(ONE))
    assert times(morning) == (6, 0), "the seven minutes of the service are none of them"


def test_a_break_is_neither_idle_nor_at_work(morning: Morning) -> None:
    morning.advance(minutes=3)
    morning.clerk("sri", c.PauseCounter(ONE, PauseReason.BREAK))
    seat = morning.state.seats[ONE]
    assert (seat.idle_since, seat.paused_since) == (None, morning.now)
    morning.advance(minutes=10)
    morning.clerk("sri", c.ResumeCounter(ONE))
    seat = morning.state.seats[ONE]
    assert (seat.idle_since, seat.paused_since) == (morning.now, None)
    morning.advance(minutes=1)
    morning.clerk("sri", c.PauseCounter(ONE, PauseReason.PRAYER))
    morning.advance(minutes=20)
    morning.clerk("sri", c.CloseCounter(ONE))
    assert times(morning) == (4, 30)


def test_after_every_way_out_of_the_hand_the_counter_is_idle_again(morning: Morning) -> None:
    def hold() -> None:
        ticket = morning.serving("sri", ONE)
        morning.clerk("sri", c.HoldTicket(ticket, HoldReason.WAITING))

    def undo() -> None:
        morning.clerk("sri", c.UndoCall(morning.call("sri", ONE)))

    def miss() -> None:
        ticket = morning.call("sri", ONE)
        morning.announce(ticket)
        morning.advance(seconds=45)
        morning.clerk("sri", c.MarkNoShow(ticket))

    for way_out in (undo, hold, miss):
        morning.take("A")
        way_out()
        assert morning.state.seats[ONE].idle_since == morning.now


def test_a_service_that_goes_on_ends_the_idle_time(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.HoldTicket(ticket, HoldReason.WAITING))
    morning.advance(minutes=6)
    morning.clerk("sri", c.ResumeTicket(ticket))
    assert times(morning) == (6, 0)
    morning.advance(minutes=6)
    morning.clerk("sri", c.CompleteTicket(ticket))
    assert times(morning) == (6, 0)


def test_a_counter_that_is_released_was_idle_until_then(morning: Morning) -> None:
    morning.advance(minutes=9)
    morning.clerk("ratna", c.ReleaseCounter(ONE, ActReason.CLERK_ABSENT))
    assert times(morning) == (9, 0)


def test_the_days_close_ends_idle_time_and_the_next_day_counts_anew(morning: Morning) -> None:
    morning.now = sample.at(18)
    morning.tick()
    assert times(morning) == (630, 0), "from 07.30 to 18.00"
    morning.advance(minutes=12 * 60)
    assert times(morning) == (0, 0)
