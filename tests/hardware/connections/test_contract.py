"""The contract of every way to a printer that carries bytes (`hardware.connection.Connection`)."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hardware.connection import ConnectionLost
from tests.hardware.connections.conftest import Lay
from tests.hardware.connections.lines import LINES, Line
from tests.support.waiting import wait_until

WITHIN_SECONDS = 5.0
SHORT_SECONDS = 0.1
A_LITTLE_SECONDS = 0.4
CUT = b"\x1dV\x42\x00"
ASK_STATE = b"\x10\x04\x01"
WELL = b"\x12"
ASK_MODEL = b"\x1dI\x43"
TICKET = bytes(range(0x20, 0x7F)) * 40 + b"\n" + CUT


@pytest.fixture(params=LINES, ids=lambda line: line.__name__)
def line(request: pytest.FixtureRequest, lay: Lay) -> Line:
    return lay(request.param)


@contextmanager
def in_time(seconds: float) -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds + A_LITTLE_SECONDS


def answered(line: Line, count: int) -> bytes:
    """So many bytes of the printer, or what came of them in time."""
    end, answer = time.monotonic() + WITHIN_SECONDS, b""
    while len(answer) < count and (left := end - time.monotonic()) > 0:
        answer += line.connection.read(left)
    return answer


def test_a_ticket_comes_out_byte_for_byte(line: Line) -> None:
    line.connection.open(WITHIN_SECONDS)
    line.connection.write(TICKET, WITHIN_SECONDS)
    assert line.paper().raw_bytes == TICKET


def test_a_state_comes_between_other_answers(line: Line) -> None:
    line.connection.open(WITHIN_SECONDS)
    line.connection.write(ASK_MODEL, WITHIN_SECONDS)
    model = answered(line, 3)
    line.connection.write(ASK_STATE + ASK_MODEL, WITHIN_SECONDS)
    assert sorted(answered(line, 1 + len(model))) == sorted(WELL + model)


def test_reading_ends_in_time_when_nothing_comes(line: Line) -> None:
    line.connection.open(WITHIN_SECONDS)
    with in_time(SHORT_SECONDS):
        assert line.connection.read(SHORT_SECONDS) == b""


def test_writing_ends_in_time_when_the_printer_takes_nothing(line: Line) -> None:
    line.connection.open(WITHIN_SECONDS)
    line.printer.stall()
    with in_time(SHORT_SECONDS), pytest.raises(ConnectionLost):
        line.connection.write(bytes(30_000_000), SHORT_SECONDS)
    with in_time(0):
        line.connection.close()


def test_a_pulled_cable_is_told(line: Line) -> None:
    line.connection.open(WITHIN_SECONDS)
    line.printer.unplug()
    with (
        in_time(SHORT_SECONDS),
        pytest.raises(ConnectionLost, match=line.connection.description.split("?")[0]),
    ):
        line.connection.read(SHORT_SECONDS)


def test_a_printer_that_is_away_is_named(line: Line) -> None:
    line.printer.unplug()
    with (
        in_time(SHORT_SECONDS),
        pytest.raises(ConnectionLost, match=line.connection.description.split("?")[0]),
    ):
        line.connection.open(SHORT_SECONDS)


def test_a_printer_that_comes_back_is_reached_again(line: Line) -> None:
    line.connection.open(WITHIN_SECONDS)
    line.printer.unplug()
    with pytest.raises(ConnectionLost):
        line.connection.read(SHORT_SECONDS)
    line.printer.plug_in()
    line.connection.open(WITHIN_SECONDS)
    line.connection.write(ASK_STATE, WITHIN_SECONDS)
    assert answered(line, 1) == WELL


def test_opening_again_lets_go_of_the_first_time(line: Line) -> None:
    before = open_files()
    line.connection.open(WITHIN_SECONDS)
    line.connection.open(WITHIN_SECONDS)
    line.connection.close()
    wait_until(lambda: open_files() <= before)


def test_closing_twice_is_harmless_and_a_closed_one_says_so(line: Line) -> None:
    line.connection.open(WITHIN_SECONDS)
    line.connection.close()
    line.connection.close()
    with pytest.raises(ConnectionLost):
        line.connection.read(SHORT_SECONDS)
    with pytest.raises(ConnectionLost):
        line.connection.write(b"A", SHORT_SECONDS)


def test_nothing_is_left_open_however_it_ends(line: Line) -> None:
    before = open_files()
    for _ in range(5):
        line.connection.open(WITHIN_SECONDS)
        line.connection.close()
        line.printer.unplug()
        with pytest.raises(ConnectionLost):
            line.connection.open(SHORT_SECONDS)
        line.printer.plug_in()
    wait_until(lambda: open_files() <= before)  # the printer's own end of a line closes in its own time


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))
