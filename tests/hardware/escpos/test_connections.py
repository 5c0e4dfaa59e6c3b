"""The contract of every way to a printer (`hardware.connection.Connection`). A new one joins by `connections`."""

import socket
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from hardware.connection import Connection, ConnectionLost
from hardware.connections.network import NetworkConnection
from hardware.virtual.server import PrinterServer

WITHIN_SECONDS = 5.0
AT_ONCE_SECONDS = 0.05

Connect = Callable[[PrinterServer], Connection]


def by_network(server: PrinterServer) -> Connection:
    return NetworkConnection(*server.address)


@pytest.fixture(params=[by_network], ids=["network"])
def connect(request: pytest.FixtureRequest) -> Connect:
    return request.param


@pytest.fixture
def connection(connect: Connect, virtual_printer) -> Iterator[Connection]:
    connection = connect(virtual_printer.server)
    connection.open(WITHIN_SECONDS)
    yield connection
    connection.close()


def test_bytes_go_out_and_answers_come_back(connection: Connection, virtual_printer) -> None:
    connection.write(b"A\n\x1dV\x42\x00\x10\x04\x01", WITHIN_SECONDS)
    assert virtual_printer.paper().raw_bytes == b"A\n\x1dV\x42\x00"
    assert connection.read(WITHIN_SECONDS) == b"\x12"


def test_reading_ends_when_nothing_comes(connection: Connection) -> None:
    assert connection.read(AT_ONCE_SECONDS) == b""


def test_the_other_ends_end_is_told(connection: Connection, virtual_printer) -> None:
    connection.write(b"\x10\x04\x01", WITHIN_SECONDS)
    connection.read(WITHIN_SECONDS)
    virtual_printer.server.drop_host()
    with pytest.raises(ConnectionLost):
        connection.read(WITHIN_SECONDS)


def test_a_device_that_takes_nothing_does_not_hold_the_writer(
    connection: Connection, virtual_printer
) -> None:
    virtual_printer.server.stall()
    with pytest.raises(ConnectionLost):
        connection.write(bytes(30_000_000), AT_ONCE_SECONDS)


def test_a_closed_one_says_so_and_can_be_opened_again(connect: Connect, start_printer) -> None:
    printer = start_printer()
    connection = connect(printer.server)
    connection.close()
    with pytest.raises(ConnectionLost):
        connection.read(AT_ONCE_SECONDS)
    connection.open(WITHIN_SECONDS)
    connection.write(b"A\n\x1dV\x42\x00", WITHIN_SECONDS)
    printer.paper()
    connection.close()


def test_a_device_that_is_not_there_is_named(connect: Connect, virtual_printer) -> None:
    gone = connect(virtual_printer.server)
    virtual_printer.server.stop()
    with pytest.raises(ConnectionLost, match=gone.description):
        gone.open(WITHIN_SECONDS)


def test_a_network_that_swallows_everything_does_not_hold_the_opener() -> None:
    # A listener whose queue is full answers no more: what a switched-off printer behind a switch looks like.
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(full.getsockname())
        with closing(NetworkConnection(*full.getsockname()[:2])) as connection, pytest.raises(ConnectionLost):
            connection.open(AT_ONCE_SECONDS)
        for filler in fillers:
            filler.close()
