"""What is told, in halls where anybody can reckon it."""

import pytest
from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain.appointment import Wanted
from broker.domain.ticket import Estimate
from broker.domain.values import BusinessDay, ClosingReason, PauseReason
from forecast.experience import Experience
from forecast.forecaster import Figure, Line
from tests.forecast.hall import DAYS, Hall, rest, shift, steady
from tests.support import sample
from tests.support.morning import ONE, TWO

A, A_PRIORITY, B = Line("A", False), Line("A", True), Line("B", False)
TEN_MINUTES = steady({"A": 10.0, "B": 10.0, "C": 10.0})


def told(hall: Hall, line: Line) -> Figure:
    hall.follow()
    (figure,) = hall.forecaster.figures(hall.state, hall.now, [line])
    return figure


def middle(hall: Hall, line: Line) -> float:
    estimate = told(hall, line).estimate
    assert estimate is not None
    return (estimate.from_minutes + estimate.to_minutes) / 2


def waiting(hall: Hall, letters: str) -> None:
    """One is served, the others wait."""
    for letter in letters:
        hall.take(letter)
    ticket = hall.call("sri", ONE)
    hall.clerk("sri", c.StartService(ticket))


@pytest.fixture
def hall() -> Hall:
    hall = Hall(TEN_MINUTES)
    hall.clerk("sri", c.OpenCounter(ONE))
    return hall


def test_three_before_you_at_ten_minutes_each_are_half_an_hour(hall: Hall) -> None:
    waiting(hall, "AAA")
    assert middle(hall, A) == pytest.approx(30, abs=6)


def test_the_service_in_hand_counts_for_what_it_has_still_to_take(hall: Hall) -> None:
    waiting(hall, "A")
    before = middle(hall, A)
    hall.advance(minutes=6)
    assert middle(hall, A) == pytest.approx(before - 6, abs=2)


def test_two_counters_are_twice_as_fast(hall: Hall) -> None:
    hall.clerk("budi", c.OpenCounter(TWO))
    for letter in "CCCCCC":
        hall.take(letter)
    for clerk, counter in (("sri", ONE), ("budi", TWO)):
        hall.clerk(clerk, c.StartService(hall.call(clerk, counter)))
    assert middle(hall, Line("C", False)) == pytest.approx(30, abs=7)


def test_a_priority_waits_shorter(hall: Hall) -> None:
    hall.advance(minutes=5)
    waiting(hall, "AAAA")
    assert middle(hall, A_PRIORITY) < middle(hall, A) - 15


def test_who_comes_to_a_better_tier_is_taken_first(hall: Hall) -> None:
    waiting(hall, "AAA")
    assert middle(hall, B) == pytest.approx(30, abs=6)
    hall.take("B")
    assert middle(hall, B) == pytest.approx(40, abs=7)
    assert middle(hall, A) == pytest.approx(30, abs=6)


def test_nobody_before_you_and_a_free_counter_is_no_wait(hall: Hall) -> None:
    estimate = told(hall, A).estimate
    assert estimate == Estimate(0, 1)


def test_ranges_are_whole_minutes_that_widen_with_the_wait(hall: Hall) -> None:
    waiting(hall, "AAAAAAA")
    near, far = told(hall, A_PRIORITY).estimate, told(hall, A).estimate
    assert near is not None
    assert far is not None
    assert 0 < near.to_minutes - near.from_minutes < far.to_minutes - far.from_minutes


def test_nothing_is_told_while_no_counter_is_open_and_none_is_expected_to_open() -> None:
    hall = Hall(TEN_MINUTES)
    hall.advance(minutes=60)
    assert told(hall, A).estimate is None


def test_before_the_counters_open_they_are_expected_as_on_earlier_days() -> None:
    days = tuple(replace(day, shifts=[shift(opens=8 * 60 + 30)]) for day in TEN_MINUTES.days)
    hall = Hall(Experience(days))
    assert middle(hall, A) == pytest.approx(60, abs=5)


