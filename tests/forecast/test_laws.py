"""How long things take: fitted to earlier days, then to today."""

import numpy as np
import pytest
from msgspec.structs import replace

from broker.domain.values import ClerkId, CounterNumber
from forecast.experience import DayFigures, Experience
from forecast.laws import LEAVING, laws_of, today_of
from forecast.situation import Desk, InHand
from tests.forecast.hall import DAYS, spell, steady
from tests.support import sample

RANDOM = np.random.default_rng(7)


def test_without_days_seen_the_configured_standard_holds() -> None:
    laws = laws_of(Experience(), sample.RULES)
    assert float(laws.pools["A"].mean()) == pytest.approx(10, rel=0.1)
    assert float(laws.pools["E"].mean()) == pytest.approx(3, rel=0.1)


def test_what_was_seen_takes_the_standards_place() -> None:
    laws = laws_of(steady({"A": 25.0}), sample.RULES)
    assert float(np.median(laws.pools["A"])) == pytest.approx(25, rel=0.02)


def test_a_slow_clerk_is_known_from_earlier_days() -> None:
    day = [spell("A", 10, "sri") for _ in range(60)] + [spell("A", 20, "budi") for _ in range(60)]
    laws = laws_of(Experience(tuple(DayFigures(each, spells=day) for each in DAYS)), sample.RULES)
    assert laws.clerks[ClerkId("budi")] - laws.clerks[ClerkId("sri")] == pytest.approx(np.log(2), rel=0.15)


def test_a_slow_day_is_noticed_the_more_it_goes_on() -> None:
    laws = laws_of(steady({"A": 10.0}), sample.RULES)
    found = [
        today_of(laws, DayFigures(sample.TUESDAY, spells=[spell("A", 15.0)] * many), (), RANDOM)
        for many in (0, 10, 60)
    ]
    felt = [today.day + today.clerks.get(ClerkId("sri"), (0.0, 0.0))[0] for today in found]
    assert felt[0] == pytest.approx(0, abs=0.02)
    assert felt[0] < felt[1] < felt[2] <= np.log(1.5) + 0.01
    assert found[0].day_spread > found[2].day_spread


def test_a_service_that_goes_on_and_on_counts_before_it_ends() -> None:
    laws = laws_of(steady({"A": 10.0}), sample.RULES)
    desk = Desk(CounterNumber(1), ClerkId("sri"), None, InHand("A", 40.0, True, 5.0))
    today = today_of(laws, DayFigures(sample.TUESDAY), (desk,), RANDOM)
    assert today.clerks[ClerkId("sri")][0] + today.day > 0.05


def test_people_who_leave_unseen_are_noticed_where_the_wait_was_long() -> None:
    laws = laws_of(steady({"A": 10.0}), sample.RULES)
    gone = [spell("A", 1.3, served=False)] * 12
    stayed = [spell("A", 10.0)] * 12
    waited = [replace(each, waited=60.0) for each in [*gone, *stayed]]
    left = today_of(laws, DayFigures(sample.TUESDAY, spells=waited), (), RANDOM)
    quiet = today_of(laws, DayFigures(sample.TUESDAY, spells=stayed * 2), (), RANDOM)
    assert quiet.leaving.mean() < 0.002
    assert left.leaving.mean() > 0.006
    assert set(left.leaving) <= set(LEAVING)
