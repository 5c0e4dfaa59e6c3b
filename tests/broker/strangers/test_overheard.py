"""Bytes overheard between a device and the broker, said again by somebody who holds no key."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from broker.domain.commands import IssueTicket
from broker.server.sockets import Addresses
from tests.broker.strangers.looks import state_of
from tests.support.broker import DISPLAY, KIOSK, Device, RunningBroker

PATIENCE_SECONDS = 10


class Tap:
    """A wire to the broker on which everything that goes towards it is written down."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp://127.0.0.1:{self._listener.getsockname()[1]}"
        self.heard: list[bytes] = []
        self._thread = threading.Thread(target=self._run)

    @contextmanager
    def open(self) -> Iterator[None]:
        self._thread.start()
        try:
            yield
        finally:
            self._thread.join(PATIENCE_SECONDS)

    def _run(self) -> None:
        with self._listener:
            device, _ = self._listener.accept()
        with device, socket.create_connection(("127.0.0.1", self._port)) as self.broker:
            back = threading.Thread(target=self._carry_back, args=(device,))
            back.start()
            with suppress(OSError):  # either end may be gone
                while chunk := device.recv(65536):
                    self.heard.append(chunk)
                    self.broker.sendall(chunk)
            with suppress(OSError):
                self.broker.shutdown(socket.SHUT_RDWR)
            back.join(PATIENCE_SECONDS)

    def _carry_back(self, device: socket.socket) -> None:
        with suppress(OSError):
            while chunk := self.broker.recv(65536):
                device.sendall(chunk)
            device.shutdown(socket.SHUT_RDWR)


def port_of(broker: RunningBroker) -> int:
    return int(broker.server.bound.requests.rpartition(":")[2])


@contextmanager
def tapped(broker: RunningBroker, tap: Tap) -> Iterator[Device]:
    """A kiosk whose requests go over the tapped wire."""
    keys = broker.enrolment
    with tap.open():
        bound = Addresses(tap.address, broker.server.bound.updates)
        with Device(bound, keys.broker, keys.devices[KIOSK]) as kiosk:
            kiosk.hello()
            yield kiosk


def test_a_whole_conversation_said_again_is_nobodys(broker: RunningBroker) -> None:
    tap = Tap(port_of(broker))
    with broker.device(DISPLAY) as onlooker:
        with tapped(broker, tap) as kiosk:
            for _ in range(3):
                kiosk.accepted(IssueTicket("A"))
        before = state_of(onlooker)
        for chunks in (tap.heard, [b"".join(tap.heard)], tap.heard[2:]):
            with (
                socket.create_connection(("127.0.0.1", port_of(broker)), PATIENCE_SECONDS) as again,
                suppress(ConnectionError),  # the broker has heard enough
            ):
                for chunk in chunks:
                    again.sendall(chunk)
                with suppress(OSError):  # it has hung up already
                    again.shutdown(socket.SHUT_WR)
                while again.recv(65536):
                    pass
        assert state_of(onlooker) == before


def test_a_command_said_again_on_its_own_wire_acts_once(broker: RunningBroker) -> None:
    tap = Tap(port_of(broker))
    with broker.device(DISPLAY) as onlooker:
        with tapped(broker, tap) as kiosk:
            kiosk.accepted(IssueTicket("A"))
            said = next(chunk for chunk in reversed(tap.heard) if len(chunk) > 100)
            before = state_of(onlooker)
            tap.broker.sendall(said)
            assert kiosk.requests.poll(500) == 0
        assert state_of(onlooker) == before
