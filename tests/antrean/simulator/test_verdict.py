"""How ranges are judged."""

import pytest

from antrean.simulator.fairness import fairness_of
from antrean.simulator.record import DayRecord, Told, Visit
from antrean.simulator.verdict import ranges_of, verdict_of
from broker.domain.ticket import Estimate
from broker.domain.values import Instant, Priority

MINUTE = 60_000


def visit(
    came: float, called: float | None, told: Told | None = None, priority: Priority | None = None
) -> Visit:
    at = None if called is None else Instant(int(called * MINUTE))
    return Visit("A", priority, None, Instant(int(came * MINUTE)), at, False, told)


def test_coverage_width_and_error() -> None:
    verdict = verdict_of([(10, 20, 15.0), (10, 20, 21.0), (0, 4, 1.0)])
    assert verdict is not None
    assert verdict.ranges == 3
    assert verdict.covered == pytest.approx(2 / 3)
    assert verdict.above == pytest.approx(1 / 3)
    assert verdict.width == 10
    assert verdict.width_over_middle == pytest.approx(2 / 3)
    assert verdict.error == pytest.approx(1 / 3)


def test_an_error_counts_against_a_quarter_of_a_long_wait() -> None:
    verdict = verdict_of([(40, 60, 80.0)])
    assert verdict is not None
    assert verdict.error == pytest.approx(30 / 20)


def test_ranges_go_to_the_band_of_their_middle_and_the_uncalled_are_apart() -> None:
    told = Told(Estimate(2, 6))
    ranges = ranges_of([visit(0, 3, told), visit(0, None, told), visit(0, 50, Told(None))])
    assert ranges.bands[0] == ranges.overall
    assert ranges.bands[1:] == (None,) * 5
    assert (ranges.no_counter, ranges.expired) == (1, 1)


def test_overtaking_is_counted_within_a_queue() -> None:
    day = DayRecord((visit(0, 30), visit(1, 31), visit(5, 10, priority=Priority.ELDERLY)), 4, 3, 0)
    fair = fairness_of([day])
    assert (fair.overtakes_mean, fair.overtakes_most) == (2, 2)
    assert (fair.overtaken_mean, fair.overtaken_most) == (1, 1)
    assert fair.plain.mean_minutes == 30
    assert fair.with_priority.p90_minutes == 5
    assert (fair.promised, fair.kept) == (4, 3)
