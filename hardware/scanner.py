"""Tells a scanner that types like a keyboard from a person who does: by speed and by the Enter at the end.

Pure: the screen hands over each character with its time, and gets back a scan, or characters that were typing after
all and are to go where they were meant. What a scan says is for the broker to verify.
"""

from dataclasses import dataclass

_ENTER = ("\r", "\n")


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scanner read, without its Enter."""

    text: str


@dataclass(frozen=True, slots=True)
class Typed:
    """Characters that a person typed, Enter included; they were held back a moment and are to be handed on."""

    text: str


Heard = Scan | Typed


class WedgeDetector:
    """A scan is at least `shortest_scan` characters, each within `longest_gap_seconds` of the one before, and Enter."""

    def __init__(self, longest_gap_seconds: float = 0.05, shortest_scan: int = 6) -> None:
        self._longest_gap = longest_gap_seconds
        self._shortest = shortest_scan
        self._held = ""
        self._last = 0.0

    def character(self, char: str, at: float) -> tuple[Heard, ...]:
        """Take one character at its monotonic time in seconds."""
        typed = self.silence(at)
        self._last = at
        if char not in _ENTER:
            self._held += char
            return typed
        held, self._held = self._held, ""
        ended = Scan(held) if len(held) >= self._shortest else Typed(held + char)
        return (*typed, ended)

    def silence(self, at: float) -> tuple[Typed, ...]:
        """Nothing came until now: what is held too long was typing."""
        if not self._held or at - self._last <= self._longest_gap:
            return ()
        held, self._held = self._held, ""
        return (Typed(held),)

    @property
    def due_at(self) -> float | None:
        """When `silence` is to be told of; None while nothing is held."""
        return self._last + self._longest_gap if self._held else None
