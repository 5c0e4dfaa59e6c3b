"""What is drawn for an outlet and holds on all its days: its queues' laws, its clerks, its rules.

Nothing here is known to whoever estimates: that has the rules as configured, and what it has seen.
"""

import math
from enum import StrEnum
from random import Random

from msgspec import Struct

from broker.domain.rules import (
    Bilingual,
    Clerk,
    Counter,
    DayHours,
    Fairness,
    OneDay,
    OutletRules,
    Patience,
    Queue,
    Service,
)
from broker.domain.values import (
    ClerkId,
    ClerkRole,
    CounterNumber,
    Letter,
    Priority,
    ServiceClass,
    ServiceCode,
)

OPENS, LAST_TICKET, CLOSES = 7 * 60 + 30, 13 * 60 + 30, 16 * 60
LUNCHES = ((12 * 60, 12 * 60 + 30), (12 * 60 + 30, 13 * 60))
"""Half of the counters go first, the other half then."""


class Perturbation(StrEnum):
    """What makes a day unlike those before it."""

    NONE = "none"
    COUNTER_CLOSES = "a counter closes at ten"
    SLOW_CLERK = "a slow new clerk"
    BURST = "a burst of forty"
    SLOWER = "everything a quarter slower"
    LEFT_ON_PAUSE = "a closed counter left on pause"
    LEAVE_UNSEEN = "people leave unseen"


MISLEADING = (Perturbation.LEFT_ON_PAUSE, Perturbation.LEAVE_UNSEEN)
"""Where the state itself says what is not so."""


class Setting(Struct, frozen=True):
    """A kind of day at one outlet."""

    counters: int = 4
    load: float = 0.85
    """The work that comes in a day over the work that its counters can do."""
    outlet: int = 0
    """Which outlet of this size: the seed of its laws."""
    perturbation: Perturbation = Perturbation.NONE


class QueueLaw(Struct, frozen=True):
    """How long a queue's services take: lognormal."""

    letter: Letter
    mean_minutes: float
    variation: float
    """Standard deviation over mean."""
    share: float
    """Of all arrivals."""
    services: tuple[ServiceCode, ...]

    def draw(self, random: Random) -> float:
        """A service's minutes."""
        sigma = math.sqrt(math.log(1 + self.variation**2))
        return self.mean_minutes * math.exp(random.gauss(-sigma * sigma / 2, sigma))


class ClerkLaw(Struct, frozen=True):
    """How a clerk works."""

    id: ClerkId
    factor: float
    """How much longer than the mean this clerk takes."""
    break_at: float
    """The usual minute of the morning's break."""
    break_minutes: float


class Outlet(Struct, frozen=True):
    """What stays the same from day to day."""

    rules: OutletRules
    services: tuple[Service, ...]
    laws: dict[Letter, QueueLaw]
    clerks: dict[CounterNumber, ClerkLaw]
    """Who sits where."""
    skills: dict[CounterNumber, tuple[ServiceCode, ...]]
    """What whoever sits there can serve."""


BACK_OFFICE = ClerkId("back-office")
PRIORITY_SHARE, NO_SHOW_SHARE = 0.08, 0.06
QUEUES = (
    ("A", 9.0, 0.3, 4),
    ("B", 13.0, 0.25, 4),
    ("C", 8.0, 0.2, 3),
    ("D", 5.0, 0.15, 1),
    ("E", 3.3, 0.1, 1),
)
"""Letter, usual minutes, share, number of services."""
TIERED: tuple[tuple[tuple[Letter, ...], ...], ...] = (
    (("A",), ("B", "C", "D")),
    (("B", "C"), ("A", "D")),
    (("E",), ("D",), ("A", "B", "C")),
    (("A", "B"), ("C",)),
)
"""Counters that have a queue of their own and help with others when that is empty."""
FLAT: tuple[tuple[tuple[Letter, ...], ...], ...] = (
    (("A", "B", "C", "D"),),
    (("A", "B", "C", "D", "E"),),
    (("A", "C", "D", "E"),),
    (("A", "B", "D"),),
)
"""Counters that take whoever came first of all whom they may serve."""
BETWEEN_MINUTES = 0.75
"""From one service's end to the next one's start: calling, walking, putting away."""


