"""Messages to bytes and back. Decoding into the typed messages is also their validation."""

import re
from typing import cast

import msgspec

from broker.protocol.messages import Answer, Broadcast, ClientMessage

LARGEST_REQUEST_BYTES = 64 * 1024
"""What a device may send in one message."""

SNAPSHOT_PART_BYTES = 256 * 1024


class MalformedError(Exception):
    """The bytes are no message of this protocol; the text says where."""


_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What msgspec raises for bytes that are no message, for texts that are no UTF-8, for depths without end."""

_VALUE = re.compile(r"(?<=^Invalid value) '.*'|(?<=^Invalid enum value) '.*'", re.DOTALL)
"""Where msgspec repeats what stood there: it might be anything, and the text goes into logs."""

_encoder = msgspec.msgpack.Encoder()
_requests = msgspec.msgpack.Decoder(ClientMessage)
_answers = msgspec.msgpack.Decoder(Answer)
_broadcasts = msgspec.msgpack.Decoder(Broadcast)


def _malformed(error: Exception) -> MalformedError:
    return MalformedError(_VALUE.sub("", str(error)))


def encode(message: msgspec.Struct) -> bytes:
    """The message's bytes."""
    return _encoder.encode(message)


def decode_request(body: bytes) -> ClientMessage:
    """A device's message; MalformedError for anything else."""
    try:
        return cast("ClientMessage", _requests.decode(body))
    except _UNREADABLE as error:
        raise _malformed(error) from error


def decode_answer(body: bytes) -> Answer:
    """A broker's answer; MalformedError for anything else."""
    try:
        return cast("Answer", _answers.decode(body))
    except _UNREADABLE as error:
        raise _malformed(error) from error


def decode_broadcast(body: bytes) -> Broadcast:
    """A broker's update or heartbeat; MalformedError for anything else."""
    try:
        return cast("Broadcast", _broadcasts.decode(body))
    except _UNREADABLE as error:
        raise _malformed(error) from error
