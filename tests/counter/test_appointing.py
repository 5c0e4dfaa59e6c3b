"""Appointments as a counter sees them."""

import pytest

from broker.domain import commands as c
from broker.domain.appointment import Wanted
from broker.domain.values import BusinessDay, DeviceRole, Instant, ServiceCode
from counter.appointing import AppointmentDay, appointment_day, free_slots
from counter.desk import Number
from tests.support import sample
from tests.support.morning import Morning

WEDNESDAY = BusinessDay("2026-07-15")


@pytest.fixture
def morning() -> Morning:
    return Morning()


def book(morning: Morning, at: Instant, service: ServiceCode, day: BusinessDay = sample.TUESDAY) -> None:
    morning.do(c.BookAppointments((Wanted(day, at, service),)), DeviceRole.OPERATOR)


def shown(morning: Morning, day: BusinessDay | None = None) -> AppointmentDay:
    found = appointment_day(morning.state, day, morning.now)
    assert found is not None
    return found


def free(morning: Morning, code: ServiceCode, day: BusinessDay = sample.TUESDAY) -> tuple[Instant, ...]:
    return free_slots(morning.state, morning.state.services[code], day, morning.now)


def test_todays_appointments_stand_by_their_time(morning: Morning) -> None:
    book(morning, sample.at(10), sample.DOCTOR)
    book(morning, sample.at(9), sample.MICRO_BUSINESS)
    book(morning, sample.at(9, day=WEDNESDAY), sample.DOCTOR, WEDNESDAY)
    day = shown(morning)
    assert day.is_today
    assert [(line.number, line.slot_at) for line in day.lines] == [
        (Number("A", "J002"), sample.at(9)),
        (Number("B", "J001"), sample.at(10)),
    ]


def test_who_is_more_than_ten_minutes_late_would_be_a_walk_in(morning: Morning) -> None:
    book(morning, sample.at(8), sample.DOCTOR)
    morning.advance(minutes=40)
    assert not shown(morning).lines[0].is_late
    morning.advance(seconds=1)
    assert shown(morning).lines[0].is_late


def test_who_was_checked_in_is_not_expected_any_more(morning: Morning) -> None:
    book(morning, sample.at(8), sample.DOCTOR)
    morning.clerk("sri", c.CheckIn(shown(morning).lines[0].appointment))
    assert shown(morning).lines == ()


def test_one_steps_from_working_day_to_working_day(morning: Morning) -> None:
    friday = shown(morning, BusinessDay("2026-07-17"))
    assert (friday.before, friday.after) == ("2026-07-16", "2026-07-20")
    assert shown(morning).before is None
    last = shown(morning, BusinessDay("2026-08-13"))
    assert last.after is None


def test_a_day_off_is_not_shown(morning: Morning) -> None:
    assert shown(morning, BusinessDay("2026-07-18")).day == sample.TUESDAY


def test_times_that_are_over_full_or_in_a_break_are_not_free(morning: Morning) -> None:
    morning.advance(minutes=45)  # 08:15
    for _ in range(2):
        book(morning, sample.at(9), sample.DOCTOR)
    times = free(morning, sample.DOCTOR)
    assert times[0] == sample.at(8, 30)
    assert sample.at(9) not in times
    assert sample.at(12) not in times
    assert times[-1] == sample.at(15, 30)


def test_a_place_taken_in_another_queue_takes_none_here(morning: Morning) -> None:
    for _ in range(2):
        book(morning, sample.at(9), sample.DOCTOR)
    assert sample.at(9) in free(morning, sample.RESEARCH)


def test_a_one_day_services_times_end_at_its_cut_off(morning: Morning) -> None:
    assert free(morning, sample.MICRO_BUSINESS)[-1] == sample.at(10, 30)


def test_what_is_shown_as_free_can_be_booked_to_the_last_day(morning: Morning) -> None:
    last = BusinessDay("2026-08-13")
    for day in (sample.TUESDAY, last):
        for at in free(morning, sample.DOCTOR, day):
            book(morning, at, sample.DOCTOR, day)
    assert len(shown(morning, last).lines) == 1
