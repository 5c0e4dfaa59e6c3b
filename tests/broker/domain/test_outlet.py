"""An outlet's rules and services: they hold together, and never leave a citizen or a clerk behind on an open day."""

from typing import Any

import pytest
from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.appointment import Wanted
from broker.domain.refusals import Refusal, RulesInvalid, UnknownQueue
from broker.domain.rules import (
    AppointmentRules,
    Bilingual,
    Counter,
    DatedWeek,
    Machine,
    NumberRange,
    OutletRules,
    QueueWindow,
    Service,
)
from broker.domain.ticket import Estimate, Expected, ToCounter
from broker.domain.values import (
    BusinessDay,
    CommandId,
    CounterNumber,
    DeviceId,
    DeviceRole,
    HoldReason,
    MachineCode,
    MachineState,
    Priority,
    Stage,
)
from broker.protocol import messages as m
from broker.protocol.codec import MalformedError, decode_request, encode
from tests.support import sample
from tests.support.morning import ONE, Morning
from tests.support.outlet import LocalOutlet

WITHOUT_A = sample.rules(
    queues=sample.QUEUES[1:], counters=(Counter(CounterNumber(1), (("B", "C", "D", "E"),)),)
)
WITHOUT_COUNTER_1 = replace(sample.RULES, counters=sample.RULES.counters[1:])
WITHOUT_SRI = replace(sample.RULES, clerks=sample.RULES.clerks[1:])
PRINTER = Machine(MachineCode("ektp-printer"), Bilingual("Printer KTP-el", "e-KTP printer"))


def configured(outlet: LocalOutlet, rules: OutletRules) -> object:
    return outlet.decide(c.ConfigureOutlet(rules), DeviceRole.OPERATOR)


def adopted(outlet: LocalOutlet, services: tuple[Service, ...]) -> object:
    return outlet.decide(c.AdoptCatalogue(services), DeviceRole.OPERATOR)


@pytest.fixture
def outlet() -> LocalOutlet:
    """Sri sits at counter 1, and somebody waits in queue A."""
    outlet = LocalOutlet()
    outlet.do(c.OpenCounter(CounterNumber(1)), DeviceRole.COUNTER, clerk="sri")
    outlet.do(c.IssueTicket("A"), DeviceRole.KIOSK)
    return outlet


# Who is left behind


@pytest.mark.parametrize(
    ("rules", "problem"),
    [
        (WITHOUT_A, "queue A: it has open tickets"),
        (WITHOUT_COUNTER_1, "counter 1: somebody sits there"),
        (WITHOUT_SRI, "clerk sri: at a counter now"),
    ],
)
def test_what_somebody_depends_on_is_not_taken_away_on_an_open_day(
    outlet: LocalOutlet, rules: OutletRules, problem: str
) -> None:
    assert configured(outlet, rules) == RulesInvalid(problem)
    outlet.advance(minutes=12 * 60)
    assert not isinstance(configured(outlet, rules), Refusal), "after the day's close it may go"


def test_what_nobody_depends_on_may_go_at_any_time() -> None:
    for rules in (WITHOUT_A, WITHOUT_COUNTER_1, WITHOUT_SRI):
        assert not isinstance(configured(LocalOutlet(), rules), Refusal)


def test_a_queue_stays_wherever_its_ticket_is() -> None:
    """On its way, waiting, called, served, on hold, missed, sent to a counter."""
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    ticket = morning.issue(c.IssueTicket("A")).ticket
    told = RulesInvalid("queue A: it has open tickets")

    def still_refused() -> None:
        assert configured(morning, WITHOUT_A) == told

    still_refused()
    morning.delivered(ticket)
    still_refused()
    morning.call("sri", ONE)
    morning.announce(ticket)
    still_refused()
    morning.advance(seconds=60)
    morning.clerk("sri", c.MarkNoShow(ticket))
    still_refused()
    morning.clerk("sri", c.ReinstateTicket(ticket))
    morning.serving("sri", ONE)
    still_refused()
    morning.clerk("sri", c.HoldTicket(ticket, HoldReason.WAITING))
    still_refused()
    morning.clerk("sri", c.ResumeTicket(ticket))
    morning.clerk("sri", c.TransferTicket(ticket, ToCounter(ONE)))
    still_refused()
    morning.serve("sri", ONE)
    assert not isinstance(configured(morning, WITHOUT_A), Refusal)


