"""The proxy itself: a test that believes in a broken network has to be sure that it is broken."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from tests.support.proxy import End, Line, Pace
from tests.support.running import LOOPBACK, free_pair

PATIENCE_SECONDS = 10.0
MOMENT_SECONDS = 0.05
"""How long a test watches that nothing comes."""


class Far:
    """What stands behind the line: it takes connections one at a time."""

    def __init__(self) -> None:
        self.listener = socket.create_server((LOOPBACK, 0))
        self.listener.settimeout(PATIENCE_SECONDS)
        self.port: int = self.listener.getsockname()[1]

    def accept(self) -> socket.socket:
        one, _ = self.listener.accept()
        one.settimeout(PATIENCE_SECONDS)
        return one


@pytest.fixture
def far() -> Iterator[Far]:
    made = Far()
    yield made
    made.listener.close()


@pytest.fixture
def line(far: Far) -> Iterator[Line]:
    made = Line(far.port, free_pair())
    yield made
    made.close()


def connect(line: Line) -> socket.socket:
    return socket.create_connection((LOOPBACK, line.port), PATIENCE_SECONDS)


def comes(one: socket.socket) -> bytes | None:
    """What comes within a moment; None: nothing."""
    one.settimeout(MOMENT_SECONDS)
    try:
        return one.recv(65536)
    except TimeoutError:
        return None
    finally:
        one.settimeout(PATIENCE_SECONDS)


def test_bytes_go_both_ways(far: Far, line: Line) -> None:
    with connect(line) as device, far.accept() as broker:
        device.sendall(b"hello")
        assert broker.recv(100) == b"hello"
        broker.sendall(b"welcome")
        assert device.recv(100) == b"welcome"


@pytest.mark.parametrize("fault", [Line.stall, Line.cut])
def test_what_is_held_comes_when_all_is_well_again(far: Far, line: Line, fault: object) -> None:
    assert callable(fault)
    with connect(line) as device, far.accept() as broker:
        fault(line)
        delivered_at = line.delivered_at
        device.sendall(b"hello")
        broker.sendall(b"welcome")
        assert (comes(broker), comes(device), line.delivered_at) == (None, None, delivered_at)
        line.clear()
        assert (broker.recv(100), device.recv(100)) == (b"hello", b"welcome")


def test_muted_a_line_lets_through_what_devices_say(far: Far, line: Line) -> None:
    with connect(line) as device, far.accept() as broker:
        line.mute()
        device.sendall(b"hello")
        assert broker.recv(100) == b"hello"
        broker.sendall(b"welcome")
        assert comes(device) is None
        line.clear()
        assert device.recv(100) == b"welcome"


def test_behind_a_cut_nobody_answers_who_connects(far: Far, line: Line) -> None:
    line.cut()
    with socket.socket() as device:
        device.settimeout(MOMENT_SECONDS)
        with pytest.raises(TimeoutError):
            device.connect((LOOPBACK, line.port))
    line.clear()
    with connect(line) as device, far.accept() as broker:
        broker.sendall(b"welcome")
        assert device.recv(100) == b"welcome"


def test_refused_means_reset_and_refused(far: Far, line: Line) -> None:
    with connect(line) as device, far.accept() as broker:
        line.refuse()
        with pytest.raises(ConnectionResetError):
            device.recv(100)
        with pytest.raises(ConnectionResetError):
            broker.recv(100)
    with pytest.raises(ConnectionRefusedError):
        connect(line)
    line.clear()
    with connect(line), far.accept():
        pass


def test_half_open_one_end_stands_and_hears_nothing(far: Far, line: Line) -> None:
    with connect(line) as device, far.accept() as broker:
        line.lose(End.BROKER)
        assert comes(broker) == b""
        device.sendall(b"is anybody there")
        assert comes(device) is None
        with connect(line) as swallowed:
            swallowed.sendall(b"hello")
            line.clear()
            assert (comes(device), comes(swallowed)) == (None, None)
            with connect(line), far.accept():
                pass


def test_a_frame_is_torn(far: Far, line: Line) -> None:
    with connect(line) as device, far.accept() as broker:
        line.tear(3)
        broker.sendall(b"welcome")
        assert device.recv(100) == b"wel"
        assert device.recv(100) == b""


def test_bytes_are_late_and_in_order(far: Far, line: Line) -> None:
    line.travel(Pace(delay=0.05, jitter=0.05, lost=0.3, sent_again_after=0.05))
    with connect(line) as device, far.accept() as broker:
        sent = b"".join(bytes([n]) * 3000 for n in range(20))
        began = time.monotonic()
        sender = threading.Thread(target=broker.sendall, args=(sent,))
        sender.start()
        got = b""
        while len(got) < len(sent):
            got += device.recv(65536)
        sender.join(PATIENCE_SECONDS)
        assert got == sent
        assert time.monotonic() - began >= 0.05


def test_a_narrow_line_takes_its_time(far: Far, line: Line) -> None:
    line.travel(Pace(bytes_per_second=100_000))
    with connect(line) as device, far.accept() as broker:
        began = time.monotonic()
        broker.sendall(bytes(20_000))
        got = 0
        while got < 20_000:
            got += len(device.recv(65536))
        assert time.monotonic() - began >= 0.19
