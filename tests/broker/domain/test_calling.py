"""Who is called next, why, and what becomes of a call: announced, recalled, taken back, missed."""

import pytest
from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as r
from broker.domain.commands import AnyCommand
from broker.domain.rules import ChannelRule
from broker.domain.state import Announced, Assignment, Conduct
from broker.domain.ticket import Call, TicketStatus, ToClerk, ToCounter, ToQueue
from broker.domain.values import (
    ActReason,
    Because,
    BusinessDay,
    Channel,
    ChoiceReason,
    ClosingReason,
    CounterNumber,
    DeviceRole,
    Place,
    Priority,
    TicketId,
)
from tests.support import sample
from tests.support.morning import ONE, THREE, TWO, Morning

MINUTE_MS = 60_000


@pytest.fixture
def morning() -> Morning:
    """Sri sits at counter 1: A first, then B, C and D."""
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    return morning


def called(
    morning: Morning, clerk: str = "sri", counter: CounterNumber = ONE
) -> tuple[TicketId, Because | None]:
    """Who is called next, and why."""
    (event,) = morning.clerk(clerk, c.CallNext(counter))
    assert isinstance(event, e.TicketCalled)
    assert morning.now_is(event.ticket).because is event.because
    return event.ticket, event.because


# Who is next, and why


def test_first_come_first_served_within_a_tier(morning: Morning) -> None:
    first = morning.take("B")
    morning.advance(minutes=1)
    second = morning.take("C")
    assert called(morning) == (first, Because.CAME_FIRST)
    morning.clerk("sri", c.CompleteTicket(first))
    assert called(morning) == (second, Because.CAME_FIRST)


def test_who_came_in_the_same_moment_is_called_in_the_order_of_issue(morning: Morning) -> None:
    first, second = morning.take("C"), morning.take("B")
    assert [morning.serve("sri", ONE), morning.serve("sri", ONE)] == [first, second]


def test_the_counters_first_tier_comes_first(morning: Morning) -> None:
    morning.take("B")
    one_day = morning.take("A")
    assert called(morning) == (one_day, Because.BETTER_TIER)


def test_the_first_of_the_first_tier_who_also_came_first_just_came_first(morning: Morning) -> None:
    one_day = morning.take("A")
    morning.take("B")
    assert called(morning) == (one_day, Because.CAME_FIRST)


def test_whom_nobody_was_passed_over_for_came_first_in_a_later_tier_too(morning: Morning) -> None:
    only = morning.take("D")
    assert called(morning) == (only, Because.CAME_FIRST)


def test_a_priority_is_counted_as_come_earlier(morning: Morning) -> None:
    morning.take("A")
    morning.advance(minutes=15)
    elder = morning.take("A", priority=Priority.ELDERLY)
    assert called(morning) == (elder, Because.PRIORITY)


def test_a_priority_that_made_no_difference_is_not_the_reason(morning: Morning) -> None:
    elder = morning.take("A", priority=Priority.ELDERLY)
    morning.advance(minutes=1)
    morning.take("A")
    assert called(morning) == (elder, Because.CAME_FIRST)


def test_a_priority_does_not_overtake_who_waits_longer_than_its_head_start(morning: Morning) -> None:
    plain = morning.take("A")
    morning.advance(minutes=25)
    morning.take("A", priority=Priority.ELDERLY)
    assert called(morning) == (plain, Because.CAME_FIRST)


def test_no_head_start_is_longer_than_the_longest() -> None:
    generous = replace(sample.RULES.fairness, head_start_minutes={Priority.ELDERLY: 500})
    morning = Morning(sample.rules(fairness=generous))
    elder = morning.take("A", priority=Priority.ELDERLY)
    assert morning.now_is(elder).virtual_arrival == morning.now - 60 * MINUTE_MS
    plain = morning.take("A", priority=Priority.INFANT)
    assert morning.now_is(plain).virtual_arrival == morning.now, "no head start is configured for it"


def test_a_way_with_a_head_start_is_counted_as_come_earlier() -> None:
    drive_thru = ChannelRule(Channel.DRIVE_THRU, standard_minutes=60, head_start_minutes=30)
    morning = Morning(sample.rules(channels=(drive_thru,)))
    morning.clerk("sri", c.OpenCounter(ONE))
    morning.take("A")
    morning.advance(minutes=25)
    driver = morning.delivered(morning.issue(c.IssueTicket("A", channel=Channel.DRIVE_THRU)).ticket)
    assert morning.now_is(driver).virtual_arrival == morning.now - 30 * MINUTE_MS
    assert called(morning) == (driver, Because.CHANNEL)


