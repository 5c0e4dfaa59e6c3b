"""The messages between a device and the broker, version 1. docs/protocol.md describes exactly these.

Requests go DEALER to ROUTER and are answered there; updates and heartbeats go PUB to SUB. Every message is one
MessagePack map whose field `type` names it.
"""

from enum import StrEnum
from typing import Annotated, NewType

from msgspec import Meta, Struct

from broker.domain.commands import AnyCommand
from broker.domain.events import Recorded
from broker.domain.refusals import AnyRefusal
from broker.domain.ticket import Estimate
from broker.domain.values import (
    ApplicationId,
    BusinessDay,
    ClerkId,
    ClerkRole,
    CommandId,
    DeviceId,
    DeviceRole,
    Instant,
    Letter,
    Seq,
    TicketId,
)

PROTOCOL_VERSION = 1

RequestId = NewType("RequestId", str)
"""Made by the client; the answer carries it back. A command's request id is its command id."""

Epoch = NewType("Epoch", str)
"""The random id of a history: new when a backup is restored, else unchanged."""

ShortText = Annotated[str, Meta(max_length=200)]


class Message(Struct, frozen=True, tag_field="type"):
    """The root of all messages."""


# From a device


class Hello(Message, frozen=True, tag="hello"):
    """The first message of a connection: which protocol versions the program speaks, best first."""

    id: RequestId
    versions: tuple[int, ...]
    program: ShortText


class SendCommand(Message, frozen=True, tag="command"):
    """A command under an id that the client made: sent twice it acts once and is answered the same."""

    id: CommandId
    command: AnyCommand
    happened_at: Instant | None = None
    """Set for what happened while the device was cut off."""


class SignIn(Message, frozen=True, tag="sign-in"):
    """A clerk signs in at the sending device. The PIN is hashed and forgotten; it reaches no journal and no log."""

    id: RequestId
    clerk: ClerkId
    pin: Annotated[str, Meta(min_length=4, max_length=12, pattern="^[0-9]+$")]


class SignOut(Message, frozen=True, tag="sign-out"):
    id: RequestId


class AskProfiles(Message, frozen=True, tag="ask-profiles"):
    """The names of the outlet's clerks, for a counter's sign-in page."""

    id: RequestId


class AskToken(Message, frozen=True, tag="ask-token"):
    """What a scanned token stands for; only the broker can verify one."""

    id: RequestId
    token: ShortText


class AskHistory(Message, frozen=True, tag="ask-history"):
    """The events of a ticket, by its number as people say it (``A012``); `day` None: the latest."""

    id: RequestId
    number: ShortText
    day: BusinessDay | None = None


class AskUpdates(Message, frozen=True, tag="ask-updates"):
    """A replay of the events from `start` on."""

    id: RequestId
    start: Seq


class AskSnapshot(Message, frozen=True, tag="ask-snapshot"):
    id: RequestId


ClientMessage = (
    Hello | SendCommand | SignIn | SignOut | AskProfiles | AskToken | AskHistory | AskUpdates | AskSnapshot
)


# From the broker, as answers


class Profile(Struct, frozen=True):
    """A clerk as colleagues know them."""

    clerk: ClerkId
    name: str
    role: ClerkRole


class Welcome(Message, frozen=True, tag="welcome"):
    """The answer to Hello: the version agreed on, and who the device is to the broker."""

    id: RequestId
    version: int
    epoch: Epoch
    seq: Seq
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
    at: Instant
    token: str
    code: str
    """Six characters to write down when there is no paper."""
    ahead: int
    estimate: Estimate | None = None
    ready_expected_at: Instant | None = None


class ApplicationOutcome(Struct, frozen=True, tag_field="kind", tag="application"):
    """What a counter prints on the slip."""

    application: ApplicationId
    token: str
    at: Instant
    code: str
    """Six characters to write down when there is no paper."""
    promised_at: Instant | None = None


class CallOutcome(Struct, frozen=True, tag_field="kind", tag="call"):
    """Which ticket was called."""

    ticket: TicketId


Outcome = TicketOutcome | ApplicationOutcome | CallOutcome


class Accepted(Message, frozen=True, tag="accepted"):
    """The command is on disk; `seq` is the last event that it caused (or the last before, if it caused none)."""

    id: CommandId
    seq: Seq
    outcome: Outcome | None = None


class Refused(Message, frozen=True, tag="refused"):
    """The queue's rules do not allow the command; nothing has changed."""

    id: CommandId
    refusal: AnyRefusal


class SignedIn(Message, frozen=True, tag="signed-in"):
    id: RequestId
    profile: Profile


class SignInReason(StrEnum):
    """Why a clerk could not sign in."""

    WRONG_PIN = "wrong-pin"
    LOCKED = "locked"
    ELSEWHERE = "elsewhere"


class SignInRefused(Message, frozen=True, tag="sign-in-refused"):
    id: RequestId
    reason: SignInReason
    until: Instant | None = None
    """When a lock ends."""


class SignedOut(Message, frozen=True, tag="signed-out"):
    id: RequestId


class Profiles(Message, frozen=True, tag="profiles"):
    id: RequestId
    profiles: tuple[Profile, ...]


class TokenKind(StrEnum):
    """What a token stands for."""

    TICKET = "ticket"
    APPLICATION = "application"


class TokenAnswer(Message, frozen=True, tag="token"):
    """A verified token, or None fields when it is not ours, has ended, or belongs to another outlet."""

    id: RequestId
    kind: TokenKind | None = None
    ticket: TicketId | None = None
    application: ApplicationId | None = None


class History(Message, frozen=True, tag="history"):
    """A ticket's events and those of its applications, oldest first; empty: no such ticket."""

    id: RequestId
    ticket: TicketId | None
    records: tuple[Recorded, ...]


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
    part: int
    parts: int
    body: bytes


class ErrorCode(StrEnum):
    """What was wrong with a message, as far as the protocol is concerned."""

    MALFORMED = "malformed"
    TOO_LARGE = "too-large"
    NO_COMMON_VERSION = "no-common-version"
    HELLO_FIRST = "hello-first"
    COMMAND_ID_REUSED = "command-id-reused"
    NOT_PERMITTED = "not-permitted"
    TOO_FAR_BEHIND = "too-far-behind"
    NOT_STORED = "not-stored"


class Error(Message, frozen=True, tag="error"):
    """The message was not understood or could not be served; nothing has changed."""

    id: RequestId | None
    code: ErrorCode
    detail: str = ""


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


class Heartbeat(Message, frozen=True, tag="heartbeat"):
    """A sign of life every second: the epoch, the newest event's number and the broker's time."""

    epoch: Epoch
    seq: Seq
    at: Instant
    mac: bytes


Broadcast = Update | Heartbeat
