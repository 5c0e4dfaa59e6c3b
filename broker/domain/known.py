"""What somebody knows of the numbers that an outlet has given out, so that none of them is given out again.

A device knows what its replica holds; a broker whose journal has been restored from a backup knows less than they do.
"""

from typing import Annotated, TypeVar

from msgspec import Meta, Struct, field

from broker.domain.state import State
from broker.domain.values import BusinessDay, Letter

_Key = TypeVar("_Key")

Number = Annotated[int, Meta(ge=0, le=1_000_000_000)]
"""How many have been given out; bounded, since it comes from outside."""


class Known(Struct, frozen=True, omit_defaults=True):
    """The greatest numbers, each from 1; 0 or nothing: none that is known of."""

    day: BusinessDay | None = None
    """The business day that `numbers` and both serials belong to."""
    numbers: dict[Letter, Number] = field(default_factory=dict)
    """The last ticket of each queue."""
    serials: Number = 0
    """The last application's serial."""
    pick_up_serials: Number = 0
    """The last pick-up request's serial."""
    booked: dict[BusinessDay, Number] = field(default_factory=dict)
    """The last appointment's serial, by the day that it is for."""


def known_to(state: State) -> Known:
    """What a state says of the open day, or of the last one."""
    return Known(
        state.last_day, dict(state.numbers), state.serials, state.pick_up_serials, dict(state.booked)
    )


def joined(one: Known, other: Known) -> Known:
    """What both know together; of the days, the later one counts."""
    first, last = sorted((one, other), key=lambda each: each.day or "")
    booked = _greatest(first.booked, last.booked)
    if first.day != last.day:
        return Known(last.day, last.numbers, last.serials, last.pick_up_serials, booked)
    return Known(
        last.day,
        _greatest(first.numbers, last.numbers),
        max(first.serials, last.serials),
        max(first.pick_up_serials, last.pick_up_serials),
        booked,
    )


def is_covered(known: Known, state: State) -> bool:
    """Whether the state is past all of it already."""
    own = known_to(state)
    return joined(known, own) == own


def _greatest(one: dict[_Key, int], other: dict[_Key, int]) -> dict[_Key, int]:
    return {key: max(one.get(key, 0), other.get(key, 0)) for key in {**one, **other}}
