"""What one device may ask for in a moment: a flood from one leaves the others served."""

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


class _Bucket(Struct):
    left: float
    filled_at: float


class Allowance:
    """A bucket of tokens for each device. `monotonic` gives seconds."""

    def __init__(self, limits: Limits, monotonic: Callable[[], float]) -> None:
        self._limits = limits
        self._monotonic = monotonic
        self._buckets: dict[DeviceId, _Bucket] = {}

    def admits(self, device: DeviceId) -> bool:
        """Whether one more message of the device's is looked at; it counts if it is."""
        now, limits = self._monotonic(), self._limits
        bucket = self._buckets.get(device)
        if bucket is None:
            bucket = self._buckets[device] = _Bucket(limits.at_once, now)
        gained = (now - bucket.filled_at) * limits.per_second
        bucket.left = min(limits.at_once, bucket.left + gained)
        bucket.filled_at = now
        if bucket.left < 1:
            return False
        bucket.left -= 1
        return True
