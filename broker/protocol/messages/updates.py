"""What keeps a replica true: everybody is told what happens, and who has missed something asks for it."""

from broker.domain.events import Recorded
from broker.domain.values import DeviceId, Instant, Seq
from broker.protocol.messages.message import Epoch, Message, RequestId


class Update(Message, frozen=True, tag="update"):
    """Events just committed, in order and without gap; the last one's number is the epoch's newest."""

    epoch: Epoch
    records: tuple[Recorded, ...]
    mac: bytes
    """The broker's own mark on the last number; nobody else can check it."""


class Heartbeat(Message, frozen=True, tag="heartbeat"):
    """A sign of life every second: the epoch, the newest event's number and the broker's time."""

    epoch: Epoch
    seq: Seq
    """The newest event's number."""
    at: Instant
    """The broker's time."""
    mac: bytes
    """The broker's own mark on the number; nobody else can check it."""
    next_key: str | None = None
    """The broker's next public key: to be kept beside the present one, and tried when that does not answer."""
    renew: tuple[DeviceId, ...] = ()
    """The devices that are asked to make themselves a new key."""


class AskUpdates(Message, frozen=True, tag="ask-updates"):
    """A replay of the events from `start` on."""

    id: RequestId
    start: Seq
    """The number of the first event wanted."""


class Updates(Message, frozen=True, tag="updates"):
    """A replay; there may be more after the last record (ask again from there)."""

    id: RequestId
    epoch: Epoch
    records: tuple[Recorded, ...]


class AskSnapshot(Message, frozen=True, tag="ask-snapshot"):
    """The whole state as it is now, in parts."""

    id: RequestId


class SnapshotPart(Message, frozen=True, tag="snapshot-part"):
    """One part of the encoded state after event `seq`; join all `parts` in order of `part`, from 0."""

    id: RequestId
    epoch: Epoch
    seq: Seq
    """The last event that is in the state."""
    part: int
    """This part's place, from 0."""
    parts: int
    """How many there are."""
    body: bytes
    """This part's bytes."""
