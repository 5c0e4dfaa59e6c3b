"""What a kiosk may be told by its settings file. The outlet's rules are not here: they are in the broker's journal."""

from typing import Annotated

from msgspec import Meta, Struct

from hardware.scanning.settings import ScannerSettings
from hardware.settings import PrinterSettings
from ui.settings import WindowSettings

Seconds = Annotated[float, Meta(gt=0, le=3600)]


class WaitSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """For how many seconds a page waits for a citizen."""

    touch: Annotated[
        Seconds, Meta(description="For a touch; then the kiosk asks whether somebody is still there.")
    ] = 60.0
    answer: Annotated[
        Seconds, Meta(description="For an answer to that, counted down; then it begins anew.")
    ] = 20.0
    taking: Annotated[Seconds, Meta(description="While the printed ticket is taken, counted down.")] = 20.0
    copying: Annotated[
        Seconds,
        Meta(description="While a number that could not be printed is copied from the screen, counted down."),
    ] = 120.0
    reading: Annotated[Seconds, Meta(description="While a message is read, counted down.")] = 40.0
    in_doubt: Annotated[
        Seconds,
        Meta(
            description="So old may a ticket be, which the last run may have left unprinted, to be shown at a start."
        ),
    ] = 600.0


class KioskSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """A kiosk: its window, its printer, and how long it waits for a citizen."""

    window: WindowSettings = WindowSettings(size=(1080, 1920))
    double_touch_ms: Annotated[
        int,
        Meta(
            ge=0,
            le=2000,
            description="So long after a touch that opened a page, a second touch at its place is not counted.",
        ),
    ] = 400
    waits: WaitSettings = WaitSettings()
    scanner: ScannerSettings = ScannerSettings()
    print_journal: Annotated[
        str, Meta(description="The file in which the kiosk keeps what it printed. Each kiosk has its own.")
    ] = "kiosk-print.db"
    layouts: Annotated[
        str, Meta(description="The folder of the outlet's own layouts. Empty: those that ship with Antrean.")
    ] = ""
    printer: PrinterSettings = PrinterSettings()
    second_printer: Annotated[
        PrinterSettings | None,
        Meta(description="Another printer, which takes over where the first cannot print."),
    ] = None

    @property
    def printers(self) -> tuple[PrinterSettings, ...]:
        """The one to be tried first at first."""
        return (self.printer,) if self.second_printer is None else (self.printer, self.second_printer)
