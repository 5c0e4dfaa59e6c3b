"""Which time a program keeps: the machine's, or a demonstration's own."""

import time

from antrean.settings import ClockSettings
from broker.client import DeviceClock
from broker.domain.values import Instant
from broker.server.clock import Clock, ScaledClock, SystemClock


def broker_clock(settings: ClockSettings) -> Clock:
    """The broker's."""
    if settings.shows is None or settings.since is None:
        return SystemClock()
    return ScaledClock(Instant(settings.shows), Instant(settings.since), settings.speed)


def device_clock(settings: ClockSettings) -> DeviceClock:
    """A device's."""
    return DeviceClock(time.monotonic, broker_clock(settings).wall, settings.speed)