def test_a_queue_stays_while_places_in_it_are_reserved() -> None:
    morning = Morning()
    slot = sample.at(10, day=BusinessDay("2026-07-16"))
    booked = c.BookAppointments((Wanted(BusinessDay("2026-07-16"), slot, sample.MICRO_BUSINESS),))
    morning.kiosk(booked)
    assert configured(morning, WITHOUT_A) == RulesInvalid("queue A: it has appointments")
    (appointment,) = morning.state.appointments
    morning.clerk("sri", c.CancelAppointment(appointment))
    assert not isinstance(configured(morning, WITHOUT_A), Refusal)


def test_numbers_that_the_broker_has_given_out_do_not_become_a_devices_own() -> None:
    morning = Morning()
    for _ in range(3):
        morning.take("A")
    kiosk = DeviceId("kiosk-1")

    def with_range(first: int, last: int) -> object:
        return configured(morning, sample.rules(ranges=(NumberRange(kiosk, "A", first, last),)))

    assert with_range(3, 50) == RulesInvalid("ranges: A3–50: given out by the broker today")
    assert not isinstance(with_range(4, 50), Refusal)
    morning.take("A")
    assert morning.state.numbers["A"] == 51
    assert not isinstance(with_range(4, 50), Refusal), "it was the kiosk's before"
    assert not isinstance(with_range(10, 20), Refusal), "a part of what was the kiosk's before"
    assert isinstance(with_range(4, 50), RulesInvalid)
    assert not isinstance(with_range(60, 90), Refusal)
    assert isinstance(with_range(5, 90), RulesInvalid), "only the end was the kiosk's before"
    morning.advance(minutes=24 * 60)
    assert not isinstance(with_range(1, 50), Refusal), "numbers begin anew"


# Contradictions


HOURS = sample.WEEKDAY
TWO_OF_A_COUNTER = (sample.RULES.counters[0],) * 2
A_BREAK_THAT_ENDS_FIRST = replace(HOURS, breaks=((13 * 60, 12 * 60),))
RAMADAN = Bilingual("Ramadan", "Ramadan")


def dated(first_day: str, last_day: str, week: tuple[Any, ...] = (None,) * 7) -> dict[str, Any]:
    return {"dated": (DatedWeek(RAMADAN, BusinessDay(first_day), BusinessDay(last_day), week),)}


def on_monday(**changes: Any) -> dict[str, Any]:
    return {"week": (replace(HOURS, **changes), *sample.RULES.week[1:])}


def queue_a(**changes: Any) -> dict[str, Any]:
    return {"queues": (replace(sample.QUEUES[0], **changes), *sample.QUEUES[1:])}


def ranges(*each: tuple[str, int, int]) -> dict[str, Any]:
    return {"ranges": tuple(NumberRange(DeviceId("kiosk-1"), *one) for one in each)}


def counter_1(*tiers: tuple[str, ...]) -> dict[str, Any]:
    return {"counters": (Counter(CounterNumber(1), tiers), *sample.RULES.counters[1:])}


CONTRADICTIONS: list[tuple[dict[str, Any], str]] = [
    ({"queues": sample.QUEUES + sample.QUEUES[:1]}, "queues: a letter twice"),
    ({"utc_offset_minutes": 14 * 60 + 1}, "utc_offset_minutes: nowhere on earth"),
    ({"utc_offset_minutes": -14 * 60 - 1}, "utc_offset_minutes: nowhere on earth"),
    ({"clerks": sample.RULES.clerks + sample.RULES.clerks[:1]}, "clerks: an id twice"),
    ({"counters": TWO_OF_A_COUNTER}, "counters: a number twice"),
    (counter_1(("A",), ("Z",)), "counter 1: no queue Z"),
    (counter_1(("A", "B"), ("C", "A")), "counter 1: a queue twice"),
    ({"counters": sample.RULES.counters[:2]}, "queue E: no counter serves it"),
    ({"week": (HOURS,) * 6}, "week: not seven days"),
    (on_monday(first_ticket=14 * 60), "week: day 1: times out of order"),
    (on_monday(last_ticket=16 * 60 + 1), "week: day 1: times out of order"),
    (on_monday(doors_close=18 * 60 + 1), "week: day 1: times out of order"),
    (on_monday(opens=16 * 60 + 1), "week: day 1: times out of order"),
    ({"week": (A_BREAK_THAT_ENDS_FIRST, *sample.RULES.week[1:])}, "week: day 1: a break out of order"),
    (on_monday(breaks=((7 * 60, 8 * 60),)), "week: day 1: a break out of order"),
    (on_monday(breaks=((12 * 60, 12 * 60),)), "week: day 1: a break out of order"),
    (on_monday(breaks=((17 * 60, 18 * 60 + 1),)), "week: day 1: a break out of order"),
    (on_monday(windows=(QueueWindow("Z", 0, 1),)), "week: day 1: no queue Z"),
    (on_monday(windows=(QueueWindow("A", 2, 1),)), "week: day 1: queue A: times out of order"),
    (dated("2026-02-30", "2026-03-01"), "dated: Ramadan: not a date"),
    (dated("2026-03-01", "20260302"), "dated: Ramadan: not a date"),
    (dated("2026-03-02", "2026-03-01"), "dated: Ramadan: ends before it begins"),
    (dated("2026-03-01", "2026-03-02", (None,) * 6), "dated: Ramadan: not seven days"),
    (queue_a(first_number=1000), "queue A: numbers out of order, or more than 3 digits"),
    (queue_a(first_number=9, last_number=8), "queue A: numbers out of order, or more than 3 digits"),
    (queue_a(last_number=1000), "queue A: numbers out of order, or more than 3 digits"),
    (ranges(("Z", 1, 2)), "ranges: Z1–2: no queue Z"),
    (ranges(("A", 2, 1)), "ranges: A2–1: numbers out of order, or too many digits"),
    (ranges(("A", 900, 1000)), "ranges: A900–1000: numbers out of order, or too many digits"),
    (ranges(("A", 1, 5), ("B", 1, 5), ("A", 5, 9)), "ranges: A5–9: overlaps A1–5"),
]


