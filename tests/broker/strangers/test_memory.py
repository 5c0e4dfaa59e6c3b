"""A broker in a process of its own keeps its size, whoever comes thousands of times, or listens to nothing."""

import re
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest
import zmq

from antrean.outlet_folder import Devices
from broker.domain.commands import IssueTicket
from broker.protocol import messages as m
from broker.protocol.codec import encode
from broker.protocol.identifiers import new_command_id, new_request_id
from broker.server.keys import KeyPair, new_key_pair
from broker.server.sockets import Addresses
from tests.broker.strangers.looks import PROMPT_SECONDS, state_of, usual_seconds
from tests.conftest import SOAKING
from tests.support.broker import NOW, Device
from tests.support.running import RunningOutlet, running_outlet

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900 if SOAKING else 120)]

ATTEMPTS = 20_000 if SOAKING else 400
GROWTH_MB = 8
"""What an allocator may keep; an attempt that left a kilobyte behind would be more in `make soak`."""


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

OWED_MB = 48
"""What a device is answered within the seconds until it is found to be deaf: 16 MB at once, and 4 MB each second."""

ALLOCATED = 2
"""Times as much as is stored, at most: what allocators round up to, and what has not been given back yet."""

MANY_WAIT = 2000
LATE = 20


def a_large_state(kiosk: Device) -> None:
    for _ in range(MANY_WAIT):
        kiosk.send(m.SendCommand(new_command_id(NOW), IssueTicket("B")))
    assert all(isinstance(kiosk.answer(), m.Accepted) for _ in range(MANY_WAIT))
    assert len(state_of(kiosk)[1]) > 700_000, "a thousand of them would be much"


def the_whole_state_comes_to(late: Sequence[Device]) -> None:
    """To all of them, who ask at one moment."""
    for one in late:
        one.send(m.AskSnapshot(new_request_id()))
    for one in late:
        first = one.answer()
        assert isinstance(first, m.SnapshotPart)
        assert all(isinstance(one.answer(), m.SnapshotPart) for _ in range(1, first.parts))


def test_a_device_that_asks_for_the_state_all_the_time_and_reads_nothing_is_owed_so_many_bytes_at_most() -> (
    None
):
    """Over however many connections; meanwhile those who begin get the state, and the others are served."""
    with (
        running_outlet(Devices(1, 1, LATE + 1), digits=5) as outlet,
        device(outlet, "kiosk-1") as kiosk,
        ExitStack() as opened,
    ):
        kiosk.hello()
        a_large_state(kiosk)
        deaf = [opened.enter_context(device(outlet, "display-1")) for _ in range(10)]
        for one in deaf:
            take_nothing(one, outlet)
            one.hello()
        late = [opened.enter_context(device(outlet, f"display-{number + 2}")) for number in range(LATE)]
        for one in late:
            one.hello()
        before = most = memory_mb(outlet)
        ends = time.monotonic() + SLOW_SECONDS
        while time.monotonic() < ends:
            for one in deaf:
                if one.requests.poll(2, zmq.POLLOUT):
                    one.requests.send(encode(m.AskSnapshot(new_request_id())))
            if late and time.monotonic() > ends - SLOW_SECONDS / 2:
                the_whole_state_comes_to(late)
                assert usual_seconds(kiosk) < PROMPT_SECONDS
                late = []
            most = max(most, memory_mb(outlet))
        assert most - before < OWED_MB * ALLOCATED
        assert usual_seconds(kiosk) < PROMPT_SECONDS
