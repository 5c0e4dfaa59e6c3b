"""Finding printers: each with the address that a settings file takes, and whether this user may use it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.connections.address import DeviceFileAddress, NetworkAddress, SpoolerAddress, UsbAddress
from hardware.connections.find import Place, device_files, network_printers, queues, usb_printers
from tests.hardware.connections.conftest import Lay
from tests.hardware.connections.lines import by_network
from tests.support.usb_backend import KERNEL, UsbBus, UsbPrinter


@pytest.fixture
def printer() -> Iterator[UsbPrinter]:
    printer = UsbPrinter(lambda _: None)
    printer.start()
    yield printer
    printer.stop()


def test_a_usb_printer_says_what_it_is(printer: UsbPrinter) -> None:
    printer.has_kernel_driver = False
    bus = UsbBus(printer)
    found = Place(UsbAddress(0x04B8, 0x0E15, "J5TF000042"), "EPSON TM-T20II")
    assert list(usb_printers(bus)) == [found]
    assert bus.opened == 0


def test_a_usb_printer_is_left_to_the_kernels_driver_that_has_it(printer: UsbPrinter) -> None:
    found = Place(UsbAddress(0x04B8, 0x0E15, "J5TF000042"), "EPSON TM-T20II", held=True)
    assert list(usb_printers(UsbBus(printer))) == [found]
    assert printer.device is not None
    assert printer.device.owner is KERNEL


def test_a_usb_printer_without_the_right_is_found_locked(printer: UsbPrinter) -> None:
    printer.forbidden = True
    assert list(usb_printers(UsbBus(printer))) == [Place(UsbAddress(0x04B8, 0x0E15), locked=True)]


def test_the_kernels_files_are_found(tmp_path: Path) -> None:
    (tmp_path / "lp0").touch()
    (tmp_path / "hiddev0").touch()
    assert list(device_files(tmp_path)) == [Place(DeviceFileAddress(f"{tmp_path}/lp0"))]


def test_the_queues_of_cups_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lpstat = tmp_path / "lpstat"
    lpstat.write_text("#!/bin/sh\nprintf 'front\\nback\\n'\n")
    lpstat.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert list(queues()) == [Place(SpoolerAddress("front")), Place(SpoolerAddress("back"))]


def test_a_machine_without_cups_has_no_queues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert list(queues()) == []


def test_the_network_is_asked_host_by_host(lay: Lay) -> None:
    description = lay(by_network).connection.description
    port = int(description.rpartition(":")[2])
    assert list(network_printers(["127.0.0.1", "127.0.0.2"], port)) == [
        Place(NetworkAddress("127.0.0.1", port)),
        None,
    ]
