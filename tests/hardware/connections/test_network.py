"""What only a network can do to the way to a printer."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager

import pytest

from hardware.connection import ConnectionLost
from hardware.connections import connection_to
from hardware.connections.address import address_from
from hardware.connections.network import NetworkConnection
from hardware.virtual.server import PrinterServer
from tests.hardware.connections.conftest import Lay
from tests.hardware.connections.lines import by_network, took
from tests.hardware.connections.test_contract import A_LITTLE_SECONDS, SHORT_SECONDS, WITHIN_SECONDS
from tests.support.waiting import PATIENCE_SECONDS


@contextmanager
def swallowing() -> Iterator[tuple[str, int]]:
    """A listener whose queue is full answers no more: what a switched-off printer behind a switch looks like."""
    with ExitStack() as opened:
        full = opened.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):
            filler = opened.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(full.getsockname())
        yield full.getsockname()


def refused(connection: NetworkConnection, within_seconds: float) -> Callable[[], None]:
    def try_it() -> None:
        with pytest.raises(ConnectionLost):
            connection.open(within_seconds)

    return try_it


def test_a_network_that_swallows_everything_does_not_hold_the_opener() -> None:
    with swallowing() as hole, closing(NetworkConnection(*hole)) as connection:
        assert took(refused(connection, SHORT_SECONDS)) < SHORT_SECONDS + A_LITTLE_SECONDS


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

        def never(host: str, port: int, **_: object) -> Found:
            silent.settimeout(WITHIN_SECONDS)
            silent.recv(1)
            raise OSError(host)

        monkeypatch.setattr(socket, "getaddrinfo", never)
        assert took(refused(NetworkConnection("printer.lan"), SHORT_SECONDS)) < 2.0
        silent.sendto(b"!", silent.getsockname())


Found = list[tuple[socket.AddressFamily, socket.SocketKind, int, str, tuple[object, ...]]]


def finds(
    monkeypatch: pytest.MonkeyPatch, *places: tuple[socket.AddressFamily, tuple[object, ...]]
) -> list[str]:
    """Names and numbers are looked up here from now on; the list is of what was asked for."""
    asked: list[str] = []

    def look_up(host: str, port: int, **_: object) -> Found:
        asked.append(f"{host} {port}")
        return [(family, socket.SOCK_STREAM, 6, "", place) for family, place in places]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


def test_a_printer_is_reached_by_any_of_its_numbers(lay: Lay, monkeypatch: pytest.MonkeyPatch) -> None:
    cable = lay(by_network)
    assert isinstance(cable.printer, PrinterServer)
    port = cable.printer.address[1]
    # Whether or not this machine has IPv6, nothing listens at the first.
    finds(monkeypatch, (socket.AF_INET6, ("::1", port, 0, 0)), (socket.AF_INET, ("127.0.0.1", port)))
    with closing(NetworkConnection("printer.lan", port)) as connection:
        connection.open(WITHIN_SECONDS)
        connection.write(b"\x10\x04\x01", WITHIN_SECONDS)
        assert connection.read(WITHIN_SECONDS) == b"\x12"


def test_a_number_that_swallows_everything_leaves_time_for_the_next(
    lay: Lay, monkeypatch: pytest.MonkeyPatch
) -> None:
    cable = lay(by_network)
    assert isinstance(cable.printer, PrinterServer)
    with swallowing() as hole:
        finds(monkeypatch, (socket.AF_INET, hole), (socket.AF_INET, cable.printer.address))
        with closing(NetworkConnection("printer.lan")) as connection:
            assert took(lambda: connection.open(2 * SHORT_SECONDS)) < 2 * SHORT_SECONDS + A_LITTLE_SECONDS


def test_an_address_of_ipv6_is_reached_by_ipv6(monkeypatch: pytest.MonkeyPatch) -> None:
    families: list[int] = []

    class Noted(socket.socket):
        def __init__(self, family: int, kind: int) -> None:
            families.append(family)
            super().__init__(socket.AF_INET, kind)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        asked = finds(monkeypatch, (socket.AF_INET6, listener.getsockname()))
        monkeypatch.setattr(socket, "socket", Noted)
        address = address_from("tcp://[fd00::9]:9101")
        with closing(connection_to(address)) as connection:  # type: ignore[type-var]
            connection.open(WITHIN_SECONDS)
    assert (asked, families) == (["fd00::9 9101"], [socket.AF_INET6])


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
