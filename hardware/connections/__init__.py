"""Ways to printers, one module each, all under one contract (tests/hardware/connections); and what is found here.

python-escpos finds and opens where that leaves nothing behind; reading, writing and their deadlines are ours.
"""

from typing import assert_never

from hardware.connection import Connection, Spooled
from hardware.connections.address import (
    Address,
    DeviceFileAddress,
    NetworkAddress,
    PlainFileAddress,
    SerialAddress,
    SpoolerAddress,
    UsbAddress,
)
from hardware.connections.device_file import DeviceFileConnection
from hardware.connections.network import NetworkConnection
from hardware.connections.plain_file import PlainFileConnection
from hardware.connections.serial import SerialConnection
from hardware.connections.spooler import SpoolerQueue
from hardware.connections.usb import UsbConnection

__all__ = ["connection_to"]


def connection_to(address: Address) -> Connection | Spooled:
    """The way to what an address names; nothing is opened yet."""
    match address:
        case NetworkAddress(host, port):
            return NetworkConnection(host, port)
        case UsbAddress():
            return UsbConnection(address)
        case SerialAddress():
            return SerialConnection(address)
        case SpoolerAddress():
            return SpoolerQueue(address)
        case DeviceFileAddress():
            return DeviceFileConnection(address)
        case PlainFileAddress():
            return PlainFileConnection(address)
        case _:
            assert_never(address)
