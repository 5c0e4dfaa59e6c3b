"""Ids made at either end: UUIDv7 (RFC 9562), so that they sort by time and never meet."""

import os

from broker.domain.values import CommandId, Instant, NoteId
from broker.protocol.messages import RequestId


def uuid7(at: Instant, random: bytes) -> str:
    """A UUIDv7 as 32 hexadecimal digits: 48 bits of milliseconds, then version, variant and 74 random bits."""
    value = (at & (1 << 48) - 1) << 80 | int.from_bytes(random[:10], "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return f"{value:032x}"


def new_command_id(at: Instant) -> CommandId:
    """An id for a command made at `at`."""
    return CommandId(uuid7(at, os.urandom(10)))


def new_request_id() -> RequestId:
    """An id for a request that changes nothing."""
    return RequestId(os.urandom(8).hex())


def new_note_id() -> NoteId:
    """An id for a note: random, so that it says nothing."""
    return NoteId(os.urandom(16).hex())
