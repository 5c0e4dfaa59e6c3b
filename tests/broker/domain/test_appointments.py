"""Places reserved for a time: booked, given back, checked in, come too late for, missed."""

import pytest
from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as r
from broker.domain.appointment import Appointment, Wanted
from broker.domain.decide.appointments import slots_for, slots_on
from broker.domain.rules import AppointmentRules
from broker.domain.values import (
    AppointmentId,
    Because,
    BusinessDay,
    Channel,
    ClosingReason,
    DeviceRole,
    Instant,
    Language,
    Priority,
    ServiceCode,
)
from tests.support import sample
from tests.support.morning import ONE, Morning

MINUTE_MS = 60_000
DAY_MS = 86_400_000
WEDNESDAY = BusinessDay("2026-07-15")
SUNDAY = BusinessDay("2026-07-19")
MICRO, DOCTOR, RESEARCH = sample.MICRO_BUSINESS, sample.DOCTOR, sample.RESEARCH
SERVICES = {each.code: each for each in sample.SERVICES}


@pytest.fixture
def morning() -> Morning:
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    return morning


def wanted(
    hour: int, minute: int = 0, service: ServiceCode = DOCTOR, day: BusinessDay = sample.TUESDAY
) -> Wanted:
    return Wanted(day, sample.at(hour, minute, day=day), service)


def booked(morning: Morning, *places: Wanted) -> list[AppointmentId]:
    events = morning.kiosk(c.BookAppointments(places))
    return [each.appointment for each in events if isinstance(each, e.AppointmentBooked)]


def refused(morning: Morning, *places: Wanted) -> r.AnyRefusal:
    return morning.refused_at_kiosk(c.BookAppointments(places))


# Booked


def test_a_place_is_reserved_for_a_service_and_a_time(morning: Morning) -> None:
    place = wanted(9, 30, day=WEDNESDAY)
    (appointment,) = booked(morning, place)
    assert appointment == "20260715-J001"
    assert morning.happened(e.AppointmentBooked) == [
        e.AppointmentBooked(appointment, WEDNESDAY, place.slot_at, "B", DOCTOR)
    ]
    assert morning.state.appointments == {
        appointment: Appointment(appointment, WEDNESDAY, place.slot_at, "B", DOCTOR)
    }


def test_places_have_ids_of_their_day_that_are_never_used_again(morning: Morning) -> None:
    first, second, other_day = booked(morning, wanted(9), wanted(9, 30), wanted(9, day=WEDNESDAY))
    assert (first, second, other_day) == ("20260714-J001", "20260714-J002", "20260715-J001")
    morning.clerk("sri", c.CancelAppointment(second))
    assert booked(morning, wanted(9, 30)) == ["20260714-J003"]
    morning.now = sample.at(18)
    morning.tick()
    assert booked(morning, wanted(9, day=WEDNESDAY)) == ["20260715-J002"]
    morning.now = sample.at(8, day=WEDNESDAY)
    morning.tick()
    assert booked(morning, wanted(9, day=WEDNESDAY, service=RESEARCH)) == ["20260715-J003"]
    assert morning.state.booked == {WEDNESDAY: 3}


def test_a_slot_of_a_queue_has_so_many_places(morning: Morning) -> None:
    booked(morning, wanted(9), wanted(9))
    assert refused(morning, wanted(9)) == r.SlotFull(sample.at(9))
    (of_another_queue,) = booked(morning, wanted(9, service=RESEARCH))
    booked(morning, wanted(9, 30))
    assert refused(morning, wanted(9, 30), wanted(9, 30)) == r.SlotFull(sample.at(9, 30))
    booked(morning, wanted(9, 30))
    assert of_another_queue in morning.state.appointments


def test_a_place_given_back_is_free_again(morning: Morning) -> None:
    first, _ = booked(morning, wanted(9), wanted(9))
    cancel = c.CancelAppointment(first)
    assert morning.clerk("sri", cancel) == (e.AppointmentCancelled(first),)
    assert morning.refused("sri", cancel) == r.UnknownAppointment(first)
    booked(morning, wanted(9))
    assert refused(morning, wanted(9)) == r.SlotFull(sample.at(9))


