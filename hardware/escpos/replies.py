"""Sorts what a printer sends, which arrives mixed and in pieces, into typed replies.

The bits that Epson fixes in each kind of byte tell them apart: `0xx1xx10` answers DLE EOT, `0xx1xx00` begins the four
bytes of automatic status, `0xx0xxxx` answers GS r, 37h and 5Fh begin blocks that a NUL ends. Custom's full status
begins with 10h 0Fh, which no automatic status does.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from hardware.escpos.status import Status, from_automatic

_LONGEST_BLOCK = 96


@dataclass(frozen=True, slots=True)
class RealtimeAnswer:
    """One byte that answers a DLE EOT; which one, only the order tells."""

    byte: int


@dataclass(frozen=True, slots=True)
class AutomaticStatus:
    status: Status


@dataclass(frozen=True, slots=True)
class Processed:
    """All that was sent before the process id of this number has been printed."""

    number: bytes


@dataclass(frozen=True, slots=True)
class BuffersCleared:
    """What was not printed yet has been dropped."""


@dataclass(frozen=True, slots=True)
class TransmittedStatus:
    """The answer to GS r: what was sent before it has been obeyed."""

    byte: int


@dataclass(frozen=True, slots=True)
class FullStatus:
    """Custom's answer to DLE EOT 20, as far as Epson's own status lacks it."""

    ticket_waits: bool
    paper_jam: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """A word that the printer says of itself, in answer to GS I."""

    word: str


@dataclass(frozen=True, slots=True)
class Noise:
    """Bytes that are no reply we know."""

    data: bytes


Reply = (
    RealtimeAnswer
    | AutomaticStatus
    | Processed
    | BuffersCleared
    | TransmittedStatus
    | FullStatus
    | Identity
    | Noise
)


class Replies:
    """Takes bytes as they come and hands out each reply once it is whole."""

    def __init__(self) -> None:
        self._held = b""

    def feed(self, data: bytes) -> Iterator[Reply]:
        self._held += data
        while self._held:
            reply, length = _first(self._held)
            if reply is None:
                return
            self._held = self._held[length:]
            yield reply


def _first(held: bytes) -> tuple[Reply | None, int]:
    """The reply at the head, and its length; None while it is not whole."""
    head = held[0]
    if head & 0x93 == 0x12:
        return RealtimeAnswer(head), 1
    if head == 0x10 and held[1:2] == b"\x0f":
        return _full(held)
    if head & 0x93 == 0x10:
        return _automatic(held)
    if head & 0x90 == 0:
        return TransmittedStatus(head), 1
    if head in (0x37, 0x5F):
        return _block(held)
    return Noise(held[:1]), 1


def _automatic(held: bytes) -> tuple[Reply | None, int]:
    following = held[1:4]
    if any(byte & 0x90 for byte in following):
        return Noise(held[:1]), 1
    if len(following) < 3:
        return None, 0
    return AutomaticStatus(from_automatic(held[0], held[1], held[2])), 4


def _full(held: bytes) -> tuple[Reply | None, int]:
    if len(held) < 6:
        return None, 0
    paper, recoverable = held[2], held[4]
    return FullStatus(ticket_waits=bool(paper & 0x20), paper_jam=bool(recoverable & 0x40)), 6


def _block(held: bytes) -> tuple[Reply | None, int]:
    end = held.find(b"\0")
    if end < 0:
        return (None, 0) if len(held) < _LONGEST_BLOCK else (Noise(held[:1]), 1)
    block = held[: end + 1]
    if block == b"\x37\x25\x00":
        return BuffersCleared(), 3
    if len(block) == 7 and block.startswith(b"\x37\x22"):
        return Processed(block[2:6]), 7
    if block.startswith(b"\x5f") and block[1:-1].isascii():
        return Identity(block[1:-1].decode("ascii").strip()), len(block)
    return Noise(block), len(block)
