"""Printers as a program's settings describe them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from hardware.capabilities import profile_of
from hardware.connections import connection_to
from hardware.connections.address import Address, SerialAddress, address_from
from hardware.conversation import Deadlines
from hardware.layout.shipped import check_layouts
from hardware.page import Page
from hardware.press import Press, pressing
from hardware.print_journal import PrintJournal
from hardware.printer import Printer
from hardware.settings import PrinterSettings
from hardware.station import PrintStation

_BITS_PER_BYTE = 10
_LONGEST_PLAIN_PAGE_BYTES = 8_000


def station_of(
    printers: Sequence[PrinterSettings],
    layouts: Path | None,
    journal: PrintJournal,
    on_change: Callable[[], None],
    strip: Page | None = None,
) -> PrintStation:
    """A station with these printers, which prints with the outlet's own layouts from a folder, if it has one.

    Raises DeviceSettingError and LayoutError for what is wrong with settings and layouts.
    """
    if layouts is not None:
        check_layouts(layouts)
    press = pressing(layouts)
    return PrintStation([printer_of(each, press) for each in printers], journal, on_change, strip)


def printer_of(settings: PrinterSettings, press: Press) -> Printer:
    """Raises DeviceSettingError."""
    address = address_from(settings.address)
    return Printer(connection_to(address), profile_of(settings), press, deadlines=deadlines_of(address))


def deadlines_of(address: Address) -> Deadlines:
    """The usual ones; on a serial line, writing takes as long as the line does."""
    usual = Deadlines()
    if not isinstance(address, SerialAddress):
        return usual
    on_the_line = _LONGEST_PLAIN_PAGE_BYTES * _BITS_PER_BYTE / address.baud
    return Deadlines(write=usual.write + on_the_line)
