"""A printer on a USB cable, found and opened through python-escpos, read and written through pyusb with time limits.

python-escpos resets a device that it opens, by which a printer forgets its page, and goes on where it could not have
it: here the printer's own interface is taken from the kernel's driver (usblp), claimed, and given back at the end.
"""

import contextlib
import math
import time
from collections.abc import Iterator
from typing import Any

import usb.core  # type: ignore[import-untyped]
import usb.util  # type: ignore[import-untyped]
from usb.core import USBError, USBTimeoutError

from hardware.connection import ConnectionLost
from hardware.connections.address import UsbAddress
from hardware.escpos.library import DeviceNotFoundError, Usb

PRINTER_CLASS = 7
_PAUSE_SECONDS = 0.01


class UsbConnection:
    """The printer with these USB ids, wherever it is plugged in; see `hardware.connection.Connection`.

    `backend` is pyusb's, None for the system's own (libusb 1.0).
    """

    def __init__(self, address: UsbAddress, backend: object = None) -> None:
        self._address = address
        self._backend = backend
        self._usb: _CalmUsb | None = None

    @property
    def description(self) -> str:
        return str(self._address)

    def open(self, within_seconds: float) -> None:
        self.close()
        end = time.monotonic() + within_seconds
        printer = _CalmUsb(self._address, self._backend, end)
        try:
            printer.open()
        except DeviceNotFoundError as error:
            why = error.__context__
            raise ConnectionLost(f"{self.description}: {_told(why)}") from why
        except usb.core.NoBackendError as error:
            raise ConnectionLost(f"{self.description}: the library libusb 1.0 is not installed") from error
        self._usb = printer

    def write(self, data: bytes, within_seconds: float) -> None:
        end = time.monotonic() + within_seconds
        printer = self._opened()
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[printer.send(bytes(rest), end - time.monotonic()) :]
            except USBError as error:
                if not isinstance(error, USBTimeoutError) or time.monotonic() >= end:
                    raise ConnectionLost(f"{self.description}: {_told(error)}") from error

    def read(self, within_seconds: float) -> bytes:
        end = time.monotonic() + within_seconds
        printer = self._opened()
        while True:
            try:
                data = printer.receive(end - time.monotonic())
            except USBTimeoutError:
                return b""
            except USBError as error:
                raise ConnectionLost(f"{self.description}: {_told(error)}") from error
            left = end - time.monotonic()
            if data or left <= 0:
                return data
            time.sleep(
                min(left, _PAUSE_SECONDS)
            )  # some printers answer with an empty packet that they have nothing

    def close(self) -> None:
        if self._usb is not None:
            self._usb.close()
            self._usb = None

    def _opened(self) -> "_CalmUsb":
        if self._usb is None:
            raise ConnectionLost(f"{self.description}: not connected")
        return self._usb


def printer_interfaces(device: usb.core.Device) -> Iterator[usb.core.Interface]:
    """Those of a device by which it prints; with all their settings."""
    for configuration in device:
        yield from usb.util.find_descriptor(configuration, find_all=True, bInterfaceClass=PRINTER_CLASS)


