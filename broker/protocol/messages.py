"""The messages between a device and the broker, version 1. docs/protocol.md describes exactly these.
As long as there are kinds; each is a few lines of its own.

Requests go DEALER to ROUTER and are answered there; updates and heartbeats go PUB to SUB. Every message is one
MessagePack map whose field `type` names it.
"""

from enum import StrEnum
from typing import Annotated, NewType

from msgspec import Meta, Struct

from broker.domain.commands import AnyCommand
from broker.domain.day_report import DayFigures
from broker.domain.events import Recorded
from broker.domain.known import Known
from broker.domain.refusals import AnyRefusal
from broker.domain.roll import RollTicket
from broker.domain.ticket import Estimate
from broker.domain.values import (
    ApplicationId,
    AppointmentId,
    BusinessDay,
    ClerkId,
    ClerkRole,
    CommandId,
    DeviceId,
    DeviceRole,
    Instant,
    Letter,
    NoteId,
    Seq,
    ServiceCode,
    TicketId,
)

PROTOCOL_VERSION = 1

RequestId = NewType("RequestId", str)
"""Made by the client; the answer carries it back. A command's request id is its command id."""

COMMIT_BOUNDS_MS = (0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 25.0, 100.0, 1000.0)
"""The bounds of the histogram of commit times, in milliseconds."""

Epoch = NewType("Epoch", str)
"""The random id of a history: new when a backup is restored, else unchanged."""

ShortText = Annotated[str, Meta(max_length=200)]
"""A text that nobody needs longer."""


CurveKey = Annotated[str, Meta(min_length=40, max_length=40)]
"""A public CURVE key in Z85 (ZeroMQ RFC 32)."""

NoteText = Annotated[str, Meta(min_length=1, max_length=500)]
"""What a clerk writes for a colleague."""


class Message(Struct, frozen=True, tag_field="type"):
    """The root of all messages."""


# From a device


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


class SendCommand(Message, frozen=True, tag="command", omit_defaults=True):
    """A command under an id that the client made: sent twice it acts once and is answered the same."""

    id: Annotated[CommandId, Meta(min_length=1, max_length=64, pattern="^[^\\x00-\\x1f\\x7f]*\\Z")]
    command: AnyCommand
    """What is asked for."""
    happened_at: Instant | None = None
    """Set for what happened while the device was cut off."""


class SignIn(Message, frozen=True, tag="sign-in"):
    """A clerk signs in at the sending device. The PIN is hashed and forgotten; it reaches no journal and no log."""

    id: RequestId
    clerk: ClerkId
    """Whose PIN it is."""
    pin: Annotated[str, Meta(min_length=4, max_length=12, pattern="^[0-9]+\\Z")]
    """Digits."""
    if_free: bool = False
    """Refused where somebody is signed in at the device; else the clerk takes their place."""


class SignOut(Message, frozen=True, tag="sign-out"):
    """Whoever is signed in at the sending device is not any more."""

    id: RequestId
    clerk: ClerkId | None = None
    """Who is to be signed out; another one who is there by now stays, and that is an error. None: whoever it is."""


class AskProfiles(Message, frozen=True, tag="ask-profiles"):
    """The names of the outlet's clerks, for a counter's sign-in page."""

    id: RequestId


class AskToken(Message, frozen=True, tag="ask-token"):
    """What a scanned token stands for; only the broker can verify one."""

    id: RequestId
    token: ShortText
    """As scanned, with or without an address before it; or a short code as typed."""


class AskHistory(Message, frozen=True, tag="ask-history"):
    """The events of a ticket, by its number as people say it (``A012``); `day` None: the latest."""

    id: RequestId
    number: ShortText
    """Letter and number as on the ticket."""
    day: BusinessDay | None = None


class AskSlip(Message, frozen=True, tag="ask-slip"):
    """What the slip of an application says, once more: for a counter that lost the answer to its acceptance."""

    id: RequestId
    application: ApplicationId


