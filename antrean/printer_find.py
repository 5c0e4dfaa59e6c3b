"""`antrean printer find`: the printers that are here, each with its address for the settings and how it is."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import assert_never

import usb.core  # type: ignore[import-untyped]

from antrean.printers import condition
from hardware.connection import Connection, ConnectionLost, Spooled
from hardware.connections import connection_to, find
from hardware.connections.address import (
    DeviceFileAddress,
    NetworkAddress,
    PlainFileAddress,
    SerialAddress,
    SpoolerAddress,
    UsbAddress,
)
from hardware.connections.find import Place
from hardware.conversation import Deadlines, NoAnswer
from hardware.escpos.dialogue import Dialogue
from hardware.job import PrinterState
from hardware.patience import OwnPatience
from hardware.profile import DEFAULT, Confirmation
from wording import Wording

_DEADLINES = Deadlines()
_ASKED_PLAINLY = replace(DEFAULT, confirmation=Confirmation.STATUS)


def found_here(w: Wording) -> Iterator[str]:
    """A line for each printer that this machine has."""
    try:
        for place in find.usb_printers():
            yield _line(place, w)
    except usb.core.NoBackendError:
        yield w.t("USB can't be searched: install libusb 1.0 (Debian's libusb-1.0-0).")
    for place in chain(find.serial_lines(), find.device_files(), find.queues()):
        yield _line(place, w)


def found_in_network(hosts: Sequence[str], w: Wording) -> Iterator[str | None]:
    """For each host in turn a line for its printer, or None."""
    for place in find.network_printers(hosts):
        yield None if place is None else _line(place, w)


def _line(place: Place, w: Wording) -> str:
    name = f"{place.name}  " if place.name else ""
    return f"{place.address}  {name}{_locked(place, w) if place.locked else _standing(place, w)}"


def _locked(place: Place, w: Wording) -> str:
    match place.address:
        case UsbAddress() | DeviceFileAddress():
            return w.t("no right to use it: install packaging/70-antrean-printers.rules, join the group lp")
        case SerialAddress():
            return w.t("no right to use it: join the group dialout")
        case NetworkAddress() | SpoolerAddress() | PlainFileAddress():
            return w.t("no right to use it")
        case _:
            assert_never(place.address)


def _standing(place: Place, w: Wording) -> str:
    if isinstance(place.address, SerialAddress):
        return w.t("a serial line; add the speed that its printer is set to")
    if place.held:
        return w.t("the kernel's driver usblp has it, until Antrean uses it by this address")
    way = connection_to(place.address)
    try:
        state = way.state(_DEADLINES.answer) if isinstance(way, Spooled) else _state(way)
    except NoAnswer:
        return w.t("reached, but it does not say how it is")
    except ConnectionLost as error:
        return w.t("can't be used: {reason}", reason=str(error))
    return condition(state, w)


def _state(way: Connection) -> PrinterState:
    talk = Dialogue(way, _ASKED_PLAINLY, _DEADLINES, OwnPatience(), lambda _: None)
    try:
        talk.open()
        return talk.look().state
    finally:
        talk.close()
