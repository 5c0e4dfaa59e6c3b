"""From simulated waits to ranges."""

import numpy as np
import pytest

from broker.domain.ticket import Estimate
from forecast.calibration import BANDS, Stretch, range_of, raw_of, stretch_of
from forecast.experience import Raw, Score

AS_SIMULATED = Stretch((1.0,) * 6, (1.0,) * 6)


def scores(middle: float, half: float, actual: list[float]) -> list[Score]:
    return [Score(Raw(middle - half, middle, middle + half), each) for each in actual]


def test_the_range_is_the_shortest_that_holds_four_of_five() -> None:
    waits = np.concatenate([np.linspace(10, 14, 160), np.linspace(14, 60, 40)])
    raw = raw_of(waits, 500)
    assert raw.low == pytest.approx(10, abs=0.5)
    assert raw.high == pytest.approx(14, abs=1.5)


def test_who_is_never_called_waits_until_the_close() -> None:
    raw = raw_of(np.full(200, np.inf), 90)
    assert raw == Raw(90, 90, 90)
    assert range_of(raw, AS_SIMULATED, 90) == Estimate(89, 90)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (Raw(10.2, 15.1, 20.0), Estimate(10, 20)),
        (Raw(10.0, 15.0, 20.1), Estimate(9, 21)),
        (Raw(0.0, 0.0, 0.0), Estimate(0, 1)),
    ],
)
def test_minutes_are_rounded_outward(raw: Raw, told: Estimate) -> None:
    half = (raw.high - raw.low) / 2
    assert range_of(Raw(raw.middle - half, raw.middle, raw.middle + half), AS_SIMULATED, 500) == told


def test_forecasts_that_were_too_low_stretch_upward_alone() -> None:
    usual = stretch_of([])
    low = stretch_of(scores(30, 5, [50.0] * 200))
    band = int(np.searchsorted(BANDS, 30))
    assert low.up[band] > usual.up[band] + 0.5
    assert low.down[band] < usual.down[band]
    others = [place for place in range(6) if place != band]
    assert [low.up[place] for place in others] == [usual.up[place] for place in others]


def test_the_stretched_range_covers_what_it_has_learned_from() -> None:
    random = np.random.default_rng(3)
    seen = [float(each) for each in random.lognormal(np.log(30), 0.3, 2000)]
    stretch = stretch_of(scores(30, 8, seen))
    told = range_of(Raw(22, 30, 38), stretch, 500)
    covered = np.mean([told.from_minutes <= each <= told.to_minutes for each in seen])
    assert covered == pytest.approx(0.87, abs=0.02)


def test_a_few_forecasts_hardly_move_what_other_outlets_have_needed() -> None:
    usual, after = stretch_of([]), stretch_of(scores(30, 5, [50.0, 20.0]))
    assert after.up[3] == pytest.approx(usual.up[3], abs=0.15)
