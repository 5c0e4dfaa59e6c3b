"""The beginning of a connection, and a device's signs of life while it lasts."""

from msgspec import Struct

from broker.domain.known import Known
from broker.domain.values import DeviceId, DeviceRole, Instant, Seq
from broker.protocol.messages.message import Epoch, Message, RequestId, ShortText
from broker.protocol.messages.sign_in import Profile

PROTOCOL_VERSION = 1


class Shown(Struct, frozen=True):
    """The newest update or heartbeat that a device holds: by the MAC the broker knows its own word again."""

    epoch: Epoch
    seq: Seq
    """Its number."""
    mac: bytes
    """As it came with it."""


class Hello(Message, frozen=True, tag="hello"):
    """The first message of a connection: which protocol versions the program speaks, best first."""

    id: RequestId
    versions: tuple[int, ...]
    """Best first."""
    program: ShortText
    """Name and version, for the broker's log and for supervisors."""
    shown: Shown | None = None
    """What the device holds of the broker's history; None: nothing yet."""
    known: Known | None = None
    """The numbers that the device knows to have been given out."""


class Welcome(Message, frozen=True, tag="welcome"):
    """The answer to Hello: the version agreed on, and who the device is to the broker."""

    id: RequestId
    version: int
    """The protocol version of everything that follows."""
    epoch: Epoch
    """The history that the broker goes on with."""
    seq: Seq
    """The newest event's number."""
    device: DeviceId
    role: DeviceRole
    at: Instant
    """The broker's time."""
    profile: Profile | None = None
    """The clerk who is still signed in at this device."""


class Alive(Message, frozen=True, tag="alive"):
    """A device's sign of life, every few seconds. It has no answer."""

    id: RequestId
    at: Instant
    """The device's own clock."""
    seq: Seq
    """How far its replica has got."""
    broker_next: str | None = None
    """The broker's next key, if the device has it on its disk."""
