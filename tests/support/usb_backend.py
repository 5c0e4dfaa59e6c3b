"""USB printers without USB: a backend for pyusb whose bus has virtual printers on it.

As strict as libusb on Linux: an interface has one owner, and the kernel's usblp holds it after each plugging in; a
printer that takes nothing answers NAK until the time-out; an answer longer than the place for it is an overflow and
lost; whoever holds a device that has gone gets ENODEV, and the same printer comes back as another device.
"""

import array
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace

import usb.backend
from usb.backend import libusb1
from usb.core import USBError, USBTimeoutError

from hardware.virtual.abilities import EPSON, Abilities
from hardware.virtual.at_work import PrinterAtWork
from hardware.virtual.engine import Engine
from hardware.virtual.paper import WIDTH_80MM, Paper

OUT, IN = 0x01, 0x82
PACKET_BYTES = 64
_ENGLISH = 0x0409

_DEVICE_LENGTH, _CONFIGURATION_LENGTH, _INTERFACE_LENGTH, _ENDPOINT_LENGTH = 18, 9, 9, 7
_WHOLE_CONFIGURATION = _CONFIGURATION_LENGTH + _INTERFACE_LENGTH + 2 * _ENDPOINT_LENGTH
_PRINTER, _PRINTERS, _BOTH_WAYS = 7, 1, 2  # class, subclass, protocol
_BULK = 2


class UsbPrinter(PrinterAtWork):
    """A virtual printer with a USB plug. It is on the bus while it is plugged in and switched on."""

    def __init__(
        self,
        on_paper: Callable[[Paper], object],
        *,
        vendor: int = 0x04B8,
        product: int = 0x0E15,
        serial_number: str = "J5TF000042",
        width_dots: int = WIDTH_80MM,
        abilities: Abilities = EPSON,
        mm_per_second: float | None = None,
    ) -> None:
        super().__init__(Engine(on_paper, width_dots, abilities), mm_per_second)
        self.vendor, self.product, self.serial_number = vendor, product, serial_number
        self.forbidden = False  # no right to open it, as without the udev rule
        self.has_kernel_driver = True  # usblp is there to take it
        self._plugged = True
        self._device: Device | None = None
        self._addresses = iter(range(2, 128))
        self._outgoing = bytearray()
        self._something_happened = threading.Condition(self._lock)

    @property
    def device(self) -> "Device | None":
        """The printer as the bus knows it: another one after each time that it was away."""
        with self._lock:
            there = self._plugged and self._engine.on
            if not there:
                self._vanish()
            elif self._device is None:
                driver = KERNEL if self.has_kernel_driver else None
                self._device = Device(self, next(self._addresses), driver)
            return self._device

    def take(self, device: "Device", data: bytes, timeout_ms: int) -> int:
        """How many bytes the printer has taken within the time."""
        taken = 0
        with self._something_happened:

            def take_what_fits() -> bool:
                nonlocal taken
                if self._device is not device:
                    raise fault(libusb1.LIBUSB_ERROR_NO_DEVICE)
                room = 0 if self._stalled else self._engine.room
                if piece := data[taken : taken + room]:
                    self._engine.receive(piece)
                    taken += len(piece)
                    self._nudge()
                return taken == len(data)

            self._something_happened.wait_for(take_what_fits, _seconds(timeout_ms))
        return taken

    def give(self, device: "Device", room: int, timeout_ms: int) -> bytes:
        """What the printer has to say, within the time: packets until one is short or the room is full."""
        with self._something_happened:

            def has_something() -> bool:
                if self._device is not device:
                    raise fault(libusb1.LIBUSB_ERROR_NO_DEVICE)
                return bool(self._outgoing)

            self._something_happened.wait_for(has_something, _seconds(timeout_ms))
            given = b""
            while self._outgoing and len(given) < room and len(given) % PACKET_BYTES == 0:
                packet = bytes(self._outgoing[:PACKET_BYTES])
                del self._outgoing[:PACKET_BYTES]
                if len(given) + len(packet) > room:
                    raise fault(libusb1.LIBUSB_ERROR_OVERFLOW)
                given += packet
            return given

    def port_status(self) -> int:
        """GET_PORT_STATUS of the printer class: not an error, selected, paper empty."""
        with self._lock:
            paper_out = self._engine.mechanism.paper_out
            return (0 if self._engine.mechanism.stopped else 0x18) | (0x20 if paper_out else 0)

    def _vanish(self) -> None:
        self._device = None
        self._outgoing.clear()
        self._something_happened.notify_all()

    def _take_up(self) -> None:
        self._plugged = True

    def _let_go(self) -> None:
        self._plugged = False
        self._vanish()

    def _attend(self, ready: object) -> None:
        """Nothing is registered: what comes is taken by the host's own thread, as the bus does."""

    def _listen(self) -> None:
        self._something_happened.notify_all()

    def _send(self, answers: bytes) -> None:
        if self._device is not None:
            self._outgoing += answers

    def _hang_up(self) -> None:
        """A printer that is switched off leaves the bus."""
        self._vanish()


