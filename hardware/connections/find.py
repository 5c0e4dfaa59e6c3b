"""What printers there are: plugged in here, known to CUPS, and, where it is asked for, in the network.

Nothing is printed. A serial line is named and not spoken to: nobody knows what else stands at its end.
"""

import errno
import ipaddress
import os
import socket
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import usb.core  # type: ignore[import-untyped]
from serial.tools import list_ports  # type: ignore[import-untyped]
from usb.core import USBError

from hardware.connections.address import (
    PRINT_PORT,
    Address,
    DeviceFileAddress,
    NetworkAddress,
    SerialAddress,
    SpoolerAddress,
    UsbAddress,
)
from hardware.connections.usb import printer_interfaces, serial_number

_LPSTAT_SECONDS = 5.0
_CONNECT_SECONDS = 0.5
_AT_ONCE = 32
_SOMEWHERE_ELSE = ("192.0.2.1", 9)  # of RFC 5737; nothing is sent there


@dataclass(frozen=True, slots=True)
class Place:
    """Where a printer is, or could be. `name` is what it, or the system, says that it is; it may be empty.

    Where it is `locked`, this user has no right to use it; where it is `held`, the kernel's driver (usblp) has it, from
    which asking it would take it away.
    """

    address: Address
    name: str = ""
    locked: bool = False
    held: bool = False


def usb_printers(backend: object = None) -> Iterator[Place]:
    """What calls itself a printer on USB; usb.core.NoBackendError where libusb 1.0 is not installed."""
    found = usb.core.find(find_all=True, custom_match=_prints, backend=backend)
    for device in found:
        try:
            held = _is_held(device)
            name = f"{device.manufacturer or ''} {device.product or ''}".strip()
            place = Place(
                UsbAddress(device.idVendor, device.idProduct, serial_number(device)), name, held=held
            )
        except (USBError, ValueError) as error:  # pyusb's word for a device that tells no text is ValueError
            locked = isinstance(error, USBError) and error.errno == errno.EACCES
            place = Place(UsbAddress(device.idVendor, device.idProduct), locked=locked)
        usb.util.dispose_resources(device)
        yield place


def serial_lines() -> Iterator[Place]:
    """Every serial line of this machine; the speed of a printer at its end is not known."""
    for port in sorted(list_ports.comports()):
        name = "" if port.description in (None, "n/a") else port.description
        yield Place(SerialAddress(port.device), name, not _may_use(Path(port.device)))


def device_files(folder: Path = Path("/dev/usb")) -> Iterator[Place]:
    """Printers that the kernel's driver (usblp) shows as files; the same may be on USB above."""
    for path in sorted(folder.glob("lp*")):
        yield Place(DeviceFileAddress(str(path)), locked=not _may_use(path))


def queues() -> Iterator[Place]:
    """The queues of CUPS; none where it is not installed or does not run."""
    try:
        told = subprocess.run(
            ("lpstat", "-e"), capture_output=True, text=True, timeout=_LPSTAT_SECONDS, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return
    for queue in told.split():
        yield Place(SpoolerAddress(queue))


def neighbours() -> Sequence[str]:
    """The addresses of this machine's own network, as of 254 machines; none where it has no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(_SOMEWHERE_ELSE)
        except OSError:
            return ()
        own = asked.getsockname()[0]
    network = ipaddress.ip_network(f"{own}/24", strict=False)
    return [str(host) for host in network.hosts() if str(host) != own]


def network_printers(hosts: Sequence[str], port: int = PRINT_PORT) -> Iterator[Place | None]:
    """For each host, in turn: where something listens at the port for print data, or None."""
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="find") as pool:
        for host, listens in zip(hosts, pool.map(lambda each: _listens(each, port), hosts), strict=True):
            yield Place(NetworkAddress(host, port)) if listens else None


def _prints(device: Any) -> bool:
    return next(iter(printer_interfaces(device)), None) is not None


def _is_held(device: Any) -> bool:
    try:
        return any(
            device.is_kernel_driver_active(each.bInterfaceNumber) for each in printer_interfaces(device)
        )
    except NotImplementedError:  # on Windows no driver of the kernel is in the way
        return False


def _may_use(path: Path) -> bool:
    """A line that is no file, as Windows' COM3, is everybody's."""
    return not path.exists() or os.access(path, os.R_OK | os.W_OK)


def _listens(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), _CONNECT_SECONDS).close()
    except OSError:
        return False
    return True
