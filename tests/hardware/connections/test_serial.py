"""What only a serial line does: one program at a time, its own pace, a stop that nothing drains."""

import time
from pathlib import Path

import pytest

from hardware.connection import ConnectionLost
from hardware.connections.address import Flow, SerialAddress
from hardware.connections.serial import SerialConnection
from tests.hardware.connections.conftest import Lay
from tests.hardware.connections.lines import by_serial_line, took
from tests.hardware.connections.test_contract import (
    A_LITTLE_SECONDS,
    ASK_STATE,
    SHORT_SECONDS,
    WELL,
    WITHIN_SECONDS,
)


def test_a_line_that_another_program_has_is_left_alone(lay: Lay, tmp_path: Path) -> None:
    first = lay(by_serial_line).connection
    first.open(WITHIN_SECONDS)
    second = SerialConnection(SerialAddress(str(tmp_path / "ttyUSB0"), 9600))
    with pytest.raises(ConnectionLost, match="lock"):
        second.open(WITHIN_SECONDS)
    first.write(ASK_STATE, WITHIN_SECONDS)
    assert first.read(WITHIN_SECONDS) == WELL


@pytest.mark.parametrize("flow", list(Flow))
def test_every_way_to_stop_the_sender_can_be_set(lay: Lay, tmp_path: Path, flow: Flow) -> None:
    cable = lay(by_serial_line)
    connection = SerialConnection(SerialAddress(str(tmp_path / "ttyUSB0"), 38400, flow))
    connection.open(WITHIN_SECONDS)
    connection.write(ASK_STATE + b"A\n\x1dV\x42\x00", WITHIN_SECONDS)
    assert connection.read(WITHIN_SECONDS) == WELL
    assert cable.paper().raw_bytes == b"A\n\x1dV\x42\x00"
    connection.close()


def test_a_stopped_printer_does_not_hold_the_closing(lay: Lay) -> None:
    cable = lay(by_serial_line)
    cable.connection.open(WITHIN_SECONDS)
    cable.printer.stall()
    with pytest.raises(ConnectionLost):
        cable.connection.write(bytes(1_000_000), SHORT_SECONDS)
    assert took(cable.connection.close) < A_LITTLE_SECONDS


def test_what_was_written_has_left_the_machine(monkeypatch: pytest.MonkeyPatch, lay: Lay) -> None:
    cable = lay(by_serial_line)
    connection = cable.connection
    assert isinstance(connection, SerialConnection)
    connection.open(WITHIN_SECONDS)
    until = time.monotonic() + 4 * SHORT_SECONDS
    # A terminal made of software never says that it still holds something; a real line does.
    in_the_kernel = property(lambda _: 400 if time.monotonic() < until else 0)
    monkeypatch.setattr(type(connection._line), "out_waiting", in_the_kernel)
    connection.write(ASK_STATE, WITHIN_SECONDS)
    assert time.monotonic() >= until
    until = time.monotonic() + WITHIN_SECONDS
    with pytest.raises(ConnectionLost):
        connection.write(ASK_STATE, SHORT_SECONDS)


def test_a_file_that_is_no_line_is_told(tmp_path: Path) -> None:
    file = tmp_path / "no-line"
    file.touch()
    with pytest.raises(ConnectionLost, match="no-line"):
        SerialConnection(SerialAddress(str(file))).open(WITHIN_SECONDS)
