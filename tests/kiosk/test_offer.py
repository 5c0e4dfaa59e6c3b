"""What can be had at a time of the day, and why not."""

import pytest
from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain import refusals as r
from broker.domain.rules import Bilingual, DatedWeek, Machine, QueueWindow
from broker.domain.ticket import Estimate, Expected
from broker.domain.values import ClosingReason, MachineCode, MachineState, ServiceCode
from kiosk.offer import (
    Closure,
    Doors,
    doors,
    has_one_day_services,
    one_day_services,
    outlet_today,
    queue_closure,
    queues_on_offer,
    service_on_offer,
)
from tests.kiosk.support import open_outlet
from tests.support import sample
from tests.support.morning import Morning
from tests.support.sample import at

WEDNESDAY = sample.BusinessDay("2026-07-15")
MONDAY = sample.BusinessDay("2026-07-20")


def codes(outlet: Morning) -> list[str]:
    return [offer.service.code for offer in one_day_services(outlet.state, "A", outlet.now)]


def test_a_tile_counts_who_waits_and_tells_for_how_long() -> None:
    outlet = open_outlet()
    outlet.take("B")
    outlet.take("B")
    outlet.forecast("B", Estimate(12, 25))
    offer = next(each for each in queues_on_offer(outlet.state, outlet.now) if each.queue.letter == "B")
    assert offer.waiting == 2
    assert offer.wait == Expected("B", Estimate(12, 25))
    assert offer.closure is None


def test_without_a_forecast_there_is_no_wait_to_tell() -> None:
    outlet = Morning()
    assert all(offer.wait is None for offer in queues_on_offer(outlet.state, outlet.now))


def test_before_the_first_ticket_a_queue_tells_when_it_opens() -> None:
    outlet = Morning(start=at(6, 50))
    offers = queues_on_offer(outlet.state, outlet.now)
    assert {offer.closure for offer in offers} == {Closure(r.TooEarly(at(7, 30)), at(7, 30))}


def test_after_the_last_ticket_it_tells_since_when_and_until_when() -> None:
    outlet = Morning(start=at(13, 30))
    offers = queues_on_offer(outlet.state, outlet.now)
    assert {offer.closure for offer in offers} == {Closure(r.TooLate(at(13, 30)), at(7, 30, day=WEDNESDAY))}


def test_on_a_saturday_everything_opens_again_on_monday() -> None:
    outlet = Morning(start=at(10, day=sample.BusinessDay("2026-07-18")))
    offers = queues_on_offer(outlet.state, outlet.now)
    assert {offer.closure for offer in offers} == {Closure(r.OutletClosed(), at(7, 30, day=MONDAY))}
    assert doors(outlet.state, outlet.now) is None
    assert outlet_today(outlet.state, outlet.now).opens_next == at(7, 30, day=MONDAY)


def test_the_doors_of_today() -> None:
    outlet = Morning(start=at(9))
    assert doors(outlet.state, outlet.now) == Doors(at(7, 30), at(16))
    assert doors(outlet.state, at(16)) is None


def test_the_one_day_service_that_closes_soonest_stands_first_and_closed_ones_last() -> None:
    outlet = open_outlet()
    assert codes(outlet) == ["AK1", "IUMK"]
    outlet.advance(minutes=185)  # 10.35: too late for AK1
    assert codes(outlet) == ["IUMK", "AK1"]
    assert has_one_day_services(outlet.state, "A")
    assert not has_one_day_services(outlet.state, "B")


def test_a_one_day_service_tells_when_it_would_be_ready() -> None:
    outlet = open_outlet()
    offer = service_on_offer(outlet.state, ServiceCode("IUMK"), outlet.now)
    assert offer is not None
    assert offer.cut_off_at == at(11)
    assert offer.ready_at == at(11, 45)  # at most 5 min wait, 10 at the counter, 240 promised, to the quarter


