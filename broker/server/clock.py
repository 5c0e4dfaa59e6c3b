"""The broker's time. Where it comes from is the composition's choice; that it never goes back is seen to here."""

import time
from typing import Protocol

import structlog

from broker.domain.values import Instant

log = structlog.get_logger(__name__)

STEP_MS = 1000
"""A wall clock this far ahead has been set; less is drift."""


class Clock(Protocol):
    """Where a process takes its time from."""

    def wall(self) -> Instant:
        """The time of day; somebody may set it."""

    def monotonic(self) -> int:
        """Milliseconds since whenever, at the wall clock's pace; nobody can set them."""


class SystemClock:
    """This machine's clocks."""

    def wall(self) -> Instant:
        return Instant(time.time_ns() // 1_000_000)

    def monotonic(self) -> int:
        return time.monotonic_ns() // 1_000_000


class ScaledClock:
    """A clock that showed `start` when the wall clock showed `started_at` and runs `speed` times as fast since.

    Every process with the same three numbers has the same time.
    """

    def __init__(self, start: Instant, started_at: Instant, speed: float) -> None:
        self._start = start
        self._started_at = started_at
        self._speed = speed

    def wall(self) -> Instant:
        passed = time.time_ns() / 1_000_000 - self._started_at
        return Instant(self._start + int(passed * self._speed))

    def monotonic(self) -> int:
        return int(time.monotonic_ns() / 1_000_000 * self._speed)


class CoreTime:
    """The queue's time: the wall clock's at the start, but never before `not_before`; then it only goes on.

    It follows a wall clock that is set forward. Of one that is set back it waits for the difference at half speed, so
    that intervals go on meanwhile.
    """

    def __init__(self, clock: Clock, not_before: Instant) -> None:
        self._clock = clock
        self._now = float(max(clock.wall(), not_before))
        self._monotonic = clock.monotonic()

    def now(self) -> Instant:
        """The time at which whatever is decided now happens."""
        monotonic, wall = self._clock.monotonic(), self._clock.wall()
        elapsed = monotonic - self._monotonic
        self._monotonic = monotonic
        ahead = self._now + elapsed - wall
        if ahead < -STEP_MS:
            log.warning("the wall clock has been set forward; the queue follows", by_ms=int(-ahead))
        if ahead > 0:
            self._now += elapsed - min(ahead, elapsed / 2)
        else:
            self._now = float(wall)
        return Instant(int(self._now))
