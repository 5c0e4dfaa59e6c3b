"""What is a device's own: its keys, its clocks. A program's composition brings them in."""

import time
from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from broker.domain.values import Instant


class DeviceKeys(Struct, frozen=True):
    """A device's own key pair and the broker's public key, in Z85."""

    public: str
    secret: str
    broker: str


class Keyring(Protocol):
    """A device's keys, and those to come while keys are renewed. What returns is kept; OSError where it can't be.

    Both threads of a device's connection ask it, and other programs of the same device may keep the same keys.
    """

    def candidates(self) -> tuple[DeviceKeys, ...]:
        """What to connect with now, the likeliest first, at least one."""

    def hold_broker_key(self, key: str) -> None:
        """The broker will be known by this key: keep it beside the present one."""

    def next_broker_key(self) -> str | None:
        """The broker's key to come, if it is kept."""

    def prepare(self) -> str | None:
        """The public half of the device's own next pair, made now if there is none; None: this program makes none."""

    def settle(self, keys: DeviceKeys) -> None:
        """The broker has answered to these: what they have replaced is forgotten."""


class FixedKeys:
    """Keys that are not renewed: one way to connect, or several to try."""

    def __init__(self, *keys: DeviceKeys) -> None:
        self._keys = keys

    def candidates(self) -> tuple[DeviceKeys, ...]:
        return self._keys

    def hold_broker_key(self, key: str) -> None:
        """It is not kept."""

    def next_broker_key(self) -> str | None:
        return None

    def prepare(self) -> str | None:
        return None

    def settle(self, keys: DeviceKeys) -> None:
        """There is nothing to forget."""


class DeviceClock(Struct, frozen=True):
    """A device's clocks. `speed` is how much faster the broker's runs than `monotonic` (1 but in demonstrations)."""

    monotonic: Callable[[], float]
    """Seconds since whenever; nobody can set them."""
    wall: Callable[[], Instant]
    """The time of day; somebody may set it."""
    speed: float = 1.0


def system_wall() -> Instant:
    """This machine's time of day."""
    return Instant(time.time_ns() // 1_000_000)


SYSTEM_CLOCK = DeviceClock(time.monotonic, system_wall)
