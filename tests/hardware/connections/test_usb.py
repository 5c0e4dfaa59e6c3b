"""What only USB does: ids, the kernel's driver, rights, and a device that is another one when it comes back."""

import queue
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
import usb.core
from usb.backend.libusb1 import LIBUSB_ERROR_BUSY

from hardware.connection import ConnectionLost
from hardware.connections.address import UsbAddress
from hardware.connections.usb import UsbConnection
from hardware.virtual.paper import Paper
from tests.hardware.connections.test_contract import ASK_STATE, CUT, SHORT_SECONDS, WELL, WITHIN_SECONDS
from tests.support.usb_backend import KERNEL, Handle, UsbBus, UsbPrinter, fault

TM_T20 = UsbAddress(0x04B8, 0x0E15)

StartPrinter = Callable[..., UsbPrinter]


@pytest.fixture
def start_printer() -> Iterator[StartPrinter]:
    with ExitStack() as running:

        def start(**plug: object) -> UsbPrinter:
            printer = UsbPrinter(lambda _: None, **plug)  # type: ignore[arg-type]
            printer.start()
            running.callback(printer.stop)
            return printer

        yield start


def lost(connection: UsbConnection) -> str:
    with pytest.raises(ConnectionLost) as told:
        connection.open(WITHIN_SECONDS)
    return str(told.value)


def test_it_is_taken_from_the_kernels_driver_without_a_reset_and_given_back(
    start_printer: StartPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer = start_printer()
    bus = UsbBus(printer)
    resets: list[Handle] = []
    monkeypatch.setattr(bus, "reset_device", resets.append)
    assert printer.device is not None
    assert printer.device.owner is KERNEL
    connection = UsbConnection(TM_T20, bus)
    connection.open(WITHIN_SECONDS)
    assert isinstance(printer.device.owner, Handle)
    connection.close()
    assert printer.device.owner is KERNEL
    assert resets == []
    assert bus.opened == 0


def test_where_the_kernel_has_no_driver_for_it_none_is_given_it(start_printer: StartPrinter) -> None:
    printer = start_printer()
    bus = UsbBus(printer)
    connection = UsbConnection(TM_T20, bus)
    printer.has_kernel_driver = False
    connection.open(WITHIN_SECONDS)
    connection.close()
    assert printer.device is not None
    assert printer.device.owner is None
    printer.unplug()
    printer.plug_in()
    printer.has_kernel_driver = True
    connection.open(WITHIN_SECONDS)
    printer.has_kernel_driver = False  # unloaded meanwhile
    connection.close()
    assert printer.device is not None
    assert printer.device.owner is None
    assert bus.opened == 0


def test_one_that_could_not_be_had_whole_is_given_back(
    start_printer: StartPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer = start_printer()
    bus = UsbBus(printer)

    def refuse(handle: Handle, interface: int) -> None:
        raise fault(LIBUSB_ERROR_BUSY)

    monkeypatch.setattr(bus, "claim_interface", refuse)
    assert "busy" in lost(UsbConnection(TM_T20, bus))
    assert printer.device is not None
    assert printer.device.owner is KERNEL
    assert bus.opened == 0


def test_one_that_another_program_has_is_not_given_away(start_printer: StartPrinter) -> None:
    printer = start_printer()
    bus = UsbBus(printer)
    first = UsbConnection(TM_T20, bus)
    first.open(WITHIN_SECONDS)
    lost(UsbConnection(TM_T20, bus))
    assert printer.device is not None
    assert isinstance(printer.device.owner, Handle)
    first.close()
    assert printer.device.owner is KERNEL


def test_pulled_out_it_has_not_to_be_given_back(start_printer: StartPrinter) -> None:
    printer = start_printer()
    bus = UsbBus(printer)
    connection = UsbConnection(TM_T20, bus)
    connection.open(WITHIN_SECONDS)
    printer.unplug()
    connection.close()
    assert bus.opened == 0


def test_without_the_right_the_reason_is_told(start_printer: StartPrinter) -> None:
    printer = start_printer()
    printer.forbidden = True
    bus = UsbBus(printer)
    assert "denied" in lost(UsbConnection(TM_T20, bus))
    assert bus.opened == 0


def test_one_that_another_program_has_is_told_as_busy(start_printer: StartPrinter) -> None:
    bus = UsbBus(start_printer())
    first, second = UsbConnection(TM_T20, bus), UsbConnection(TM_T20, bus)
    first.open(WITHIN_SECONDS)
    assert "busy" in lost(second)
    first.close()
    second.open(WITHIN_SECONDS)
    second.close()


def test_of_two_alike_the_serial_number_says_which(start_printer: StartPrinter) -> None:
    out: queue.SimpleQueue[Paper] = queue.SimpleQueue()
    left, right = start_printer(serial_number="A1"), UsbPrinter(out.put, serial_number="B/2")
    right.start()
    connection = UsbConnection(UsbAddress(0x04B8, 0x0E15, "B/2"), UsbBus(left, right))
    try:
        connection.open(WITHIN_SECONDS)
        connection.write(b"B\n" + CUT, WITHIN_SECONDS)
        assert out.get(timeout=WITHIN_SECONDS).raw_bytes == b"B\n" + CUT
    finally:
        connection.close()
        right.stop()


def test_a_serial_number_that_nobody_has_is_told_and_leaves_nothing_open(start_printer: StartPrinter) -> None:
    bus = UsbBus(start_printer())
    assert "not plugged in" in lost(UsbConnection(UsbAddress(0x04B8, 0x0E15, "B2"), bus))
    assert bus.opened == 0


def test_it_is_found_again_as_another_device(start_printer: StartPrinter) -> None:
    printer = start_printer()
    connection = UsbConnection(TM_T20, UsbBus(printer))
    connection.open(WITHIN_SECONDS)
    before = printer.device
    printer.unplug()
    with pytest.raises(ConnectionLost):
        connection.write(ASK_STATE, WITHIN_SECONDS)
    printer.plug_in()
    connection.open(WITHIN_SECONDS)
    assert printer.device is not before
    connection.write(ASK_STATE, WITHIN_SECONDS)
    assert connection.read(WITHIN_SECONDS) == WELL
    connection.close()


def test_a_full_printer_is_waited_for_until_the_deadline(start_printer: StartPrinter) -> None:
    printer = start_printer()
    connection = UsbConnection(TM_T20, UsbBus(printer))
    connection.open(WITHIN_SECONDS)
    with printer.printer() as engine:
        engine.open_cover()
    with pytest.raises(ConnectionLost):
        connection.write(b"A" * 70_000, SHORT_SECONDS)
    connection.close()


class Chatterbox(UsbBus):
    """Its printers say with an empty packet that they have nothing to say, as some do."""

    def bulk_read(self, dev_handle: Handle, ep: int, intf: int, buff: object, timeout: int) -> int:
        return 0


def test_an_empty_packet_is_no_answer(start_printer: StartPrinter) -> None:
    connection = UsbConnection(TM_T20, Chatterbox(start_printer()))
    connection.open(WITHIN_SECONDS)
    assert connection.read(SHORT_SECONDS) == b""
    connection.close()


def test_a_machine_without_libusb_is_told_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_at_all(**_: object) -> None:
        raise usb.core.NoBackendError("No backend available")

    monkeypatch.setattr(usb.core, "find", none_at_all)
    assert "libusb" in lost(UsbConnection(TM_T20))
