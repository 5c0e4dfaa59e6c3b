"""From simulated waits to an honest range: the shortest that holds most of them, stretched downward and upward as
earlier forecasts of such waits have needed.
"""

import numpy as np
from msgspec import Struct

from broker.domain.ticket import Estimate
from forecast.experience import Raw, Score
from forecast.known import Floats

HOLDS = 0.8
"""The share of simulated waits in the range as it comes from the simulation."""
NEIGHBOURS = 9
"""Over so many of its neighbours a width is smoothed before the shortest is taken."""
BANDS = np.array([5.0, 10.0, 20.0, 40.0, 80.0])
"""Minutes of the middle at which one band ends and the next begins."""
SHORTER = (0.03, 0.04, 0.04, 0.05, 0.04, 0.03)
LONGER = (0.08, 0.09, 0.09, 0.08, 0.05, 0.03)
"""By band, the share of earlier forecasts that came true below the stretched range, and above. Short waits are told
as sharply as can be; who waits for an hour has use of a wide range too, and the room is left for what no earlier day
has shown."""
USUAL_DOWN = (0.9, 0.95, 1.0, 1.05, 1.15, 1.25)
USUAL_UP = (1.35, 1.25, 1.1, 1.2, 1.25, 1.4)
USUAL_WEIGHT = 40
"""What other outlets have needed, and for how many forecasts of its own that counts at an outlet."""
LEAST_MINUTES = 0.5
STRETCH = (0.7, 2.5)


class Stretch(Struct, frozen=True):
    """By band of the middle, how much further than simulated a range has to reach."""

    down: tuple[float, ...]
    up: tuple[float, ...]


def raw_of(waits: Floats, until_close: float) -> Raw:
    """The shortest range that holds most of the simulated waits; nobody waits beyond the close."""
    ordered = np.sort(np.minimum(waits, until_close))
    inside = int(np.ceil(HOLDS * len(ordered)))
    widths = ordered[inside:] - ordered[: len(ordered) - inside]
    padded = np.pad(widths, NEIGHBOURS // 2, mode="edge")
    first = int(np.argmin(np.convolve(padded, np.ones(NEIGHBOURS), "valid")))
    low, high = float(ordered[first]), float(ordered[first + inside])
    return Raw(low, (low + high) / 2, high)


def stretch_of(scores: list[Score]) -> Stretch:
    """Learn from forecasts that came true, rounding included."""
    down: list[list[float]] = [[] for _ in range(len(BANDS) + 1)]
    up: list[list[float]] = [[] for _ in range(len(BANDS) + 1)]
    for raw, actual in ((score.raw, score.actual) for score in scores):
        band, half = _band(raw), max((raw.high - raw.low) / 2, LEAST_MINUTES)
        down[band].append((raw.middle - np.floor(actual) - 1) / half)
        up[band].append((np.ceil(actual) - 1 - raw.middle) / half)
    return Stretch(_factors(down, SHORTER, USUAL_DOWN), _factors(up, LONGER, USUAL_UP))


def range_of(raw: Raw, stretch: Stretch, until_close: float) -> Estimate:
    """Whole minutes, rounded outward, within the day."""
    band, half = _band(raw), max((raw.high - raw.low) / 2, LEAST_MINUTES)
    latest = max(1, int(np.ceil(until_close)))
    high = min(max(1, int(np.ceil(raw.middle + stretch.up[band] * half))), latest)
    low = max(0, int(np.floor(raw.middle - stretch.down[band] * half)))
    return Estimate(min(low, high - 1), high)


def _band(raw: Raw) -> int:
    return int(np.searchsorted(BANDS, raw.middle))


def _factors(
    needs: list[list[float]], outside: tuple[float, ...], usually: tuple[float, ...]
) -> tuple[float, ...]:
    factors = []
    for each, share, usual in zip(needs, outside, usually, strict=True):
        seen = float(np.quantile(each, 1 - share)) if each else usual
        factor = (len(each) * seen + USUAL_WEIGHT * usual) / (len(each) + USUAL_WEIGHT)
        factors.append(min(max(factor, STRETCH[0]), STRETCH[1]))
    return tuple(factors)
