"""What becomes of a call: announced, recalled, taken back, missed, and a priority that does not hold."""

import pytest

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as r
from broker.domain.state import Announced, Conduct
from broker.domain.ticket import Call, TicketStatus, ToClerk, ToCounter, ToQueue
from broker.domain.values import (
    ActReason,
    ChoiceReason,
    DeviceRole,
    Place,
    Priority,
    TicketId,
)
from tests.support import sample
from tests.support.morning import ONE, THREE, Morning

MINUTE_MS = 60_000


@pytest.fixture
def morning() -> Morning:
    """Sri sits at counter 1: A first, then B, C and D."""
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    return morning


# Announced and recalled


def test_a_call_is_in_the_clerks_hand_and_on_the_display(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.advance(minutes=2)
    morning.call("sri", ONE)
    now = morning.now_is(ticket)
    assert (now.status, now.counter, now.clerk) == (TicketStatus.CALLED, ONE, sample.SRI)
    assert (now.call, now.first_called_at) == (Call(1, morning.now), morning.now)
    assert morning.state.seats[ONE].ticket == ticket
    assert morning.state.recent_calls == [Announced(ticket, "A", 1, ONE, morning.now, 1)]


def test_the_display_lists_the_last_calls_newest_first_each_ticket_once(morning: Morning) -> None:
    tickets = [morning.take("A") for _ in range(14)]
    for _ in tickets[:-1]:
        morning.serve("sri", ONE)
    last = morning.call("sri", ONE)
    listed = [each.ticket for each in morning.state.recent_calls]
    assert listed == tickets[::-1][:12]
    morning.announce(last)
    morning.advance(seconds=15)
    morning.clerk("sri", c.Recall(last))
    assert [each.ticket for each in morning.state.recent_calls] == listed
    assert morning.state.recent_calls[0].call == 2


def test_a_recall_waits_its_interval_and_has_an_end(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.call("sri", ONE)
    morning.announce(ticket)
    possible_at = morning.now + 15_000
    assert morning.refused("sri", c.Recall(ticket)) == r.RecallTooSoon(possible_at)
    for number in (2, 3, 4):
        morning.advance(seconds=14.999)
        assert isinstance(morning.refused("sri", c.Recall(ticket)), r.RecallTooSoon)
        morning.advance(seconds=0.001)
        assert morning.clerk("sri", c.Recall(ticket)) == (e.TicketRecalled(ticket, number),)
        morning.announce(ticket)
    morning.advance(seconds=15)
    assert morning.refused("sri", c.Recall(ticket)) == r.RecallsUsedUp(3)


def test_a_call_without_a_speaking_display_counts_as_announced_in_the_end(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.call("sri", ONE)
    morning.advance(seconds=9)
    assert morning.happened(e.CallAnnounced) == []
    morning.advance(seconds=1)
    assert morning.happened(e.CallAnnounced) == [e.CallAnnounced(ticket, 1, assumed=True)]
    morning.advance(seconds=60)
    assert len(morning.happened(e.CallAnnounced)) == 1


def test_intervals_count_from_when_a_silent_call_counts_as_announced(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.call("sri", ONE)
    assert morning.refused("sri", c.Recall(ticket)) == r.RecallTooSoon(morning.now + 25_000)
    assert morning.refused("sri", c.MarkNoShow(ticket)) == r.NoShowTooSoon(morning.now + 55_000)


def test_a_second_report_of_the_same_announcement_changes_nothing(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.call("sri", ONE)
    morning.announce(ticket)
    assert morning.do(c.ReportAnnounced(ticket, 1), DeviceRole.DISPLAY) == ()


def test_only_the_present_call_of_an_open_ticket_can_be_reported(morning: Morning) -> None:
    ticket = morning.take("A")
    for other in (c.ReportAnnounced(ticket, 1), c.ReportAnnounced(TicketId("x"), 1)):
        assert morning.decide(other, DeviceRole.DISPLAY) == r.NotCurrentCall(1)
    morning.call("sri", ONE)
    assert morning.decide(c.ReportAnnounced(ticket, 2), DeviceRole.DISPLAY) == r.NotCurrentCall(2)


def test_who_came_at_once_needs_no_announcement_any_more(morning: Morning) -> None:
    morning.take("A")
    morning.serving("sri", ONE)
    morning.advance(minutes=1)
    assert morning.happened(e.CallAnnounced) == []


# Taken back


def test_a_call_taken_back_at_once_leaves_the_ticket_in_its_place(morning: Morning) -> None:
    ticket = morning.take("A", priority=Priority.ELDERLY)
    morning.take("A")
    before = morning.now_is(ticket)
    morning.advance(minutes=3)
    morning.call("sri", ONE)
    morning.advance(seconds=10)
    assert morning.clerk("sri", c.UndoCall(ticket)) == (e.CallUndone(ticket, before.virtual_arrival),)
    assert morning.now_is(ticket) == before, "as if it had not been called: its wait goes on"
    assert morning.state.seats[ONE].ticket is None
    assert morning.state.recent_calls == []
    assert morning.state.unannounced == {}
    assert morning.call("sri", ONE) == ticket


def test_the_time_to_take_a_call_back_ends_but_not_a_supervisors(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.call("sri", ONE)
    morning.advance(seconds=10.001)
    assert morning.refused("sri", c.UndoCall(ticket)) == r.UndoTooLate(10)
    morning.advance(minutes=20)
    morning.clerk("ratna", c.UndoCall(ticket))
    assert morning.now_is(ticket).status is TicketStatus.WAITING


def test_a_call_that_something_has_followed_is_not_taken_back(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.call("sri", ONE)
    morning.announce(ticket)
    morning.advance(seconds=15)
    morning.clerk("sri", c.Recall(ticket))
    for clerk in ("sri", "ratna"):
        assert morning.refused(clerk, c.UndoCall(ticket)) == r.UndoTooLate(10)
    morning.clerk("sri", c.StartService(ticket))
    for clerk in ("sri", "ratna"):
        assert morning.refused(clerk, c.UndoCall(ticket)) == r.WrongStatus(ticket, TicketStatus.SERVING)


def test_another_clerk_does_not_take_a_call_back(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.call("sri", ONE)
    assert morning.refused("budi", c.UndoCall(ticket)) == r.NotYourTicket(ONE)


def test_a_choice_taken_back_does_not_count(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.clerk("sri", c.CallTicket(ONE, ticket, ChoiceReason.SHORT_QUESTION))
    morning.clerk("sri", c.UndoCall(ticket))
    assert morning.state.conduct[sample.SRI][7] == Conduct()


def test_a_second_turn_taken_back_leaves_the_end_of_the_first_wait(morning: Morning) -> None:
    ticket = morning.take("A")
    first_called_at = morning.now
    morning.serving("sri", ONE)
    morning.advance(minutes=5)
    morning.clerk("sri", c.TransferTicket(ticket, ToQueue("B")))
    morning.advance(minutes=5)
    morning.call("sri", ONE)
    morning.clerk("sri", c.UndoCall(ticket))
    assert morning.now_is(ticket).first_called_at == first_called_at
    assert morning.waiting("B") == [ticket]


# Missed


def test_a_no_show_waits_its_time_and_may_come_back_to_the_front(morning: Morning) -> None:
    missed = morning.take("A")
    morning.call("sri", ONE)
    morning.announce(missed)
    morning.advance(seconds=44.999)
    assert morning.refused("sri", c.MarkNoShow(missed)) == r.NoShowTooSoon(morning.now + 1)
    morning.advance(seconds=0.001)
    morning.clerk("sri", c.MarkNoShow(missed))
    assert morning.now_is(missed).status is TicketStatus.NO_SHOW
    assert morning.state.seats[ONE].ticket is None
    assert morning.state.tallies[sample.SRI].missed == 1
    other = morning.take("A", priority=Priority.ELDERLY)
    morning.clerk("sri", c.ReinstateTicket(missed))
    assert morning.waiting("A") == [missed, other]
    assert morning.now_is(missed).came_back


def test_a_no_show_without_a_single_recall_is_counted_as_quick(morning: Morning) -> None:
    for recalls in (0, 1):
        ticket = morning.take("A")
        morning.call("sri", ONE)
        morning.announce(ticket)
        morning.advance(seconds=45)
        for _ in range(recalls):
            morning.clerk("sri", c.Recall(ticket))
            morning.announce(ticket)
            morning.advance(seconds=45)
        morning.clerk("sri", c.MarkNoShow(ticket))
        assert morning.state.conduct == {sample.SRI: {7: Conduct(quick_no_shows=1)}}


def test_a_no_show_that_stays_away_is_forgotten(morning: Morning) -> None:
    missed = morning.take("A")
    morning.call("sri", ONE)
    morning.announce(missed)
    morning.advance(seconds=45)
    morning.clerk("sri", c.MarkNoShow(missed))
    morning.advance(minutes=29)
    assert missed in morning.state.tickets
    morning.advance(minutes=1)
    assert missed not in morning.state.tickets
    assert morning.happened(e.TicketForgotten) == [e.TicketForgotten(missed)]
    assert morning.refused("sri", c.ReinstateTicket(missed)) == r.UnknownTicket(missed)


def test_only_a_no_show_is_reinstated(morning: Morning) -> None:
    ticket = morning.take("A")
    assert morning.refused("sri", c.ReinstateTicket(ticket)) == r.WrongStatus(ticket, TicketStatus.WAITING)


@pytest.mark.parametrize("to", [ToClerk(sample.RATNA), ToCounter(THREE)])
def test_a_no_show_whom_a_colleague_awaited_is_for_anybody_once_the_colleague_has_left(
    morning: Morning, to: ToClerk | ToCounter
) -> None:
    morning.clerk("ratna", c.OpenCounter(THREE))
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(ticket, to))
    morning.announce(morning.call("ratna", THREE))
    morning.advance(seconds=45)
    morning.clerk("ratna", c.MarkNoShow(ticket))
    morning.clerk("ratna", c.CloseCounter(THREE))
    front = sample.at(7, 30) - 60 * MINUTE_MS
    assert morning.clerk("sri", c.ReinstateTicket(ticket)) == (
        e.TicketReinstated(ticket, front),
        e.TicketMoved(ticket, "A", front, ActReason.CLERK_ABSENT),
    )
    assert morning.call("sri", ONE) == ticket


@pytest.mark.parametrize("to", [ToClerk(sample.RATNA), ToCounter(THREE)])
def test_a_no_show_whom_a_colleague_awaits_goes_back_to_that_colleague(
    morning: Morning, to: ToClerk | ToCounter
) -> None:
    morning.clerk("ratna", c.OpenCounter(THREE))
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(ticket, to))
    morning.announce(morning.call("ratna", THREE))
    morning.advance(seconds=45)
    morning.clerk("ratna", c.MarkNoShow(ticket))
    morning.clerk("sri", c.ReinstateTicket(ticket))
    assert morning.refused("sri", c.CallNext(ONE)) == r.NobodyWaiting()
    assert morning.call("ratna", THREE) == ticket


# A priority that does not hold


def test_a_refuted_priority_goes_back_to_its_place_without_head_start(morning: Morning) -> None:
    plain = morning.take("A")
    morning.advance(minutes=5)
    claimed = morning.take("A", priority=Priority.DISABILITY)
    arrived_at = morning.now
    morning.advance(minutes=5)
    assert morning.call("sri", ONE) == claimed
    morning.clerk("sri", c.RefutePriority(claimed))
    now = morning.now_is(claimed)
    assert (now.priority, now.virtual_arrival, now.status) == (None, arrived_at, TicketStatus.WAITING)
    assert morning.state.recent_calls == []
    assert morning.state.conduct == {sample.SRI: {7: Conduct(refuted=1)}}
    assert morning.call("sri", ONE) == plain
    assert morning.refused("sri", c.RefutePriority(plain)) == r.NoPriority(plain)


def test_a_refuted_priority_moves_nobody_forward(morning: Morning) -> None:
    claimed = morning.take("A", priority=Priority.ELDERLY)
    morning.serving("sri", ONE)
    morning.advance(minutes=10)
    other = morning.take("B")
    morning.advance(minutes=1)
    morning.clerk("sri", c.TransferTicket(claimed, ToQueue("B"), Place.END))
    morning.clerk("sri", c.CallTicket(ONE, claimed, ChoiceReason.SHORT_QUESTION))
    morning.clerk("sri", c.RefutePriority(claimed))
    assert morning.waiting("B") == [other, claimed], "it had been sent to the end"


def test_a_priority_seen_late_moves_the_waiting_ticket_forward(morning: Morning) -> None:
    first, second = morning.take("A"), morning.take("A")
    corrected = c.CorrectPriority(second, Priority.DISABILITY)
    head_start = 20 * 60_000
    arrived_at = morning.now_is(second).virtual_arrival
    assert arrived_at is not None
    expected = e.PriorityCorrected(second, Priority.DISABILITY, sample.Instant(arrived_at - head_start))
    assert morning.clerk("ratna", corrected) == (expected,)
    assert morning.clerk("ratna", corrected) == ()
    assert morning.call("sri", ONE) == second
    assert morning.now_is(first).status is TicketStatus.WAITING


def test_a_priority_that_nobody_has_is_taken_off_a_waiting_ticket(morning: Morning) -> None:
    claimed = morning.take("A", priority=Priority.ELDERLY)
    morning.clerk("sri", c.CorrectPriority(claimed, None))
    now = morning.now_is(claimed)
    assert (now.priority, now.virtual_arrival) == (None, now.arrived_at)


def test_who_is_next_in_line_loses_nothing_by_a_priority_seen_late(morning: Morning) -> None:
    """The front is further ahead than a priority's head start."""
    missed = morning.take("A")
    morning.call("sri", ONE)
    morning.advance(seconds=30)
    morning.advance(minutes=2)
    morning.clerk("sri", c.MarkNoShow(missed))
    morning.clerk("sri", c.ReinstateTicket(missed))
    before = morning.now_is(missed).virtual_arrival
    for priority in (Priority.ELDERLY, None):
        morning.clerk("sri", c.CorrectPriority(missed, priority))
        assert (morning.now_is(missed).priority, morning.now_is(missed).virtual_arrival) == (priority, before)


def test_only_a_ticket_that_waits_is_corrected(morning: Morning) -> None:
    (undelivered,) = morning.do(c.IssueTicket("A"), DeviceRole.KIOSK, "kiosk-1")
    assert isinstance(undelivered, e.TicketIssued)
    correct = c.CorrectPriority(undelivered.ticket, Priority.PREGNANT)
    assert morning.refused("sri", correct) == r.NotDelivered(undelivered.ticket)
    called = morning.take("B")
    morning.clerk("sri", c.CallTicket(ONE, called, ChoiceReason.SCANNED))
    correct = c.CorrectPriority(called, Priority.PREGNANT)
    assert morning.refused("sri", correct) == r.WrongStatus(called, TicketStatus.CALLED)


def test_only_who_has_called_says_that_a_priority_does_not_hold(morning: Morning) -> None:
    claimed = morning.take("A", priority=Priority.ELDERLY)
    refute = c.RefutePriority(claimed)
    assert morning.refused("sri", refute) == r.WrongStatus(claimed, TicketStatus.WAITING)
    morning.call("sri", ONE)
    assert morning.refused("budi", refute) == r.NotYourTicket(ONE)
    morning.clerk("sri", c.StartService(claimed))
    assert morning.refused("sri", refute) == r.WrongStatus(claimed, TicketStatus.SERVING)


def test_what_a_clerk_does_is_counted_by_the_hour_of_local_time(morning: Morning) -> None:
    for minutes in (0, 45):
        morning.advance(minutes=minutes)
        ticket = morning.take("A")
        morning.clerk("sri", c.CallTicket(ONE, ticket, ChoiceReason.SUPERVISOR_ASKED))
        morning.clerk("sri", c.CompleteTicket(ticket))
    assert morning.state.conduct == {sample.SRI: {7: Conduct(chosen=1), 8: Conduct(chosen=1)}}
