"""The expected wait, held against what comes true on days of outlets that nothing was tuned on.

`make test` plays a hundred days and allows for what chance does to so few; `make soak` plays three hundred of each
kind and holds all targets as they are.
"""

import math
from collections.abc import Iterable
from pathlib import Path

import pytest

from antrean.simulator.judge import Plan, Season, judged_visits, season
from antrean.simulator.report import table
from antrean.simulator.run import seasons
from antrean.simulator.setting import MISLEADING, Perturbation, Setting
from antrean.simulator.verdict import BANDS, Ranges, Verdict, ranges_of
from tests.conftest import SOAKING

LOADS = (0.55, 0.7, 0.85, 0.95, 1.05)
UNSEEN = tuple(each for each in Perturbation if each not in (*MISLEADING, Perturbation.NONE))
UNSEEN_LOAD = 0.85
DAYS = 304
FEW_DAYS, FEW = 104, Plan(learned=3, judged=26, asked_to_learn=12, asked_to_judge=5)

COVERED, COVERED_MISLED = 0.8, 0.75
COVERED_IN_BAND, COVERED_IN_BAND_UNSEEN = 0.78, 0.7
WIDTH_MINUTES = (6.0, 12.0)
"""Of the two nearest bands; of the others, over the middle:"""
WIDTH_OVER_MIDDLE = (1.3, 0.9, 0.7, 0.5)
ERROR, ERROR_IN_BAND = 0.85, (0.6, 1.1, 1.35, 0.95, 0.8, 0.7)

Played = dict[tuple[float, Perturbation], list[Season]]


@pytest.fixture(scope="module")
def played() -> Played:
    """All days by load and kind."""
    if not SOAKING:
        few = seasons(FEW_DAYS, UNSEEN_LOAD, Perturbation.NONE, FEW)
        return {(UNSEEN_LOAD, Perturbation.NONE): list(few)}
    kinds = [(load, Perturbation.NONE) for load in LOADS]
    kinds += [(UNSEEN_LOAD, kind) for kind in Perturbation if kind is not Perturbation.NONE]
    return {(load, kind): list(seasons(DAYS, load, kind, Plan())) for load, kind in kinds}


def chance(share: float, of: int) -> float:
    """How far a share may be off by chance alone: nothing where the days are many."""
    return 0.0 if SOAKING else 2.6 * math.sqrt(share * (1 - share) / max(1, of))


def judged(played: Played, kinds: Iterable[Perturbation]) -> Ranges:
    wanted = set(kinds)
    return ranges_of(
        visit for (_, kind), each in played.items() if kind in wanted for visit in judged_visits(each)
    )


def covers(verdict: Verdict | None, share: float) -> bool:
    return verdict is None or verdict.covered >= share - chance(share, verdict.ranges)


@pytest.mark.slow
def test_four_of_five_waits_are_within_their_range_on_every_kind_of_day(played: Played) -> None:
    for (load, kind), each in played.items():
        overall = ranges_of(judged_visits(each)).overall
        assert covers(overall, COVERED_MISLED if kind in MISLEADING else COVERED), (load, kind, overall)


@pytest.mark.slow
def test_short_and_long_waits_are_within_their_range_alike(played: Played) -> None:
    for verdict in judged(played, [Perturbation.NONE]).bands:
        assert covers(verdict, COVERED_IN_BAND), verdict
    for verdict in judged(played, UNSEEN).bands:
        assert covers(verdict, COVERED_IN_BAND_UNSEEN), verdict


@pytest.mark.slow
def test_ranges_are_narrow_enough_to_be_of_use(played: Played) -> None:
    bands = judged(played, [Perturbation.NONE]).bands
    for verdict, minutes in zip(bands[:2], WIDTH_MINUTES, strict=True):
        assert verdict is not None
        assert verdict.width <= minutes
    for verdict, over_middle in zip(bands[2:], WIDTH_OVER_MIDDLE, strict=True):
        assert verdict is not None
        assert verdict.width_over_middle <= over_middle


@pytest.mark.slow
def test_the_middle_is_near_what_comes_true(played: Played) -> None:
    ranges = judged(played, [Perturbation.NONE])
    assert ranges.overall is not None
    assert ranges.overall.error <= ERROR
    for verdict, error in zip(ranges.bands, ERROR_IN_BAND, strict=True):
        assert verdict is not None
        assert verdict.error <= error + chance(0.5, verdict.ranges) * 2, verdict


@pytest.mark.slow
def test_the_table_tells_all_of_it(played: Played) -> None:
    lines = table(next(iter(played.values())))
    assert lines[0].startswith(f"{DAYS if SOAKING else FEW_DAYS} days")
    assert sum("min" in line for line in lines[7:]) == len(BANDS)


SHORT = Plan(learned=1, judged=1, asked_to_learn=3, asked_to_judge=3)


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    keep = tmp_path / "played.jsonl"
    whole = list(seasons(2, 0.55, Perturbation.NONE, SHORT))
    first = seasons(2, 0.55, Perturbation.NONE, SHORT, keep)
    assert next(first) == whole[0]
    first.close()  # type: ignore[attr-defined]
    with keep.open("ab") as file:
        file.write(b'{"setting":')  # the run ended in mid-line
    assert list(seasons(2, 0.55, Perturbation.NONE, SHORT, keep)) == whole
    before = keep.read_bytes()
    assert list(seasons(2, 0.55, Perturbation.NONE, SHORT, keep)) == whole
    assert keep.read_bytes() == before


def test_a_season_is_the_same_again() -> None:
    setting = Setting(3, 0.7, 5, Perturbation.BURST)
    assert season(setting, SHORT, 7) == season(setting, SHORT, 7)
