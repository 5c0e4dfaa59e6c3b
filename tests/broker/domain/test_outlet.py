"""An outlet's rules may be changed on an open day, but never so that a citizen or a clerk is left behind."""

import pytest
from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain.refusals import Refusal, RulesInvalid
from broker.domain.values import CounterNumber, DeviceRole, OutletRules
from tests.support import sample
from tests.support.outlet import LocalOutlet

WITHOUT_A = replace(
    sample.RULES,
    queues=sample.QUEUES[1:],
    counters=tuple(replace(each, tiers=(("B",),)) for each in sample.RULES.counters),
)
WITHOUT_COUNTER_1 = replace(sample.RULES, counters=sample.RULES.counters[1:])
WITHOUT_SRI = replace(sample.RULES, clerks=sample.RULES.clerks[1:])


def configured(outlet: LocalOutlet, rules: OutletRules) -> object:
    return outlet.decide(c.ConfigureOutlet(rules), DeviceRole.OPERATOR)


@pytest.fixture
def outlet() -> LocalOutlet:
    """Sri sits at counter 1, and somebody waits in queue A."""
    outlet = LocalOutlet()
    outlet.do(c.OpenCounter(CounterNumber(1)), DeviceRole.COUNTER, clerk="sri")
    outlet.do(c.IssueTicket("A"), DeviceRole.KIOSK)
    return outlet


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


@pytest.mark.parametrize("minutes", [10**12, -(10**12), 15 * 60])
def test_a_place_that_is_not_on_earth_is_refused(outlet: LocalOutlet, minutes: int) -> None:
    rules = replace(sample.RULES, utc_offset_minutes=minutes)
    assert isinstance(configured(outlet, rules), RulesInvalid)
