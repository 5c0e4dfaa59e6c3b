"""Addresses of printers: what each names, and what is said of those that name none."""

import pytest

from hardware.connections.address import (
    Address,
    DeviceFileAddress,
    Flow,
    NetworkAddress,
    PlainFileAddress,
    SerialAddress,
    SpoolerAddress,
    UsbAddress,
    address_from,
)
from hardware.settings import DeviceSettingError


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("tcp://192.168.7.20", NetworkAddress("192.168.7.20", 9100)),
        ("tcp://[fe80::1]:9101", NetworkAddress("fe80::1", 9101)),
        ("tcp://[::1]", NetworkAddress("::1", 9100)),
        ("tcp://[fe80::1%eth0]:9100", NetworkAddress("fe80::1%eth0", 9100)),
        ("usb://04b8:0e15", UsbAddress(0x04B8, 0x0E15)),
        ("usb://04b8:0e15/J5TF000042", UsbAddress(0x04B8, 0x0E15, "J5TF000042")),
        ("serial:///dev/ttyUSB0?baud=38400&flow=rts", SerialAddress("/dev/ttyUSB0", 38400, Flow.RTS)),
        ("serial://COM3", SerialAddress("COM3")),
        ("cups://front", SpoolerAddress("front")),
        ("file:///dev/usb/lp0", DeviceFileAddress("/dev/usb/lp0")),
        ("file:///srv/pages.bin", PlainFileAddress("/srv/pages.bin")),
    ],
)
def test_an_address_names_a_printer_and_is_written_so_again(text: str, address: Address) -> None:
    assert address_from(text) == address
    assert address_from(str(address)) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "192.168.7.20",
        "tcp://",
        "tcp://host:ninety",
        "tcp://host/path",
        "usb://04b8",
        "usb://4b8:e15",
        "usb://wxyz:0e15",
        "serial://",
        "serial:///dev/ttyUSB0?baud=fast",
        "serial:///dev/ttyUSB0?parity=odd",
        "cups://",
        "file://",
        "lpt1",
    ],
)
def test_what_is_no_address_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(DeviceSettingError) as refused:
        address_from(text)
    assert refused.value.where == text
    assert "://" in refused.value.todo