@pytest.mark.parametrize(("changes", "problem"), CONTRADICTIONS)
def test_rules_that_contradict_themselves_are_refused_with_the_place(
    changes: dict[str, Any], problem: str
) -> None:
    assert configured(LocalOutlet(), sample.rules(**changes)) == RulesInvalid(problem)


@pytest.mark.parametrize(
    "changes",
    [
        on_monday(opens=16 * 60, breaks=()),
        on_monday(breaks=((7 * 60 + 30, 18 * 60),)),
        on_monday(windows=(QueueWindow("A", 60, 60),)),
        dated("2026-03-01", "2026-03-01"),
        queue_a(first_number=999),
        queue_a(digits=5, last_number=99_999),
        ranges(("A", 1, 5), ("A", 6, 6), ("A", 7, 999)),
    ],
)
def test_rules_at_the_edge_of_what_can_be_are_taken_over(changes: dict[str, Any]) -> None:
    outlet = LocalOutlet()
    rules = sample.rules(**changes)
    assert not isinstance(configured(outlet, rules), Refusal)
    assert outlet.state.rules == rules


@pytest.mark.parametrize("minutes", [10**12, -(10**12), 15 * 60])
def test_a_place_that_is_not_on_earth_is_refused(outlet: LocalOutlet, minutes: int) -> None:
    assert isinstance(configured(outlet, sample.rules(utc_offset_minutes=minutes)), RulesInvalid)


@pytest.mark.parametrize(
    ("services", "problem"),
    [
        (sample.services(sample.MICRO_BUSINESS, letter="Z"), "service IUMK: no queue Z"),
        (sample.services(sample.MICRO_BUSINESS, steps=("E", "Z")), "service IUMK: no queue Z"),
        (sample.services(sample.MICRO_BUSINESS, needs=PRINTER.code), "service IUMK: no machine ektp-printer"),
        (
            sample.services(sample.MICRO_BUSINESS, stages=(Stage.LEVY, Stage.RECEIVED)),
            "service IUMK: stages out of order",
        ),
        (
            sample.services(sample.MICRO_BUSINESS, stages=(Stage.LEVY, Stage.LEVY)),
            "service IUMK: stages out of order",
        ),
        (sample.SERVICES + sample.SERVICES[:1], "services: a code twice"),
    ],
)
def test_a_catalogue_that_does_not_fit_the_outlet_is_refused(
    services: tuple[Service, ...], problem: str
) -> None:
    outlet = LocalOutlet()
    assert adopted(outlet, services) == RulesInvalid(problem)
    assert outlet.state.services == {each.code: each for each in sample.SERVICES}


def test_a_catalogue_replaces_the_one_before() -> None:
    outlet = LocalOutlet()
    assert not isinstance(adopted(outlet, sample.SERVICES[:1]), Refusal)
    assert list(outlet.state.services) == [sample.SERVICES[0].code]


