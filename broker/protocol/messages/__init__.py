"""The messages between a device and the broker, version 1. docs/protocol.md describes exactly these.

Requests go DEALER to ROUTER and are answered there; updates and heartbeats go PUB to SUB. Every message is one
MessagePack map whose field `type` names it. A request and its answers stand together, in the module of what they are
about; which there are is said here.
"""

from broker.protocol.messages.commands import (
    Accepted,
    ApplicationOutcome,
    AppointmentsOutcome,
    CallOutcome,
    Outcome,
    Refused,
    Reserved,
    RollOutcome,
    SendCommand,
    TicketOutcome,
)
from broker.protocol.messages.devices import (
    BrokerKeyAnnounced,
    BrokerKeySwitched,
    DeviceEnrolled,
    DeviceRevoked,
    EnrolDevice,
    KeysRenewing,
    KeyTaken,
    OfferKey,
    RenewBrokerKey,
    RenewKeys,
    RevokeDevice,
    SwitchBrokerKey,
)
from broker.protocol.messages.errors import Error, ErrorCode
from broker.protocol.messages.greeting import PROTOCOL_VERSION, Alive, Hello, Shown, Welcome
from broker.protocol.messages.health import (
    COMMIT_BOUNDS_MS,
    Alarm,
    AlarmKind,
    AskDevices,
    AskFigures,
    Devices,
    DeviceStanding,
    Figures,
)
from broker.protocol.messages.message import Epoch, Message, RequestId
from broker.protocol.messages.notes import AskNote, EraseNote, Note, NoteErased, NoteWritten, WriteNote
from broker.protocol.messages.questions import (
    AskDayReport,
    AskHistory,
    AskSlip,
    AskToken,
    DayReport,
    History,
    Slip,
    TokenAnswer,
    TokenKind,
)
from broker.protocol.messages.recovery import (
    AskWitnesses,
    BelieveClock,
    ClockBelieved,
    ConfirmHistory,
    HistoryConfirmed,
    Witness,
    Witnesses,
)
from broker.protocol.messages.sign_in import (
    AskProfiles,
    Profile,
    Profiles,
    SignedIn,
    SignedOut,
    SignIn,
    SignInReason,
    SignInRefused,
    SignOut,
)
from broker.protocol.messages.updates import AskSnapshot, AskUpdates, Heartbeat, SnapshotPart, Update, Updates

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
"""What a device sends."""

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
"""What the broker answers."""

Broadcast = Update | Heartbeat
"""What the broker tells everybody."""

__all__ = [
    "COMMIT_BOUNDS_MS",
    "PROTOCOL_VERSION",
    "Accepted",
    "Alarm",
    "AlarmKind",
    "Alive",
    "Answer",
    "ApplicationOutcome",
    "AppointmentsOutcome",
    "AskDayReport",
    "AskDevices",
    "AskFigures",
    "AskHistory",
    "AskNote",
    "AskProfiles",
    "AskSlip",
    "AskSnapshot",
    "AskToken",
    "AskUpdates",
    "AskWitnesses",
    "BelieveClock",
    "Broadcast",
    "BrokerKeyAnnounced",
    "BrokerKeySwitched",
    "CallOutcome",
    "ClientMessage",
    "ClockBelieved",
    "ConfirmHistory",
    "DayReport",
    "DeviceEnrolled",
    "DeviceRevoked",
    "DeviceStanding",
    "Devices",
    "EnrolDevice",
    "Epoch",
    "EraseNote",
    "Error",
    "ErrorCode",
    "Figures",
    "Heartbeat",
    "Hello",
    "History",
    "HistoryConfirmed",
    "KeyTaken",
    "KeysRenewing",
    "Message",
    "Note",
    "NoteErased",
    "NoteWritten",
    "OfferKey",
    "Outcome",
    "Profile",
    "Profiles",
    "Refused",
    "RenewBrokerKey",
    "RenewKeys",
    "RequestId",
    "Reserved",
    "RevokeDevice",
    "RollOutcome",
    "SendCommand",
    "Shown",
    "SignIn",
    "SignInReason",
    "SignInRefused",
    "SignOut",
    "SignedIn",
    "SignedOut",
    "Slip",
    "SnapshotPart",
    "SwitchBrokerKey",
    "TicketOutcome",
    "TokenAnswer",
    "TokenKind",
    "Update",
    "Updates",
    "Welcome",
    "Witness",
    "Witnesses",
    "WriteNote",
]
