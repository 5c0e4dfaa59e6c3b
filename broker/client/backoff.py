"""How long to wait before asking once more: longer each time, up to a bound, and never all devices at one moment."""

from msgspec import Struct


class Backoff(Struct, frozen=True):
    """Pauses in seconds that double from `first` up to `most`. Each is drawn between its half and its whole."""

    first: float
    most: float

    def pause(self, before: int, chance: float) -> float:
        """The pause after `before` earlier ones; `chance` is a random number from 0 to 1."""
        return min(self.first * 2.0 ** min(before, MANY), self.most) * (1 + chance) / 2


MANY = 32
"""So many doublings reach any bound."""
