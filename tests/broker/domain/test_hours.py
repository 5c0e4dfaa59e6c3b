"""The times of a day: per weekday and per queue, with dated exceptions for Ramadan and holidays."""

import pytest
from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain import refusals as r
from broker.domain.day import (
    cut_off_on,
    exception_on,
    hours_of,
    is_date,
    local_time,
    next_open_day,
    next_quarter,
    ticket_window,
)
from broker.domain.decide.appointments import slots_on
from broker.domain.rules import Bilingual, DatedWeek, DayHours, OneDay, OutletRules, QueueWindow
from broker.domain.values import BusinessDay, DeviceRole
from tests.support import sample
from tests.support.morning import Morning

A = sample.QUEUES[0]
MONDAY, TUESDAY, THURSDAY, FRIDAY, SATURDAY = (
    BusinessDay(f"2026-07-{day}") for day in ("13", "14", "16", "17", "18")
)
FRIDAYS = replace(
    sample.WEEKDAY, doors_close=16 * 60 + 30, breaks=((11 * 60 + 30, 13 * 60 + 30),), last_ticket=15 * 60
)
WEEK = (sample.WEEKDAY,) * 4 + (FRIDAYS, None, None)
RAMADAN_DAY = DayHours(
    first_ticket=8 * 60, last_ticket=12 * 60, opens=8 * 60, doors_close=14 * 60, day_close=15 * 60
)
RAMADAN = DatedWeek(
    Bilingual("Bulan Ramadan", "Ramadan"),
    BusinessDay("2026-07-15"),
    BusinessDay("2026-07-17"),
    (RAMADAN_DAY,) * 5 + (None, None),
)
HOLIDAY = DatedWeek(Bilingual("Idulfitri", "Eid"), THURSDAY, THURSDAY, (None,) * 7)


def window(rules: OutletRules, day: BusinessDay, queue: sample.Queue = A) -> tuple[int, int] | None:
    return ticket_window(rules, queue, day)


def at(hour: int, minute: int = 0, day: BusinessDay = TUESDAY) -> int:
    return sample.at(hour, minute, day=day)


# Per weekday


def test_friday_has_times_of_its_own() -> None:
    rules = sample.rules(week=WEEK)
    assert hours_of(rules, THURSDAY) == sample.WEEKDAY
    assert hours_of(rules, FRIDAY) == FRIDAYS
    assert hours_of(rules, SATURDAY) is None
    assert window(rules, FRIDAY) == (at(7, 30, FRIDAY), at(15, 0, FRIDAY))
    morning = Morning(rules, start=sample.at(14, day=FRIDAY))
    morning.take("A")


def test_on_fridays_longer_break_nobody_is_given_a_place() -> None:
    rules = sample.rules(week=WEEK)
    in_the_break = [at(11, 30, FRIDAY), at(12, 0, FRIDAY), at(12, 30, FRIDAY), at(13, 0, FRIDAY)]
    assert not set(in_the_break) & set(slots_on(rules, FRIDAY))
    assert at(13, 30, FRIDAY) in slots_on(rules, FRIDAY)
    assert at(11, 30, THURSDAY) in slots_on(rules, THURSDAY)


# Per queue


def test_a_queue_may_have_its_own_first_and_last_ticket() -> None:
    early = replace(A, first_ticket=7 * 60)
    late = replace(A, last_ticket=15 * 60)
    assert window(sample.RULES, TUESDAY, early) == (at(7), at(13, 30))
    assert window(sample.RULES, TUESDAY, late) == (at(7, 30), at(15))


def test_after_the_doors_have_closed_no_queue_gives_out_numbers() -> None:
    assert window(sample.RULES, TUESDAY, replace(A, last_ticket=23 * 60)) == (at(7, 30), at(16))
    week = (replace(sample.WEEKDAY, windows=(QueueWindow("A", 0, 24 * 60),)), *sample.RULES.week[1:])
    assert window(sample.rules(week=week), MONDAY) == (at(0, 0, MONDAY), at(16, 0, MONDAY))


def test_a_weekdays_window_comes_before_what_the_queue_says() -> None:
    monday = replace(sample.WEEKDAY, windows=(QueueWindow("B", 0, 60), QueueWindow("A", 9 * 60, 10 * 60)))
    rules = sample.rules(week=(monday, *sample.RULES.week[1:]))
    own = replace(A, first_ticket=7 * 60, last_ticket=15 * 60)
    assert window(rules, MONDAY, own) == (at(9, 0, MONDAY), at(10, 0, MONDAY))
    assert window(rules, TUESDAY, own) == (at(7), at(15))


