"""What needs somebody's hand: concluded from figures, told to supervisors and operators. Pure."""

from collections.abc import Iterator, Sequence
from statistics import median

from broker.domain.values import Instant
from broker.protocol.messages import Alarm, AlarmKind, DeviceStanding
from broker.server.clock import ClockDoubt
from broker.server.devices import OCCASIONAL
from broker.store.disk import Room

FREE_BYTES = 1 << 30
"""An outlet's busiest year takes some hundreds of megabytes; less than this, and somebody should look."""

LOG_BYTES = 64 << 20
"""SQLite takes the log into the database at every four megabytes, unless somebody reads for very long."""

CLOCK_OFF_MS = 5_000
SILENT_MS = 30_000
MOST_CLOCKS = 3
"""So many devices whose clocks are off alike: it is the broker's clock that is."""


def alarms_of(
    devices: Sequence[DeviceStanding],
    room: Room | None,
    not_stored: int,
    doubt: ClockDoubt | None,
    now: Instant,
) -> Iterator[Alarm]:
    """The alarms that hold now; `not_stored`: how many changes failed since the start, 0 once one succeeded.

    While the broker's own clock is in doubt there is nothing by which to judge the devices'.
    """
    if doubt is not None:
        yield Alarm(AlarmKind.CLOCK_DOUBTED, doubt.ahead_ms)
    if not_stored:
        yield Alarm(AlarmKind.NOT_STORED, not_stored)
    if room is not None and room.free < FREE_BYTES:
        yield Alarm(AlarmKind.DISK_FULL_SOON, room.free)
    if room is not None and room.log > LOG_BYTES:
        yield Alarm(AlarmKind.LOG_GROWS, room.log)
    present = [each for each in devices if each.revoked_at is None and each.seen_at is not None]
    if doubt is None:
        yield from _clocks(present)
    for each in present:
        silent_ms = now - (each.seen_at or now)
        if silent_ms > SILENT_MS and each.role not in OCCASIONAL:
            yield Alarm(AlarmKind.DEVICE_SILENT, silent_ms, each.device)


def _clocks(present: Sequence[DeviceStanding]) -> Iterator[Alarm]:
    ahead = {each.device: each.clock_ahead_ms for each in present if each.clock_ahead_ms is not None}
    off = {device: ms for device, ms in ahead.items() if abs(ms) > CLOCK_OFF_MS}
    middle = int(median(ahead.values())) if ahead else 0
    if len(ahead) >= MOST_CLOCKS and abs(middle) > CLOCK_OFF_MS:
        yield Alarm(AlarmKind.CLOCK_OFF, -middle)
        return
    for device, ms in off.items():
        yield Alarm(AlarmKind.CLOCK_OFF, ms, device)