def test_of_priority_and_channel_the_longer_head_start_counts() -> None:
    drive_thru = ChannelRule(Channel.DRIVE_THRU, standard_minutes=60, head_start_minutes=10)
    morning = Morning(sample.rules(channels=(drive_thru,)))
    morning.clerk("sri", c.OpenCounter(ONE))
    morning.take("A")
    morning.advance(minutes=15)
    both = c.IssueTicket("A", priority=Priority.ELDERLY, channel=Channel.DRIVE_THRU)
    elder = morning.delivered(morning.issue(both).ticket)
    assert morning.now_is(elder).virtual_arrival == morning.now - 20 * MINUTE_MS
    assert called(morning) == (elder, Because.PRIORITY)


def test_whoever_waits_longer_than_allowed_comes_first_whatever_the_tier(morning: Morning) -> None:
    forgotten = morning.take("D")
    morning.advance(minutes=90)
    one_day = morning.take("A")
    assert called(morning) == (one_day, Because.BETTER_TIER), "90 minutes are still allowed"
    morning.clerk("sri", c.CompleteTicket(one_day))
    morning.take("A")
    morning.advance(seconds=1)
    assert called(morning) == (forgotten, Because.WAITED_TOO_LONG)


def test_of_several_who_waited_too_long_the_longest_comes_first(morning: Morning) -> None:
    longest = morning.take("D")
    morning.advance(minutes=1)
    second, third = morning.take("A"), morning.take("B")
    morning.advance(minutes=95)
    fresh = morning.take("A")
    assert called(morning) == (longest, Because.WAITED_TOO_LONG)
    morning.clerk("sri", c.CompleteTicket(longest))
    assert called(morning) == (second, Because.CAME_FIRST)
    morning.clerk("sri", c.CompleteTicket(second))
    assert called(morning) == (third, Because.WAITED_TOO_LONG)
    morning.clerk("sri", c.CompleteTicket(third))
    assert called(morning) == (fresh, Because.CAME_FIRST)


def test_with_nobody_waiting_nobody_is_called(morning: Morning) -> None:
    morning.take("E")
    assert morning.refused("sri", c.CallNext(ONE)) == r.NobodyWaiting(), (
        "collection is not served at counter 1"
    )


def test_a_paused_queue_is_passed_over(morning: Morning) -> None:
    one_day, permit = morning.take("A"), morning.take("B")
    morning.clerk("ratna", c.PauseQueue("A", ClosingReason.SYSTEM_FAULT))
    assert morning.call("sri", ONE) == permit
    morning.clerk("sri", c.CompleteTicket(permit))
    assert morning.refused("sri", c.CallNext(ONE)) == r.NobodyWaiting()
    chosen = c.CallTicket(ONE, one_day, ChoiceReason.SCANNED)
    assert morning.refused("sri", chosen) == r.QueueOnPause("A", ClosingReason.SYSTEM_FAULT)
    morning.clerk("ratna", c.ResumeQueue("A"))
    assert morning.call("sri", ONE) == one_day


# Skills


def test_a_clerk_calls_only_what_the_skills_allow(morning: Morning) -> None:
    morning.clerk("budi", c.OpenCounter(TWO))
    doctor = morning.take("B", sample.DOCTOR)
    research = morning.take("C", sample.RESEARCH)
    unknown = morning.take("B")
    assert morning.serve("budi", TWO) == research
    assert morning.serve("budi", TWO) == unknown, "what nobody knows yet, any clerk may find out"
    assert morning.refused("budi", c.CallNext(TWO)) == r.NobodyWaiting()
    chosen = c.CallTicket(TWO, doctor, ChoiceReason.SCANNED)
    assert morning.refused("budi", chosen) == r.SkillMissing(sample.DOCTOR)
    assert morning.call("sri", ONE) == doctor


