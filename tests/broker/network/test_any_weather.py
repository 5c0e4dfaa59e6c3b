"""Networks that break in any way at any time, with commands meanwhile: in the end everybody holds the broker's state.

The faults are drawn from a seed, which a failure names; `make soak` goes through many.
"""

import random
import time
from collections.abc import Callable, Iterator

import pytest

from antrean.outlet_folder import Devices
from broker.domain.commands import ConfirmDelivery, IssueTicket
from broker.domain.events import Recorded, TicketIssued
from broker.domain.values import Delivery
from broker.protocol import messages as m
from broker.server.provision import OPERATOR
from tests.broker.network.support import (
    RIGHT_SECONDS,
    SLOW_MACHINE_SECONDS,
    STALE_SECONDS,
    Hall,
    Remote,
    Truth,
)
from tests.conftest import SOAKING
from tests.support.proxy import End, Line, Network, Pace
from tests.support.running import RunningOutlet, free_pair, running_outlet

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

SEEDS = range(40) if SOAKING else range(1)
SECONDS = 30.0 if SOAKING else 7.0
NETWORKS = 5
LETTERS = "ABCD"

FAULTS: tuple[Callable[[Line, random.Random], None], ...] = (
    lambda line, chance: line.clear(),
    lambda line, chance: line.cut(),
    lambda line, chance: line.stall(),
    lambda line, chance: line.refuse(),
    lambda line, chance: line.reset(),
    lambda line, chance: line.lose(chance.choice(list(End))),
    lambda line, chance: line.tear(chance.randrange(2000)),
    lambda line, chance: line.travel(Pace(delay=chance.uniform(0, 0.1), jitter=chance.uniform(0, 0.2))),
    lambda line, chance: line.travel(Pace(lost=0.2, sent_again_after=chance.uniform(0.2, 1))),
    lambda line, chance: line.travel(Pace(bytes_per_second=chance.uniform(10_000, 100_000))),
)


class Weather:
    """What becomes of one network, and a kiosk behind it that has people before it all the time."""

    def __init__(self, network: Network, kiosk: Remote, chance: random.Random) -> None:
        self._network = network
        self.kiosk = kiosk
        self._chance = chance
        self._changes_at = time.monotonic()
        self._touched_at = time.monotonic()

    def goes_on(self) -> None:
        now = time.monotonic()
        if now >= self._changes_at:
            self._changes_at = now + self._chance.choice((0.1, 0.5, 1.0, 2.0, 4.0))
            lines = self._chance.choice(
                [[line] for line in self._network.lines] + [list(self._network.lines)]
            )
            for line in lines:
                self._chance.choice(FAULTS)(line, self._chance)
        if now >= self._touched_at:
            self._touched_at = now + self._chance.uniform(0.05, 0.5)
            self.kiosk.send(IssueTicket(self._chance.choice(LETTERS)), self._given)

    def _given(self, answer: m.Accepted) -> None:
        assert isinstance(answer.outcome, m.TicketOutcome)
        self.kiosk.send(ConfirmDelivery(answer.outcome.ticket, Delivery.PAPER))


@pytest.fixture
def outlet() -> Iterator[RunningOutlet]:
    with running_outlet(Devices(kiosks=NETWORKS, counters=1, displays=NETWORKS), digits=5) as running:
        yield running


@pytest.mark.parametrize("seed", SEEDS)
def test_commands_act_once_and_all_replicas_end_equal(outlet: RunningOutlet, seed: int) -> None:
    networks = [Network(outlet.endpoints, free_pair(), seed + number) for number in range(NETWORKS)]
    with Truth(outlet, OPERATOR) as truth, Hall() as hall:
        weathers = []
        for number, network in enumerate(networks, start=1):
            kiosk = hall.connect(network.endpoints, outlet, f"kiosk-{number}")
            hall.connect(network.endpoints, outlet, f"display-{number}")
            weathers.append(Weather(network, kiosk, random.Random(seed * NETWORKS + number)))
        ends = time.monotonic() + SECONDS

        def have_been_through_it() -> bool:
            for each in weathers:
                each.goes_on()
            return time.monotonic() >= ends

        hall.until(have_been_through_it, "the weather")
        for network in networks:
            network.both(Line.clear)
        returned = time.monotonic()
        hall.until(lambda: hall.is_live and truth.is_equal(hall.remotes), "everybody is right")
        right_after = time.monotonic() - returned
        hall.until(lambda: not any(each.unanswered for each in hall.remotes), "every command is answered")
        check([each.kiosk for each in weathers], truth.journal())
    for network in networks:
        network.both(Line.close)
    # A half-open connection that nobody knows of yet is found by its silence, then all is as after any return.
    assert right_after <= STALE_SECONDS + RIGHT_SECONDS + SLOW_MACHINE_SECONDS


def check(kiosks: list[Remote], journal: list[Recorded]) -> None:
    """What the kiosks were told is what happened, and it happened once."""
    issued = [(each.command, each.event.ticket) for each in journal if isinstance(each.event, TicketIssued)]
    told = {command: ticket.ticket for kiosk in kiosks for command, ticket in kiosk.tickets.items()}
    assert sorted(told.items()) == sorted(issued)
    assert len(set(told.values())) == len(told), "a number was given out twice"
