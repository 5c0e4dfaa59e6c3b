"""A transport's beginning and end, in every order in which a program may bring them about."""

import threading
import time
from collections.abc import Iterator

import pytest
import zmq

from broker.client import DeviceKeys, Endpoints, FixedKeys, Transport
from tests.support.running import free_pair

DEADLINE_SECONDS = 10


@pytest.fixture
def transport() -> Iterator[Transport]:
    """One that finds nobody at its endpoints."""
    public, secret = zmq.curve_keypair()
    port = free_pair()
    keys = FixedKeys(DeviceKeys(public.decode(), secret.decode(), public.decode()))
    endpoints = Endpoints(f"tcp://127.0.0.1:{port}", f"tcp://127.0.0.1:{port + 1}")
    transport = Transport(endpoints, keys, lambda _: None)
    yield transport
    transport.stop()


def transport_threads() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each.name == "transport"]


def ends_in_time(transport: Transport) -> bool:
    began = time.monotonic()
    transport.stop()
    return time.monotonic() - began < DEADLINE_SECONDS and not transport_threads()


def test_it_may_be_stopped_before_it_was_started(transport: Transport) -> None:
    assert ends_in_time(transport)


def test_it_may_be_stopped_twice(transport: Transport) -> None:
    transport.start()
    assert ends_in_time(transport)
    assert ends_in_time(transport)


def test_it_may_be_stopped_while_its_connections_are_made_anew(transport: Transport) -> None:
    transport.start()
    for _ in range(200):
        transport.send(b"\x80")
        transport.renew()
    assert ends_in_time(transport)


def test_it_may_be_stopped_while_another_thread_sends_and_renews(transport: Transport) -> None:
    transport.start()
    ended = threading.Event()

    def go_on() -> None:
        while not ended.is_set():
            transport.send(b"\x80")
            transport.renew()

    busy = threading.Thread(target=go_on, name="busy")
    busy.start()
    try:
        assert ends_in_time(transport)
    finally:
        ended.set()
        busy.join(DEADLINE_SECONDS)


def test_what_is_sent_after_the_end_is_let_go(transport: Transport) -> None:
    transport.start()
    assert ends_in_time(transport)
    transport.send(b"\x80")
    transport.renew()
