"""The virtual printer at the end of a serial line, met through pyserial and through the bare device file."""

import os
import queue
import select
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import serial
from escpos.printer import Serial

from hardware.virtual.paper import Paper
from hardware.virtual.serial_line import SerialPrinter
from tests.support.waiting import PATIENCE_SECONDS

CUT = b"\x1dV\x42\x00"


class Line:
    """A printer on a line, and the paper that came out of it."""

    def __init__(self, path: Path, baud: int) -> None:
        self._out: queue.SimpleQueue[Paper] = queue.SimpleQueue()
        self.printer = SerialPrinter(self._out.put, path, baud=baud)

    def paper(self) -> Paper:
        return self._out.get(timeout=PATIENCE_SECONDS)

    def opened(self) -> serial.Serial:
        return serial.Serial(str(self.printer.path), 38400, timeout=PATIENCE_SECONDS, write_timeout=0.2)


StartLine = Callable[..., Line]


@pytest.fixture
def start_line(tmp_path: Path) -> Iterator[StartLine]:
    with ExitStack() as running:

        def start(baud: int = 1_000_000) -> Line:
            line = Line(tmp_path / "ttyUSB0", baud)
            line.printer.start()
            running.callback(line.printer.stop)
            return line

        yield start


def test_pyserial_prints_on_it_and_is_answered(start_line: StartLine) -> None:
    line = start_line()
    with line.opened() as host:
        host.write(b"A\n" + CUT + b"\x10\x04\x01")
        assert host.read(1) == b"\x12"
    assert line.paper().raw_bytes == b"A\n" + CUT


def test_every_byte_gets_through_as_it_is(start_line: StartLine) -> None:
    line = start_line()
    picture = b"\x1dv0\x00\x08\x00\x20\x00" + bytes(range(256))
    with line.opened() as host:
        host.write(picture + CUT)
        assert line.paper().raw_bytes == picture + CUT


def test_python_escpos_prints_on_it(start_line: StartLine) -> None:
    line = start_line()
    host = Serial(str(line.printer.path), dsrdtr=False)
    host.textln("Karcis")
    host.cut()
    assert line.paper().image.height > 60
    host.close()


def test_the_bare_device_file_reads_and_writes(start_line: StartLine) -> None:
    line = start_line()
    file = os.open(line.printer.path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    try:
        os.write(file, b"\x10\x04\x04")
        assert select.select([file], [], [], PATIENCE_SECONDS)[0]
        assert os.read(file, 16) == b"\x12"
    finally:
        os.close(file)


def test_bytes_come_through_no_faster_than_the_line_carries_them(start_line: StartLine) -> None:
    line = start_line(baud=9600)
    with line.opened() as host:
        started = time.monotonic()
        host.write(b"A" * 480 + b"\n" + CUT)
        line.paper()
        took = time.monotonic() - started
    assert 0.45 <= took < 2.0


def test_a_printer_that_takes_nothing_makes_the_host_wait(start_line: StartLine) -> None:
    line = start_line()
    with line.opened() as host:
        line.printer.stall()
        with pytest.raises(serial.SerialTimeoutException):
            host.write(b"A" * 100_000)


def test_what_is_sent_to_a_switched_off_printer_is_lost(start_line: StartLine) -> None:
    line = start_line(baud=10_000_000)
    more_than_the_terminal_holds = b"\x1bE\x00" * 5_000
    with line.opened() as host:
        with line.printer.printer() as printer:
            printer.switch_off()
        host.write(b"lost\n" + more_than_the_terminal_holds)
        with line.printer.printer() as printer:
            printer.switch_on()
        host.write(b"kept\n" + CUT)
        on_paper = line.paper().raw_bytes
    assert b"lost" not in on_paper
    assert on_paper.endswith(b"kept\n" + CUT)


def test_a_line_pulled_out_is_gone_and_comes_back_at_the_same_place(start_line: StartLine) -> None:
    line = start_line()
    with line.opened() as host:
        line.printer.unplug()
        with pytest.raises((serial.SerialException, OSError)):
            host.read(1)
    assert not line.printer.path.exists()
    line.printer.plug_in()
    with line.opened() as host:
        host.write(b"\x10\x04\x01")
        assert host.read(1) == b"\x12"
