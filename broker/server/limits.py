"""What one device may ask for in a moment, and be answered: a flood from one leaves the others served.

What a device is answered and doesn't read stays in the broker's memory until it is found to be deaf. So a device is
owed so many bytes at most, over however many connections.
"""

from collections.abc import Callable

from msgspec import Struct

from broker.domain.values import DeviceId


class Limits(Struct, frozen=True):
    """How much a broker takes on."""

    per_second: float = 100.0
    """Messages that a device may send, again and again."""
    at_once: float = 300.0
    """Messages that it may send in one moment after a rest."""
    devices: int = 500
    """Devices that an outlet may have."""
    bytes_per_second: float = float(4 << 20)
    """Bytes that a device may be answered, again and again: a third of what a slow network carries."""
    bytes_at_once: float = float(16 << 20)
    """Bytes that it may be answered in one moment after a rest: several times a busy outlet's state."""


class _Bucket(Struct):
    left: float
    filled_at: float


class _Buckets:
    """One for each device, full at first."""

    def __init__(self, per_second: float, at_once: float, monotonic: Callable[[], float]) -> None:
        self._per_second = per_second
        self._at_once = at_once
        self._monotonic = monotonic
        self._all: dict[DeviceId, _Bucket] = {}

    def left(self, device: DeviceId) -> float:
        """What is left, with what has been gained until now."""
        return self._filled(device).left

    def take(self, device: DeviceId, amount: float) -> None:
        """So much is used; there may be less than nothing left then."""
        self._filled(device).left -= amount

    def _filled(self, device: DeviceId) -> _Bucket:
        now = self._monotonic()
        bucket = self._all.get(device)
        if bucket is None:
            bucket = self._all[device] = _Bucket(self._at_once, now)
        bucket.left = min(self._at_once, bucket.left + (now - bucket.filled_at) * self._per_second)
        bucket.filled_at = now
        return bucket


class Allowance:
    """Of messages and of bytes, for each device. `monotonic` gives seconds."""

    def __init__(self, limits: Limits, monotonic: Callable[[], float]) -> None:
        self._messages = _Buckets(limits.per_second, limits.at_once, monotonic)
        self._bytes = _Buckets(limits.bytes_per_second, limits.bytes_at_once, monotonic)

    def admits(self, device: DeviceId) -> bool:
        """Whether one more message of the device's is looked at; it counts if it is."""
        if self._messages.left(device) < 1:
            return False
        self._messages.take(device, 1)
        return True

    def charge(self, device: DeviceId, answered_bytes: int) -> None:
        """The device is answered so much."""
        self._bytes.take(device, answered_bytes)

    def has_room(self, device: DeviceId) -> bool:
        """Whether the device may be answered at length; then a whole answer, whatever its size."""
        return self._bytes.left(device) > 0
