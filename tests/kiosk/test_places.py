"""Which places of the next day a kiosk offers: free ones, before the cut-off, on a day when the queue gives numbers."""

from broker.domain.appointment import Wanted
from broker.domain.commands import BookAppointments, CloseDoors, PauseQueue
from broker.domain.rules import AppointmentRules, Bilingual, DatedWeek
from broker.domain.values import BusinessDay, ClosingReason, Instant, ServiceCode
from kiosk.offer import service_on_offer
from kiosk.places import places_ahead
from tests.kiosk.support import open_outlet
from tests.support import sample
from tests.support.morning import Morning
from tests.support.sample import at

WEDNESDAY, THURSDAY = BusinessDay("2026-07-15"), BusinessDay("2026-07-16")


def places(outlet: Morning, code: ServiceCode) -> tuple[Instant, ...]:
    offer = service_on_offer(outlet.state, code, outlet.now)
    assert offer is not None
    return places_ahead(outlet.state, offer, outlet.now)


def fill(outlet: Morning, code: ServiceCode, *slots: Instant) -> None:
    outlet.kiosk(BookAppointments(tuple(Wanted(WEDNESDAY, each, code) for each in slots for _ in range(2))))


def test_while_numbers_are_given_out_no_place_is_offered() -> None:
    assert places(open_outlet(), sample.MICRO_BUSINESS) == ()


def test_past_the_cut_off_the_next_days_first_places_are_offered() -> None:
    outlet = open_outlet(start=at(11))
    slots = [at(7, 30, day=WEDNESDAY), at(8, day=WEDNESDAY), at(8, 30, day=WEDNESDAY), at(9, day=WEDNESDAY)]
    assert list(places(outlet, sample.MICRO_BUSINESS)) == slots
    assert places(outlet, sample.DOCTOR) == ()


def test_full_slots_are_left_out() -> None:
    outlet = open_outlet(start=at(11))
    fill(outlet, sample.MICRO_BUSINESS, at(7, 30, day=WEDNESDAY), at(8, 30, day=WEDNESDAY))
    assert places(outlet, sample.MICRO_BUSINESS)[:2] == (at(8, day=WEDNESDAY), at(9, day=WEDNESDAY))


def test_no_place_lies_past_the_services_cut_off_and_a_full_day_is_followed_by_the_next() -> None:
    outlet = open_outlet(start=at(11))
    early = [at(hour, minute, day=WEDNESDAY) for hour in (7, 8, 9, 10) for minute in (0, 30)][1:-1]
    fill(outlet, sample.JOBSEEKER, *early)
    last = at(10, 30, day=WEDNESDAY)
    assert places(outlet, sample.MICRO_BUSINESS) == (last,)
    assert places(outlet, sample.JOBSEEKER)[0] == at(7, 30, day=THURSDAY)


def test_holidays_and_weekends_are_passed_over() -> None:
    holidays = DatedWeek(Bilingual("Libur", "Holiday"), WEDNESDAY, BusinessDay("2026-07-17"), (None,) * 7)
    outlet = open_outlet(rules=sample.rules(dated=(holidays,)), start=at(14))
    assert places(outlet, sample.DOCTOR)[0] == at(7, 30, day=BusinessDay("2026-07-20"))


def test_no_place_is_further_ahead_than_places_can_be_reserved() -> None:
    rules = sample.rules(appointments=AppointmentRules(days_ahead=1))
    outlet = open_outlet(rules=rules, start=at(11))
    assert places(outlet, sample.MICRO_BUSINESS)[-1] == at(9, day=WEDNESDAY)
    fill(outlet, sample.MICRO_BUSINESS, *places(outlet, sample.MICRO_BUSINESS))
    fill(outlet, sample.MICRO_BUSINESS, *places(outlet, sample.MICRO_BUSINESS))
    assert places(outlet, sample.MICRO_BUSINESS) == ()


def test_a_pause_ends_some_time_today_and_offers_nothing_but_doors_closed_early_do() -> None:
    outlet = open_outlet()
    outlet.clerk("ratna", PauseQueue("B", ClosingReason.SYSTEM_FAULT))
    assert places(outlet, sample.DOCTOR) == ()
    outlet.clerk("ratna", CloseDoors(ClosingReason.EMERGENCY))
    assert places(outlet, sample.DOCTOR)[0] == at(7, 30, day=WEDNESDAY)


def test_what_is_offered_can_be_reserved() -> None:
    outlet = open_outlet(start=at(14))
    for code in (sample.MICRO_BUSINESS, sample.DOCTOR, sample.RESEARCH):
        for slot_at in places(outlet, code):
            outlet.kiosk(BookAppointments((Wanted(WEDNESDAY, slot_at, code),)))
