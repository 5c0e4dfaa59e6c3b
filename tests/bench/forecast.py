"""What the forecast costs at a busy outlet: a day of eight counters is played, its reporter runs through the peak.

Simulated time drives the reporter, the processor's own clock says what it has used.
"""

import statistics
import time
from collections.abc import Callable
from random import Random

from msgspec import Struct

from antrean.simulator import Setting, run_day
from antrean.simulator.judge import Asking
from antrean.simulator.record import Told
from broker.client import CommandAnswer, Link
from broker.domain.commands import AnyCommand, IssueTicket
from broker.domain.events import Recorded
from broker.domain.state import State
from broker.domain.values import BusinessDay, CommandId, Instant
from forecast.experience import Experience
from forecast.forecaster import Forecaster
from forecast.notebook import minute_of
from forecast.reporter import Reporter

BUSY = Setting(counters=8, load=0.95, outlet=77)
DAYS_BEFORE = 3
PEAK = (9 * 60, 9 * 60 + 40)
"""The minutes of the day that are measured."""
SHARE_AT_MOST = 0.1
SECONDS_AT_MOST = 2.0
TURN_MS = 200
REFRESH_SECONDS = 0.002
"""A turn that took longer has simulated."""


class Cost(Struct, frozen=True):
    """A busy peak's figures."""

    share_of_core: float
    """Processor time over the peak's time, reports and following events included."""
    refreshes: int
    refresh_ms: float
    """The median."""
    slowest_refresh_ms: float
    reports_an_hour: float
    """Commands sent: each is one event in the journal."""
    slowest_answer_seconds: float
    """From a change until the figures made of it were handed over, at most, in the day's time."""


class Beside:
    """The face of a session over the simulated outlet; its broker takes every report."""

    def __init__(self) -> None:
        self.state = State()
        self.link = Link.LIVE
        self.lost_at = None
        self.welcome = None
        self.at = Instant(0)
        self.reports = 0
        self._watchers: list[Callable[[tuple[Recorded, ...]], None]] = []

    def now(self) -> Instant:
        return self.at

    def on_change(self, watcher: Callable[[tuple[Recorded, ...]], None]) -> None:
        self._watchers.append(watcher)

    def send(
        self,
        command: AnyCommand,
        on_answer: Callable[[CommandAnswer], None],
        *,
        expires_after: float | None = None,
        under: CommandId | None = None,
    ) -> CommandId:
        self.reports += 1
        return CommandId("taken")

    def ask(self, question: object, on_reply: object) -> None:
        raise AssertionError("the forecast asks nothing")

    def tell(self, state: State, records: tuple[Recorded, ...]) -> None:
        """The broker's update has come."""
        self.state = state
        for watcher in self._watchers:
            watcher(records)


class Peak:
    """Observes the simulated day as the forecast's process does, and measures it through the peak."""

    def __init__(self, forecaster: Forecaster) -> None:
        self._session = Beside()
        self._reporter = Reporter(self._session, forecaster, self._monotonic, time.process_time)
        self._taken: list[float] = []
        self._following = 0.0
        self._changed_at: Instant | None = None
        self._slowest_answer = 0.0

    def asked(self, state: State, now: Instant, issue: IssueTicket) -> Told | None:
        return None

    def happened(self, state: State, record: Recorded) -> None:
        measured = PEAK[0] <= minute_of(state, record.at) < PEAK[1]
        if measured:
            self._let_pass(record.at)
        self._session.at = record.at
        began = time.process_time()
        self._session.tell(state, (record,))
        if measured:
            self._following += time.process_time() - began
            self._changed_at = self._changed_at or record.at

    def cost(self) -> Cost:
        """Once the day has been played."""
        seconds = (PEAK[1] - PEAK[0]) * 60
        return Cost(
            (sum(self._taken) + self._following) / seconds,
            len(self._taken),
            statistics.median(self._taken) * 1000,
            max(self._taken) * 1000,
            self._session.reports * 3600 / seconds,
            self._slowest_answer,
        )

    def _monotonic(self) -> float:
        return self._session.at / 1000

    def _let_pass(self, until: Instant) -> None:
        """Turn by turn, as the program does."""
        while self._session.at < until:
            self._session.at = Instant(min(self._session.at + TURN_MS, until))
            began = time.process_time()
            self._reporter.turn()
            took = time.process_time() - began
            if took > REFRESH_SECONDS:
                self._taken.append(took)
                if self._changed_at is not None:
                    answered = (self._session.at - self._changed_at) / 1000 + took
                    self._slowest_answer = max(self._slowest_answer, answered)
                    self._changed_at = None


def measured() -> Cost:
    """A busy day after some that were learned from."""
    forecaster = Forecaster(Experience(), seed=1)
    for number in range(DAYS_BEFORE):
        run_day(BUSY, number, Asking(forecaster, 0.0, Random(number)), day_of(number))
    peak = Peak(forecaster)
    run_day(BUSY, DAYS_BEFORE, peak, day_of(DAYS_BEFORE))
    return peak.cost()


def day_of(number: int) -> BusinessDay:
    return BusinessDay(f"2026-07-{number + 6:02d}")


def described(cost: Cost) -> str:
    """For people."""
    met = cost.share_of_core <= SHARE_AT_MOST and cost.slowest_answer_seconds <= SECONDS_AT_MOST
    return (
        f"forecast, eight busy counters: {cost.share_of_core:.2%} of a core (at most {SHARE_AT_MOST:.0%}), "
        f"answers within {cost.slowest_answer_seconds:.1f} s (at most {SECONDS_AT_MOST:.0f} s), "
        f"{cost.refreshes} refreshes of {cost.refresh_ms:.0f} ms (slowest {cost.slowest_refresh_ms:.0f} ms), "
        f"{cost.reports_an_hour:.0f} reports an hour  {'yes' if met else 'NO'}"
    )
