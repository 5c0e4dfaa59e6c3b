"""The broker's time. Where it comes from is the composition's choice; that it never goes back is seen to here."""

import time
from typing import Protocol

import structlog
from msgspec import Struct

from broker.domain.values import Instant

log = structlog.get_logger(__name__)

STEP_MS = 1000
"""A wall clock this far ahead has been set; less is drift."""

MOST_AHEAD_MS = 30 * 24 * 3_600_000
"""No outlet is closed for longer: a wall clock further ahead of the queue's time is doubted, whenever that is found."""

MOST_BEHIND_MS = 5 * 60_000
"""A wall clock that is further behind the journal at the start is doubted."""

ANY_MS = float("-inf")
LOOKS = 3


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


class ClockDoubt(Struct, frozen=True):
    """A wall clock that is not followed until somebody corrects it, or says that it is right."""

    ahead_ms: int
    """How far it is ahead of the queue's time; negative: behind."""


class Step(Struct, frozen=True):
    """A wall clock that was set forward, and followed."""

    at: Instant
    """The queue's time then."""
    by_ms: int


class CoreTime:
    """The queue's time: at the start the wall clock's, but never before `last`, the journal's; then it only goes on.

    It follows a wall clock that is set forward. Of one that is set back it waits for the difference at half speed, so
    that intervals go on meanwhile. One that is beyond belief it does not look at: then it goes on from where it is.
    """

    def __init__(self, clock: Clock, last: Instant | None) -> None:
        """`last` None: the journal is empty, and there is nothing to doubt a clock by."""
        self._clock = clock
        self._monotonic, wall = self._look()
        self._now = float(wall if last is None else last)
        self.doubt: ClockDoubt | None = None
        """Why the wall clock is not followed; None: it is."""
        self.step: Step | None = None
        """Set forward and followed, and not in the journal yet."""
        self._judge(wall, -MOST_BEHIND_MS)
        if self.doubt is None:
            self._now = max(self._now, wall)

    def now(self) -> Instant:
        """The time at which whatever is decided now happens."""
        wall, elapsed = self._go_on()
        self._judge(wall, ANY_MS if self.doubt is None else -MOST_BEHIND_MS)
        if self.doubt is None:
            self._follow(wall, elapsed)
        return Instant(int(self._now))

    def believe(self) -> None:
        """The wall clock is right: it is followed at once, or waited for where it is behind."""
        self.doubt = None
        self._follow(*self._go_on())

    def noted(self) -> None:
        """The journal has the step."""
        self.step = None

    def _judge(self, wall: Instant, least_ahead_ms: float) -> None:
        """Whether it may be followed; one that is followed may be set back however far."""
        ahead, was_followed = int(wall - self._now), self.doubt is None
        self.doubt = None if least_ahead_ms <= ahead <= MOST_AHEAD_MS else ClockDoubt(ahead)
        if was_followed and self.doubt is not None:
            log.warning("the wall clock is in doubt; the queue goes on without it", ahead_ms=ahead)

    def _go_on(self) -> tuple[Instant, int]:
        """At the monotonic clock's pace; what the wall clock shows, and how long it has been."""
        monotonic, wall = self._look()
        elapsed = monotonic - self._monotonic
        self._monotonic = monotonic
        self._now += elapsed
        return wall, elapsed

    def _follow(self, wall: Instant, elapsed: int) -> None:
        ahead = wall - self._now
        if ahead < 0:
            self._now -= min(-ahead, elapsed / 2)
            return
        if ahead >= STEP_MS:
            log.warning("the wall clock has been set forward; the queue follows", by_ms=int(ahead))
            earlier = self.step or Step(Instant(int(self._now)), 0)
            self.step = Step(earlier.at, earlier.by_ms + int(ahead))
        self._now = float(wall)

    def _look(self) -> tuple[int, Instant]:
        """Both clocks at one moment: what comes between two looks is not taken for a step."""
        for _ in range(LOOKS):
            before, wall, after = self._clock.monotonic(), self._clock.wall(), self._clock.monotonic()
            if after - before < STEP_MS:
                break
        return after, wall