def test_a_machine_that_is_gone_is_not_out_of_order_any_more() -> None:
    rules = sample.rules(machines=(PRINTER,))
    outlet = LocalOutlet(rules, sample.services(sample.MICRO_BUSINESS, needs=PRINTER.code))
    outlet.do(c.ReportMachine(PRINTER.code, MachineState.OUT_OF_ORDER), DeviceRole.OPERATOR)
    assert not isinstance(configured(outlet, sample.rules(name="Gerai lain", machines=(PRINTER,))), Refusal)
    assert outlet.state.machines == {PRINTER.code: MachineState.OUT_OF_ORDER}
    assert not isinstance(configured(outlet, sample.RULES), Refusal)
    assert outlet.state.machines == {}


# Figures that no outlet has: what is reckoned with them could not be written down


def decodable(command: c.AnyCommand) -> bool:
    """Whether the command comes through the protocol."""
    sent = m.SendCommand(CommandId("0"), command)
    try:
        return decode_request(encode(sent)) == sent
    except MalformedError:
        return False


@pytest.mark.parametrize(
    "changes",
    [
        {"patience": replace(sample.RULES.patience, papers_minutes=2**63)},
        {"fairness": replace(sample.RULES.fairness, longest_head_start_minutes=2**60)},
        {"fairness": replace(sample.RULES.fairness, head_start_minutes={Priority.ELDERLY: -(2**60)})},
        {"appointments": AppointmentRules(days_ahead=10**12)},
        {"appointments": AppointmentRules(head_start_minutes=2**60)},
    ],
)
def test_rules_with_figures_beyond_reckoning_are_no_message(changes: dict[str, Any]) -> None:
    assert decodable(c.ConfigureOutlet(sample.RULES))
    assert not decodable(c.ConfigureOutlet(sample.rules(**changes)))


def test_a_service_and_a_forecast_with_figures_beyond_reckoning_are_no_message() -> None:
    assert decodable(c.AdoptCatalogue(sample.SERVICES))
    assert not decodable(c.AdoptCatalogue(sample.services(sample.DOCTOR, counter_minutes=2**60)))
    for estimate in (Estimate(0, 2**62), Estimate(-(2**62), 1)):
        assert not decodable(c.ReportForecast((Expected("A", estimate),)))


@pytest.mark.parametrize("number", [2**63, 1000, 0, -1])
def test_a_counters_number_is_one_that_can_be_said(number: int) -> None:
    counters = (*sample.RULES.counters, Counter(CounterNumber(number), (("A",),)))
    problem = f"counter {number}: not from 1 to 999"
    assert configured(LocalOutlet(), sample.rules(counters=counters)) == RulesInvalid(problem)


# What would turn the day back, or leave somebody in a queue that is gone


def test_the_local_time_is_no_other_on_an_open_day(outlet: LocalOutlet) -> None:
    elsewhere = sample.rules(utc_offset_minutes=9 * 60)
    assert configured(outlet, elsewhere) == RulesInvalid("utc_offset_minutes: the day is open")
    assert not isinstance(configured(outlet, sample.rules(utc_offset_minutes=7 * 60)), Refusal)


def test_no_local_time_lets_a_day_come_again(outlet: LocalOutlet) -> None:
    outlet.advance(minutes=11 * 60)
    assert outlet.state.day is None
    west = sample.rules(utc_offset_minutes=-14 * 60)
    assert configured(outlet, west) == RulesInvalid("utc_offset_minutes: a day would come again")
    assert not isinstance(configured(outlet, sample.rules(utc_offset_minutes=14 * 60)), Refusal)


def test_a_queue_that_is_gone_keeps_nobody_from_a_number() -> None:
    """Visits go on to the queues that there are."""
    outlet = LocalOutlet(services=sample.services(sample.DOCTOR, steps=("A", "C")))
    outlet.do(c.ConfigureOutlet(WITHOUT_A), DeviceRole.OPERATOR)
    (issued,) = outlet.do(c.IssueTicket("B", sample.DOCTOR), DeviceRole.KIOSK)
    assert isinstance(issued, e.TicketIssued)
    assert issued.steps == ("C",)


def test_no_place_is_reserved_in_a_queue_that_is_gone() -> None:
    """Nobody could check in there."""
    outlet = LocalOutlet()
    outlet.do(c.ConfigureOutlet(WITHOUT_A), DeviceRole.OPERATOR)
    wanted = Wanted(sample.TUESDAY, sample.at(9), sample.MICRO_BUSINESS)
    assert outlet.decide(c.BookAppointments((wanted,)), DeviceRole.KIOSK) == UnknownQueue("A")
