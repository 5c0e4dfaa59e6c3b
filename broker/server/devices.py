"""The outlet's devices: whom the doorkeeper lets in, under which keys, and what is known of each.

A device has one key, and for a while two: the present one and the next. The next is the only one from the moment at
which the device connects with it.
"""

from collections.abc import Mapping

import structlog
from msgspec import Struct
from msgspec.structs import replace

from broker.domain.values import DeviceId, DeviceRole, Instant, Seq
from broker.protocol.messages import Alive, DeviceStanding, EnrolDevice, ErrorCode
from broker.store.errors import NotCommittedError
from broker.store.registry import Device, Registry

log = structlog.get_logger(__name__)

OCCASIONAL = frozenset({DeviceRole.OPERATOR, DeviceRole.MONITOR})
"""Who looks after the outlet: they come and go, and are told how the broker is when nobody else is served."""

CLOCK_OFF_AT_MOST_MS = 1 << 53
"""Whatever a device says that its clock shows: what is told of it has room in a message."""


class _Seen(Struct):
    """What a device has told since the broker's start."""

    program: str = ""
    address: str = ""
    at: Instant | None = None
    clock_ahead_ms: int | None = None
    seq: Seq | None = None
    broker_next: str | None = None


class Devices:
    """All of them, also the revoked ones. What changes them is on disk when it returns; else NotCommittedError."""

    def __init__(self, registry: Registry, at_most: int) -> None:
        self._registry = registry
        self._at_most = at_most
        self._all = registry.devices()
        self._active = {each.id: each for each in self._all.values() if each.revoked_at is None}
        self._keys: dict[str, DeviceId] = {}
        for device in self._active.values():
            self._know(device)
        self._seen: dict[DeviceId, _Seen] = {}

    @property
    def active(self) -> Mapping[DeviceId, Device]:
        """Those that may connect, at every moment."""
        return self._active

    @property
    def renewing(self) -> tuple[DeviceId, ...]:
        """Those that are asked to make themselves a new key."""
        return tuple(each.id for each in self._active.values() if each.renew_since is not None)

    def admitted(self, public_key: str) -> DeviceId | None:
        """The device that connects with this key, of which it has proved to hold the secret; None: a stranger."""
        device = self._active.get(self._keys.get(public_key, DeviceId("")))
        if device is not None and device.next_key == public_key:
            self._take_next_key(device)
        return device.id if device is not None else None

    # What changes them

    def enrol(self, asked: EnrolDevice, at: Instant) -> ErrorCode | None:
        """Let a new device connect; what is in the way, or None."""
        if asked.device in self._all or asked.public_key in self._keys or asked.role is DeviceRole.BROKER:
            return ErrorCode.DEVICE_EXISTS
        if len(self._active) >= self._at_most:
            return ErrorCode.TOO_MANY_DEVICES
        device = Device(asked.device, asked.role, asked.name, asked.public_key, at)
        self._registry.add_device(device)
        self._all[device.id] = self._active[device.id] = device
        self._know(device)
        log.warning("a device was enrolled", device=device.id, role=device.role.value)
        return None

    def revoke(self, device: DeviceId, at: Instant) -> ErrorCode | None:
        """No message of the device's is served from now on; what is in the way, or None."""
        if device not in self._active:
            return ErrorCode.NO_SUCH_DEVICE
        revoked = replace(self._active[device], revoked_at=at, next_key=None, renew_since=None)
        self._registry.change_device(revoked)
        del self._active[device]
        self._all[device] = revoked
        self._keys = {key: owner for key, owner in self._keys.items() if owner != device}
        log.warning("a device was revoked", device=device)
        return None

    def ask_renewal(self, wanted: tuple[DeviceId, ...], at: Instant) -> tuple[DeviceId, ...] | ErrorCode:
        """Ask devices for new keys, all of them where none is named; those that are asked."""
        if not set(wanted) <= self._active.keys():
            return ErrorCode.NO_SUCH_DEVICE
        asked = wanted or tuple(self._active)
        for device in asked:
            self._change(replace(self._active[device], renew_since=at))
        return asked

    def offer_key(self, device: DeviceId, public_key: str) -> ErrorCode | None:
        """The device's next key; what is in the way, or None."""
        own = self._active[device]
        if self._keys.get(public_key, device) != device:
            return ErrorCode.DEVICE_EXISTS
        if public_key == own.public_key:
            return None  # another program of the device's has been quicker
        old = own.next_key
        self._change(replace(own, next_key=public_key))
        if old is not None and old != public_key:
            del self._keys[old]
        return None

    def _take_next_key(self, device: Device) -> None:
        assert device.next_key is not None
        try:
            self._change(replace(device, public_key=device.next_key, next_key=None, renew_since=None))
        except NotCommittedError as error:
            log.error(
                "a device's new key could not be stored; both count", device=device.id, error=str(error)
            )
            return
        del self._keys[device.public_key]
        log.info("a device has renewed its key", device=device.id)

    def _change(self, device: Device) -> None:
        self._registry.change_device(device)
        self._all[device.id] = self._active[device.id] = device
        self._know(device)

    def _know(self, device: Device) -> None:
        self._keys[device.public_key] = device.id
        if device.next_key is not None:
            self._keys[device.next_key] = device.id

    # What they tell

    def note_hello(self, device: DeviceId, program: str, address: str, at: Instant) -> None:
        """It has connected."""
        seen = self._seen.setdefault(device, _Seen())
        seen.program, seen.address, seen.at = program, address, at

    def note_alive(self, device: DeviceId, alive: Alive, at: Instant) -> None:
        """It gives a sign of life."""
        seen = self._seen.setdefault(device, _Seen())
        seen.at, seen.seq, seen.broker_next = at, alive.seq, alive.broker_next
        seen.clock_ahead_ms = max(-CLOCK_OFF_AT_MOST_MS, min(alive.at - at, CLOCK_OFF_AT_MOST_MS))

    def without_broker_key(self, next_key: str) -> tuple[DeviceId, ...]:
        """The devices that were here since the broker's start and have not said that they hold its next key, by id.

        A client of the first release never says so. Whoever comes and goes is an operator, and has the new key at hand.
        """
        return tuple(
            sorted(
                device.id
                for device in self._active.values()
                if device.role not in OCCASIONAL
                and (seen := self._seen.get(device.id)) is not None
                and seen.broker_next != next_key
            )
        )

    def standings(self, broker_next: str | None) -> tuple[DeviceStanding, ...]:
        """What is known of each, by their ids."""
        return tuple(self._standing(self._all[device], broker_next) for device in sorted(self._all))

    def _standing(self, device: Device, broker_next: str | None) -> DeviceStanding:
        seen = self._seen.get(device.id, _Seen())
        return DeviceStanding(
            device.id,
            device.role,
            device.name,
            device.since,
            device.revoked_at,
            seen.program,
            seen.address,
            seen.at,
            seen.clock_ahead_ms,
            seen.seq,
            is_renewing=device.renew_since is not None,
            has_next_broker_key=broker_next is not None and seen.broker_next == broker_next,
        )
