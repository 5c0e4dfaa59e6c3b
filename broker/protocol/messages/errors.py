"""Why a message could not be served."""

from enum import StrEnum

from broker.protocol.messages.message import Message, RequestId


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
