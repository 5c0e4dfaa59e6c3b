"""What can be had at a time of the day, and why not."""

from broker.domain.ticket import Estimate
from broker.domain.values import ServiceCode
from kiosk.offer import (
    Closure,
    Doors,
    Why,
    doors,
    has_one_day_services,
    one_day_services,
    opens_next,
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
    outlet.advance(minutes=1)
    offer = next(each for each in queues_on_offer(outlet.state, outlet.now) if each.queue.letter == "B")
    assert offer.waiting == 2
    assert offer.wait is not None
    assert offer.wait.to_minutes > 0
    assert offer.closure is None


def test_without_an_open_counter_there_is_no_wait_to_tell() -> None:
    outlet = Morning()
    assert all(offer.wait is None for offer in queues_on_offer(outlet.state, outlet.now))


def test_a_free_counter_means_nearly_no_wait() -> None:
    outlet = open_outlet()
    offer = next(each for each in queues_on_offer(outlet.state, outlet.now) if each.queue.letter == "B")
    assert offer.wait == Estimate(0, 5)


def test_before_the_first_ticket_a_queue_tells_when_it_opens() -> None:
    outlet = Morning(start=at(6, 50))
    offers = queues_on_offer(outlet.state, outlet.now)
    assert {offer.closure for offer in offers} == {Closure(Why.NOT_YET, None, at(7, 30))}


def test_after_the_last_ticket_it_tells_since_when_and_until_when() -> None:
    outlet = Morning(start=at(13, 30))
    offers = queues_on_offer(outlet.state, outlet.now)
    assert {offer.closure for offer in offers} == {Closure(Why.OVER, at(13, 30), at(7, 30, day=WEDNESDAY))}


def test_on_a_saturday_everything_opens_again_on_monday() -> None:
    outlet = Morning(start=at(10, day=sample.BusinessDay("2026-07-18")))
    offers = queues_on_offer(outlet.state, outlet.now)
    assert {offer.closure for offer in offers} == {Closure(Why.NOT_TODAY, None, at(7, 30, day=MONDAY))}
    assert doors(outlet.state, outlet.now) is None
    assert opens_next(outlet.state, outlet.now) == at(7, 30, day=MONDAY)


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
    assert offer.closure == Closure(Why.PAST_CUT_OFF, at(11), at(7, 30, day=WEDNESDAY))
    assert offer.ready_at is None


def test_what_is_not_in_the_catalogue_is_not_on_offer() -> None:
    outlet = open_outlet()
    assert service_on_offer(outlet.state, ServiceCode("UNKNOWN"), outlet.now) is None