class Kernel:
    """The kernel's own driver, usblp, as the owner of an interface."""


KERNEL = Kernel()


@dataclass(eq=False)
class Device:
    """A printer while it is on the bus."""

    printer: UsbPrinter
    address: int
    owner: "Kernel | Handle | None"
    configuration: int = 1

    @property
    def gone(self) -> bool:
        return self.printer.device is not self


@dataclass(eq=False)
class Handle:
    """A device that a program has opened."""

    device: Device
    closed: bool = False

    def there(self) -> Device:
        """The device; ENODEV where it has gone."""
        assert not self.closed, "a closed handle is used"
        if self.device.gone:
            raise fault(libusb1.LIBUSB_ERROR_NO_DEVICE)
        return self.device

    def owned(self) -> Device:
        """The device, whose interface this program has or can have; EBUSY where another has it."""
        device = self.there()
        if device.owner not in (None, self):
            raise fault(libusb1.LIBUSB_ERROR_BUSY)
        device.owner = self
        return device


class UsbBus(usb.backend.IBackend):
    """What pyusb calls a backend. `opened` counts the handles that nobody has closed."""

    __module__ = (
        "tests.support.libusb1"  # python-escpos frees a device from its driver for a backend so named only
    )

    def __init__(self, *printers: UsbPrinter) -> None:
        super().__init__()
        self.printers = printers
        self.opened = 0

    def enumerate_devices(self) -> Iterator[Device]:
        return iter([device for printer in self.printers if (device := printer.device)])

    def get_parent(self, dev: Device) -> None:
        return None

    def get_device_descriptor(self, dev: Device) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=_DEVICE_LENGTH,
            bDescriptorType=1,
            bcdUSB=0x0200,
            bDeviceClass=0,
            bDeviceSubClass=0,
            bDeviceProtocol=0,
            bMaxPacketSize0=64,
            idVendor=dev.printer.vendor,
            idProduct=dev.printer.product,
            bcdDevice=0x0100,
            iManufacturer=1,
            iProduct=2,
            iSerialNumber=3,
            bNumConfigurations=1,
            bus=1,
            address=dev.address,
            speed=3,
            port_number=1,
            port_numbers=(1,),
        )

    def get_configuration_descriptor(self, dev: Device, config: int) -> SimpleNamespace:
        if config != 0:
            raise fault(libusb1.LIBUSB_ERROR_NOT_FOUND)
        return SimpleNamespace(
            bLength=_CONFIGURATION_LENGTH,
            bDescriptorType=2,
            wTotalLength=_WHOLE_CONFIGURATION,
            bNumInterfaces=1,
            bConfigurationValue=1,
            iConfiguration=0,
            bmAttributes=0xC0,
            bMaxPower=1,
            extra_descriptors=[],
        )

    def get_interface_descriptor(self, dev: Device, intf: int, alt: int, config: int) -> SimpleNamespace:
        if intf != 0 or alt != 0:
            raise IndexError(f"no interface {intf}, {alt}")
        return SimpleNamespace(
            bLength=_INTERFACE_LENGTH,
            bDescriptorType=4,
            bInterfaceNumber=0,
            bAlternateSetting=0,
            bNumEndpoints=2,
            bInterfaceClass=_PRINTER,
            bInterfaceSubClass=_PRINTERS,
            bInterfaceProtocol=_BOTH_WAYS,
            iInterface=0,
            extra_descriptors=[],
        )

    def get_endpoint_descriptor(
        self, dev: Device, ep: int, intf: int, alt: int, config: int
    ) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=_ENDPOINT_LENGTH,
            bDescriptorType=5,
            bEndpointAddress=(OUT, IN)[ep],
            bmAttributes=_BULK,
            wMaxPacketSize=PACKET_BYTES,
            bInterval=0,
            bRefresh=0,
            bSynchAddress=0,
            extra_descriptors=[],
        )

    def open_device(self, dev: Device) -> Handle:
        if dev.gone:
            raise fault(libusb1.LIBUSB_ERROR_NO_DEVICE)
        if dev.printer.forbidden:
            raise fault(libusb1.LIBUSB_ERROR_ACCESS)
        self.opened += 1
        return Handle(dev)

    def close_device(self, dev_handle: Handle) -> None:
        assert not dev_handle.closed, "closed twice"
        dev_handle.closed = True
        self.opened -= 1
        if dev_handle.device.owner is dev_handle:
            dev_handle.device.owner = None

    def set_configuration(self, dev_handle: Handle, config_value: int) -> None:
        device = dev_handle.there()
        if config_value not in (0, 1):
            raise fault(libusb1.LIBUSB_ERROR_NOT_FOUND)
        if device.owner is not None:
            raise fault(libusb1.LIBUSB_ERROR_BUSY)
        device.configuration = config_value

    def get_configuration(self, dev_handle: Handle) -> int:
        return dev_handle.there().configuration

    def set_interface_altsetting(self, dev_handle: Handle, intf: int, altsetting: int) -> None:
        if dev_handle.there().owner is not dev_handle or intf != 0 or altsetting != 0:
            raise fault(libusb1.LIBUSB_ERROR_NOT_FOUND)

    def claim_interface(self, dev_handle: Handle, intf: int) -> None:
        if intf != 0:
            raise fault(libusb1.LIBUSB_ERROR_NOT_FOUND)
        dev_handle.owned()

    def release_interface(self, dev_handle: Handle, intf: int) -> None:
        device = dev_handle.there()
        if device.owner is not dev_handle:
            raise fault(libusb1.LIBUSB_ERROR_NOT_FOUND)
        device.owner = None

    def bulk_write(
        self, dev_handle: Handle, ep: int, intf: int, data: "array.array[int]", timeout: int
    ) -> int:
        if ep != OUT:
            raise fault(libusb1.LIBUSB_ERROR_NOT_FOUND)
        device = dev_handle.owned()
        taken = device.printer.take(device, data.tobytes(), timeout)
        if data and not taken:
            raise fault(libusb1.LIBUSB_ERROR_TIMEOUT)
        return taken

    def bulk_read(
        self, dev_handle: Handle, ep: int, intf: int, buff: "array.array[int]", timeout: int
    ) -> int:
        if ep != IN:
            raise fault(libusb1.LIBUSB_ERROR_NOT_FOUND)
        device = dev_handle.owned()
        given = device.printer.give(device, len(buff), timeout)
        if not given:
            raise fault(libusb1.LIBUSB_ERROR_TIMEOUT)
        buff[: len(given)] = array.array("B", given)
        return len(given)

    def ctrl_transfer(
        self,
        dev_handle: Handle,
        request_type: int,
        request: int,
        value: int,
        index: int,
        data: "array.array[int]",
        timeout: int,
    ) -> int:
        answer = _control(dev_handle.there().printer, request_type, request, value)[: len(data)]
        data[: len(answer)] = array.array("B", answer)
        return len(answer)

    def clear_halt(self, dev_handle: Handle, ep: int) -> None:
        dev_handle.there()

    def reset_device(self, dev_handle: Handle) -> None:
        dev_handle.there()

    def is_kernel_driver_active(self, dev_handle: Handle, intf: int) -> bool:
        return dev_handle.there().owner is KERNEL

    def detach_kernel_driver(self, dev_handle: Handle, intf: int) -> None:
        device = dev_handle.there()
        if device.owner is not KERNEL:
            raise fault(libusb1.LIBUSB_ERROR_NOT_FOUND)
        device.owner = None

    def attach_kernel_driver(self, dev_handle: Handle, intf: int) -> None:
        device = dev_handle.there()
        if device.owner is not None:
            raise fault(libusb1.LIBUSB_ERROR_BUSY)
        if not device.printer.has_kernel_driver:
            raise fault(libusb1.LIBUSB_ERROR_NOT_FOUND)
        device.owner = KERNEL


