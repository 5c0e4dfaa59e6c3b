"""The virtual printer on a USB bus without a cable, met through pyusb and python-escpos."""

import errno
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
import usb.core
import usb.util
from escpos.printer import Usb

from hardware.virtual.paper import Paper
from tests.support.usb_backend import IN, OUT, UsbBus, UsbPrinter
from tests.support.waiting import PATIENCE_SECONDS, wait_until

CUT = b"\x1dV\x42\x00"
PATIENCE_MS = int(PATIENCE_SECONDS * 1000)
SHORT_MS = 50
PACKET = 64
ASK = b"\x10\x04\x01"


class Desk:
    """One printer on a bus, and the paper that came out of it."""

    def __init__(self) -> None:
        self._out: queue.SimpleQueue[Paper] = queue.SimpleQueue()
        self.printer = UsbPrinter(self._out.put)
        self.bus = UsbBus(self.printer)

    def paper(self) -> Paper:
        return self._out.get(timeout=PATIENCE_SECONDS)

    def found(self) -> usb.core.Device | None:
        return usb.core.find(backend=self.bus, idVendor=0x04B8, idProduct=0x0E15)

    def taken(self) -> usb.core.Device:
        """The device, free from the kernel's driver."""
        device = self.found()
        assert device is not None
        device.detach_kernel_driver(0)
        return device


@pytest.fixture
def desk() -> Iterator[Desk]:
    with ExitStack() as running:
        desk = Desk()
        desk.printer.start()
        running.callback(desk.printer.stop)
        yield desk


def refused(call: Callable[[], object]) -> int | None:
    """The errno with which an operation fails."""
    with pytest.raises(usb.core.USBError) as caught:
        call()
    return caught.value.errno


def test_it_is_found_by_its_class_and_says_who_it_is(desk: Desk) -> None:
    device = desk.found()
    assert device is not None
    interface = usb.util.find_descriptor(device.get_active_configuration(), bInterfaceClass=7)
    assert [endpoint.bEndpointAddress for endpoint in interface] == [OUT, IN]
    assert (device.manufacturer, device.product, device.serial_number) == ("EPSON", "TM-T20II", "J5TF000042")
    device.detach_kernel_driver(0)
    device_id = device.ctrl_transfer(0xA1, 0, 0, 0, 256).tobytes()
    assert b"CMD:ESC/POS" in device_id


def test_it_prints_and_answers(desk: Desk) -> None:
    device = desk.taken()
    assert device.write(OUT, b"A\n" + CUT + ASK, PATIENCE_MS) == 9
    assert device.read(IN, PACKET, PATIENCE_MS).tobytes() == b"\x12"
    assert desk.paper().raw_bytes == b"A\n" + CUT


def test_python_escpos_prints_on_it(desk: Desk) -> None:
    host = Usb(usb_args={"backend": desk.bus, "idVendor": 0x04B8})
    host.textln("Karcis")
    host.cut()
    assert desk.paper().image.height > 60
    host.close()
    assert desk.bus.opened == 0


def test_the_kernel_s_driver_holds_it_until_it_is_told_to_let_go(desk: Desk) -> None:
    device = desk.found()
    assert device is not None
    assert device.is_kernel_driver_active(0)
    assert refused(lambda: device.write(OUT, ASK, SHORT_MS)) == errno.EBUSY
    device.detach_kernel_driver(0)
    assert device.write(OUT, ASK, SHORT_MS) == 3
    assert refused(lambda: device.attach_kernel_driver(0)) == errno.EBUSY
    usb.util.release_interface(device, 0)
    device.attach_kernel_driver(0)
    assert device.is_kernel_driver_active(0)


def test_one_program_has_it_at_a_time(desk: Desk) -> None:
    first, second = desk.taken(), desk.found()
    first.write(OUT, ASK, SHORT_MS)
    assert refused(lambda: second.write(OUT, ASK, SHORT_MS)) == errno.EBUSY
    usb.util.dispose_resources(first)
    assert second.write(OUT, ASK, SHORT_MS) == 3


def test_without_the_right_nobody_opens_it(desk: Desk) -> None:
    desk.printer.forbidden = True
    device = desk.found()
    assert refused(lambda: device.write(OUT, ASK, SHORT_MS)) == errno.EACCES


def test_silence_is_a_time_out(desk: Desk) -> None:
    device = desk.taken()
    assert refused(lambda: device.read(IN, PACKET, SHORT_MS)) == errno.ETIMEDOUT


def test_a_full_printer_takes_what_fits_and_then_nothing(desk: Desk) -> None:
    device = desk.taken()
    with desk.printer.printer() as printer:
        printer.open_cover()
    assert device.write(OUT, b"A" * 70_000, SHORT_MS) == 65_536
    assert refused(lambda: device.write(OUT, b"A", SHORT_MS)) == errno.ETIMEDOUT
    with desk.printer.printer() as printer:
        printer.close_cover()
    assert device.write(OUT, b"A", PATIENCE_MS) == 1


def test_an_answer_longer_than_its_place_is_lost(desk: Desk) -> None:
    device = desk.taken()
    device.write(OUT, ASK * 4, PATIENCE_MS)
    wait_until(lambda: _waiting(desk) == 4)
    assert refused(lambda: device.read(IN, 2, PATIENCE_MS)) == errno.EOVERFLOW
    assert refused(lambda: device.read(IN, PACKET, SHORT_MS)) == errno.ETIMEDOUT


def test_unplugged_it_is_gone_even_for_who_waits_for_it(desk: Desk) -> None:
    device = desk.taken()
    device.write(OUT, ASK, PATIENCE_MS)
    device.read(IN, PACKET, PATIENCE_MS)
    pulling = threading.Timer(0.05, desk.printer.unplug)
    pulling.start()
    assert refused(lambda: device.read(IN, PACKET, PATIENCE_MS)) == errno.ENODEV
    pulling.join()
    assert desk.found() is None
    assert refused(lambda: device.write(OUT, ASK, SHORT_MS)) == errno.ENODEV


def test_plugged_in_again_it_is_another_device_and_the_kernel_s_once_more(desk: Desk) -> None:
    before = desk.taken()
    before.write(OUT, ASK, PATIENCE_MS)
    desk.printer.unplug()
    desk.printer.plug_in()
    again = desk.taken()
    assert again.address != before.address
    assert refused(lambda: before.write(OUT, ASK, SHORT_MS)) == errno.ENODEV
    assert again.write(OUT, ASK, PATIENCE_MS) == 3


def test_switched_off_it_leaves_the_bus(desk: Desk) -> None:
    with desk.printer.printer() as printer:
        printer.switch_off()
    assert desk.found() is None
    with desk.printer.printer() as printer:
        printer.switch_on()
    assert desk.found() is not None


def test_its_port_tells_of_paper_without_a_command(desk: Desk) -> None:
    device = desk.taken()
    assert device.ctrl_transfer(0xA1, 1, 0, 0, 1).tolist() == [0x18]
    with desk.printer.printer() as printer:
        printer.take_out_paper()
    assert device.ctrl_transfer(0xA1, 1, 0, 0, 1).tolist() == [0x20]


def _waiting(desk: Desk) -> int:
    with desk.printer.printer():
        return len(desk.printer._outgoing)
