"""A scanner on a pseudo terminal: what it reads is told, and it may come and go."""

import queue
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.connections.address import SerialAddress
from hardware.scanning.serial import SerialScanner
from tests.support.scanner_line import ScannerLine
from tests.support.waiting import wait_until

PATIENCE_SECONDS = 10.0
CODE = "AQMxNzQwMTAwNzE0QTAxOVF4OVJ0"


@pytest.fixture
def line(tmp_path: Path) -> Iterator[ScannerLine]:
    made = ScannerLine(tmp_path / "ttyACM0")
    yield made
    made.pull_out()


class Listening:
    """A program that listens to a scanner."""

    def __init__(self, line: ScannerLine) -> None:
        self.scans: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.scanner = SerialScanner(SerialAddress(str(line.path), 9600), self.scans.put)
        self.scanner.start()

    def scan(self) -> str:
        return self.scans.get(timeout=PATIENCE_SECONDS)


@pytest.fixture
def listening(line: ScannerLine) -> Iterator[Listening]:
    line.plug_in()
    made = Listening(line)
    wait_until(lambda: made.scanner.is_connected)
    yield made
    made.scanner.stop()


@pytest.mark.parametrize("end", [b"\r", b"\r\n", b""])
def test_a_scan_is_told(line: ScannerLine, listening: Listening, end: bytes) -> None:
    line.send(CODE.encode() + end)
    assert listening.scan() == CODE


def test_garbage_is_not(line: ScannerLine, listening: Listening) -> None:
    line.send(b"\xff\xfe\x00\r" + b"x" * 500 + b"\r" + CODE.encode() + b"\r")
    assert listening.scan() == CODE
    assert listening.scans.empty()


def test_a_scanner_that_vanishes_is_picked_up_when_it_returns(
    line: ScannerLine, listening: Listening
) -> None:
    line.send(b"half of a co")
    line.pull_out()
    wait_until(lambda: not listening.scanner.is_connected)
    line.plug_in()
    wait_until(lambda: listening.scanner.is_connected)
    line.send(CODE.encode() + b"\r")
    while (scan := listening.scan()) != CODE:
        assert scan == "half of a co"  # it may have been taken for whole before the cable was out


def test_a_scanner_that_is_not_there_at_first_is_found(line: ScannerLine) -> None:
    listening = Listening(line)
    assert not listening.scanner.is_connected
    line.plug_in()
    wait_until(lambda: listening.scanner.is_connected)
    listening.scanner.stop()


def test_stopping_waits_for_no_scan(listening: Listening) -> None:
    began = time.monotonic()
    listening.scanner.stop()
    assert time.monotonic() - began < 1.0
    assert not any(thread.name.startswith("scanner ") for thread in threading.enumerate())
