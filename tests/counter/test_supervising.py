"""What a supervisor sees of the outlet, from states that the real core has made."""

import pytest

from broker.domain import commands as c
from broker.domain.state import State
from broker.domain.ticket import ToCounter, ToQueue, ToSender
from broker.domain.values import (
    BusinessDay,
    ChoiceReason,
    ClosingReason,
    HoldReason,
    PauseReason,
    Priority,
)
from counter.desk import Number
from counter.supervising import (
    CounterCard,
    Doing,
    QueueCard,
    clerk_cards,
    conduct_of,
    destinations,
    first_days,
    still_waiting,
    supervision_of,
    waiting_numbers,
)
from tests.support import sample
from tests.support.morning import ONE, THREE, TWO, Morning


@pytest.fixture
def morning() -> Morning:
    """Sri at counter 1, Budi at counter 2."""
    outlet = Morning()
    outlet.clerk("sri", c.OpenCounter(ONE))
    outlet.clerk("budi", c.OpenCounter(TWO))
    return outlet


def queue(morning: Morning, letter: str) -> QueueCard:
    shown = supervision_of(morning.state, morning.now)
    return next(card for card in shown.queues if card.letter == letter)


def counter(morning: Morning, number: int) -> CounterCard:
    shown = supervision_of(morning.state, morning.now)
    return next(card for card in shown.counters if card.counter == number)


# Queues


def test_a_queue_counts_who_waits_in_it_wherever_they_were_sent(morning: Morning) -> None:
    ticket = morning.take("B")
    morning.take("B")
    morning.serving("budi", TWO)
    morning.clerk("budi", c.TransferTicket(ticket, ToCounter(ONE)))
    assert queue(morning, "B").waiting == 2
    assert supervision_of(morning.state, morning.now).waiting == 2


def test_who_has_waited_too_long_makes_the_queue_late(morning: Morning) -> None:
    morning.take("C")
    morning.advance(minutes=89)
    assert (queue(morning, "C").longest_minutes, queue(morning, "C").late) == (89, False)
    morning.advance(minutes=1)
    assert queue(morning, "C").late


def test_a_queue_says_why_it_is_interrupted_or_closed(morning: Morning) -> None:
    morning.clerk("ratna", c.PauseQueue("B", ClosingReason.SYSTEM_FAULT))
    morning.clerk("ratna", c.CloseQueue("C", ClosingReason.FULL))
    assert queue(morning, "B").paused is ClosingReason.SYSTEM_FAULT
    assert queue(morning, "C").closed is ClosingReason.FULL
    assert queue(morning, "A").paused is None


def test_closed_doors_are_told(morning: Morning) -> None:
    morning.clerk("ratna", c.CloseDoors(ClosingReason.CEREMONY))
    assert supervision_of(morning.state, morning.now).doors_closed is ClosingReason.CEREMONY


# Counters


def test_a_counter_tells_what_goes_on_there_and_for_how_long(morning: Morning) -> None:
    assert counter(morning, 3).doing is Doing.NOBODY
    morning.advance(minutes=2)
    assert (counter(morning, 1).doing, counter(morning, 1).for_seconds) == (Doing.FREE, 120)
    morning.take("A")
    ticket = morning.call("sri", ONE)
    morning.advance(seconds=8)
    called = counter(morning, 1)
    assert (called.doing, called.for_seconds, called.can_undo_call) == (Doing.CALLED, 8, True)
    assert called.in_hand is not None
    assert called.in_hand.number == Number("A", "001")
    morning.clerk("sri", c.StartService(ticket))
    morning.advance(minutes=3)
    served = counter(morning, 1)
    assert (served.doing, served.for_seconds, served.can_undo_call) == (Doing.SERVING, 180, False)


def test_a_call_that_was_repeated_is_not_to_be_taken_back(morning: Morning) -> None:
    morning.take("A")
    ticket = morning.call("sri", ONE)
    morning.announce(ticket)
    morning.advance(seconds=20)
    morning.clerk("sri", c.Recall(ticket))
    assert not counter(morning, 1).can_undo_call


def test_idle_and_pause_time_count_the_present_moment(morning: Morning) -> None:
    morning.advance(minutes=10)
    morning.clerk("sri", c.PauseCounter(ONE, PauseReason.PRAYER))
    morning.advance(minutes=6)
    card = counter(morning, 1)
    assert (card.doing, card.pause) == (Doing.ON_BREAK, PauseReason.PRAYER)
    assert (card.idle_minutes, card.paused_minutes) == (10, 6)


def test_what_a_clerk_has_interrupted_is_seen_at_the_counter(morning: Morning) -> None:
    morning.take("A")
    ticket = morning.serving("sri", ONE)
    morning.clerk("sri", c.HoldTicket(ticket, HoldReason.WAITING))
    (held,) = counter(morning, 1).held
    assert held.ticket == ticket