class WriteNote(Message, frozen=True, tag="write-note"):
    """Keep a text under an id that the client made; a command then carries the id. No journal and no log has texts."""

    id: RequestId
    note: Annotated[NoteId, Meta(pattern="^[0-9a-f]{32}\\Z")]
    """A random id, new for each note; sent twice with the same text it is kept once."""
    text: NoteText


class AskNote(Message, frozen=True, tag="ask-note"):
    """What a note says."""

    id: RequestId
    note: NoteId


class EraseNote(Message, frozen=True, tag="erase-note"):
    """Let a note's text be forgotten for good, at the wish of whom it is about; by its author, or a supervisor."""

    id: RequestId
    note: NoteId


class AskDayReport(Message, frozen=True, tag="ask-day-report"):
    """What a business day came to, in figures; the day that is open comes with what there is so far."""

    id: RequestId
    day: BusinessDay | None = None
    """None: the open day, else the last one."""


class Alive(Message, frozen=True, tag="alive"):
    """A device's sign of life, every few seconds. It has no answer."""

    id: RequestId
    at: Instant
    """The device's own clock."""
    seq: Seq
    """How far its replica has got."""
    broker_next: str | None = None
    """The broker's next key, if the device has it on its disk."""


class OfferKey(Message, frozen=True, tag="offer-key"):
    """The device's next key: from now on the broker knows it by both, and by this one alone once it has used it."""

    id: RequestId
    public_key: CurveKey


class AskDevices(Message, frozen=True, tag="ask-devices"):
    """What the broker knows of its devices, and what needs somebody's hand."""

    id: RequestId


class AskFigures(Message, frozen=True, tag="ask-figures"):
    """The broker's own figures since its start."""

    id: RequestId


class EnrolDevice(Message, frozen=True, tag="enrol-device"):
    """Let a device connect from now on. Its secret key stays with the device."""

    id: RequestId
    device: Annotated[DeviceId, Meta(pattern="^[a-z0-9][a-z0-9-]{0,38}[a-z0-9]\\Z")]
    """Small letters, digits and hyphens; never used by another device before."""
    role: DeviceRole
    name: Annotated[str, Meta(min_length=1, max_length=60)]
    """What people call it."""
    public_key: CurveKey


class RevokeDevice(Message, frozen=True, tag="revoke-device"):
    """Serve a device no more, from this moment on and for good; whoever is signed in there is signed out."""

    id: RequestId
    device: DeviceId


class RenewKeys(Message, frozen=True, tag="renew-keys"):
    """Ask devices to make new keys; each does when it hears of it."""

    id: RequestId
    devices: tuple[DeviceId, ...]
    """Empty: every device."""


class RenewBrokerKey(Message, frozen=True, tag="renew-broker-key"):
    """Make the broker's next key and tell it to all devices; the present one goes on to serve."""

    id: RequestId


class SwitchBrokerKey(Message, frozen=True, tag="switch-broker-key"):
    """Serve under the next key from now on. Devices that don't hold it can't come back by themselves."""

    id: RequestId
    leave_behind: tuple[DeviceId, ...] = ()
    """The devices that may be left behind; any other that does not hold the next key is an error."""


class AskWitnesses(Message, frozen=True, tag="ask-witnesses"):
    """What devices have shown to a broker that is behind them, or that was restored from a backup."""

    id: RequestId


class ConfirmHistory(Message, frozen=True, tag="confirm-history"):
    """Go on from the history as it is here, under a new epoch; numbers go on past all that are known."""

    id: RequestId
    known: Known | None = None
    """What people know besides: the numbers on the last papers. What can't be is an error."""


class BelieveClock(Message, frozen=True, tag="believe-clock"):
    """The broker's wall clock, which is in doubt, is right: the queue's time is to follow it."""

    id: RequestId


class AskUpdates(Message, frozen=True, tag="ask-updates"):
    """A replay of the events from `start` on."""

    id: RequestId
    start: Seq
    """The number of the first event wanted."""


class AskSnapshot(Message, frozen=True, tag="ask-snapshot"):
    """The whole state as it is now, in parts."""

    id: RequestId


