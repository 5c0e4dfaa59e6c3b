"""Faults of the network and of keys, made for real with sockets and a broker that runs."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from antrean.broker_line import BrokerLine
from antrean.doctor import network
from antrean.doctor.finding import Finding, Standing
from broker.client import SYSTEM_CLOCK, DeviceClock, DeviceKeys, Endpoints, FixedKeys
from broker.domain.values import DeviceRole, Instant
from broker.server.keys import KeyPair, new_key_pair
from tests.support import sample
from tests.support.broker import KIOSK, HandClock, RunningBroker, new_outlet
from wording import Language, Wording

W = Wording(Language.EN)
NOW = Instant(sample.at(8))
THE_SAME = DeviceClock(time.monotonic, lambda: NOW)


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[RunningBroker]:
    running = RunningBroker(tmp_path, new_outlet(tmp_path), HandClock(NOW))
    yield running
    running.stop()


def line_to(broker: RunningBroker, own: KeyPair, seconds: float = 10.0) -> BrokerLine:
    keys = FixedKeys(DeviceKeys(own.public, own.secret, broker.enrolment.broker.public))
    bound = broker.server.bound
    return BrokerLine(Endpoints(bound.requests, bound.updates), keys, W, seconds)


def kiosk(broker: RunningBroker) -> BrokerLine:
    return line_to(broker, broker.enrolment.devices[KIOSK])


def standings(found: Iterator[Finding]) -> list[Standing]:
    return [each.standing for each in found]


def test_a_device_that_the_broker_knows(broker: RunningBroker) -> None:
    with kiosk(broker) as line:
        told = list(network.welcomed(line, DeviceRole.KIOSK, THE_SAME, W))
    assert [each.standing for each in told] == [Standing.FINE, Standing.FINE], told
    assert told[0].what == "The broker knows this device as kiosk-1"


def test_a_key_of_another_program(broker: RunningBroker) -> None:
    with kiosk(broker) as line:
        found = next(network.welcomed(line, DeviceRole.DISPLAY, THE_SAME, W))
    assert found.standing is Standing.WRONG
    assert found.what == "This key is a kiosk's, not a display's"


def test_a_key_that_the_broker_does_not_know(broker: RunningBroker) -> None:
    with line_to(broker, new_key_pair(), seconds=0.5) as line:
        (found,) = network.welcomed(line, DeviceRole.KIOSK, THE_SAME, W)
    assert found.standing is Standing.WRONG
    assert "antrean provision" in found.todo


def test_a_clock_that_is_not_the_brokers(broker: RunningBroker) -> None:
    with kiosk(broker) as line:
        told = list(network.welcomed(line, DeviceRole.KIOSK, SYSTEM_CLOCK, W))
    assert [each.standing for each in told] == [Standing.FINE, Standing.WRONG]


def test_a_port_that_is_free_the_brokers_or_somebody_elses(broker: RunningBroker) -> None:
    with kiosk(broker) as line, socket.socket() as free:
        assert network.listens(broker.server.bound.requests, line, W).what.startswith("The broker serves")
        free.bind(("127.0.0.1", 0))
        address = "tcp://{}:{}".format(*free.getsockname())
        free.close()
        assert network.listens(address, line, W).standing is Standing.FINE
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = "tcp://{}:{}".format(*taken.getsockname())
        keys = FixedKeys(DeviceKeys(*((new_key_pair().public,) * 3)))
        with BrokerLine(Endpoints(address, address), keys, W, 0.3) as line:
            found = network.listens(address, line, W)
    assert found.standing is Standing.WRONG
    assert "Another program has" in found.what


def test_an_address_that_is_not_this_machines(broker: RunningBroker) -> None:
    with kiosk(broker) as line:
        found = network.listens("tcp://192.0.2.7:5570", line, W)
    assert found.standing is Standing.WRONG
    assert "192.0.2.7" in found.what


def test_a_broker_that_can_not_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as there, socket.socket() as gone:
        gone.bind(("127.0.0.1", 0))
        address, nobody = there.getsockname(), gone.getsockname()
        reached = network.reaches(("tcp://{}:{}".format(*address), "tcp://{}:{}".format(*nobody)), W)
        assert standings(reached) == [Standing.FINE, Standing.WRONG]