def test_skills_change_on_the_first_day_of_their_period(morning: Morning) -> None:
    wednesday = BusinessDay("2026-07-15")
    morning.clerk("ratna", c.AssignSkills(sample.BUDI, (sample.DOCTOR,), wednesday))
    morning.clerk("budi", c.OpenCounter(TWO))
    morning.take("B", sample.DOCTOR)
    research = morning.take("C", sample.RESEARCH)
    assert morning.serve("budi", TWO) == research
    assert morning.refused("budi", c.CallNext(TWO)) == r.NobodyWaiting()
    morning.advance(minutes=24 * 60)
    morning.clerk("budi", c.OpenCounter(TWO))
    morning.take("C", sample.RESEARCH)
    doctor = morning.take("B", sample.DOCTOR)
    assert morning.serve("budi", TWO) == doctor
    assert morning.refused("budi", c.CallNext(TWO)) == r.NobodyWaiting()


def test_earlier_periods_are_kept_as_history(morning: Morning) -> None:
    days = [BusinessDay(day) for day in ("2026-10-01", "2026-07-14", "2026-10-01")]
    for day, services in zip(days, [(sample.DOCTOR,), None, (sample.RESEARCH,)], strict=True):
        morning.clerk("ratna", c.AssignSkills(sample.BUDI, services, day))
    assert morning.state.assignments[sample.BUDI] == [
        Assignment(BusinessDay("2026-07-14"), None),
        Assignment(BusinessDay("2026-10-01"), (sample.RESEARCH,)),
    ]


def test_a_clerk_with_all_skills_calls_what_the_rules_would_not_have_allowed(morning: Morning) -> None:
    morning.clerk("budi", c.OpenCounter(TWO))
    doctor = morning.take("B", sample.DOCTOR)
    morning.clerk("ratna", c.AssignSkills(sample.BUDI, None, sample.TUESDAY))
    assert morning.call("budi", TWO) == doctor


def test_skills_are_assigned_to_clerks_that_there_are_for_services_that_there_are(morning: Morning) -> None:
    def refused(clerk: str, services: tuple[sample.ServiceCode, ...], day: str) -> r.AnyRefusal:
        command = c.AssignSkills(sample.ClerkId(clerk), services, BusinessDay(day))
        return morning.refused("ratna", command)

    assert refused("joko", (), "2026-10-01") == r.UnknownClerk("joko")
    assert refused("budi", (sample.ServiceCode("X"),), "2026-10-01") == r.UnknownService("X")
    assert refused("budi", (), "2026-07-13") == r.RulesInvalid("first_day 2026-07-13: over already")
    assert refused("budi", (), "tomorrow") == r.RulesInvalid("first_day tomorrow: not a date")


# Sent to one counter or clerk


def test_what_was_sent_to_a_counter_is_called_there_with_the_first_tier(morning: Morning) -> None:
    morning.clerk("ratna", c.OpenCounter(THREE))
    sent = morning.take("D")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(sent, ToCounter(THREE)))
    morning.advance(minutes=1)
    morning.take("E")
    assert morning.refused("sri", c.CallNext(ONE)) == r.NobodyWaiting()
    assert called(morning, "ratna", THREE) == (sent, Because.SENT_HERE)


def test_what_was_sent_to_a_clerk_is_called_wherever_that_clerk_sits(morning: Morning) -> None:
    morning.clerk("ratna", c.OpenCounter(THREE))
    sent = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(sent, ToClerk(sample.RATNA)))
    assert morning.refused("sri", c.CallNext(ONE)) == r.NobodyWaiting()
    chosen = c.CallTicket(ONE, sent, ChoiceReason.SCANNED)
    assert morning.refused("sri", chosen) == r.QueueNotHere("A")
    scanned = morning.clerk("ratna", c.CallTicket(THREE, sent, ChoiceReason.SCANNED))
    assert scanned == (e.TicketCalled(sent, THREE, sample.RATNA, ChoiceReason.SCANNED, Because.CHOSEN),), (
        "scanned or next, it is for her alone"
    )


def test_what_was_sent_to_a_clerk_is_passed_over_while_its_queue_is_paused(morning: Morning) -> None:
    morning.clerk("ratna", c.OpenCounter(THREE))
    sent = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(sent, ToClerk(sample.RATNA)))
    morning.clerk("ratna", c.PauseQueue("A", ClosingReason.SYSTEM_FAULT))
    assert morning.refused("ratna", c.CallNext(THREE)) == r.NobodyWaiting()
    morning.clerk("ratna", c.ResumeQueue("A"))
    assert morning.call("ratna", THREE) == sent