def outlet_of(setting: Setting) -> Outlet:
    """The outlet that a setting names."""
    random = Random(f"outlet {setting.counters} {setting.outlet}")
    services = tuple(_service(letter, number) for letter, _, _, count in QUEUES for number in range(count))
    laws = {
        letter: QueueLaw(
            letter,
            minutes * random.uniform(0.9, 1.15),
            random.uniform(0.6, 1.0),
            share,
            tuple(service.code for service in services if service.letter == letter),
        )
        for letter, minutes, share, _ in QUEUES
    }
    tiers = TIERED if setting.outlet // 4 % 2 else FLAT
    counters = tuple(
        Counter(CounterNumber(number + 1), tiers[number % len(tiers)]) for number in range(setting.counters)
    )
    clerks = {
        counter.number: ClerkLaw(
            ClerkId(f"clerk-{counter.number}"),
            math.exp(random.gauss(0, 0.12)),
            random.uniform(9 * 60, 11 * 60),
            random.uniform(10, 15),
        )
        for counter in counters
    }
    skills = _skills(counters, services, random)
    return Outlet(_rules(counters, skills), services, laws, clerks, skills)


def _skills(
    counters: tuple[Counter, ...], services: tuple[Service, ...], random: Random
) -> dict[CounterNumber, tuple[ServiceCode, ...]]:
    """Everybody lacks a few services, and each can be served somewhere."""
    able: dict[CounterNumber, list[ServiceCode]] = {counter.number: [] for counter in counters}
    for service in services:
        serving = [counter.number for counter in counters if counter.serves(service.letter)]
        sure = random.sample(serving, min(2, len(serving)))
        for number in serving:
            if number in sure or random.random() < 0.75:
                able[number].append(service.code)
    return {number: tuple(codes) for number, codes in able.items()}


def _rules(
    counters: tuple[Counter, ...], skills: dict[CounterNumber, tuple[ServiceCode, ...]]
) -> OutletRules:
    hours = DayHours(
        first_ticket=OPENS,
        last_ticket=LAST_TICKET,
        opens=OPENS,
        doors_close=CLOSES,
        day_close=CLOSES,
        breaks=((12 * 60, 13 * 60),),
    )
    return OutletRules(
        code="31.74.01.1001",
        name="Simulated",
        utc_offset_minutes=7 * 60,
        queues=tuple(
            Queue(letter, Bilingual(letter, letter), Bilingual("", ""), round(minutes))
            for letter, minutes, _, _ in QUEUES
        ),
        week=(hours,) * 7,
        counters=counters,
        clerks=(
            *(
                Clerk(ClerkId(f"clerk-{counter.number}"), ClerkRole.CLERK, skills[counter.number])
                for counter in counters
            ),
            *(
                Clerk(ClerkId(f"new-{counter.number}"), ClerkRole.CLERK, skills[counter.number])
                for counter in counters
            ),
            Clerk(BACK_OFFICE, ClerkRole.BACK_OFFICE),
        ),
        fairness=Fairness(
            dict.fromkeys(Priority, 20), longest_wait_minutes=90, longest_head_start_minutes=60
        ),
        patience=Patience(),
        announcement=Bilingual("", ""),
    )


def _service(letter: Letter, number: int) -> Service:
    code = ServiceCode(f"{letter}{number}")
    one_day = OneDay(cut_off=LAST_TICKET, promise_minutes=150) if letter == "A" else None
    return Service(code, Bilingual(code, code), letter, ServiceClass.LIGHT, 1, 10, (), one_day)
