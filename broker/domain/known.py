"""What somebody knows of the numbers that an outlet has given out, so that none of them is given out again.

A device knows what its replica holds; a broker whose journal has been restored from a backup knows less than they do.
What they say is believed as far as the outlet's rules let it be true: a single device that errs, or lies, must not use
up a queue's numbers, nor keep the outlet from going on.
"""

from datetime import date, timedelta
from typing import Annotated, TypeVar

from msgspec import Meta, Struct, field
from msgspec.structs import replace

from broker.domain.day import business_day, is_date
from broker.domain.numbers import is_the_brokers, next_number
from broker.domain.rules import OutletRules
from broker.domain.state import State
from broker.domain.values import BusinessDay, Instant, Letter

_Key = TypeVar("_Key")

Number = Annotated[int, Meta(ge=0, le=1_000_000_000)]
"""How many have been given out; bounded, since it comes from outside."""


GREATEST_SERIAL = 9_999
"""As four digits show; no outlet comes to so many files, pick-ups or appointments in a day."""

GREATEST_ROLL_SERIAL = 1_000_000
"""No outlet prints so many emergency tickets of a queue."""


class Known(Struct, frozen=True, omit_defaults=True):
    """The greatest numbers, each from 1; 0 or nothing: none that is known of."""

    day: BusinessDay | None = None
    """The business day that `numbers` and both serials belong to."""
    numbers: dict[Letter, Number] = field(default_factory=dict)
    """The last ticket of each queue that the broker gave out; none of a device's own range."""
    serials: Number = 0
    """The last application's serial."""
    pick_up_serials: Number = 0
    """The last pick-up request's serial."""
    booked: dict[BusinessDay, Number] = field(default_factory=dict)
    """The last appointment's serial, by the day that it is for."""
    rolls: dict[Letter, Number] = field(default_factory=dict)
    """The serial of the last ticket of each queue's emergency roll."""


def known_to(state: State) -> Known:
    """What a state says of the open day, or of the last one."""
    return Known(
        state.numbered_day,
        dict(state.numbers),
        state.serials,
        state.pick_up_serials,
        dict(state.booked),
        {Letter(letter): roll.serial for letter, roll in state.rolls.items()},
    )


def joined(one: Known, other: Known) -> Known:
    """What both know together; of the days, the later one counts."""
    first, last = sorted((one, other), key=lambda each: each.day or "")
    booked, rolls = _greatest(first.booked, last.booked), _greatest(first.rolls, last.rolls)
    if first.day != last.day:
        return Known(last.day, last.numbers, last.serials, last.pick_up_serials, booked, rolls)
    return Known(
        last.day,
        _greatest(first.numbers, last.numbers),
        max(first.serials, last.serials),
        max(first.pick_up_serials, last.pick_up_serials),
        booked,
        rolls,
    )


def of_the_broker(known: Known, rules: OutletRules) -> Known:
    """Without numbers that devices give out by themselves: in the place of a queue's last one they would hide it."""
    numbers = {
        letter: number
        for letter, number in known.numbers.items()
        if not any(each.holds(letter, number) for each in rules.ranges)
    }
    return replace(known, numbers=numbers)


def is_covered(known: Known, state: State) -> bool:
    """Whether the state is past all of it already."""
    own = known_to(state)
    return joined(known, own) == own


def _greatest(one: dict[_Key, int], other: dict[_Key, int]) -> dict[_Key, int]:
    return {key: max(one.get(key, 0), other.get(key, 0)) for key in {**one, **other}}


class Judged(Struct, frozen=True):
    """What somebody knows, as an outlet sees it. Numbers of earlier days are in neither part: nothing follows them."""

    believed: Known
    not_believed: Known


def judged(known: Known, state: State, now: Instant) -> Judged:
    """What of it can be true. Believed are

    - of today, and of no day to come, a ticket's number that the broker gives out by the rules, after which there is
      another one, and serials up to GREATEST_SERIAL,
    - of the days on which a place can be reserved now, serials up to GREATEST_SERIAL,
    - of the emergency rolls of the outlet's queues, serials up to GREATEST_ROLL_SERIAL.
    """
    if state.rules is None:
        return Judged(Known(), known)
    today = business_day(now, state.rules.utc_offset_minutes)
    booked, not_booked = _booked_judged(known.booked, state.rules, today)
    believed, not_believed = _day_judged(known, state, today)
    rolls = {
        letter: serial for letter, serial in known.rolls.items() if _can_be_printed(state, letter, serial)
    }
    no_rolls = {letter: serial for letter, serial in known.rolls.items() if letter not in rolls}
    return Judged(
        replace(believed, booked=booked, rolls=rolls),
        replace(not_believed, booked=not_booked, rolls=no_rolls),
    )


def _can_be_printed(state: State, letter: Letter, serial: int) -> bool:
    return state.queue(letter) is not None and serial <= GREATEST_ROLL_SERIAL


def _day_judged(known: Known, state: State, today: BusinessDay) -> tuple[Known, Known]:
    """What is said of one day."""
    numbers = {letter: number for letter, number in known.numbers.items() if number}
    said = Known(known.day, numbers, known.serials, known.pick_up_serials)
    if said == Known(known.day):
        return Known(), Known()
    if known.day is None or not is_date(known.day) or known.day > today:
        return Known(), said
    if known.day < today:
        return Known(), Known()
    can_be = {letter for letter, number in numbers.items() if _can_be_the_last(state, letter, number, today)}
    files, pick_ups = known.serials <= GREATEST_SERIAL, known.pick_up_serials <= GREATEST_SERIAL
    believed = Known(
        today,
        {letter: number for letter, number in numbers.items() if letter in can_be},
        known.serials if files else 0,
        known.pick_up_serials if pick_ups else 0,
    )
    not_believed = Known(
        today,
        {letter: number for letter, number in numbers.items() if letter not in can_be},
        0 if files else known.serials,
        0 if pick_ups else known.pick_up_serials,
    )
    return _something(believed), _something(not_believed)


def _something(said: Known) -> Known:
    """Nothing, where it names a day and nothing of it: no state is past the mere name of a day that it is closed on."""
    return said if said != Known(said.day) else Known()


def _can_be_the_last(state: State, letter: Letter, number: int, today: BusinessDay) -> bool:
    queue = state.queue(letter)
    return (
        queue is not None
        and is_the_brokers(state, queue, number)
        and next_number(state, today, queue, after=number) is not None
    )


def _booked_judged(
    booked: dict[BusinessDay, Number], rules: OutletRules, today: BusinessDay
) -> tuple[dict[BusinessDay, Number], dict[BusinessDay, Number]]:
    """Appointments by day; those of days that are over are in neither."""
    last = (date.fromisoformat(today) + timedelta(days=rules.appointments.days_ahead)).isoformat()
    believed, not_believed = {}, {}
    for day, serial in booked.items():
        if not is_date(day) or day > last or serial > GREATEST_SERIAL:
            not_believed[day] = serial
        elif day >= today and serial:
            believed[day] = serial
    return believed, not_believed
