"""Real-time commands: what the printer obeys the moment it arrives, before and beside its buffer.

A printer looks for them in everything it receives, pictures included: bytes that happen to read as one act as one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

CLEAR_BUFFERS = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"

_ANY = re.compile(
    rb"\x10(?:\x04(?P<status>[\x01-\x04\x14])|\x05(?P<request>[\x01\x02])|" + CLEAR_BUFFERS[1:] + rb")"
)
_LONGEST = len(CLEAR_BUFFERS)


@dataclass(frozen=True, slots=True)
class StatusRequest:
    """DLE EOT n: 1 to 4, and 20 for the full status of printers with a presenter."""

    n: int


@dataclass(frozen=True, slots=True)
class Recover:
    """DLE ENQ 1: go on after an error with the line in which it happened."""


@dataclass(frozen=True, slots=True)
class ClearAndRecover:
    """DLE ENQ 2: go on after an error with what comes next; what was buffered is dropped."""


@dataclass(frozen=True, slots=True)
class ClearBuffers:
    """DLE DC4 8: drop what was buffered, and say so."""


RealtimeCommand = StatusRequest | Recover | ClearAndRecover | ClearBuffers


class Watch:
    """Finds the real-time commands in a stream that comes in pieces."""

    def __init__(self) -> None:
        self._tail = b""

    def feed(self, data: bytes) -> Iterator[tuple[bytes, RealtimeCommand | None]]:
        """The bytes up to and with each command, and the command; at last the rest, with None."""
        seen = self._tail + data
        fresh = len(self._tail)  # bytes before here have been handed out already
        end = 0
        for found in _ANY.finditer(seen):
            end = found.end()
            yield seen[fresh:end], _command(found)
            fresh = end
        yield seen[fresh:], None
        begun = seen.find(b"\x10", max(end, len(seen) - _LONGEST + 1))
        self._tail = seen[begun:] if begun >= 0 else b""


def _command(found: re.Match[bytes]) -> RealtimeCommand:
    if found["status"]:
        return StatusRequest(found["status"][0])
    if found["request"]:
        return Recover() if found["request"] == b"\x01" else ClearAndRecover()
    return ClearBuffers()
