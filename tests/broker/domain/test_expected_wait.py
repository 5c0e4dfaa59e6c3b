"""The expected wait: a range from what waits, who serves and what was measured."""

import pytest

from broker.domain import commands as c
from broker.domain.expected_wait import expected_wait
from broker.domain.ticket import Estimate
from broker.domain.values import DeviceRole, PauseReason
from tests.support import sample
from tests.support.morning import ONE, TWO, Morning


@pytest.fixture
def morning() -> Morning:
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    return morning


def wait(morning: Morning, letter: str) -> Estimate | None:
    return expected_wait(morning.state, letter, morning.now, morning.now)


def test_nobody_knows_while_no_open_counter_serves_the_queue(morning: Morning) -> None:
    assert wait(morning, "E") is None
    morning.clerk("sri", c.PauseCounter(ONE, PauseReason.BREAK))
    assert wait(morning, "A") is None


def test_with_a_free_counter_and_nobody_waiting_it_is_at_once(morning: Morning) -> None:
    assert wait(morning, "A") == Estimate(0, 5)


def test_it_is_told_in_steps_of_five_minutes_around_the_work_ahead(morning: Morning) -> None:
    for _ in range(3):
        morning.take("A")
    assert wait(morning, "A") == Estimate(15, 45), "three times ten minutes"


def test_who_is_served_only_after_this_queue_is_not_counted(morning: Morning) -> None:
    for letter in "BCDB":
        morning.take(letter)
    assert wait(morning, "A") == Estimate(0, 5)
    morning.take("A")
    assert wait(morning, "D") == Estimate(25, 70), "two B, one C, one D and the one of the better tier"


def test_a_second_counter_shares_the_work_that_it_may_serve(morning: Morning) -> None:
    for _ in range(4):
        morning.take("B")
    alone = wait(morning, "B")
    morning.clerk("ratna", c.OpenCounter(TWO))
    shared = wait(morning, "B")
    assert alone == Estimate(25, 70)
    assert shared == Estimate(10, 35)


def test_a_measured_service_time_replaces_the_standard(morning: Morning) -> None:
    first = morning.take("A")
    morning.serving("sri", ONE)
    morning.advance(minutes=2)
    morning.clerk("sri", c.CompleteTicket(first))
    for _ in range(5):
        morning.take("A")
    assert wait(morning, "A") == Estimate(5, 15), "five times two minutes"


def test_a_service_in_hand_counts_with_what_it_still_needs(morning: Morning) -> None:
    morning.take("A")
    morning.serving("sri", ONE)
    assert wait(morning, "A") == Estimate(5, 15)
    morning.advance(minutes=9)
    assert wait(morning, "A") == Estimate(0, 10), "half the mean once it has nearly outlasted it"


def test_a_one_day_service_is_expected_after_wait_work_and_promise(morning: Morning) -> None:
    (issued,) = morning.do(c.IssueTicket("A", sample.JOBSEEKER), DeviceRole.KIOSK, "kiosk-1")
    assert issued.ready_expected_at == sample.at(9, 45), "07.30, five, six and 120 minutes"  # type: ignore[union-attr]
