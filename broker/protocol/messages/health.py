"""How the broker and its devices are, and what needs somebody's hand."""

from enum import StrEnum

from msgspec import Struct

from broker.domain.values import DeviceId, DeviceRole, Instant, Seq
from broker.protocol.messages.message import Epoch, Message, RequestId


class AlarmKind(StrEnum):
    """What needs somebody's hand."""

    CLOCK_DOUBTED = "clock-doubted"
    """The broker's wall clock is beyond belief, and not followed until it is corrected or confirmed; `figure`: how far
    it is ahead of the broker's time, in milliseconds; negative: behind."""
    DISK_FULL_SOON = "disk-full-soon"
    """`figure`: the bytes that are free."""
    LOG_GROWS = "log-grows"
    """The database's write-ahead log is not taken into it; `figure`: its bytes."""
    CLOCK_OFF = "clock-off"
    """A device's clock, or the broker's if no device is named; `figure`: how far it is ahead, in milliseconds."""
    DEVICE_SILENT = "device-silent"
    """A device that was here today gives no sign of life; `figure`: for how long, in milliseconds."""
    NOT_STORED = "not-stored"
    """The last change could not be stored; `figure`: how many could not since the start."""


class Alarm(Struct, frozen=True, omit_defaults=True):
    """One thing that needs somebody's hand."""

    kind: AlarmKind
    figure: int
    """What it is depends on the kind."""
    device: DeviceId | None = None


class AskDevices(Message, frozen=True, tag="ask-devices"):
    """What the broker knows of its devices, and what needs somebody's hand."""

    id: RequestId


class DeviceStanding(Struct, frozen=True, omit_defaults=True):
    """A device as the broker knows it. Its printer's state is in the outlet's state."""

    device: DeviceId
    role: DeviceRole
    name: str
    """What people call it."""
    since: Instant
    """When it was enrolled."""
    revoked_at: Instant | None = None
    """None: it may connect."""
    program: str = ""
    """Name and version, as it said hello; empty: not since the broker's start."""
    address: str = ""
    """From where it last connected."""
    seen_at: Instant | None = None
    """Its last sign of life."""
    clock_ahead_ms: int | None = None
    """How far its clock is ahead of the broker's; negative: behind."""
    seq: Seq | None = None
    """How far its replica had got."""
    is_renewing: bool = False
    """It has been asked for a new key and has not used one yet."""
    has_next_broker_key: bool = False
    """It holds the broker's next key."""


class Devices(Message, frozen=True, tag="devices"):
    """What the broker knows of its devices, by their ids, and what needs somebody's hand."""

    id: RequestId
    at: Instant
    """The broker's time."""
    devices: tuple[DeviceStanding, ...]
    alarms: tuple[Alarm, ...]


COMMIT_BOUNDS_MS = (0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 25.0, 100.0, 1000.0)
"""The bounds of the histogram of commit times, in milliseconds."""


class AskFigures(Message, frozen=True, tag="ask-figures"):
    """The broker's own figures since its start."""

    id: RequestId


class Figures(Message, frozen=True, tag="figures"):
    """The broker's own figures, counted since its start."""

    id: RequestId
    program: str
    """Its version."""
    epoch: Epoch
    seq: Seq
    """The newest event's number."""
    at: Instant
    """The broker's time."""
    started_at: Instant
    """When the broker began to serve."""
    is_confirmed: bool
    """False: the broker waits for an operator to confirm its history and serves nobody."""
    commands: dict[str, int]
    """Commands carried out, by kind."""
    refusals: dict[str, int]
    """Commands refused, by code."""
    errors: dict[str, int]
    """Messages answered with an error, by code."""
    strangers: int
    """Connections that were not let in: without a key that the broker knows, or that never said who they are; these are
    counted some seconds later."""
    commits: int
    """Groups of commands brought to disk."""
    failed_commits: int
    """Groups, and single commands of such a group tried again, that the disk did not take."""
    commit_ms: tuple[int, ...]
    """How many commits took at most each of COMMIT_BOUNDS_MS milliseconds, and last how many took longer."""
    commit_ms_sum: float
    """How long all commits took together, in milliseconds."""
    snapshot_seq: Seq
    """The number of the newest snapshot on disk."""
    database_bytes: int | None
    """Each of these three: None where the database is not a file here."""
    log_bytes: int | None
    """Of the write-ahead log."""
    free_bytes: int | None
    """On the database's disk."""
    memory_bytes: int
    """The most memory that the broker has held."""
    alarms: tuple[Alarm, ...]