class _CalmUsb(Usb):  # type: ignore[misc]
    """Opens a printer without a reset, and leaves nothing open or taken where that fails."""

    _device: usb.core.Device | bool | None

    def __init__(self, address: UsbAddress, backend: object, end: float) -> None:
        wanted = {"idVendor": address.vendor, "idProduct": address.product}
        super().__init__(usb_args={**wanted, "custom_match": self._is_it, "backend": backend})
        self._serial_number = address.serial_number
        self._end = end
        self._taken = False
        """The kernel's driver had it before."""
        self._out: usb.core.Endpoint | None = None
        self._in: usb.core.Endpoint | None = None

    @property
    def device(self) -> Any:
        return super().device

    @device.setter
    def device(self, device: usb.core.Device | None) -> None:
        if device is None and isinstance(self._device, usb.core.Device):
            self._give_back(self._device)
            usb.util.dispose_resources(self._device)
        self._device = device

    def close(self) -> None:
        if isinstance(self._device, usb.core.Device):
            self._give_back(self._device)
        super().close()

    def send(self, data: bytes, within_seconds: float) -> int:
        """How many bytes the printer has taken."""
        assert self._out is not None
        return int(self._out.write(data, _milliseconds(within_seconds)))

    def receive(self, within_seconds: float) -> bytes:
        """One packet; of a printer that only listens, nothing."""
        if self._in is None:
            raise USBTimeoutError("the printer has no way to answer")
        return bytes(self._in.read(self._in.wMaxPacketSize, _milliseconds(within_seconds)))

    def _is_it(self, device: usb.core.Device) -> bool:
        if self._serial_number is None:
            return True
        device.default_timeout = _milliseconds(self._end - time.monotonic())
        number = serial_number(device)
        usb.util.dispose_resources(device)
        return number == self._serial_number

    def _check_driver(self) -> None:
        """python-escpos calls this first: take the printer's interface from the kernel's driver."""
        device = self.device
        device.default_timeout = _milliseconds(self._end - time.monotonic())
        self._interface = _best_interface(device)
        number = self._interface.bInterfaceNumber
        try:
            if device.is_kernel_driver_active(number):
                device.detach_kernel_driver(number)
                self._taken = True
        except NotImplementedError:  # on Windows no driver of the kernel is in the way
            pass

    def _give_back(self, device: usb.core.Device) -> None:
        """Have the kernel's driver take it again, so that it is a file once more (/dev/usb/lp0)."""
        if not self._taken:
            return
        self._taken = False
        with contextlib.suppress(USBError):  # it was pulled out, or the driver is not loaded any more
            usb.util.release_interface(device, self._interface)
            device.attach_kernel_driver(self._interface.bInterfaceNumber)

    def _configure_usb(self) -> None:
        """And then this: have the interface for this program alone."""
        device, interface = self.device, self._interface
        usb.util.claim_interface(device, interface)
        if interface.bAlternateSetting:
            interface.set_altsetting()
        self._out, self._in = _way(interface, usb.util.ENDPOINT_OUT), _way(interface, usb.util.ENDPOINT_IN)


def serial_number(device: usb.core.Device) -> str | None:
    """None where the device has none, or does not tell."""
    try:
        return str(device.serial_number) if device.serial_number else None
    except (USBError, ValueError):  # pyusb's word for a device that tells no text at all is ValueError
        return None


def _best_interface(device: usb.core.Device) -> usb.core.Interface:
    """That by which it prints, and answers if it can. Raises USBError where it has none."""
    every = [interface for configuration in device for interface in configuration]
    prints = [each for each in every if _way(each, usb.util.ENDPOINT_OUT) is not None]
    if not prints:
        raise USBError("it is no printer")
    return max(
        prints,
        key=lambda each: (
            each.bInterfaceClass == PRINTER_CLASS,
            _way(each, usb.util.ENDPOINT_IN) is not None,
        ),
    )


def _way(interface: usb.core.Interface, direction: int) -> usb.core.Endpoint | None:
    """The interface's bulk endpoint in one direction."""

    def is_it(endpoint: usb.core.Endpoint) -> bool:
        kind = usb.util.endpoint_type(endpoint.bmAttributes)
        towards = usb.util.endpoint_direction(endpoint.bEndpointAddress)
        return bool(kind == usb.util.ENDPOINT_TYPE_BULK and towards == direction)

    return usb.util.find_descriptor(interface, custom_match=is_it)


def _told(why: BaseException | None) -> str:
    """python-escpos' assertion for a printer that is not there is a list of its own arguments."""
    return "not plugged in, or switched off" if isinstance(why, AssertionError) else str(why)


def _milliseconds(seconds: float) -> int:
    """As libusb counts, for whom 0 is for ever."""
    return max(1, math.ceil(seconds * 1000))
