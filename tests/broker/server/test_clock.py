"""The queue's time: never back, whatever happens to the wall clock."""

import time

from broker.domain.values import Instant
from broker.server.clock import CoreTime, ScaledClock, SystemClock


class TwoHands:
    """A wall clock that can be set, and a monotonic one that can't."""

    def __init__(self) -> None:
        self._wall = 1_000_000
        self._monotonic = 0

    def wall(self) -> Instant:
        return Instant(self._wall)

    def monotonic(self) -> int:
        return self._monotonic

    def pass_ms(self, ms: int) -> None:
        self._wall += ms
        self._monotonic += ms

    def set_by(self, ms: int) -> None:
        self._wall += ms


def test_it_follows_the_wall_clock() -> None:
    clock = TwoHands()
    core = CoreTime(clock, Instant(0))
    clock.pass_ms(250)
    assert core.now() == clock.wall()


def test_it_starts_never_before_the_last_journal_time() -> None:
    clock = TwoHands()
    core = CoreTime(clock, Instant(2_000_000))
    assert core.now() == 2_000_000


def test_a_step_forward_is_followed_at_once() -> None:
    clock = TwoHands()
    core = CoreTime(clock, Instant(0))
    clock.set_by(3_600_000)
    assert core.now() == clock.wall()


def test_a_step_back_is_waited_out_at_half_speed() -> None:
    clock = TwoHands()
    core = CoreTime(clock, Instant(0))
    began = core.now()
    clock.set_by(-60_000)
    seen = []
    for _ in range(12_000):
        clock.pass_ms(5)
        seen.append(core.now())
    assert seen == sorted(seen)
    assert seen[-1] - began == 30_000
    for _ in range(12_000):
        clock.pass_ms(5)
        core.now()
    assert core.now() == clock.wall()


def test_a_scaled_clock_runs_from_its_start_at_its_speed() -> None:
    started_at = Instant(time.time_ns() // 1_000_000 - 2000)
    clock = ScaledClock(Instant(5_000_000), started_at, 30)
    assert 5_060_000 <= clock.wall() < 5_060_000 + 30 * 5000
    before = clock.monotonic()
    assert clock.monotonic() >= before


def test_the_systems_clock_is_this_machines() -> None:
    clock = SystemClock()
    assert abs(clock.wall() - time.time_ns() // 1_000_000) < 5000
    assert clock.monotonic() <= clock.monotonic()
