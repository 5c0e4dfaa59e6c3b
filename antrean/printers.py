"""How a printer is, what keeps it from being reached, and what to do about either, in the operator's language."""

import errno
from typing import assert_never

from usb.core import NoBackendError  # type: ignore[import-untyped]

from broker.domain import values
from counter.device_words import NEEDS, PRINTERS
from hardware.connection import ConnectionLost
from hardware.connections.address import (
    Address,
    DeviceFileAddress,
    NetworkAddress,
    PlainFileAddress,
    SerialAddress,
    SpoolerAddress,
    UsbAddress,
)
from hardware.job import PrinterState
from wording import Wording

IN_USE = (errno.EBUSY, errno.EAGAIN)
"""The system's numbers for a device that another program has."""


def condition(state: PrinterState, w: Wording) -> str:
    """How a printer is; the words are those of the counters."""
    match state:
        case PrinterState.SILENT:
            return w.t("Printer does not answer")
        case PrinterState.PAPER_UNCHECKED:
            return w.t(NEEDS[values.PrinterNeed.READ_STRIP])
        case _:
            return w.t(PRINTERS[values.PrinterState(state.value)])


def what_to_do(state: PrinterState, w: Wording) -> str:
    """What brings a printer to print again; empty where it can."""
    match state:
        case PrinterState.READY | PrinterState.PAPER_LOW:
            return ""
        case PrinterState.PAPER_UNCHECKED:
            return w.t("Say on the kiosk's screen whether the strip can be read.")
        case PrinterState.PAPER_OUT:
            return w.t("Put in a new roll and close the cover.")
        case PrinterState.COVER_OPEN:
            return w.t("Close the printer's cover.")
        case PrinterState.CUTTER_ERROR:
            return w.t("Switch the printer off, take out the paper that is stuck, and switch it on.")
        case PrinterState.OVERHEATED:
            return w.t("Let it cool down: it then goes on by itself.")
        case PrinterState.FAULT:
            return w.t("Switch the printer off and on. If that does not help, it has to be repaired.")
        case PrinterState.OFFLINE:
            return w.t("Put the printer on line with its own button; a queue of CUPS with cupsenable.")
        case PrinterState.SILENT:
            return w.t(
                "Switch the printer off and on. A model that can't answer needs confirmation = “none”."
            )
        case PrinterState.UNREACHABLE | PrinterState.UNKNOWN:
            return w.t("Look at power and cable, and that no other program uses the printer.")
        case _:
            assert_never(state)


def remedy(address: Address, lost: ConnectionLost, w: Wording) -> str:
    """What to do about a printer that was not reached."""
    if isinstance(lost.__cause__, NoBackendError):
        return w.t("Install libusb: apt install libusb-1.0-0")
    match address, system_error(lost):
        case UsbAddress(), errno.EACCES:
            return let_use_usb(w)
        case DeviceFileAddress(), errno.EACCES:
            return w.t("Add the user to the group lp (adduser USER lp) and sign in anew.")
        case SerialAddress(), errno.EACCES:
            return w.t("Add the user to the group dialout (adduser USER dialout) and sign in anew.")
        case ((UsbAddress() | DeviceFileAddress() | SerialAddress()), number) if number in IN_USE:
            return w.t("Another program has it: stop that first. Use a printer by one address only.")
        case NetworkAddress(), _:
            return w.t(
                "Look at the printer's cable and address. One program at a time can use it: stop others."
            )
        case ((UsbAddress() | DeviceFileAddress() | SerialAddress()), _):
            return w.t(
                "Look at power and cable, and at the address: `antrean printer find` shows what is there."
            )
        case SpoolerAddress(), errno.ENOENT:
            return w.t("Install the programs of CUPS: apt install cups-client")
        case SpoolerAddress(), _:
            return w.t("`lpstat -e` lists the queues of this machine, `lpstat -p` how they are.")
        case PlainFileAddress(), _:
            return w.t("Name a file in a folder that exists and that you may write to.")
        case _:
            assert_never(address)


def let_use_usb(w: Wording) -> str:
    """What lets a user use printers on USB."""
    return w.t(
        "Put packaging/70-antrean-printers.rules into /etc/udev/rules.d, add the user to the group lp"
        " (adduser USER lp), sign in anew and plug the printer in again."
    )


def system_error(lost: ConnectionLost) -> int | None:
    """The system's number (errno) for why, where it has one."""
    return lost.__cause__.errno if isinstance(lost.__cause__, OSError) else None