def test_past_its_cut_off_it_is_closed_and_promises_nothing() -> None:
    outlet = open_outlet(start=at(11))
    offer = service_on_offer(outlet.state, ServiceCode("IUMK"), outlet.now)
    assert offer is not None
    assert offer.closure == Closure(r.PastCutOff(at(11)), at(7, 30, day=WEDNESDAY))
    assert offer.ready_at is None


def test_what_is_not_in_the_catalogue_is_not_on_offer() -> None:
    outlet = open_outlet()
    assert service_on_offer(outlet.state, ServiceCode("UNKNOWN"), outlet.now) is None


HOLIDAYS = Bilingual("Cuti bersama", "Joint leave")
RAMADAN = Bilingual("Ramadan", "Ramadan")


def closed(outlet: Morning, letter: str) -> Closure:
    closure = queue_closure(outlet.state, letter, outlet.now)
    assert closure is not None
    return closure


def closed_service(outlet: Morning, code: ServiceCode) -> Closure:
    offer = service_on_offer(outlet.state, code, outlet.now)
    assert offer is not None
    assert offer.closure is not None
    return offer.closure


def test_a_paused_queue_tells_why_and_nobody_knows_until_when() -> None:
    outlet = open_outlet()
    outlet.clerk("ratna", c.PauseQueue("B", ClosingReason.SYSTEM_FAULT))
    assert closed(outlet, "B") == Closure(r.QueueOnPause("B", ClosingReason.SYSTEM_FAULT), None)
    assert not closed(outlet, "B").is_over_today
    outlet.clerk("ratna", c.ResumeQueue("B"))
    assert queue_closure(outlet.state, "B", outlet.now) is None


def test_a_queue_closed_for_today_opens_on_the_next_day_even_when_it_had_not_begun() -> None:
    outlet = Morning(start=at(7))
    outlet.clerk("ratna", c.CloseQueue("C", ClosingReason.NO_CLERK))
    assert closed(outlet, "C") == Closure(
        r.QueueClosedToday("C", ClosingReason.NO_CLERK), at(7, 30, day=WEDNESDAY)
    )


def test_when_the_doors_close_early_no_queue_gives_out_numbers() -> None:
    outlet = open_outlet()
    outlet.clerk("ratna", c.CloseDoors(ClosingReason.CEREMONY))
    offers = queues_on_offer(outlet.state, outlet.now)
    early = Closure(r.DoorsClosedToday(ClosingReason.CEREMONY), at(7, 30, day=WEDNESDAY))
    assert {offer.closure for offer in offers} == {early}
    assert outlet_today(outlet.state, outlet.now).closed_early is ClosingReason.CEREMONY


def test_a_machine_that_can_not_work_closes_what_depends_on_it() -> None:
    code = MachineCode("ektp-printer")
    machine = Machine(code, Bilingual("Mesin cetak", "Printer"))
    outlet = open_outlet(
        rules=sample.rules(machines=(machine,)), services=sample.services(sample.RESEARCH, needs=code)
    )
    for state in (MachineState.OUT_OF_CARDS, MachineState.OUT_OF_ORDER):
        outlet.clerk("sri", c.ReportMachine(code, state))
        assert closed_service(outlet, sample.RESEARCH) == Closure(r.MachineNotReady(code, state), None)
        assert queue_closure(outlet.state, "C", outlet.now) is None
    outlet.clerk("sri", c.ReportMachine(code, MachineState.READY))
    offer = service_on_offer(outlet.state, sample.RESEARCH, outlet.now)
    assert offer is not None
    assert offer.closure is None


def test_a_service_whose_numbers_are_used_up_opens_on_the_next_day() -> None:
    outlet = open_outlet(services=sample.services(sample.RESEARCH, quota=2))
    outlet.take("C", sample.RESEARCH)
    offer = service_on_offer(outlet.state, sample.RESEARCH, outlet.now)
    assert offer is not None
    assert offer.closure is None
    outlet.take("C", sample.RESEARCH)
    assert closed_service(outlet, sample.RESEARCH) == Closure(r.QuotaReached(2), at(7, 30, day=WEDNESDAY))