ClientMessage = (
    Hello
    | SendCommand
    | SignIn
    | SignOut
    | AskProfiles
    | AskToken
    | AskHistory
    | AskSlip
    | WriteNote
    | AskNote
    | EraseNote
    | AskDayReport
    | Alive
    | OfferKey
    | AskDevices
    | AskFigures
    | EnrolDevice
    | RevokeDevice
    | RenewKeys
    | RenewBrokerKey
    | SwitchBrokerKey
    | AskWitnesses
    | ConfirmHistory
    | BelieveClock
    | AskUpdates
    | AskSnapshot
)


# From the broker, as answers


class Profile(Struct, frozen=True):
    """A clerk as colleagues know them."""

    clerk: ClerkId
    name: str
    """What colleagues call them."""
    role: ClerkRole


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


class TicketOutcome(Struct, frozen=True, tag_field="kind", tag="ticket"):
    """What a kiosk prints: the ticket, its token, and what the citizen is told."""

    ticket: TicketId
    letter: Letter
    number: int
    """Within its queue and day, from 1."""
    at: Instant
    """When it was given out."""
    token: str
    """For the QR code."""
    code: str
    """Six characters to write down when there is no paper."""
    ahead: int
    """People before it in its queue."""
    estimate: Estimate | None = None
    """The expected wait; None: no counter was open, or nobody knew."""
    ready_expected_at: Instant | None = None
    """For a one-day service: when the permit is expected to be ready."""


class ApplicationOutcome(Struct, frozen=True, tag_field="kind", tag="application"):
    """What a counter prints on the slip."""

    application: ApplicationId
    token: str
    """For the QR code."""
    at: Instant
    """When it was accepted."""
    code: str
    """Six characters to write down when there is no paper."""
    promised_at: Instant | None = None
    """By when it will be ready; None: not a one-day service."""


class CallOutcome(Struct, frozen=True, tag_field="kind", tag="call"):
    """Which ticket was called."""

    ticket: TicketId


class Reserved(Struct, frozen=True):
    """One appointment as a citizen needs it."""

    appointment: AppointmentId
    letter: Letter
    """The queue in which the place is reserved."""
    service: ServiceCode
    slot_at: Instant
    """When to come."""
    token: str
    """For the QR code."""
    code: str
    """Six characters to write down when there is no paper."""


class AppointmentsOutcome(Struct, frozen=True, tag_field="kind", tag="appointments"):
    """The places that were reserved, in the order in which they were asked for."""

    reserved: tuple[Reserved, ...]


class RollOutcome(Struct, frozen=True, tag_field="kind", tag="roll"):
    """What an operator prints of the emergency roll."""

    tickets: tuple[RollTicket, ...]
    tokens: tuple[str, ...]
    """For their QR codes, in the same order."""
    ends_at: Instant
    """From then on they are no good any more."""


Outcome = TicketOutcome | ApplicationOutcome | CallOutcome | AppointmentsOutcome | RollOutcome
"""One of the outcomes."""


class Accepted(Message, frozen=True, tag="accepted"):
    """The command is on disk; `seq` is the last event that it caused (or the last before, if it caused none)."""

    id: CommandId
    seq: Seq
    outcome: Outcome | None = None
    """What the sender needs besides; None where "done" says it all."""


class Refused(Message, frozen=True, tag="refused"):
    """The queue's rules do not allow the command; nothing has changed."""

    id: CommandId
    refusal: AnyRefusal
    """Why not."""


class SignedIn(Message, frozen=True, tag="signed-in"):
    """The clerk is signed in at the device: until signed out, or until the day closes."""

    id: RequestId
    profile: Profile


class SignInReason(StrEnum):
    """Why a clerk could not sign in."""

    WRONG_PIN = "wrong-pin"
    """The PIN is wrong, or there is no such clerk."""
    LOCKED = "locked"
    """Wrong too often; `until` says for how long."""
    ELSEWHERE = "elsewhere"
    """The clerk sits at an open counter and is signed in at another device."""
    OCCUPIED = "occupied"
    """Somebody is signed in at the device, and was to be left there."""


class SignInRefused(Message, frozen=True, tag="sign-in-refused"):
    """The clerk is not signed in."""

    id: RequestId
    reason: SignInReason
    until: Instant | None = None
    """When a lock ends."""


