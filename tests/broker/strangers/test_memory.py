"""A broker in a process of its own keeps its size, whoever comes thousands of times, or listens to nothing."""

import re
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import zmq

from antrean.outlet_folder import Devices
from broker.protocol import messages as m
from broker.protocol.codec import encode
from broker.protocol.identifiers import new_request_id
from broker.server.keys import KeyPair, new_key_pair
from broker.server.sockets import Addresses
from tests.broker.strangers.looks import PROMPT_SECONDS, state_of, usual_seconds
from tests.conftest import SOAKING
from tests.support.broker import Device
from tests.support.running import RunningOutlet, running_outlet

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900 if SOAKING else 120)]

ATTEMPTS = 20_000 if SOAKING else 400
GROWTH_MB = 8
"""What an allocator may keep; an attempt that left a kilobyte behind would be more in `make soak`."""

DEFAULT_LIMITS = ""


def memory_mb(outlet: RunningOutlet) -> float:
    """What the broker's process holds now."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{outlet.process.pid}/status").read_text())
    assert found
    return int(found[1]) / 1024


def open_files(outlet: RunningOutlet) -> int:
    return len(list(Path(f"/proc/{outlet.process.pid}/fd").iterdir()))


def device(outlet: RunningOutlet, name: str) -> Device:
    keys = outlet.keys(name)
    endpoints = Addresses(outlet.endpoints.requests, outlet.endpoints.updates)
    return Device(endpoints, KeyPair(keys.broker, ""), KeyPair(keys.public, keys.secret))


def noise(outlet: RunningOutlet) -> None:
    """A connection that says something else than ZeroMQ, and goes."""
    host, port = outlet.endpoints.requests.removeprefix("tcp://").split(":")
    with socket.create_connection((host, int(port)), 5) as caller:
        caller.sendall(b"GET / HTTP/1.1\r\n\r\n" * 4)


def a_stranger(outlet: RunningOutlet) -> None:
    """A key that nobody knows: it is judged, and refused."""
    brokers = outlet.keys("kiosk-1").broker
    endpoints = Addresses(outlet.endpoints.requests, outlet.endpoints.updates)
    with Device(endpoints, KeyPair(brokers, ""), new_key_pair()) as stranger:
        handshake = stranger.requests.get_monitor_socket(zmq.EVENT_HANDSHAKE_FAILED_AUTH)
        assert handshake.poll(5000), "it is told that it may not"
        stranger.requests.disable_monitor()


def a_device_that_comes_and_goes(outlet: RunningOutlet) -> None:
    with device(outlet, "display-1") as display:
        display.hello()


@pytest.mark.parametrize("come", [noise, a_stranger, a_device_that_comes_and_goes])
def test_whoever_comes_again_and_again_leaves_nothing_behind(
    come: Callable[[RunningOutlet], None],
) -> None:
    with running_outlet(Devices(1, 1, 1)) as outlet, device(outlet, "kiosk-1") as kiosk:
        kiosk.hello()
        for _ in range(ATTEMPTS // 4):
            come(outlet)
        before, files = memory_mb(outlet), open_files(outlet)
        for place in range(ATTEMPTS):
            come(outlet)
            if place % 100 == 0:
                assert usual_seconds(kiosk, 3) < PROMPT_SECONDS
        assert memory_mb(outlet) - before < GROWTH_MB
        deadline = time.monotonic() + 10
        while open_files(outlet) > files:
            assert time.monotonic() < deadline
            kiosk.updates.poll(100)


def take_nothing(deaf: Device, outlet: RunningOutlet) -> None:
    """What is answered stays with the broker, but for what the network holds."""
    deaf.requests.disconnect(outlet.endpoints.requests)
    deaf.requests.rcvhwm = 1
    deaf.requests.rcvbuf = 4096
    deaf.requests.connect(outlet.endpoints.requests)


SLOW_SECONDS = 8
"""Longer than ZeroMQ's heartbeats let somebody be deaf."""

KEPT_FOR_THE_DEAF_MB = 120
"""What a device may ask for within its limits until it is found to be deaf: about a thousand small snapshots."""


def test_a_device_that_asks_for_much_and_reads_nothing_is_kept_no_more_than_it_may_ask_for() -> None:
    with (
        running_outlet(Devices(1, 1, 1), limits=DEFAULT_LIMITS) as outlet,
        device(outlet, "kiosk-1") as kiosk,
    ):
        kiosk.hello()
        usual_seconds(kiosk, 100)
        assert len(state_of(kiosk)[1]) > 50_000
        before = most = memory_mb(outlet)
        with device(outlet, "display-1") as deaf:
            take_nothing(deaf, outlet)
            deaf.hello()
            ends = time.monotonic() + SLOW_SECONDS
            while time.monotonic() < ends:
                if deaf.requests.poll(5, zmq.POLLOUT):
                    deaf.requests.send(encode(m.AskSnapshot(new_request_id())))
                most = max(most, memory_mb(outlet))
            assert usual_seconds(kiosk) < PROMPT_SECONDS
        assert most - before < KEPT_FOR_THE_DEAF_MB