def test_places_are_reserved_all_or_none(morning: Morning) -> None:
    assert refused(morning, wanted(9), wanted(9, 10)) == r.NoSuchSlot(sample.at(9, 10))
    assert refused(morning, wanted(9), wanted(9), wanted(9)) == r.SlotFull(sample.at(9))
    assert refused(morning, wanted(9), wanted(9, service=ServiceCode("X"))) == r.UnknownService("X")
    assert morning.state.appointments == {}


def test_slots_begin_with_the_counters_and_end_with_the_doors_and_leave_out_breaks() -> None:
    rules = sample.rules(appointments=AppointmentRules(slot_minutes=60))
    minutes = [(slot - sample.at(0)) // MINUTE_MS for slot in slots_on(rules, sample.TUESDAY)]
    assert minutes == [hour * 60 + 30 for hour in (7, 8, 9, 10, 11, 13, 14, 15)]
    to_the_minute = replace(sample.WEEKDAY, opens=12 * 60, doors_close=14 * 60)
    rules = sample.rules(
        week=(to_the_minute,) * 5 + (None, None), appointments=AppointmentRules(slot_minutes=30)
    )
    minutes = [(slot - sample.at(0)) // MINUTE_MS for slot in slots_on(rules, sample.TUESDAY)]
    assert minutes == [13 * 60, 13 * 60 + 30], "the break ends at one, the doors close at two"
    assert slots_on(rules, SUNDAY) == ()


def test_a_one_day_service_has_no_places_from_its_cut_off_on(morning: Morning) -> None:
    assert slots_for(sample.RULES, SERVICES[MICRO], sample.TUESDAY)[-1] == sample.at(10, 30)
    assert slots_for(sample.RULES, SERVICES[DOCTOR], sample.TUESDAY)[-1] == sample.at(15, 30)
    booked(morning, wanted(10, 30, MICRO))
    assert refused(morning, wanted(11, 0, MICRO)) == r.NoSuchSlot(sample.at(11))
    booked(morning, wanted(11, 0))


def test_a_place_lies_ahead_but_not_too_far(morning: Morning) -> None:
    morning.now = sample.at(9)
    assert refused(morning, wanted(9)) == r.NoSuchSlot(sample.at(9)), "it begins now"
    booked(morning, wanted(9, 30))
    august = BusinessDay("2026-08-13")
    booked(morning, wanted(9, 0, day=august))
    assert refused(morning, wanted(9, 30, day=august)) == r.NoSuchSlot(sample.at(9, 30, day=august))


def test_a_place_is_on_the_day_that_it_says(morning: Morning) -> None:
    for day in (WEDNESDAY, BusinessDay("20260714"), BusinessDay("tomorrow"), BusinessDay("")):
        odd = Wanted(day, sample.at(9), DOCTOR)
        assert refused(morning, odd) == r.NoSuchSlot(sample.at(9))
    assert refused(morning, wanted(9, day=SUNDAY)) == r.NoSuchSlot(sample.at(9, day=SUNDAY))


@pytest.mark.parametrize("slot_at", [-(10**18), 10**18])
def test_no_place_is_at_the_end_of_time(morning: Morning, slot_at: int) -> None:
    odd = Wanted(sample.TUESDAY, Instant(slot_at), DOCTOR)
    assert refused(morning, odd) == r.NoSuchSlot(slot_at)


def test_places_are_imported_by_the_operator_and_made_at_counters(morning: Morning) -> None:
    for role in (DeviceRole.OPERATOR, DeviceRole.COUNTER):
        assert not isinstance(morning.decide(c.BookAppointments((wanted(9),)), role), r.Refusal)


# Checked in


def checked_in(morning: Morning, appointment: AppointmentId, **more: object) -> e.TicketIssued:
    return morning.issue(c.CheckIn(appointment, **more))  # type: ignore[arg-type]


def test_the_earlier_of_priority_and_reserved_time_counts(morning: Morning) -> None:
    (appointment,) = booked(morning, wanted(10))
    morning.now = sample.at(8, 50)
    ticket = checked_in(morning, appointment, priority=Priority.ELDERLY).ticket
    morning.delivered(ticket)
    assert morning.now_is(ticket).virtual_arrival == sample.at(8, 30), (
        "twenty minutes; the slot alone gives nothing"
    )


def test_an_appointment_becomes_a_ticket_with_its_time(morning: Morning) -> None:
    morning = Morning(services=sample.services(DOCTOR, steps=("E",)))
    (appointment,) = booked(morning, wanted(9))
    morning.now = sample.at(8, 50)
    issued = checked_in(morning, appointment, priority=Priority.ELDERLY, language=Language.ENGLISH)
    assert (issued.ticket, issued.letter, issued.service) == ("20260714-B001", "B", DOCTOR)
    assert (issued.channel, issued.appointment, issued.slot_at) == (
        Channel.APPOINTMENT,
        appointment,
        sample.at(9),
    )
    assert (issued.priority, issued.language, issued.steps) == (Priority.ELDERLY, Language.ENGLISH, ("E",))
    assert morning.state.appointments == {}
    assert morning.state.reserved == {}
    assert morning.now_is(issued.ticket).slot_at == sample.at(9)
    again = c.CheckIn(appointment)
    assert morning.refused_at_kiosk(again) == r.UnknownAppointment(appointment)


def test_an_appointment_counts_from_its_slot_less_the_appointments_head_start(morning: Morning) -> None:
    (appointment,) = booked(morning, wanted(9))
    morning.now = sample.at(8, 15)
    walk_in = morning.take("B")
    morning.now = sample.at(8, 40)
    issued = checked_in(morning, appointment)
    assert issued.ahead == 0
    ticket = morning.delivered(issued.ticket)
    assert morning.now_is(ticket).virtual_arrival == sample.at(8)
    assert morning.call("sri", ONE) == ticket
    assert morning.now_is(ticket).because is Because.APPOINTMENT
    assert morning.waiting("B") == [walk_in]


def test_but_never_from_before_its_arrival_less_the_longest_head_start() -> None:
    generous = AppointmentRules(head_start_minutes=300)
    morning = Morning(sample.rules(appointments=generous))
    (appointment,) = booked(morning, wanted(9))
    morning.now = sample.at(9)
    ticket = morning.delivered(checked_in(morning, appointment).ticket)
    assert morning.now_is(ticket).virtual_arrival == sample.at(8)


def test_who_comes_long_before_the_time_counts_from_the_arrival(morning: Morning) -> None:
    (appointment,) = booked(morning, wanted(15))
    morning.now = sample.at(9)
    ticket = morning.delivered(checked_in(morning, appointment).ticket)
    assert morning.now_is(ticket).virtual_arrival == sample.at(9)


def test_ten_minutes_late_is_in_time_and_later_is_a_walk_in(morning: Morning) -> None:
    in_time, too_late = booked(morning, wanted(9), wanted(9))
    morning.now = sample.at(9, 10)
    first = checked_in(morning, in_time)
    assert (first.channel, first.slot_at) == (Channel.APPOINTMENT, sample.at(9))
    morning.now = Instant(sample.at(9, 10) + 1)
    second = checked_in(morning, too_late)
    assert (second.channel, second.slot_at, second.appointment) == (Channel.WALK_IN, None, too_late)
    ticket = morning.delivered(second.ticket)
    assert morning.now_is(ticket).virtual_arrival == morning.now
    assert morning.state.appointments == {}


def test_only_on_its_own_day_somebody_checks_in(morning: Morning) -> None:
    (appointment,) = booked(morning, wanted(9, day=WEDNESDAY))
    told = r.AppointmentOtherDay(sample.at(9, day=WEDNESDAY))
    assert morning.refused_at_kiosk(c.CheckIn(appointment)) == told
    morning.now = sample.at(19)
    morning.tick()
    assert morning.refused_at_kiosk(c.CheckIn(appointment)) == r.OutletClosed()


def test_whoever_has_a_place_is_let_in_whatever_else_is_closed() -> None:
    morning = Morning(services=sample.services(DOCTOR, quota=0))
    (appointment,) = booked(morning, wanted(15))
    morning.now = sample.at(14, 30)
    morning.clerk("ratna", c.CloseDoors(ClosingReason.FULL))
    morning.clerk("ratna", c.CloseQueue("B", ClosingReason.FULL))
    assert checked_in(morning, appointment).channel is Channel.APPOINTMENT


def test_while_its_queue_is_paused_one_checks_in_and_waits(morning: Morning) -> None:
    (appointment,) = booked(morning, wanted(9))
    morning.clerk("ratna", c.PauseQueue("B", ClosingReason.SYSTEM_FAULT))
    assert checked_in(morning, appointment).channel is Channel.APPOINTMENT


def test_a_place_for_a_service_that_is_gone_is_still_a_ticket(morning: Morning) -> None:
    (appointment,) = booked(morning, wanted(9))
    others = tuple(each for each in sample.SERVICES if each.code != DOCTOR)
    morning.do(c.AdoptCatalogue(others), DeviceRole.OPERATOR)
    issued = checked_in(morning, appointment)
    assert (issued.letter, issued.service) == ("B", None)


def test_with_no_number_left_the_place_stays(morning: Morning) -> None:
    (appointment,) = booked(morning, wanted(9))
    morning.state.numbers["B"] = 999
    assert morning.refused_at_kiosk(c.CheckIn(appointment)) == r.NumbersUsedUp("B")
    assert appointment in morning.state.appointments


# And the cut-off of a one-day service


def test_who_has_a_place_before_the_cut_off_is_served_also_some_minutes_after_it() -> None:
    rules = sample.rules(appointments=AppointmentRules(slot_minutes=5))
    morning = Morning(rules)
    morning.clerk("sri", c.OpenCounter(ONE))
    (appointment,) = booked(morning, wanted(10, 55, MICRO))
    morning.now = sample.at(11, 4)
    ticket = morning.delivered(checked_in(morning, appointment).ticket)
    morning.serving("sri", ONE)
    morning.accept("sri", ticket, MICRO)


def test_who_comes_too_late_for_the_place_and_after_the_cut_off_is_told_so() -> None:
    rules = sample.rules(appointments=AppointmentRules(slot_minutes=5))
    morning = Morning(rules)
    (appointment,) = booked(morning, wanted(10, 55, MICRO))
    morning.now = sample.at(11, 6)
    assert morning.refused_at_kiosk(c.CheckIn(appointment)) == r.PastCutOff(sample.at(11))


def test_who_comes_too_late_for_the_place_but_before_the_cut_off_is_a_walk_in(morning: Morning) -> None:
    (appointment,) = booked(morning, wanted(10, 30, MICRO))
    morning.now = sample.at(10, 45)
    assert checked_in(morning, appointment).channel is Channel.WALK_IN


# Missed


def test_at_day_close_the_places_nobody_came_for_are_missed(morning: Morning) -> None:
    today, tomorrow = booked(morning, wanted(9), wanted(9, day=WEDNESDAY))
    morning.now = sample.at(18)
    morning.tick()
    assert morning.happened(e.AppointmentMissed) == [e.AppointmentMissed(today)]
    assert list(morning.state.appointments) == [tomorrow]


def test_places_of_a_day_on_which_nothing_ran_are_missed_at_the_next_close(morning: Morning) -> None:
    (wednesdays,) = booked(morning, wanted(9, day=WEDNESDAY))
    morning.now = sample.at(9, day=BusinessDay("2026-07-16"))
    morning.tick()
    assert wednesdays in morning.state.appointments
    told = r.AppointmentOtherDay(sample.at(9, day=WEDNESDAY))
    assert morning.refused_at_kiosk(c.CheckIn(wednesdays)) == told
    morning.now = sample.at(18, day=BusinessDay("2026-07-16"))
    morning.tick()
    assert morning.state.appointments == {}