def fault(code: int) -> USBError:
    """The exception that pyusb's own backend makes of one of libusb's codes."""
    kind = USBTimeoutError if code == libusb1.LIBUSB_ERROR_TIMEOUT else USBError
    return kind(libusb1._str_error_map[code], code, libusb1._libusb_errno[code])


def _control(printer: UsbPrinter, kind: int, request: int, value: int) -> bytes:
    """String descriptors, and the two questions of the printer class; everything else is a stalled pipe."""
    match (kind, request):
        case (0x80, 6) if value == 0x0300:
            return struct.pack("<BBH", 4, 3, _ENGLISH)
        case (0x80, 6) if value >> 8 == 3 and 1 <= value & 0xFF <= 3:
            text = ("EPSON", "TM-T20II", printer.serial_number)[(value & 0xFF) - 1].encode("utf-16-le")
            return struct.pack("<BB", len(text) + 2, 3) + text
        case (0xA1, 0):
            text = b"MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;CLS:PRINTER;"
            return struct.pack(">H", len(text) + 2) + text
        case (0xA1, 1):
            return bytes((printer.port_status(),))
    raise fault(libusb1.LIBUSB_ERROR_PIPE)


def _seconds(timeout_ms: int) -> float | None:
    """libusb's 0 is for ever."""
    return timeout_ms / 1000 if timeout_ms else None
