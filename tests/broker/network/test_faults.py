"""Every way in which a network breaks, side by side: screens know it in time, and are right again in time."""

import time
from collections.abc import Callable, Iterator

import pytest

from antrean.outlet_folder import Devices
from broker.client import Link
from broker.domain.commands import IssueTicket
from tests.broker.network.support import (
    RIGHT_SECONDS,
    SLOW_MACHINE_SECONDS,
    STALE_SECONDS,
    Hall,
    Remote,
    Truth,
)
from tests.support.proxy import End, Line, Network
from tests.support.running import RunningOutlet, free_pair, running_outlet

pytestmark = pytest.mark.slow

Fault = Callable[[Network], None]

FAULTS: dict[str, Fault] = {
    "half-open, the broker's ends are gone": lambda network: network.both(lambda line: line.lose(End.BROKER)),
    "half-open, the devices' ends are gone": lambda network: network.both(lambda line: line.lose(End.DEVICE)),
    "the cable is cut": lambda network: network.both(Line.cut),
    "nothing gets through": lambda network: network.both(Line.stall),
    "everything is refused": lambda network: network.both(Line.refuse),
    "only updates are cut": lambda network: network.updates.cut(),
    "only updates are half-open": lambda network: network.updates.lose(End.BROKER),
}

WITHOUT_REQUESTS: dict[str, Fault] = {
    "only requests are cut": lambda network: network.requests.cut(),
    "only requests are half-open": lambda network: network.requests.lose(End.BROKER),
}

FAULT_SECONDS = 3.3
"""Long enough that all devices have just begun to connect anew, and in vain."""

STAGGERED_SECONDS = 0.37
"""Each network is broken a little longer than the one before, so that attempts to connect meet each phase."""


class Place:
    """One network, its devices, and when what happened to them."""

    def __init__(self, fault: str, network: Network, kiosk: Remote, display: Remote) -> None:
        self.fault = fault
        self.network = network
        self.kiosk = kiosk
        self.devices = (kiosk, display)
        self._broke_at = self._returned_at = self._right_at = 0.0

    def breaks(self, fault: Fault) -> None:
        fault(self.network)
        self._broke_at = time.monotonic()

    @property
    def is_right(self) -> bool:
        return bool(self._right_at)

    def goes_on(self, truth: Truth, fault_seconds: float) -> None:
        """Let the network return when its time has come, and note when everything is right again."""
        if not self._returned_at:
            if time.monotonic() >= self._broke_at + fault_seconds:
                self.network.both(Line.clear)
                self._returned_at = time.monotonic()
        elif not self._right_at and self.is_live and truth.is_equal(self.devices):
            self._right_at = time.monotonic()

    @property
    def is_live(self) -> bool:
        return all(each.is_live for each in self.devices)

    @property
    def was_stale(self) -> bool:
        return all(each.became(Link.STALE, self._broke_at) for each in self.devices)

    @property
    def stale_seconds(self) -> float:
        """How long the slower of the two still showed as current what was not."""
        return max(each.became(Link.STALE, self._broke_at) for each in self.devices) - self._broke_at

    @property
    def right_seconds(self) -> float:
        return self._right_at - self._returned_at


@pytest.fixture(scope="module")
def outlet() -> Iterator[RunningOutlet]:
    places = max(len(FAULTS), len(WITHOUT_REQUESTS))
    with running_outlet(Devices(kiosks=places + 1, counters=1, displays=places)) as running:
        yield running


@pytest.fixture
def truth(outlet: RunningOutlet) -> Iterator[Truth]:
    with Truth(outlet, f"kiosk-{len(FAULTS) + 1}") as made:
        yield made


@pytest.fixture
def networks(outlet: RunningOutlet) -> Iterator[list[Network]]:
    made = [Network(outlet.endpoints, free_pair()) for _ in FAULTS]
    yield made
    for each in made:
        each.both(Line.close)


def places_of(
    faults: dict[str, Fault], outlet: RunningOutlet, hall: Hall, networks: list[Network], truth: Truth
) -> list[Place]:
    """A kiosk and a display behind each network; all have heard the broker."""
    places = [
        Place(
            fault,
            network,
            hall.connect(network.endpoints, outlet, f"kiosk-{number}"),
            hall.connect(network.endpoints, outlet, f"display-{number}"),
        )
        for number, (fault, network) in enumerate(zip(faults, networks, strict=False), start=1)
    ]
    hall.until(lambda: hall.is_live, "everybody is connected")
    truth.raw.accepted(IssueTicket("B"))
    hall.until(lambda: truth.is_equal(hall.remotes), "everybody has heard of a number")
    return places


def until_all_is_right(places: list[Place], hall: Hall, truth: Truth) -> None:
    """The networks return one after the other; then the devices are right again, and every command is answered."""

    def go_on() -> bool:
        for number, place in enumerate(places):
            place.goes_on(truth, FAULT_SECONDS + number * STAGGERED_SECONDS)
        return all(place.is_right and not place.kiosk.unanswered for place in places)

    hall.until(go_on, "everybody is right again")


def numbers_of(places: list[Place]) -> list[int]:
    """What the kiosks were given, in order."""
    return sorted(ticket.number for place in places for ticket in place.kiosk.tickets.values())


def test_screens_are_stale_in_time_and_right_again_in_time(
    outlet: RunningOutlet, hall: Hall, networks: list[Network], truth: Truth
) -> None:
    places = places_of(FAULTS, outlet, hall, networks, truth)
    for place in places:
        place.breaks(FAULTS[place.fault])
        place.kiosk.send(IssueTicket("A"))
    truth.raw.accepted(IssueTicket("B"))
    hall.until(lambda: all(place.was_stale for place in places), "everybody is stale")
    until_all_is_right(places, hall, truth)
    for place in places:
        assert place.stale_seconds <= STALE_SECONDS + SLOW_MACHINE_SECONDS, place.fault
        assert place.right_seconds <= RIGHT_SECONDS + SLOW_MACHINE_SECONDS, place.fault
    assert numbers_of(places) == list(range(1, len(places) + 1)), "each command has acted once"


def test_screens_stay_live_while_only_requests_fail_and_the_commands_act_once(
    outlet: RunningOutlet, hall: Hall, networks: list[Network], truth: Truth
) -> None:
    places = places_of(WITHOUT_REQUESTS, outlet, hall, networks, truth)
    began = time.monotonic()
    for place in places:
        place.breaks(WITHOUT_REQUESTS[place.fault])
        place.kiosk.send(IssueTicket("C"))
    truth.raw.accepted(IssueTicket("B"))
    until_all_is_right(places, hall, truth)
    assert numbers_of(places) == [1, 2]
    assert not any(each.became(Link.STALE, began) for each in hall.remotes)
