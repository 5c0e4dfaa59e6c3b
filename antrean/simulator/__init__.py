"""A simulator of an outlet's day: seeded people and clerks who drive the real core in simulated time.

`run_day` plays one day; `judge` holds what an estimator said against what came true.
"""

from antrean.simulator.day import run_day
from antrean.simulator.record import DayRecord, Observer, Visit
from antrean.simulator.setting import Perturbation, Setting

__all__ = ["DayRecord", "Observer", "Perturbation", "Setting", "Visit", "run_day"]
