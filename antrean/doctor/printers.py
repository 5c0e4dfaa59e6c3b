"""Whether a program can use the printers of its settings: what each needs of the machine, and whether it is reached.

Nothing is printed.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import assert_never

from usb.core import NoBackendError  # type: ignore[import-untyped]

from antrean.doctor.devices import LINES_GROUP, PRINTERS_GROUP, Machine, denied, given_by_rule
from antrean.doctor.finding import Finding, Standing, fine, unknown, wrong
from antrean.printers import IN_USE, condition, let_use_usb, remedy, system_error, what_to_do
from hardware.capabilities import profile_of
from hardware.connection import Connection, ConnectionLost, Spooled
from hardware.connections import connection_to, find
from hardware.connections.address import (
    Address,
    DeviceFileAddress,
    NetworkAddress,
    PlainFileAddress,
    SerialAddress,
    SpoolerAddress,
    UsbAddress,
    address_from,
)
from hardware.connections.usb import UsbConnection
from hardware.layout.blocks import LayoutError
from hardware.layout.shipped import check_layouts
from hardware.settings import DeviceSettingError, PrinterSettings
from wording import Wording

ANSWER_SECONDS = 3.0
USBLPS_FILES = "/dev/usb/"


def examined(
    printers: tuple[PrinterSettings, ...], w: Wording, machine: Machine | None = None
) -> Iterator[Finding]:
    """Each printer: its settings, what it needs of this machine, and whether it can be reached from here."""
    here = machine or Machine()
    for printer in printers:
        try:
            profile_of(printer)
            address = address_from(printer.address)
        except DeviceSettingError as error:
            detail = f" ({error.detail})" if error.detail else ""
            yield wrong(f"{w.t(error.what)}: {error.where}", w.t(error.todo) + detail)
            continue
        needed = list(_needed(address, here, w))
        yield from needed
        if not any(each.standing is Standing.WRONG for each in needed):
            yield _reached(address, here, w)


def layouts(folder: Path, w: Wording) -> Finding:
    """Whether every layout in the outlet's own folder can be printed with."""
    try:
        check_layouts(folder)
    except LayoutError as error:
        detail = f" ({error.detail})" if error.detail else ""
        return wrong(f"{w.t(error.what)}: {error.where}", w.t(error.todo) + detail)
    return fine(w.t("The outlet's own layouts are in order"))


def _needed(address: Address, machine: Machine, w: Wording) -> Iterator[Finding]:
    match address:
        case UsbAddress():
            yield from _usb(address, machine, w)
        case DeviceFileAddress(path):
            yield from _device_file(path, machine, w)
        case SerialAddress(device):
            if found := denied(machine.file(device), LINES_GROUP, machine.user, w):
                yield found
        case SpoolerAddress():
            yield from _queue(address, w)
        case NetworkAddress() | PlainFileAddress():
            return
        case _:
            assert_never(address)


def _usb(address: UsbAddress, machine: Machine, w: Wording) -> Iterator[Finding]:
    """A printer that does not call itself one is left to the attempt to reach it."""
    try:
        every = list(find.usb_printers(machine.usb))
    except NoBackendError:
        yield wrong(w.t("The library libusb 1.0 is missing"), w.t("Install libusb: apt install libusb-1.0-0"))
        return
    alike = [place for place in every if _is_model(place.address, address)]
    if any(place.locked for place in alike):
        todo = given_by_rule(PRINTERS_GROUP, w)
        if PRINTERS_GROUP not in machine.user.groups:
            todo = let_use_usb(w)
        yield wrong(w.t("{user} may not use {address}", user=machine.user.name, address=str(address)), todo)
    elif any(place.held for place in alike):
        yield fine(w.t("{address}: usblp has it, until it is used by this address", address=str(address)))


def _is_model(place: Address, wanted: UsbAddress) -> bool:
    return isinstance(place, UsbAddress) and (place.vendor, place.product) == (wanted.vendor, wanted.product)


def _device_file(path: str, machine: Machine, w: Wording) -> Iterator[Finding]:
    if path.startswith(USBLPS_FILES) and not machine.file("/sys/module/usblp").exists():
        todo = w.t(
            "Load it: modprobe usblp; and take `blacklist usblp` out of /etc/modprobe.d. Or use usb://."
        )
        yield wrong(
            w.t("The kernel's driver usblp is not loaded: without it there is no {file}", file=path), todo
        )
    elif found := denied(machine.file(path), PRINTERS_GROUP, machine.user, w):
        yield found


def _queue(address: SpoolerAddress, w: Wording) -> Iterator[Finding]:
    """Where CUPS does not answer, the attempt to reach the queue tells more."""
    queues = [place.address for place in find.queues()]
    if queues and address not in queues:
        todo = w.t(
            "Write one of those, or make it: lpadmin -p {queue} -v URI -E; lpinfo -v shows the URIs of printers.",
            queue=address.queue,
        )
        there = ", ".join(map(str, queues))
        yield wrong(
            w.t("CUPS has no queue {queue}; it has {queues}", queue=address.queue, queues=there), todo
        )


def _reached(address: Address, machine: Machine, w: Wording) -> Finding:
    way: Connection | Spooled
    way = UsbConnection(address, machine.usb) if isinstance(address, UsbAddress) else connection_to(address)
    try:
        if isinstance(way, Spooled):
            state = way.state(ANSWER_SECONDS)
            if not state.can_print:
                return wrong(f"{address}: {condition(state, w)}", what_to_do(state, w))
        else:
            way.open(ANSWER_SECONDS)
            way.close()
    except ConnectionLost as lost:
        if system_error(lost) in IN_USE:
            todo = w.t("That is right if it is this one, at work. Else stop the other.")
            return unknown(w.t("A program has {address}", address=str(address)), todo)
        return wrong(str(lost), remedy(address, lost, w))
    return fine(w.t("{address} can be used", address=str(address)))
