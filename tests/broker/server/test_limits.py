"""A device's bucket of messages, by a clock that a test moves."""

import pytest

from broker.domain.values import DeviceId
from broker.server.limits import Allowance, Limits
from broker.server.server import DEFAULT_LIMITS

ONE, OTHER = DeviceId("kiosk-1"), DeviceId("kiosk-2")
LIMITS = Limits(per_second=8, at_once=3, bytes_per_second=1024, bytes_at_once=4096)

A_MESSAGE = 1 / 8
"""Seconds in which one more is earned; a number that floating point holds exactly."""


class HandSeconds:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> HandSeconds:
    return HandSeconds()


@pytest.fixture
def allowance(seconds: HandSeconds) -> Allowance:
    return Allowance(LIMITS, seconds)


def admitted(allowance: Allowance, tries: int, device: DeviceId = ONE) -> int:
    """How many of so many messages of one moment are looked at."""
    return sum(allowance.admits(device) for _ in range(tries))


def test_a_rested_device_may_send_so_many_at_once_and_no_more(allowance: Allowance) -> None:
    assert [allowance.admits(ONE) for _ in range(5)] == [True, True, True, False, False]


def test_what_is_used_comes_back_with_time(allowance: Allowance, seconds: HandSeconds) -> None:
    admitted(allowance, 3)
    seconds.now += A_MESSAGE / 2
    assert admitted(allowance, 1) == 0, "half a message is none"
    seconds.now += A_MESSAGE / 2
    assert admitted(allowance, 5) == 1, "half a message more, and the other half was not lost"
    seconds.now += 2 * A_MESSAGE
    assert admitted(allowance, 5) == 2


def test_a_long_rest_gives_no_more_than_a_short_one(allowance: Allowance, seconds: HandSeconds) -> None:
    admitted(allowance, 3)
    seconds.now += 1e9
    assert admitted(allowance, 100) == 3


def test_messages_turned_away_cost_nothing(allowance: Allowance, seconds: HandSeconds) -> None:
    admitted(allowance, 1000)
    seconds.now += A_MESSAGE
    assert admitted(allowance, 1000) == 1


def test_over_a_minute_nobody_gets_more_than_the_rate_and_one_rest(
    allowance: Allowance, seconds: HandSeconds
) -> None:
    looked_at = 0
    for _ in range(60 * 128):
        looked_at += admitted(allowance, 3)
        seconds.now += 1 / 128
    assert 480 <= looked_at <= 483


def test_one_device_uses_up_nothing_of_anothers(allowance: Allowance) -> None:
    assert admitted(allowance, 1000) == 3
    assert admitted(allowance, 1000, OTHER) == 3


def test_the_limits_leave_room_for_the_busiest_honest_device() -> None:
    """A display at a bank of counters reports each call, a kiosk hands in a morning's tickets after an outage."""
    assert DEFAULT_LIMITS.per_second >= 50
    assert DEFAULT_LIMITS.at_once >= 200


# Bytes


def test_a_rested_device_is_answered_so_much_at_once_and_one_answer_more(allowance: Allowance) -> None:
    for _ in range(4):
        assert allowance.has_room(ONE)
        allowance.charge(ONE, 1023)
    assert allowance.has_room(ONE), "a few bytes are left: the answer to come is not known yet"
    allowance.charge(ONE, 1_000_000)
    assert not allowance.has_room(ONE)
    assert allowance.has_room(OTHER)


def test_what_a_device_is_owed_is_forgotten_with_time(allowance: Allowance, seconds: HandSeconds) -> None:
    allowance.charge(ONE, 4096 + 2048)
    seconds.now += 2
    assert not allowance.has_room(ONE)
    seconds.now += 1
    assert allowance.has_room(ONE)
    seconds.now += 1e9
    allowance.charge(ONE, 4096)
    assert not allowance.has_room(ONE), "a long rest gives no more than a short one"


def test_bytes_keep_no_message_from_being_looked_at(allowance: Allowance) -> None:
    allowance.charge(ONE, 1_000_000)
    assert admitted(allowance, 5) == 3
