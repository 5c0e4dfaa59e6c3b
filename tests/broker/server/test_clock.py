"""The queue's time: never back, whatever happens to the wall clock; and which wall clocks it does not believe."""

import time

import pytest

from broker.domain.values import Instant
from broker.server.clock import (
    LOOKS,
    MOST_AHEAD_MS,
    MOST_BEHIND_MS,
    STEP_MS,
    ClockDoubt,
    CoreTime,
    ScaledClock,
    Step,
    SystemClock,
)

HOUR = 3_600_000
DAY = 24 * HOUR
LAST = Instant(100 * DAY)
"""The last journal time."""


class TwoHands:
    """A wall clock that can be set, and a monotonic one that can't."""

    def __init__(self, wall: int = 1_000_000) -> None:
        self._wall = wall
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
    clock = TwoHands(LAST - MOST_BEHIND_MS)
    core = CoreTime(clock, LAST)
    assert core.now() == LAST
    assert core.doubt is None


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


# What is noted of a step


def test_a_step_forward_is_to_be_noted_with_the_time_before_it() -> None:
    clock = TwoHands()
    core = CoreTime(clock, Instant(0))
    clock.pass_ms(250)
    clock.set_by(HOUR)
    core.now()
    assert core.step == Step(Instant(1_000_250), HOUR)
    core.noted()
    clock.pass_ms(250)
    core.now()
    assert core.step is None


@pytest.mark.parametrize(("by_ms", "is_step"), [(STEP_MS - 1, False), (STEP_MS, True)])
def test_less_than_a_second_is_drift(by_ms: int, is_step: bool) -> None:
    clock = TwoHands()
    core = CoreTime(clock, Instant(0))
    clock.set_by(by_ms)
    assert core.now() == clock.wall()
    assert (core.step is not None) is is_step


def test_steps_that_nobody_could_note_yet_are_one() -> None:
    clock = TwoHands()
    core = CoreTime(clock, Instant(0))
    for _ in range(2):
        clock.set_by(HOUR)
        core.now()
    assert core.step == Step(Instant(1_000_000), 2 * HOUR)


def test_the_time_that_a_broker_was_off_is_no_step() -> None:
    clock = TwoHands(LAST + DAY)
    core = CoreTime(clock, LAST)
    assert core.now() == clock.wall()
    assert core.step is None


class Interrupted(TwoHands):
    """Whoever looks at it is kept for an hour between its two hands, so many times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def wall(self) -> Instant:
        shown = super().wall()
        if self.times:
            self.times -= 1
            self.pass_ms(HOUR)
        return shown


def test_what_comes_between_two_looks_is_no_step() -> None:
    clock = Interrupted(0)
    core = CoreTime(clock, Instant(0))
    for _ in range(5):
        clock.times = LOOKS - 1
        core.now()
        clock.pass_ms(250)
        assert core.now() == clock.wall()
    assert core.step is None


# A wall clock beyond belief


def passes(clock: TwoHands, core: CoreTime, ms: int) -> int:
    """How much further the queue's time is when so much has passed."""
    before = core.now()
    for _ in range(4):
        clock.pass_ms(ms // 4)
        core.now()
    return core.now() - before


@pytest.mark.parametrize("off", [-MOST_BEHIND_MS - 1, -HOUR, -LAST, MOST_AHEAD_MS + 1, 400 * DAY])
def test_at_the_start_a_clock_too_far_off_is_doubted_and_not_followed(off: int) -> None:
    clock = TwoHands(LAST + off)
    core = CoreTime(clock, LAST)
    assert core.doubt == ClockDoubt(off)
    assert core.now() == LAST
    assert passes(clock, core, HOUR) == HOUR
    assert core.doubt == ClockDoubt(off)
    assert core.step is None


@pytest.mark.parametrize("off", [-MOST_BEHIND_MS, 0, 3 * DAY, MOST_AHEAD_MS])
def test_at_the_start_a_clock_not_so_far_off_is_believed(off: int) -> None:
    core = CoreTime(TwoHands(LAST + off), LAST)
    assert core.doubt is None
    assert core.now() == max(LAST, LAST + off)


@pytest.mark.parametrize("wall", [0, 400 * DAY])
def test_with_an_empty_journal_there_is_nothing_to_doubt_a_clock_by(wall: int) -> None:
    core = CoreTime(TwoHands(wall), None)
    assert core.doubt is None
    assert core.now() == wall


def test_a_clock_set_too_far_ahead_is_doubted_from_then_on() -> None:
    clock = TwoHands(LAST)
    core = CoreTime(clock, LAST)
    clock.set_by(MOST_AHEAD_MS)
    core.now()
    assert core.doubt is None
    clock.set_by(MOST_AHEAD_MS + 1)
    assert core.now() == LAST + MOST_AHEAD_MS
    assert core.doubt == ClockDoubt(MOST_AHEAD_MS + 1)
    assert passes(clock, core, HOUR) == HOUR


def test_a_clock_set_back_while_it_is_followed_is_waited_for_however_far() -> None:
    clock = TwoHands(LAST)
    core = CoreTime(clock, LAST)
    clock.set_by(-40 * DAY)
    assert passes(clock, core, HOUR) == HOUR / 2
    assert core.doubt is None


def test_a_clock_that_was_too_far_ahead_and_is_corrected_is_followed() -> None:
    clock = TwoHands(LAST + 40 * DAY)
    core = CoreTime(clock, LAST)
    clock.set_by(-39 * DAY)
    assert core.now() == clock.wall() == LAST + DAY
    assert core.doubt is None
    assert core.step == Step(LAST, DAY)


def test_a_clock_that_was_behind_and_is_corrected_is_followed() -> None:
    clock = TwoHands(LAST - HOUR)
    core = CoreTime(clock, LAST)
    clock.set_by(HOUR + 200)
    assert core.now() == LAST + 200
    assert core.doubt is None


def test_a_clock_that_was_behind_and_is_nearly_corrected_is_waited_for() -> None:
    clock = TwoHands(LAST - HOUR)
    core = CoreTime(clock, LAST)
    clock.set_by(HOUR - MOST_BEHIND_MS)
    assert passes(clock, core, 60_000) == 30_000
    assert core.doubt is None


def test_a_clock_in_doubt_that_is_corrected_too_far_is_still_in_doubt() -> None:
    clock = TwoHands(LAST + 40 * DAY)
    core = CoreTime(clock, LAST)
    clock.set_by(-41 * DAY)
    assert core.now() == LAST
    assert core.doubt == ClockDoubt(-DAY)


def test_a_clock_ahead_that_is_believed_is_followed_at_once() -> None:
    clock = TwoHands(LAST + 40 * DAY)
    core = CoreTime(clock, LAST)
    clock.pass_ms(1000)
    core.believe()
    assert core.doubt is None
    assert core.step == Step(Instant(LAST + 1000), 40 * DAY)
    assert core.now() == clock.wall()
    assert passes(clock, core, HOUR) == HOUR


def test_a_clock_behind_that_is_believed_is_waited_for() -> None:
    clock = TwoHands(LAST - HOUR)
    core = CoreTime(clock, LAST)
    core.believe()
    assert core.doubt is None
    assert passes(clock, core, 2 * HOUR) == HOUR
    assert core.now() == clock.wall()
    assert core.step is None


def test_who_was_believed_once_is_doubted_again() -> None:
    clock = TwoHands(LAST + 40 * DAY)
    core = CoreTime(clock, LAST)
    core.believe()
    clock.set_by(40 * DAY)
    core.now()
    assert core.doubt == ClockDoubt(40 * DAY)


# The clocks there are


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
