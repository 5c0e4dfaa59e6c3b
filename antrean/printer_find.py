"""`antrean printer find`: the printers that are here, each with its address for the settings and how it is."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import assert_never

import usb.core  # type: ignore[import-untyped]

from antrean.printers import condition
from hardware.capabilities import model_named
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
from hardware.escpos.introduction import name_of
from hardware.job import PrinterState
from hardware.patience import OwnPatience
from hardware.profile import DEFAULT, Confirmation
from wording import Wording

_DEADLINES = Deadlines()
_INTRODUCTION_SECONDS = 0.5
_ASKED_PLAINLY = replace(DEFAULT, confirmation=Confirmation.STATUS)


def found_here(w: Wording) -> Iterator[str]:
    """A line for each printer that this machine has."""
    try:
        for place in find.usb_printers():
            yield line_of(place, w)
    except usb.core.NoBackendError:
        yield w.t("USB can't be searched: install libusb 1.0 (Debian's libusb-1.0-0).")
    for place in chain(find.serial_lines(), find.device_files(), find.queues()):
        yield line_of(place, w)


def found_in_network(hosts: Sequence[str], w: Wording) -> Iterator[str | None]:
    """For each host in turn a line for its printer, or None."""
    for place in find.network_printers(hosts):
        yield None if place is None else line_of(place, w)


def line_of(place: Place, w: Wording) -> str:
    """Its address, what it is, how it is, and the profile for its settings where its model is on the list."""
    name, standing = (place.name, _locked(place, w)) if place.locked else _met(place, w)
    model = model_named(name)
    profile = f'profile = "{model}"' if model else ""
    return "  ".join(part for part in (str(place.address), name, standing, profile) if part)


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


def _met(place: Place, w: Wording) -> tuple[str, str]:
    """What it is, and how."""
    if isinstance(place.address, SerialAddress):
        return place.name, w.t("a serial line; add the speed that its printer is set to")
    if place.held:
        return place.name, w.t("the kernel's driver usblp has it, until Antrean uses it by this address")
    way = connection_to(place.address)
    try:
        if isinstance(way, Spooled):
            return place.name, condition(way.state(_DEADLINES.answer), w)
        state, name = _asked(way)
    except NoAnswer:
        return place.name, w.t("reached, but it does not say how it is")
    except ConnectionLost as error:
        return place.name, w.t("can't be used: {reason}", reason=str(error))
    return name or place.name, condition(state, w)


def _asked(way: Connection) -> tuple[PrinterState, str | None]:
    """How it is, and what it says that it is. What does not answer the first is asked no more: other printers listen
    on the same port, and would print the question.
    """
    talk = Dialogue(way, _ASKED_PLAINLY, _DEADLINES, OwnPatience(), lambda _: None)
    try:
        talk.open()
        state = talk.look().state
        return state, name_of(way, _INTRODUCTION_SECONDS) if state.can_print else None
    finally:
        talk.close()