def test_a_queue_whose_numbers_are_used_up_opens_on_the_next_day() -> None:
    queues = tuple(replace(each, last_number=1) for each in sample.QUEUES)
    outlet = open_outlet(rules=sample.rules(queues=queues))
    outlet.take("C")
    assert closed(outlet, "C") == Closure(r.NumbersUsedUp("C"), at(7, 30, day=WEDNESDAY))
    assert queue_closure(outlet.state, "B", outlet.now) is None


def test_a_queue_with_times_of_its_own_on_a_weekday_is_told_by_them() -> None:
    wednesday = replace(sample.WEEKDAY, windows=(QueueWindow("E", 9 * 60, 15 * 60),))
    week = (sample.WEEKDAY, sample.WEEKDAY, wednesday, sample.WEEKDAY, sample.WEEKDAY, None, None)
    outlet = open_outlet(rules=sample.rules(week=week), start=at(14))
    assert closed(outlet, "E").until == at(9, day=WEDNESDAY)
    assert closed(outlet, "B").until == at(7, 30, day=WEDNESDAY)


def test_a_holiday_is_told_by_its_name_and_the_next_opening_lies_after_it() -> None:
    friday = sample.BusinessDay("2026-07-17")
    holidays = DatedWeek(HOLIDAYS, sample.TUESDAY, friday, (None,) * 7)
    outlet = Morning(rules=sample.rules(dated=(holidays,)))
    assert closed(outlet, "A") == Closure(r.OutletClosed(), at(7, 30, day=MONDAY), HOLIDAYS)
    today = outlet_today(outlet.state, outlet.now)
    assert (today.doors, today.opens_next, today.exception) == (None, at(7, 30, day=MONDAY), HOLIDAYS)


def test_long_holidays_are_looked_over() -> None:
    holidays = DatedWeek(HOLIDAYS, sample.TUESDAY, sample.BusinessDay("2026-08-09"), (None,) * 7)
    outlet = Morning(rules=sample.rules(dated=(holidays,)))
    assert closed(outlet, "A").until == at(7, 30, day=sample.BusinessDay("2026-08-10"))


def test_in_ramadan_the_hours_are_those_of_ramadan() -> None:
    short = replace(sample.WEEKDAY, last_ticket=12 * 60, doors_close=14 * 60)
    ramadan = DatedWeek(RAMADAN, sample.TUESDAY, WEDNESDAY, (short,) * 5 + (None, None))
    outlet = open_outlet(rules=sample.rules(dated=(ramadan,)), start=at(12))
    assert closed(outlet, "B") == Closure(r.TooLate(at(12)), at(7, 30, day=WEDNESDAY), RAMADAN)
    today = outlet_today(outlet.state, outlet.now)
    assert today.doors == Doors(at(7, 30), at(14))
    assert today.last_number_at == at(12)


def test_after_the_days_close_the_outlet_is_closed_until_tomorrow() -> None:
    outlet = open_outlet()
    outlet.advance(minutes=11 * 60)
    assert closed(outlet, "B") == Closure(r.OutletClosed(), at(7, 30, day=WEDNESDAY))


@pytest.mark.parametrize("minutes", [0, 185, 211, 361, 600])
def test_a_closure_is_what_the_broker_answers(minutes: int) -> None:
    outlet = open_outlet(services=sample.services(sample.RESEARCH, quota=0))
    outlet.advance(minutes=minutes)
    for service in outlet.state.services.values():
        offer = service_on_offer(outlet.state, service.code, outlet.now)
        assert offer is not None
        if offer.closure is not None:
            command = c.IssueTicket(service.letter, service.code)
            assert outlet.refused_at_kiosk(command) == offer.closure.refusal
        else:
            outlet.take(service.letter, service.code)
