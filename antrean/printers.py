"""What keeps a printer from being reached, in the operator's language."""

import errno
from typing import assert_never

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
from wording import Wording


def remedy(address: Address, lost: ConnectionLost, w: Wording) -> str:
    """What to do about a printer that was not reached."""
    match address, _number(lost):
        case UsbAddress(), errno.EACCES:
            return w.t(
                "Put packaging/70-antrean-printers.rules into /etc/udev/rules.d, add the user to the group lp"
                " (adduser USER lp), sign in anew and plug the printer in again."
            )
        case DeviceFileAddress(), errno.EACCES:
            return w.t("Add the user to the group lp (adduser USER lp) and sign in anew.")
        case SerialAddress(), errno.EACCES:
            return w.t("Add the user to the group dialout (adduser USER dialout) and sign in anew.")
        case ((UsbAddress() | DeviceFileAddress() | SerialAddress()), (errno.EBUSY | errno.EAGAIN)):
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


def _number(lost: ConnectionLost) -> int | None:
    """The system's number for why, where it has one."""
    return lost.__cause__.errno if isinstance(lost.__cause__, OSError) else None
