"""Virtual printers at the end of every kind of line that carries bytes both ways, and what came out of them."""

import queue
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hardware.connection import Connection
from hardware.connections.address import DeviceFileAddress, SerialAddress, UsbAddress
from hardware.connections.device_file import DeviceFileConnection
from hardware.connections.network import NetworkConnection
from hardware.connections.serial import SerialConnection
from hardware.connections.usb import UsbConnection
from hardware.virtual.at_work import PrinterAtWork
from hardware.virtual.paper import Paper
from hardware.virtual.serial_line import SerialPrinter
from hardware.virtual.server import PrinterServer
from tests.support.usb_backend import UsbBus, UsbPrinter
from tests.support.waiting import PATIENCE_SECONDS

FAST_BAUD = 4_000_000  # the pseudo terminal's own pace; what the address says is not looked at


@dataclass(frozen=True, slots=True)
class Line:
    """One printer, and a way to it."""

    printer: PrinterAtWork
    connection: Connection
    papers: "queue.SimpleQueue[Paper]"

    def paper(self) -> Paper:
        """The next piece, waited for."""
        return self.papers.get(timeout=PATIENCE_SECONDS)


def by_network(_: Path) -> Line:
    papers: queue.SimpleQueue[Paper] = queue.SimpleQueue()
    server = PrinterServer(papers.put)
    return Line(server, NetworkConnection(*server.address), papers)


def by_usb(_: Path) -> Line:
    papers: queue.SimpleQueue[Paper] = queue.SimpleQueue()
    printer = UsbPrinter(papers.put)
    return Line(printer, UsbConnection(UsbAddress(0x04B8, 0x0E15), UsbBus(printer)), papers)


def by_serial_line(folder: Path) -> Line:
    papers: queue.SimpleQueue[Paper] = queue.SimpleQueue()
    printer = SerialPrinter(papers.put, folder / "ttyUSB0", baud=FAST_BAUD)
    return Line(printer, SerialConnection(SerialAddress(str(printer.path), 115200)), papers)


def by_device_file(folder: Path) -> Line:
    papers: queue.SimpleQueue[Paper] = queue.SimpleQueue()
    printer = SerialPrinter(papers.put, folder / "lp0", baud=FAST_BAUD)
    return Line(printer, DeviceFileConnection(DeviceFileAddress(str(printer.path))), papers)


LINES: tuple[Callable[[Path], Line], ...] = (by_network, by_usb, by_serial_line, by_device_file)


def took(call: Callable[[], object]) -> float:
    """For how many seconds it held its caller."""
    began = time.monotonic()
    call()
    return time.monotonic() - began
