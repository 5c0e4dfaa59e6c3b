"""Devices as a broker tells of them: the sample outlet's, and how they stand."""

from broker.domain.values import DeviceId, DeviceRole, Instant
from broker.protocol.messages import DeviceStanding

KIOSK, PC, LOBBY = (DeviceId(each) for each in ("kiosk-1", "pc-1", "display-1"))

_WHAT = {
    KIOSK: (DeviceRole.KIOSK, "Mesin antrean 1"),
    PC: (DeviceRole.COUNTER, "Loket 1"),
    LOBBY: (DeviceRole.DISPLAY, "Layar lobi"),
}


def standing_of(
    device: DeviceId,
    now: Instant,
    seen_seconds: int | None = 2,
    program: str = "antrean 0.1.0",
    revoked_at: Instant | None = None,
) -> DeviceStanding:
    """A device that gave a sign of life so many seconds ago; None: never yet."""
    role, name = _WHAT[device]
    seen_at = Instant(now - seen_seconds * 1000) if seen_seconds is not None else None
    return DeviceStanding(device, role, name, now, revoked_at, program, seen_at=seen_at)
