"""Addresses of printers as they stand in settings, and what each names. Nothing is opened here."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from hardware.settings import DeviceSettingError
from wording import N_

PRINT_PORT = 9100
_DEVICES = PurePosixPath("/dev")
_USB_IDS = re.compile(r"([0-9a-fA-F]{4}):([0-9a-fA-F]{4})")
_BAUD_RATES = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)


class Flow(StrEnum):
    """How a printer on a serial line says that it can take no more for now."""

    NONE = "none"
    RTS = "rts"
    """By the wire that ends at the computer's CTS, to which cables for printers lead the printer's DTR."""
    XON = "xon"
    """By the characters XOFF and XON."""


@dataclass(frozen=True, slots=True)
class NetworkAddress:
    host: str
    port: int = PRINT_PORT

    def __str__(self) -> str:
        return f"tcp://[{self.host}]:{self.port}" if ":" in self.host else f"tcp://{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class UsbAddress:
    """A model of printer by its USB ids; one of several alike by its serial number."""

    vendor: int
    product: int
    serial_number: str | None = None

    def __str__(self) -> str:
        ids = f"usb://{self.vendor:04x}:{self.product:04x}"
        return ids if self.serial_number is None else f"{ids}/{self.serial_number}"


@dataclass(frozen=True, slots=True)
class SerialAddress:
    """`device` as the system names it: /dev/ttyUSB0, or COM3."""

    device: str
    baud: int = 9600
    flow: Flow = Flow.NONE

    def __str__(self) -> str:
        flow = "" if self.flow is Flow.NONE else f"&flow={self.flow}"
        return f"serial://{self.device}?baud={self.baud}{flow}"


@dataclass(frozen=True, slots=True)
class SpoolerAddress:
    """A queue of CUPS on this machine."""

    queue: str

    def __str__(self) -> str:
        return f"cups://{self.queue}"


@dataclass(frozen=True, slots=True)
class DeviceFileAddress:
    """A device that the kernel shows as a file: /dev/usb/lp0."""

    path: str

    def __str__(self) -> str:
        return f"file://{self.path}"


@dataclass(frozen=True, slots=True)
class PlainFileAddress:
    """A file on a disk, which collects the pages."""

    path: str

    def __str__(self) -> str:
        return f"file://{self.path}"


Address = NetworkAddress | UsbAddress | SerialAddress | SpoolerAddress | DeviceFileAddress | PlainFileAddress


def address_from(text: str) -> Address:
    """What an address names. Raises DeviceSettingError, which says how to write it."""
    try:
        parts = urlsplit(text)
        port = parts.port if parts.scheme == "tcp" else None
    except ValueError:
        raise _refused(text) from None
    match parts.scheme:
        case "tcp" if parts.hostname and _is_bare(parts):
            return NetworkAddress(parts.hostname, PRINT_PORT if port is None else port)
        case "usb":
            return _usb(text, parts)
        case "serial":
            return _serial(text, parts)
        case "cups" if parts.netloc and _is_bare(parts):
            return SpoolerAddress(unquote(parts.netloc))
        case "file" if not parts.netloc and len(parts.path) > 1:
            path = unquote(parts.path)
            if _DEVICES in PurePosixPath(path).parents:
                return DeviceFileAddress(path)
            return PlainFileAddress(path)
        case _:
            raise _refused(text)


def _usb(text: str, parts: SplitResult) -> UsbAddress:
    ids = _USB_IDS.fullmatch(parts.netloc)
    if ids is None or parts.query:
        todo = N_(
            "Write the four digits of the maker and of the product, as lsusb shows them: usb://04b8:0e15. Of several"
            " alike, add the serial number: usb://04b8:0e15/J5TF000042."
        )
        raise DeviceSettingError(N_("This is no USB printer's address"), text, todo)
    return UsbAddress(int(ids[1], 16), int(ids[2], 16), unquote(parts.path.removeprefix("/")) or None)


def _serial(text: str, parts: SplitResult) -> SerialAddress:
    told = dict(parse_qsl(parts.query, keep_blank_values=True))
    baud, flow = told.pop("baud", "9600"), told.pop("flow", Flow.NONE.value)
    device = unquote(parts.netloc + parts.path)
    if not device or told or flow not in list(Flow) or baud not in map(str, _BAUD_RATES):
        todo = N_(
            "Write it like serial:///dev/ttyUSB0?baud=38400&flow=rts, with the speed that the printer is set to (1200"
            " to 115200) and flow none, rts or xon."
        )
        raise DeviceSettingError(N_("This is no serial printer's address"), text, todo)
    return SerialAddress(device, int(baud), Flow(flow))


def _is_bare(parts: SplitResult) -> bool:
    return not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)


def _refused(text: str) -> DeviceSettingError:
    todo = N_(
        "Write it like tcp://192.168.7.20:9100, usb://04b8:0e15, serial:///dev/ttyUSB0?baud=38400, cups://front or"
        " file:///dev/usb/lp0; `antrean printer find` shows what is there."
    )
    return DeviceSettingError(N_("This is no printer's address"), text, todo)
