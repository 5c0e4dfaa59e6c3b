"""Tells a scanner that types like a keyboard from a person who does: by its speed and by the key that ends a scan.

Pure: each key is handed in with the time at which it was pressed, and comes back as a part of a scan, or as typing
after all, to go where it was meant. What a scan says is for the broker to verify.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key")

LONGEST_GAP_SECONDS = 0.05
"""Scanners leave 1 to 20 ms between two characters, on a bad radio some more; a person's fingers twice as much."""

SHORTEST_SCAN = 10
"""Characters. All codes of ours are longer, and nobody types so many at such a speed."""

LONGEST_SCAN = 200
"""What goes on longer is none."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scanner read, without the key that ended it."""

    text: str


@dataclass(frozen=True, slots=True)
class Typed(Generic[Key]):
    """Keys that a person pressed; they were held back a moment and are to be handed on in this order."""

    keys: tuple[Key, ...]


class WedgeDetector(Generic[Key]):
    """Holds keys while they may still become a scan: at most LONGEST_GAP_SECONDS after the last of them.

    Whoever has it calls `quiet` once so much time has passed, and before anything that is to come after them.
    """

    def __init__(self) -> None:
        self._text = ""
        self._keys: list[Key] = []
        self._last = 0.0

    @property
    def holds(self) -> bool:
        return bool(self._keys)

    def pressed(self, char: str, key: Key, at: float) -> tuple[Typed[Key], ...]:
        """A key that a scanner may have pressed, and the character that comes of it: none, or not yet, is empty."""
        before = self._before(at)
        self._text += char
        self._keys.append(key)
        return before if len(self._text) <= LONGEST_SCAN else (*before, *self.quiet())

    def beside(self, key: Key) -> None:
        """What belongs to the keys that are held: the end of one of them."""
        self._keys.append(key)

    def ended(self, key: Key, at: float) -> tuple[Scan | Typed[Key], ...]:
        """A key that ends a scan, or is a person's own."""
        before = self._before(at)
        if len(self._text) >= SHORTEST_SCAN:
            scan = Scan(self._text)
            self._forget()
            return (*before, scan)
        self._keys.append(key)
        return (*before, *self.quiet())

    def quiet(self) -> tuple[Typed[Key], ...]:
        """Nothing more came of what is held: it was typing."""
        if not self._keys:
            return ()
        typed = Typed(tuple(self._keys))
        self._forget()
        return (typed,)

    def _before(self, at: float) -> tuple[Typed[Key], ...]:
        """What is held is typing where this key comes too long after it."""
        too_late = abs(at - self._last) > LONGEST_GAP_SECONDS
        self._last = at
        return self.quiet() if too_late else ()

    def _forget(self) -> None:
        self._text = ""
        self._keys = []