@pytest.mark.parametrize("to", [ToClerk(sample.RATNA), ToCounter(THREE)])
def test_what_was_sent_to_a_clerk_who_leaves_waits_for_anybody_in_its_place(
    morning: Morning, to: ToClerk | ToCounter
) -> None:
    morning.clerk("ratna", c.OpenCounter(THREE))
    sent = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(sent, to))
    place = morning.now_is(sent).virtual_arrival
    assert morning.clerk("ratna", c.CloseCounter(THREE)) == (
        e.TicketMoved(sent, "A", place, ActReason.CLERK_ABSENT),
        e.CounterClosed(THREE, sample.RATNA),
    )
    assert morning.call("sri", ONE) == sent


# Why one overtakes another, other than by priority


def test_who_came_back_is_next_and_the_reason_says_so(morning: Morning) -> None:
    missed = morning.take("A")
    morning.call("sri", ONE)
    morning.announce(missed)
    morning.take("A")
    morning.advance(seconds=45)
    morning.clerk("sri", c.MarkNoShow(missed))
    morning.clerk("sri", c.ReinstateTicket(missed))
    assert called(morning)[0] == missed
    assert morning.now_is(missed).virtual_arrival == sample.at(7, 30) - 60 * MINUTE_MS


def test_who_comes_back_after_others_came_is_called_because_it_came_back(morning: Morning) -> None:
    before = morning.take("A")
    morning.advance(minutes=5)
    missed = morning.take("A")
    morning.clerk("sri", c.CallTicket(ONE, missed, ChoiceReason.SHORT_QUESTION))
    morning.announce(missed)
    morning.advance(seconds=45)
    morning.clerk("sri", c.MarkNoShow(missed))
    morning.clerk("sri", c.ReinstateTicket(missed))
    assert called(morning) == (missed, Because.CAME_BACK)
    assert before in morning.waiting("A")


def test_who_was_given_a_place_in_front_is_called_because_of_it(morning: Morning) -> None:
    morning.take("A")
    morning.advance(minutes=5)
    moved = morning.take("B")
    morning.clerk("ratna", c.MoveTickets((moved,), "A", ActReason.WRONG_QUEUE, Place.FRONT))
    assert called(morning) == (moved, Because.PUT_FORWARD)


# Chosen


def test_a_chosen_ticket_is_marked_with_its_reason_and_counted(morning: Morning) -> None:
    morning.take("A")
    wanted = morning.take("A")
    events = morning.clerk("sri", c.CallTicket(ONE, wanted, ChoiceReason.SCANNED))
    assert events == (e.TicketCalled(wanted, ONE, sample.SRI, ChoiceReason.SCANNED, Because.CHOSEN),)
    assert morning.now_is(wanted).chosen is ChoiceReason.SCANNED
    assert morning.state.conduct == {sample.SRI: {7: Conduct(chosen=1)}}


def test_a_counter_calls_nobody_from_a_queue_it_does_not_serve(morning: Morning) -> None:
    collecting = morning.take("E")
    chosen = c.CallTicket(ONE, collecting, ChoiceReason.SCANNED)
    assert morning.refused("sri", chosen) == r.QueueNotHere("E")


def test_who_is_already_called_cannot_be_chosen(morning: Morning) -> None:
    ticket = morning.take("B")
    morning.call("sri", ONE)
    morning.clerk("ratna", c.OpenCounter(TWO))
    chosen = c.CallTicket(TWO, ticket, ChoiceReason.SCANNED)
    assert morning.refused("ratna", chosen) == r.WrongStatus(ticket, TicketStatus.CALLED)


# Only from a free counter of one's own


@pytest.mark.parametrize("call", [c.CallNext(ONE), c.CallTicket(ONE, TicketId("x"), ChoiceReason.SCANNED)])
def test_a_clerk_calls_with_nothing_in_hand_at_an_open_counter_of_ones_own(
    morning: Morning, call: AnyCommand
) -> None:
    first = morning.take("A")
    morning.take("A")
    assert morning.refused("budi", call) == r.CounterTaken(ONE)
    morning.call("sri", ONE)
    assert morning.refused("sri", call) == r.TicketInHand(first)
    morning.clerk("sri", c.CompleteTicket(first))
    morning.clerk("sri", c.CloseCounter(ONE))
    assert morning.refused("sri", call) == r.CounterNotOpen(ONE)


def test_nobody_calls_to_a_counter_that_there_is_not(morning: Morning) -> None:
    assert morning.refused("sri", c.CallNext(CounterNumber(9))) == r.UnknownCounter(9)


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