def test_on_the_first_day_counters_are_expected_to_open_as_configured() -> None:
    hall = Hall()
    hall.advance(minutes=1)
    estimate = told(hall, A).estimate
    assert estimate is not None
    assert estimate.to_minutes <= 30


def test_no_counter_open_serves_this_queue() -> None:
    hall = Hall(TEN_MINUTES)
    hall.clerk("budi", c.OpenCounter(TWO))
    hall.advance(minutes=60)
    assert told(hall, A).estimate is None
    assert told(hall, B).estimate is not None


def test_a_paused_queue_has_no_wait_to_tell(hall: Hall) -> None:
    hall.clerk("ratna", c.PauseQueue("A", ClosingReason.SYSTEM_FAULT))
    assert told(hall, A).estimate is None


def test_a_pause_that_outlasts_those_of_earlier_days_is_a_closed_counter() -> None:
    days = tuple(
        replace(day, rests=[rest(9 * 60, 12.0 + turn) for turn in range(3)]) for day in TEN_MINUTES.days
    )
    hall = Hall(Experience(days))
    hall.clerk("sri", c.OpenCounter(ONE))
    hall.advance(minutes=90)
    hall.clerk("sri", c.PauseCounter(ONE, PauseReason.BREAK))
    hall.advance(minutes=3)
    assert middle(hall, A) == pytest.approx(10, abs=4)
    hall.advance(minutes=25)
    assert told(hall, A).estimate is None


def test_a_lunch_known_from_earlier_days_is_reckoned_with() -> None:
    days = tuple(replace(day, rests=[rest(8 * 60, 60.0)]) for day in TEN_MINUTES.days)
    hall = Hall(Experience(days))
    hall.clerk("sri", c.OpenCounter(ONE))
    hall.advance(minutes=20)
    waiting(hall, "AAA")
    assert middle(hall, A) == pytest.approx(30 + 50, abs=15)


def test_nobody_waits_beyond_the_close(hall: Hall) -> None:
    hall.now = sample.at(13, 20)
    hall.tick()
    for _ in range(60):
        hall.take("A")
    hall.call("sri", ONE)
    estimate = told(hall, A).estimate
    assert estimate is not None
    assert estimate.to_minutes == 4 * 60 + 40


def test_a_closed_day_is_learned_from(hall: Hall) -> None:
    waiting(hall, "AA")
    hall.now = sample.at(18)
    hall.tick()
    hall.follow()
    assert [day.day for day in hall.forecaster.experience.days] == [*DAYS, sample.TUESDAY]
    assert told(hall, A).estimate is None


def test_a_day_whose_close_was_missed_is_learned_from_at_the_next_start(hall: Hall) -> None:
    waiting(hall, "A")
    hall.serve_in_hand("sri")
    hall.follow()
    state = hall.state
    tomorrow = BusinessDay("2026-07-15")
    state.day = tomorrow
    hall.forecaster.begin(state)
    assert hall.forecaster.experience.days[-1].day == sample.TUESDAY
    assert hall.forecaster.notebook.figures.day == tomorrow


def test_appointments_to_come_are_reckoned_with(hall: Hall) -> None:
    waiting(hall, "AAA")
    before = middle(hall, A)
    wanted = Wanted(sample.TUESDAY, sample.at(8), sample.MICRO_BUSINESS)
    hall.clerk("sri", c.BookAppointments((wanted, wanted)))
    assert middle(hall, A) > before + 5


def test_the_same_seed_tells_the_same(hall: Hall) -> None:
    waiting(hall, "AABBC")
    other = Hall(TEN_MINUTES)
    other.clerk("sri", c.OpenCounter(ONE))
    waiting(other, "AABBC")
    assert told(hall, B) == told(other, B)


def test_one_run_tells_all_lines_at_once(hall: Hall) -> None:
    waiting(hall, "AABBC")
    hall.follow()
    lines = [A, A_PRIORITY, B]
    assert [figure.line for figure in hall.forecaster.figures(hall.state, hall.now, lines)] == lines


def test_no_day_no_figures() -> None:
    hall = Hall()
    hall.now = sample.at(19)
    hall.tick()
    assert told(hall, A) == Figure(A, None, None)