def test_the_kiosk_follows_the_queues_window() -> None:
    tuesday = replace(sample.WEEKDAY, windows=(QueueWindow("A", 9 * 60, 10 * 60),))
    morning = Morning(sample.rules(week=(tuesday,) * 5 + (None, None)))
    assert morning.refused_at_kiosk(c.IssueTicket("A")) == r.TooEarly(sample.at(9))
    morning.take("B")
    morning.now = sample.at(9)
    morning.take("A")
    morning.now = sample.at(10)
    assert morning.refused_at_kiosk(c.IssueTicket("A")) == r.TooLate(sample.at(10))
    morning.take("B")


# Dated


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (TUESDAY, sample.WEEKDAY),
        (BusinessDay("2026-07-15"), RAMADAN_DAY),
        (FRIDAY, RAMADAN_DAY),
        (SATURDAY, None),
        (BusinessDay("2026-07-20"), sample.WEEKDAY),
    ],
)
def test_a_dated_week_holds_from_its_first_to_its_last_day(day: BusinessDay, hours: DayHours | None) -> None:
    assert hours_of(sample.rules(dated=(RAMADAN,)), day) == hours


def test_of_several_exceptions_the_last_listed_counts() -> None:
    rules = sample.rules(dated=(RAMADAN, HOLIDAY))
    assert exception_on(rules, THURSDAY) == HOLIDAY
    assert hours_of(rules, THURSDAY) is None
    assert exception_on(rules, FRIDAY) == RAMADAN
    assert exception_on(rules, TUESDAY) is None
    assert hours_of(sample.rules(dated=(HOLIDAY, RAMADAN)), THURSDAY) == RAMADAN_DAY


def test_on_a_holiday_the_day_does_not_open_and_there_are_no_numbers() -> None:
    holiday = Morning(sample.rules(dated=(HOLIDAY,)), start=sample.at(9, day=THURSDAY))
    assert holiday.state.day is None
    assert holiday.refused_at_kiosk(c.IssueTicket("A")) == r.OutletClosed()
    holiday.advance(minutes=24 * 60)
    assert holiday.state.day == FRIDAY
    assert window(sample.rules(dated=(HOLIDAY,)), THURSDAY) is None


def test_in_ramadan_numbers_and_the_day_end_earlier() -> None:
    morning = Morning(sample.rules(dated=(RAMADAN,)), start=sample.at(8, day=THURSDAY))
    morning.take("A")
    morning.now = sample.at(12, day=THURSDAY)
    assert morning.refused_at_kiosk(c.IssueTicket("A")) == r.TooLate(sample.at(12, day=THURSDAY))
    morning.now = sample.at(15, day=THURSDAY)
    morning.tick()
    assert morning.state.day is None


def test_a_holiday_decreed_on_the_day_itself_gives_out_no_more_numbers() -> None:
    morning = Morning(start=sample.at(9, day=THURSDAY))
    ticket = morning.take("A")
    morning.do(c.ConfigureOutlet(sample.rules(dated=(HOLIDAY,))), DeviceRole.OPERATOR)
    assert morning.refused_at_kiosk(c.IssueTicket("A")) == r.OutletClosed()
    assert ticket in morning.state.tickets, "who waits is still served"
    morning.now = sample.at(27, day=THURSDAY)
    morning.tick()
    assert morning.state.day == FRIDAY


# The days to come


def test_the_next_open_day_leaves_out_weekends_and_holidays() -> None:
    rules = sample.rules(dated=(HOLIDAY,))
    assert next_open_day(rules, TUESDAY) == "2026-07-15"
    assert next_open_day(rules, BusinessDay("2026-07-15")) == FRIDAY
    assert next_open_day(rules, FRIDAY) == "2026-07-20"


def test_an_outlet_that_never_opens_has_no_next_day() -> None:
    never = sample.rules(week=(None,) * 7)
    assert next_open_day(never, TUESDAY) is None
    assert next_open_day(sample.RULES, FRIDAY, days_ahead=2) is None
    assert next_open_day(sample.RULES, FRIDAY, days_ahead=3) == "2026-07-20"


# Small arithmetic


def test_a_cut_off_is_a_time_of_the_day() -> None:
    assert cut_off_on(sample.RULES, OneDay(cut_off=11 * 60, promise_minutes=1), TUESDAY) == at(11)


@pytest.mark.parametrize(
    ("text", "one"),
    [("2026-07-14", True), ("2026-02-30", False), ("20260714", False), ("2026-W29-2", False), ("", False)],
)
def test_a_day_is_written_in_one_way(text: str, one: bool) -> None:
    assert is_date(text) is one


def test_a_quarter_is_rounded_up_and_a_full_one_stays() -> None:
    assert next_quarter(at(10, 0)) == at(10, 0)
    assert next_quarter(at(10, 0) + 1) == at(10, 15)
    assert next_quarter(at(10, 14)) == at(10, 15)


def test_the_outlets_time_is_its_own() -> None:
    assert local_time(sample.at(7, 30), sample.JAKARTA_MINUTES).isoformat() == "2026-07-14T07:30:00"
