"""What time does: days that open and close, and the calendar beneath them."""

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as r
from broker.domain.day import business_day, instant_of
from broker.domain.values import BusinessDay, DeviceRole
from tests.support import sample
from tests.support.morning import ONE, TWO, Morning

WEDNESDAY = BusinessDay("2026-07-15")


def test_the_business_day_turns_at_three_in_the_morning() -> None:
    assert business_day(sample.at(2, 59), sample.JAKARTA_MINUTES) == "2026-07-13"
    assert business_day(sample.at(3, 0), sample.JAKARTA_MINUTES) == "2026-07-14"
    assert instant_of(sample.TUESDAY, 0, sample.JAKARTA_MINUTES) % 86_400_000 == 17 * 3_600_000


def test_at_day_close_who_waits_expires_and_a_service_in_hand_ends_unfinished() -> None:
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    morning.clerk("budi", c.OpenCounter(TWO))
    served, called, waits = morning.take("A"), morning.take("C"), morning.take("A")
    morning.serving("sri", ONE)
    morning.call("budi", TWO)
    morning.advance(minutes=10 * 60 + 30)
    ends = [each.event for each in morning.journal[-6:]]
    assert ends == [
        e.TicketCompleted(served, unfinished=True),
        e.TicketExpired(called),
        e.TicketExpired(waits),
        e.CounterClosed(ONE, sample.SRI),
        e.CounterClosed(TWO, sample.BUDI),
        e.DayClosed(sample.TUESDAY),
    ]
    assert morning.state.day is None
    assert not morning.state.tickets
    assert morning.decide(c.IssueTicket("A"), DeviceRole.KIOSK) == r.OutletClosed()


def test_the_next_day_begins_with_new_numbers() -> None:
    morning = Morning()
    morning.take("A")
    morning.advance(minutes=24 * 60)
    assert morning.state.day == WEDNESDAY
    assert morning.take("A") == "20260715-A001"


def test_a_broker_that_slept_over_midnight_closes_yesterday_first() -> None:
    morning = Morning()
    waits = morning.take("A")
    morning.now = sample.at(8, day=WEDNESDAY)
    morning.tick()
    assert [each.event for each in morning.journal[-3:]] == [
        e.TicketExpired(waits),
        e.DayClosed(sample.TUESDAY),
        e.DayOpened(WEDNESDAY),
    ]


def test_a_promise_can_pass_while_the_outlet_is_closed() -> None:
    morning = Morning(start=sample.at(10))
    morning.clerk("sri", c.OpenCounter(ONE))
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    application = morning.accept("sri", ticket, sample.MICRO_BUSINESS)
    morning.now = sample.at(23)
    morning.tick()
    assert morning.state.applications[application].overdue


def test_rules_that_contradict_themselves_are_refused() -> None:
    from msgspec.structs import replace

    morning = Morning()
    twice = replace(sample.RULES, counters=(sample.RULES.counters[0],) * 2)
    refusal = morning.decide(c.ConfigureOutlet(twice), DeviceRole.OPERATOR)
    assert refusal == r.RulesInvalid("counters: a number twice")
    elsewhere = (replace(sample.SERVICES[0], letter="Z"),)
    refusal = morning.decide(c.AdoptCatalogue(elsewhere), DeviceRole.OPERATOR)
    assert refusal == r.RulesInvalid("service IUMK: no queue Z")
