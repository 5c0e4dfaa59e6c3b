"""Whether a program can use the printers of its settings."""

from collections.abc import Iterator

from antrean.doctor.finding import Finding, fine, wrong
from antrean.printers import remedy
from hardware.capabilities import profile_of
from hardware.connection import Connection, ConnectionLost, Spooled
from hardware.connections import connection_to
from hardware.connections.address import Address, address_from
from hardware.settings import DeviceSettingError, PrinterSettings
from wording import Wording

ANSWER_SECONDS = 3.0


def examined(printers: tuple[PrinterSettings, ...], w: Wording) -> Iterator[Finding]:
    """Each printer: its settings, and whether it can be reached from here. Nothing is printed."""
    for printer in printers:
        try:
            profile_of(printer)
            address = address_from(printer.address)
        except DeviceSettingError as error:
            detail = f" ({error.detail})" if error.detail else ""
            yield wrong(f"{w.t(error.what)}: {error.where}", w.t(error.todo) + detail)
        else:
            yield _reached(address, connection_to(address), w)


def _reached(address: Address, way: Connection | Spooled, w: Wording) -> Finding:
    try:
        if isinstance(way, Spooled):
            way.state(ANSWER_SECONDS)
        else:
            way.open(ANSWER_SECONDS)
            way.close()
    except ConnectionLost as lost:
        return wrong(str(lost), remedy(address, lost, w))
    return fine(w.t("{address} answers", address=str(address)))
