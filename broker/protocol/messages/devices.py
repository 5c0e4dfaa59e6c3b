"""Which devices may connect, and by which keys."""

from typing import Annotated

from msgspec import Meta

from broker.domain.values import DeviceId, DeviceRole
from broker.protocol.messages.message import Message, RequestId

CurveKey = Annotated[str, Meta(min_length=40, max_length=40)]
"""A public CURVE key in Z85 (ZeroMQ RFC 32)."""


class EnrolDevice(Message, frozen=True, tag="enrol-device"):
    """Let a device connect from now on. Its secret key stays with the device."""

    id: RequestId
    device: Annotated[DeviceId, Meta(pattern="^[a-z0-9][a-z0-9-]{0,38}[a-z0-9]\\Z")]
    """Small letters, digits and hyphens; never used by another device before."""
    role: DeviceRole
    name: Annotated[str, Meta(min_length=1, max_length=60)]
    """What people call it."""
    public_key: CurveKey


class DeviceEnrolled(Message, frozen=True, tag="device-enrolled"):
    """The device may connect."""

    id: RequestId
    broker_key: str
    """The broker's public key, which the device needs."""


class RevokeDevice(Message, frozen=True, tag="revoke-device"):
    """Serve a device no more, from this moment on and for good; whoever is signed in there is signed out."""

    id: RequestId
    device: DeviceId


class DeviceRevoked(Message, frozen=True, tag="device-revoked"):
    """The device has had its last update."""

    id: RequestId


class RenewKeys(Message, frozen=True, tag="renew-keys"):
    """Ask devices to make new keys; each does when it hears of it."""

    id: RequestId
    devices: tuple[DeviceId, ...]
    """Empty: every device."""


class KeysRenewing(Message, frozen=True, tag="keys-renewing"):
    """These devices have been asked for new keys."""

    id: RequestId
    devices: tuple[DeviceId, ...]


class OfferKey(Message, frozen=True, tag="offer-key"):
    """The device's next key: from now on the broker knows it by both, and by this one alone once it has used it."""

    id: RequestId
    public_key: CurveKey


class KeyTaken(Message, frozen=True, tag="key-taken"):
    """The broker knows the device by its next key too."""

    id: RequestId


class RenewBrokerKey(Message, frozen=True, tag="renew-broker-key"):
    """Make the broker's next key and tell it to all devices; the present one goes on to serve."""

    id: RequestId


class BrokerKeyAnnounced(Message, frozen=True, tag="broker-key-announced"):
    """The broker's next key, as all devices are told it."""

    id: RequestId
    next_key: str
    """In Z85; it is on the broker's disk."""


class SwitchBrokerKey(Message, frozen=True, tag="switch-broker-key"):
    """Serve under the next key from now on. Devices that don't hold it can't come back by themselves."""

    id: RequestId
    leave_behind: tuple[DeviceId, ...] = ()
    """The devices that may be left behind; any other that does not hold the next key is an error."""


class BrokerKeySwitched(Message, frozen=True, tag="broker-key-switched"):
    """From the next connection on the broker is known by this key."""

    id: RequestId
    key: str
    """In Z85."""