class SignedOut(Message, frozen=True, tag="signed-out"):
    """Nobody is signed in at the device."""

    id: RequestId


class Profiles(Message, frozen=True, tag="profiles"):
    """Every clerk who can sign in, by name."""

    id: RequestId
    profiles: tuple[Profile, ...]
    """Names are for the sign-in page only and are in no event."""


class TokenKind(StrEnum):
    """What a token stands for."""

    TICKET = "ticket"
    APPLICATION = "application"
    APPOINTMENT = "appointment"
    ROLL = "roll"


class TokenAnswer(Message, frozen=True, tag="token"):
    """A verified token, or None fields when it is not ours, has ended, or belongs to another outlet."""

    id: RequestId
    kind: TokenKind | None = None
    ticket: TicketId | None = None
    application: ApplicationId | None = None
    appointment: AppointmentId | None = None
    roll: RollTicket | None = None
    """A ticket of the emergency roll that nobody has entered yet; of one that was, `ticket` says what became of it."""


class History(Message, frozen=True, tag="history"):
    """A ticket's events and those of its applications, oldest first; empty: no such ticket."""

    id: RequestId
    ticket: TicketId | None
    """Its id; None: no such ticket."""
    records: tuple[Recorded, ...]


class Slip(Message, frozen=True, tag="slip"):
    """What the slip of an application says, with the same token and code as long as the broker's key is the same."""

    id: RequestId
    outcome: ApplicationOutcome | None = None
    """None: no such application, or its life has ended: handed over, or rejected."""


class NoteWritten(Message, frozen=True, tag="note-written"):
    """The note is on disk."""

    id: RequestId


class Note(Message, frozen=True, tag="note"):
    """What a note says."""

    id: RequestId
    text: str | None = None
    """None: there is no such note, or not any more."""
    clerk: ClerkId | None = None
    """Who wrote it."""
    at: Instant | None = None
    """When it was written."""


class NoteErased(Message, frozen=True, tag="note-erased"):
    """The note's text is on disk no more."""

    id: RequestId


class DayReport(Message, frozen=True, tag="day-report"):
    """What a business day came to, in figures."""

    id: RequestId
    figures: DayFigures | None = None
    """None: the outlet has not worked on that day."""


class KeyTaken(Message, frozen=True, tag="key-taken"):
    """The broker knows the device by its next key too."""

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


class Devices(Message, frozen=True, tag="devices"):
    """What the broker knows of its devices, by their ids, and what needs somebody's hand."""

    id: RequestId
    at: Instant
    """The broker's time."""
    devices: tuple[DeviceStanding, ...]
    alarms: tuple[Alarm, ...]


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


class DeviceEnrolled(Message, frozen=True, tag="device-enrolled"):
    """The device may connect."""

    id: RequestId
    broker_key: str
    """The broker's public key, which the device needs."""


class DeviceRevoked(Message, frozen=True, tag="device-revoked"):
    """The device has had its last update."""

    id: RequestId


class KeysRenewing(Message, frozen=True, tag="keys-renewing"):
    """These devices have been asked for new keys."""

    id: RequestId
    devices: tuple[DeviceId, ...]


class BrokerKeyAnnounced(Message, frozen=True, tag="broker-key-announced"):
    """The broker's next key, as all devices are told it."""

    id: RequestId
    next_key: str
    """In Z85; it is on the broker's disk."""


class BrokerKeySwitched(Message, frozen=True, tag="broker-key-switched"):
    """From the next connection on the broker is known by this key."""

    id: RequestId
    key: str
    """In Z85."""


class Witness(Struct, frozen=True):
    """What a device has shown to a broker that waits for an operator's word."""

    device: DeviceId
    epoch: Epoch | None
    """Of the newest of the broker's own words that it holds; None: it holds none that is genuine."""
    seq: Seq | None
    known: Known | None
    """The numbers that it knows to have been given out."""
    not_believed: Known | None = None
    """What of them can't be, by the outlet's rules and today's date: numbers do not go on past these."""


