"""Who comes on a day, when, and for how long: drawn before the day is played."""

from random import Random

from msgspec import Struct

from antrean.simulator.setting import (
    BETWEEN_MINUTES,
    CLOSES,
    LAST_TICKET,
    LUNCHES,
    NO_SHOW_SHARE,
    OPENS,
    PRIORITY_SHARE,
    Outlet,
    Perturbation,
    Setting,
)
from broker.domain.values import Letter, Priority, ServiceCode

BURST = 40
NO_SHOW_MINUTES = 1.3
LEAVES_AFTER_MINUTES = 60.0
"""Where people leave unseen: the mean of what they bear to wait."""


class Arrival(Struct, frozen=True):
    """Somebody who comes."""

    minute: float
    """Of the day."""
    letter: Letter
    service: ServiceCode
    priority: Priority | None
    service_minutes: float
    """At a counter of mean speed."""
    comes: bool
    """Whether they are there when called, if nothing else makes them leave."""
    bears_minutes: float
    """How long they wait before they leave unseen."""


def arrivals_of(setting: Setting, outlet: Outlet, random: Random) -> list[Arrival]:
    """Everybody, in the order in which they come."""
    people = [
        _arrival(_morning_peak(random), setting, outlet, random)
        for _ in range(_how_many(setting, outlet, random))
    ]
    if setting.perturbation is Perturbation.BURST:
        begins = random.uniform(9 * 60, 11.5 * 60)
        people += [_arrival(begins + random.uniform(0, 10), setting, outlet, random) for _ in range(BURST)]
    return sorted(people, key=lambda each: each.minute)


def _how_many(setting: Setting, outlet: Outlet, random: Random) -> int:
    laws = outlet.laws.values()
    each = sum(law.share * law.mean_minutes for law in laws) * (1 - NO_SHOW_SHARE)
    each += BETWEEN_MINUTES + NO_SHOW_SHARE * NO_SHOW_MINUTES
    lunch = LUNCHES[0][1] - LUNCHES[0][0]
    capacity = sum(CLOSES - OPENS - lunch - clerk.break_minutes for clerk in outlet.clerks.values())
    mean = setting.load * capacity / each
    return max(0, round(random.gauss(mean, 1.3 * mean**0.5)))


def _morning_peak(random: Random) -> float:
    return OPENS + (LAST_TICKET - OPENS) * random.betavariate(1.4, 2.1)


def _arrival(minute: float, setting: Setting, outlet: Outlet, random: Random) -> Arrival:
    laws = list(outlet.laws.values())
    law = random.choices(laws, [each.share for each in laws])[0]
    leaves = setting.perturbation is Perturbation.LEAVE_UNSEEN
    return Arrival(
        minute,
        law.letter,
        random.choice(law.services),
        random.choice(tuple(Priority)) if random.random() < PRIORITY_SHARE else None,
        law.draw(random),
        random.random() >= NO_SHOW_SHARE,
        random.expovariate(1 / LEAVES_AFTER_MINUTES) if leaves else float("inf"),
    )