# Numbers that wait


def test_waiting_numbers_stand_by_queue_and_arrival_whatever_their_priority(morning: Morning) -> None:
    for letter, priority in (("B", None), ("A", None), ("A", Priority.ELDERLY)):
        morning.take(letter, priority=priority)
        morning.advance(minutes=1)
    numbers = waiting_numbers(morning.state, morning.now)
    assert [each.number for each in numbers] == [Number("A", "001"), Number("A", "002"), Number("B", "001")]
    assert numbers[0].waited_minutes == 2


def test_a_number_sent_to_a_clerk_says_so(morning: Morning) -> None:
    ticket = morning.take("B")
    morning.serving("budi", TWO)
    morning.clerk("budi", c.TransferTicket(ticket, ToCounter(ONE)))
    (number,) = waiting_numbers(morning.state, morning.now)
    assert (number.counter, number.clerk) == (ONE, None)


def test_who_was_called_meanwhile_is_left_out(morning: Morning) -> None:
    first, second = morning.take("A"), morning.take("A")
    morning.call("sri", ONE)
    assert still_waiting(morning.state, (first, second)) == (second,)


def test_a_number_can_go_to_a_queue_another_open_counter_or_back(morning: Morning) -> None:
    ticket = morning.take("B")
    morning.serving("budi", TWO)
    morning.clerk("budi", c.TransferTicket(ticket, ToCounter(ONE)))
    morning.call("sri", ONE)
    ways = destinations(morning.state, ticket)
    assert ways[:5] == tuple(ToQueue(letter) for letter in "ABCDE")
    assert ways[5:] == (ToCounter(TWO), ToSender())


# Clerks


def test_a_clerks_periods_are_told_the_latest_first(morning: Morning) -> None:
    morning.clerk("ratna", c.AssignSkills(sample.BUDI, (sample.DOCTOR,), sample.TUESDAY))
    morning.clerk("ratna", c.AssignSkills(sample.BUDI, None, BusinessDay("2026-10-01")))
    card = next(each for each in clerk_cards(morning.state) if each.clerk == sample.BUDI)
    assert card.services == frozenset({sample.DOCTOR})
    assert card.counter == TWO
    told = [(each.first_day, each.services, each.is_now) for each in card.periods]
    assert told == [
        ("2026-10-01", None, False),
        ("2026-07-14", (sample.DOCTOR,), True),
        (None, (sample.MICRO_BUSINESS, sample.RESEARCH), False),
    ]


def test_without_an_assignment_what_is_configured_holds(morning: Morning) -> None:
    card = next(each for each in clerk_cards(morning.state) if each.clerk == sample.SRI)
    assert card.services is None
    assert [period.is_now for period in card.periods] == [True]


@pytest.mark.parametrize(
    ("today", "days"),
    [
        ("2026-07-14", ["2026-07-14", "2026-07-15", "2026-08-01", "2026-10-01"]),
        ("2026-07-17", ["2026-07-17", "2026-07-20", "2026-08-01", "2026-10-01"]),
        ("2026-12-31", ["2026-12-31", "2027-01-01"]),
        ("2026-09-30", ["2026-09-30", "2026-10-01"]),
    ],
)
def test_an_assignment_can_begin_today_soon_next_month_or_next_quarter(today: str, days: list[str]) -> None:
    assert list(first_days(sample.RULES, BusinessDay(today))) == days


# Conduct


def test_what_changed_somebodys_turn_is_counted_by_clerk_and_hour(morning: Morning) -> None:
    morning.take("A", priority=Priority.ELDERLY)
    morning.clerk("sri", c.RefutePriority(morning.call("sri", ONE)))
    morning.take("B")
    chosen = morning.take("B")
    morning.advance(minutes=70)  # 08:40
    morning.clerk("budi", c.CallTicket(TWO, chosen, ChoiceReason.SHORT_QUESTION))
    morning.announce(chosen)
    morning.advance(seconds=60)
    morning.clerk("budi", c.MarkNoShow(chosen))
    table = conduct_of(morning.state)
    assert table.hours == (7, 8)
    budi, sri = table.rows
    assert (budi.clerk, budi.total.chosen, budi.total.quick_no_shows) == (sample.BUDI, 1, 1)
    assert (sri.clerk, [hour.refuted for hour in sri.hours]) == (sample.SRI, [1, 0])


def test_a_day_without_corrections_has_an_empty_table(morning: Morning) -> None:
    assert conduct_of(morning.state).rows == ()


def test_an_outlet_without_rules_shows_nothing() -> None:
    shown = supervision_of(State(), sample.at(8))
    assert (shown.queues, shown.counters, shown.is_open) == ((), (), False)


def test_a_counter_that_nobody_uses_stays_in_the_list(morning: Morning) -> None:
    assert [card.counter for card in supervision_of(morning.state, morning.now).counters] == [ONE, TWO, THREE]
