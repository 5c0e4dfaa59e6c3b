"""A time of arrival, typed from a ticket of the emergency roll."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.domain.day import business_day
from broker.domain.values import BusinessDay, Instant
from counter.arrival import NoArrival, arrival_typed, day_began_at
from tests.support import sample

NOW = sample.at(10, 8)
WEDNESDAY = BusinessDay("2026-07-15")


def typed(text: str, now: Instant = NOW) -> Instant | NoArrival:
    return arrival_typed(text, now, sample.JAKARTA_MINUTES)


@pytest.mark.parametrize("text", ["0915", "915", "9.15", "09.15", "9:15", "09:15", "9,15", "9 15", " 0915 "])
def test_the_same_time_however_it_is_written(text: str) -> None:
    assert typed(text) == sample.at(9, 15)


@pytest.mark.parametrize(
    "text", ["", "9", "09", "101", "012", "9.1", "9.", ".15", "2500", "9.60", "-915", "٠٩١٥"]
)
def test_what_is_no_time_or_not_one_yet(text: str) -> None:
    assert typed(text) is NoArrival.NO_TIME


def test_while_it_is_typed_no_part_of_a_time_of_two_digit_hours_is_taken_for_one() -> None:
    assert {typed("1007"[:length]) for length in range(4)} == {NoArrival.NO_TIME}


def test_this_minute_is_the_latest() -> None:
    assert typed("1008") == NOW
    assert typed("1009") is NoArrival.TO_COME
    assert typed("2359") is NoArrival.TO_COME


def test_the_business_day_begins_at_three() -> None:
    assert typed("0300") == sample.at(3) == day_began_at(NOW, sample.JAKARTA_MINUTES)
    assert typed("0259") is NoArrival.BEFORE_TODAY
    assert typed("0000") is NoArrival.BEFORE_TODAY


def test_after_midnight_the_evening_before_is_today() -> None:
    night = sample.at(1, 30, day=WEDNESDAY)
    assert typed("2345", night) == sample.at(23, 45)
    assert typed("0115", night) == sample.at(1, 15, day=WEDNESDAY)


@given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 24 * 60 - 1))
def test_a_time_that_is_taken_is_of_today_and_past(hour: int, minute: int, since_three: int) -> None:
    now = Instant(sample.at(3) + since_three * 60_000)
    at = typed(f"{hour:02}{minute:02}", now)
    if not isinstance(at, NoArrival):
        assert at <= now
        assert business_day(at, sample.JAKARTA_MINUTES) == business_day(now, sample.JAKARTA_MINUTES)
