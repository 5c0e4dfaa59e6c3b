"""The rest of today, many times over: each future follows one of the days seen, with today's own state and pace."""

import numpy as np
from msgspec import Struct

from forecast.coming import Coming, coming_of
from forecast.known import Floats, Known
from forecast.sitting import Sitting, sitting_of


class Futures(Struct, frozen=True):
    """What the simulation runs on."""

    sitting: Sitting
    coming: Coming
    leaving: Floats
    """The share of those who wait that leave unseen in a minute, by future."""

    def __len__(self) -> int:
        return len(self.leaving)


def futures_of(known: Known, count: int, random: np.random.Generator) -> Futures:
    """Draw `count` futures."""
    of_day = np.arange(count) % len(known.days)
    return Futures(
        sitting_of(known, of_day, random),
        coming_of(known, of_day, random),
        random.choice(known.today.leaving, count),
    )
