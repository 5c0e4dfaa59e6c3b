"""Who is called next, and why; by whom, and from which counter."""

import pytest
from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as r
from broker.domain.commands import AnyCommand
from broker.domain.rules import ChannelRule
from broker.domain.state import Assignment, Conduct
from broker.domain.ticket import TicketStatus, ToClerk, ToCounter
from broker.domain.values import (
    ActReason,
    Because,
    BusinessDay,
    Channel,
    ChoiceReason,
    ClosingReason,
    CounterNumber,
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


def test_at_night_skills_are_assigned_for_the_days_to_come_only() -> None:
    morning = Morning()
    morning.now = sample.at(19)
    morning.tick()
    over = c.AssignSkills(sample.BUDI, None, BusinessDay("2026-07-13"))
    assert morning.refused("ratna", over) == r.RulesInvalid("first_day 2026-07-13: over already")


def test_what_a_clerk_will_learn_next_month_a_chosen_ticket_does_not_need_today(morning: Morning) -> None:
    morning.clerk("ratna", c.AssignSkills(sample.BUDI, (sample.DOCTOR,), BusinessDay("2026-08-03")))
    morning.clerk("budi", c.OpenCounter(TWO))
    doctor = morning.take("B", sample.DOCTOR)
    chosen = c.CallTicket(TWO, doctor, ChoiceReason.SCANNED)
    assert morning.refused("budi", chosen) == r.SkillMissing(sample.DOCTOR)


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


def test_what_was_sent_to_a_counter_is_scanned_there_and_nowhere_else(morning: Morning) -> None:
    morning.clerk("ratna", c.OpenCounter(THREE))
    sent = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(sent, ToCounter(THREE)))
    chosen = c.CallTicket(ONE, sent, ChoiceReason.SCANNED)
    assert morning.refused("sri", chosen) == r.QueueNotHere("A")
    morning.clerk("ratna", c.CallTicket(THREE, sent, ChoiceReason.SCANNED))
    assert morning.state.seats[THREE].ticket == sent


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
