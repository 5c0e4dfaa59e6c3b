"""The expected wait as it is told: what the forecast said last, while it is fresh."""

import pytest

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.expected_wait import expected_wait
from broker.domain.ticket import Estimate, Expected
from broker.domain.values import DeviceRole, Priority
from tests.support import sample
from tests.support.morning import Morning


@pytest.fixture
def morning() -> Morning:
    return Morning()


def wait(morning: Morning, letter: str, priority: Priority | None = None) -> Expected | None:
    return expected_wait(morning.state, letter, priority, morning.now)


def test_without_a_forecast_nobody_knows(morning: Morning) -> None:
    assert wait(morning, "A") is None
    morning.forecast("A", Estimate(10, 20))
    assert wait(morning, "B") is None


def test_the_latest_figure_of_each_queue_and_class_is_told(morning: Morning) -> None:
    morning.forecast("A", Estimate(10, 20))
    morning.forecast("B", None)
    morning.forecast("A", Estimate(2, 6), with_priority=True)
    morning.forecast("A", Estimate(12, 25))
    assert wait(morning, "A") == Expected("A", Estimate(12, 25))
    assert wait(morning, "A", Priority.ELDERLY) == Expected("A", Estimate(2, 6), with_priority=True)
    assert wait(morning, "B") == Expected("B", None)


def test_figures_that_are_not_renewed_are_nobodys(morning: Morning) -> None:
    morning.forecast("A", Estimate(10, 20))
    morning.advance(minutes=3)
    assert wait(morning, "A") is not None
    morning.advance(seconds=1)
    assert wait(morning, "A") is None


def test_a_new_day_knows_nothing_yet(morning: Morning) -> None:
    morning.now = sample.at(17, 59)
    morning.forecast("A", Estimate(10, 20))
    morning.now = sample.at(18)
    morning.tick()
    morning.now = sample.at(3, day=sample.BusinessDay("2026-07-15"))
    morning.tick()
    assert morning.state.day == "2026-07-15"
    assert wait(morning, "A") is None


def test_figures_of_a_queue_that_is_gone_are_left_out(morning: Morning) -> None:
    report = c.ReportForecast((Expected("Z", Estimate(1, 2)), Expected("A", Estimate(3, 4))))
    (reported,) = morning.do(report, DeviceRole.FORECAST, "forecast")
    assert reported == e.ForecastReported((Expected("A", Estimate(3, 4)),))


def test_what_a_citizen_was_told_stands_at_the_ticket(morning: Morning) -> None:
    morning.forecast("A", Estimate(10, 20))
    morning.forecast("A", Estimate(2, 6), with_priority=True)
    plain, claimed = morning.take("A"), morning.take("A", priority=Priority.PREGNANT)
    assert morning.state.tickets[plain].estimate == Estimate(10, 20)
    assert morning.state.tickets[claimed].estimate == Estimate(2, 6)


def test_a_one_day_service_is_expected_after_wait_work_and_promise(morning: Morning) -> None:
    morning.forecast("A", Estimate(1, 5))
    (issued,) = morning.do(c.IssueTicket("A", sample.JOBSEEKER), DeviceRole.KIOSK, "kiosk-1")
    assert isinstance(issued, e.TicketIssued)
    assert issued.ready_expected_at == sample.at(9, 45), "07.30, five, six and 120 minutes"
