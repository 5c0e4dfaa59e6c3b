"""What only a network can do to the way to a printer."""

import socket
from collections.abc import Callable
from contextlib import closing

import pytest

from hardware.connection import ConnectionLost
from hardware.connections.network import NetworkConnection
from hardware.virtual.server import PrinterServer
from tests.hardware.connections.conftest import Lay
from tests.hardware.connections.lines import by_network, took
from tests.hardware.connections.test_contract import A_LITTLE_SECONDS, SHORT_SECONDS, WITHIN_SECONDS
from tests.support.waiting import PATIENCE_SECONDS


def refused(connection: NetworkConnection, within_seconds: float) -> Callable[[], None]:
    def try_it() -> None:
        with pytest.raises(ConnectionLost):
            connection.open(within_seconds)

    return try_it


def test_a_network_that_swallows_everything_does_not_hold_the_opener() -> None:
    # A listener whose queue is full answers no more: what a switched-off printer behind a switch looks like.
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(full.getsockname())
        with closing(NetworkConnection(*full.getsockname()[:2])) as connection:
            assert took(refused(connection, SHORT_SECONDS)) < SHORT_SECONDS + A_LITTLE_SECONDS
        for filler in fillers:
            filler.close()


def test_a_printer_can_be_named(lay: Lay) -> None:
    cable = lay(by_network)
    assert isinstance(cable.printer, PrinterServer)
    with closing(NetworkConnection("localhost", cable.printer.address[1])) as connection:
        connection.open(WITHIN_SECONDS)
        connection.write(b"A\n\x1dV\x42\x00", WITHIN_SECONDS)
        assert cable.paper().raw_bytes == b"A\n\x1dV\x42\x00"


@pytest.mark.parametrize("name", ["no-such-printer.invalid", "a" * 70, "."])
def test_a_name_that_nobody_has_is_told(name: str) -> None:
    assert took(refused(NetworkConnection(name), PATIENCE_SECONDS)) < PATIENCE_SECONDS + A_LITTLE_SECONDS


def test_a_name_server_that_does_not_answer_does_not_hold_the_opener(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))

        def never(host: str) -> str:
            silent.settimeout(WITHIN_SECONDS)
            silent.recv(1)
            raise OSError(host)

        monkeypatch.setattr(socket, "gethostbyname", never)
        assert took(refused(NetworkConnection("printer.lan"), SHORT_SECONDS)) < 2.0
        silent.sendto(b"!", silent.getsockname())


def test_a_printer_that_serves_another_is_lost_at_once(lay: Lay) -> None:
    cable = lay(by_network)
    cable.connection.open(WITHIN_SECONDS)
    assert isinstance(cable.printer, PrinterServer)
    cable.connection.write(b"\x10\x04\x01", WITHIN_SECONDS)
    cable.connection.read(WITHIN_SECONDS)
    with closing(NetworkConnection(*cable.printer.address)) as second:
        second.open(WITHIN_SECONDS)
        with pytest.raises(ConnectionLost):
            second.read(WITHIN_SECONDS)