class Witnesses(Message, frozen=True, tag="witnesses"):
    """What is known where, while the broker waits for an operator's word."""

    id: RequestId
    is_confirmed: bool
    """True: the broker serves, and waits for nothing."""
    seq: Seq
    """The newest event of the journal here."""
    known: Known
    """What the journal here knows."""
    witnesses: tuple[Witness, ...]
    """Of the devices that may connect."""
    day: BusinessDay | None = None
    """Today: the day whose numbers go on; None: the outlet is not set up."""


class HistoryConfirmed(Message, frozen=True, tag="history-confirmed"):
    """The broker serves, under a new epoch."""

    id: RequestId
    epoch: Epoch
    known: Known
    """All numbers go on past these."""


class ClockBelieved(Message, frozen=True, tag="clock-believed"):
    """The queue's time follows the broker's wall clock, or waits for it where it is behind."""

    id: RequestId


class Updates(Message, frozen=True, tag="updates"):
    """A replay; there may be more after the last record (ask again from there)."""

    id: RequestId
    epoch: Epoch
    records: tuple[Recorded, ...]


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


class ErrorCode(StrEnum):
    """What was wrong with a message, as far as the protocol is concerned."""

    MALFORMED = "malformed"
    """The bytes are no message of this protocol; `detail` says where."""
    TOO_LARGE = "too-large"
    """The message is larger than the limit."""
    NO_COMMON_VERSION = "no-common-version"
    """The broker speaks none of the versions that `hello` offered."""
    HELLO_FIRST = "hello-first"
    """The broker does not know this connection, or not any more: say hello, then ask again. It answers no message: its
    id is null."""
    COMMAND_ID_REUSED = "command-id-reused"
    """This device has used the id for a command, or anybody for a note, with other content."""
    NOT_PERMITTED = "not-permitted"
    """A device of this role may not ask this, or not while nobody is signed in, or another clerk may; or its key is not
    known any more."""
    TOO_FAR_BEHIND = "too-far-behind"
    """A replay from there would be too long, or there is nothing yet: ask for a snapshot."""
    NOT_STORED = "not-stored"
    """The disk failed. Ask again under the same id."""
    TOO_MANY = "too-many"
    """The device sends, or is sent, more than it may; the message was not served. Wait a second, then send it again."""
    HISTORY_UNCONFIRMED = "history-unconfirmed"
    """The broker knows less than has happened, and serves nobody until an operator has confirmed its history."""
    NOT_BELIEVED = "not-believed"
    """By its rules the outlet can't have given out a number that the operator names; `detail` names it."""
    NO_SUCH_DEVICE = "no-such-device"
    """No device has this id, or it has been revoked."""
    DEVICE_EXISTS = "device-exists"
    """A device has, or had, this id or this key."""
    TOO_MANY_DEVICES = "too-many-devices"
    """The outlet has as many devices as it may have."""
    ANOTHER_CLERK = "another-clerk"
    """Another clerk is signed in at the device than the message says."""
    KEY_NOT_HELD = "key-not-held"
    """There is no next key, or devices that are here don't hold it yet; `detail` names them."""
    CLOCK_NOT_DOUBTED = "clock-not-doubted"
    """The broker's wall clock is not in doubt, or not any more."""


class Error(Message, frozen=True, tag="error"):
    """The message was not understood or could not be served; nothing has changed."""

    id: RequestId | None
    """None: the message's id could not be read, or was not looked at; or it is no message that is wrong."""
    code: ErrorCode
    detail: str = ""
    """In English, for a log."""


Answer = (
    Welcome
    | Accepted
    | Refused
    | SignedIn
    | SignInRefused
    | SignedOut
    | Profiles
    | TokenAnswer
    | History
    | Slip
    | NoteWritten
    | Note
    | NoteErased
    | DayReport
    | KeyTaken
    | Devices
    | Figures
    | DeviceEnrolled
    | DeviceRevoked
    | KeysRenewing
    | BrokerKeyAnnounced
    | BrokerKeySwitched
    | Witnesses
    | HistoryConfirmed
    | ClockBelieved
    | Updates
    | SnapshotPart
    | Error
)


# From the broker, to everybody


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


Broadcast = Update | Heartbeat
