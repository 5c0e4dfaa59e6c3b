"""Many seasons, one after the other: at outlets that nothing was tuned on, kept in a file so that a run can go on."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from antrean.simulator.judge import Plan, Season, season
from antrean.simulator.report import table
from antrean.simulator.setting import Perturbation, Setting

SIZES = (3, 4, 6, 8)
"""Counters of one outlet after the other."""
FIRST_OUTLET, FIRST_SEED = 2000, 200_000
"""Those below were used while the forecast was made."""


def played(days: int, load: float, perturbation: Perturbation, keep: Path | None) -> list[str]:
    """The figures of so many days, line by line. Raises OSError when the file can't be used."""
    return table(list(seasons(days, load, perturbation, Plan(), keep)))


def seasons(
    days: int, load: float, perturbation: Perturbation, plan: Plan, keep: Path | None = None
) -> Iterator[Season]:
    """As many seasons as have `days` judged days; what `keep` holds already is not played again.

    Raises OSError when the file can't be used.
    """
    kept = _kept(keep)
    for number in range(-(-days // plan.judged)):
        setting = Setting(SIZES[number % len(SIZES)], load, FIRST_OUTLET + number, perturbation)
        found = kept.get(setting)
        if found is None:
            found = season(setting, plan, FIRST_SEED + 100 * number)
            if keep is not None:
                with keep.open("ab") as file:
                    file.write(msgspec.json.encode(found) + b"\n")
        yield found


def _kept(keep: Path | None) -> dict[Setting, Season]:
    if keep is None or not keep.exists():
        return {}
    content = keep.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    if whole != content:  # the run before was stopped in mid-line
        keep.write_bytes(whole)
    found = [msgspec.json.decode(line, type=Season) for line in whole.splitlines()]
    return {each.setting: each for each in found}
