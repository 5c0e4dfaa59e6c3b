"""When figures are made anew, and what of them the broker is told."""

import pytest

from broker.client import Link
from broker.domain import commands as c
from broker.domain.events import ForecastReported
from broker.domain.expected_wait import FRESH_MS
from broker.domain.values import DeviceRole
from forecast.forecaster import Forecaster
from forecast.reporter import RENEWED_MS, Reporter
from tests.forecast.hall import steady
from tests.support.morning import ONE, Morning
from tests.support.outlet import LocalSession


class Told:
    """A morning and a reporter over a session in memory, with clocks that a test moves."""

    def __init__(self) -> None:
        self.morning = Morning()
        self.morning.clerk("sri", c.OpenCounter(ONE))
        self.seconds = 100.0
        self.cost = 0.0
        self._spent = 0.0
        self.session: LocalSession = self.morning.session(DeviceRole.FORECAST, "forecast")
        self.forecaster = Forecaster(steady({"A": 10.0, "B": 10.0}), seed=1)
        self.reporter = Reporter(self.session, self.forecaster, lambda: self.seconds, self.spent)
        self.session.set_link(Link.LIVE)

    def spent(self) -> float:
        self._spent += self.cost
        return self._spent

    def pass_time(self, seconds: float) -> None:
        """In both clocks, a fifth of a second at a time."""
        for _ in range(round(seconds * 5)):
            self.seconds += 0.2
            self.morning.advance(seconds=0.2)
            self.reporter.turn()

    @property
    def reports(self) -> list[ForecastReported]:
        return [record.event for record in self.morning.journal if isinstance(record.event, ForecastReported)]


@pytest.fixture
def told() -> Told:
    return Told()


def test_the_first_figures_name_every_queue_and_class(told: Told) -> None:
    told.pass_time(1)
    (report,) = told.reports
    assert {(each.letter, each.with_priority) for each in report.expected} == {
        (letter, priority) for letter in "ABCDE" for priority in (False, True)
    }


def test_a_change_is_told_within_two_seconds(told: Told) -> None:
    told.pass_time(5)
    before = len(told.reports)
    for _ in range(4):
        told.morning.take("A")
    told.pass_time(2)
    after = told.reports[before:]
    assert any(
        each.letter == "A" and each.estimate is not None and each.estimate.to_minutes > 20
        for each in after[-1].expected
    )


def test_figures_that_stay_are_told_again_only_so_that_they_stay_fresh(told: Told) -> None:
    told.pass_time(1)
    told.pass_time(100)
    again = told.reports[1:]
    assert 1 <= len(again) <= 1 + 100_000 // RENEWED_MS
    expected_at = told.morning.state.expected_at
    assert expected_at is not None
    assert told.morning.now - expected_at < FRESH_MS / 2


def test_its_own_reports_are_no_change(told: Told) -> None:
    told.pass_time(1)
    seq = told.morning.state.seq
    told.pass_time(15)
    assert told.morning.state.seq == seq


def test_a_dear_simulation_waits_until_it_has_used_a_tenth_of_a_core(told: Told) -> None:
    told.cost = 1.0
    told.pass_time(1)
    for _ in range(4):
        told.morning.take("A")
    told.pass_time(8)
    assert len(told.reports) == 1
    told.pass_time(3)
    assert len(told.reports) == 2


def test_nothing_is_told_without_a_live_link(told: Told) -> None:
    told.session.link = Link.STALE
    told.morning.take("A")
    told.pass_time(30)
    assert told.reports == []


def test_what_a_ticket_was_told_is_held_against_what_came_true(told: Told) -> None:
    first = told.morning.take("A")
    told.morning.call("sri", ONE)
    told.morning.clerk("sri", c.StartService(first))
    told.pass_time(2)
    told.morning.take("A")
    told.pass_time(240)
    told.morning.clerk("sri", c.CompleteTicket(first))
    told.morning.call("sri", ONE)
    (score,) = told.forecaster.notebook.figures.scores
    assert score.actual == pytest.approx(4, abs=0.1)
    assert score.raw.low <= score.raw.middle <= score.raw.high
