"""Holds what the forecast tells against what comes true, over many days at many outlets.

A season is one outlet's days: the first of them are only learned from, then days are judged. On a perturbed day the
forecast knows ordinary days alone, and what it learned there is forgotten again.
"""

from random import Random

from msgspec import Struct
from msgspec.structs import replace

from antrean.simulator.day import run_day
from antrean.simulator.record import DayRecord, Told, Visit
from antrean.simulator.setting import Perturbation, Setting
from broker.domain import events as e
from broker.domain.commands import IssueTicket
from broker.domain.events import Recorded
from broker.domain.state import State
from broker.domain.values import BusinessDay, Instant
from forecast.experience import Experience
from forecast.forecaster import Figure, Forecaster, Line

PEOPLE_A_COUNTER = 45
"""About so many come to one counter on a day."""
DAYS_IN_MONTH = 28


class Plan(Struct, frozen=True):
    """How long a season is, and for how many of a day's tickets the forecast is asked."""

    learned: int = 6
    judged: int = 16
    asked_to_learn: int = 12
    """Fewer than in earnest, where it says something about every ticket and learns from each."""
    asked_to_judge: int = 6


class Season(Struct, frozen=True):
    """One outlet's judged days."""

    setting: Setting
    days: tuple[DayRecord, ...]


class Asking:
    """Asks the forecast at some of the issues, and lets it follow the day."""

    def __init__(self, forecaster: Forecaster, share: float, random: Random) -> None:
        self._forecaster = forecaster
        self._share = share
        self._random = random
        self._figure: Figure | None = None

    def asked(self, state: State, now: Instant, issue: IssueTicket) -> Told | None:
        """What the forecast says, for as large a share of the tickets as wanted."""
        self._figure = None
        if self._random.random() >= self._share:
            return None
        (self._figure,) = self._forecaster.figures(
            state, now, [Line(issue.letter, issue.priority is not None)]
        )
        return Told(self._figure.estimate)

    def happened(self, state: State, record: Recorded) -> None:
        """Also to the forecast; it remembers what it said for which ticket."""
        self._forecaster.happened(state, record)
        if (
            isinstance(record.event, e.TicketIssued)
            and self._figure is not None
            and self._figure.raw is not None
        ):
            self._forecaster.notebook.told(record.event.ticket, self._figure.raw)
            self._figure = None


def season(setting: Setting, plan: Plan, seed: int) -> Season:
    """Play an outlet's days. The same arguments give the same season."""
    forecaster = Forecaster(Experience(), seed)
    ordinary = replace(setting, perturbation=Perturbation.NONE)
    records = []
    for number in range(plan.learned + plan.judged):
        judged = number >= plan.learned
        before = forecaster.experience
        asked = plan.asked_to_judge if judged else plan.asked_to_learn
        share = asked / (PEOPLE_A_COUNTER * setting.counters)
        asking = Asking(forecaster, share, Random(f"{setting.outlet} {seed} {number}"))
        day = BusinessDay(f"2026-{1 + number // DAYS_IN_MONTH:02d}-{1 + number % DAYS_IN_MONTH:02d}")
        record = run_day(setting if judged else ordinary, seed + number, asking, day)
        if judged:
            records.append(record)
            if setting.perturbation is not Perturbation.NONE:
                forecaster.experience = before
    return Season(setting, tuple(records))


def judged_visits(seasons: list[Season]) -> list[Visit]:
    """Those who were told something and found no free counter."""
    return [
        visit
        for each in seasons
        for day in each.days
        for visit in day.visits
        if visit.told is not None and not visit.found_free
    ]
