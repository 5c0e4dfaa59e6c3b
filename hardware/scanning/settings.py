"""What a settings file may say of a scanner."""

from typing import Annotated

from msgspec import Meta, Struct

from hardware.connections.address import SerialAddress, address_from
from hardware.settings import DeviceSettingError
from wording import N_


class ScannerSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """The scanner, if it is not one that types like a keyboard and adds nothing to what it reads."""

    address: Annotated[
        str,
        Meta(
            description="Where it is, on a serial line or as a serial port over USB:"
            " `serial:///dev/ttyACM0?baud=9600`. Empty: it types like a keyboard."
        ),
    ] = ""
    prefix: Annotated[
        str, Meta(max_length=20, description="What it is set to put before each code; it is taken off.")
    ] = ""
    suffix: Annotated[
        str,
        Meta(
            max_length=20,
            description="What it is set to put behind each code, but for Enter; it is taken off.",
        ),
    ] = ""


def line_of(settings: ScannerSettings) -> SerialAddress | None:
    """The line that the scanner is on; None: it has none. Raises DeviceSettingError for what names no line."""
    if not settings.address:
        return None
    address = address_from(settings.address) if settings.address.startswith("serial:") else None
    if not isinstance(address, SerialAddress):
        raise DeviceSettingError(
            N_("This is no scanner's address"),
            settings.address,
            N_(
                "Write it like serial:///dev/ttyACM0?baud=9600; leave it out where the scanner types like a keyboard."
            ),
        )
    return address
