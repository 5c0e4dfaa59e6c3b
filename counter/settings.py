"""What a counter may be told by its settings file. The outlet's rules are in the broker's journal."""

from typing import Annotated

from msgspec import Meta, Struct

from hardware.scanning.settings import ScannerSettings
from hardware.settings import PrinterSettings
from ui.settings import WindowSettings
from wording import Language


class MachineSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """A machine that services depend on and that this counter's plug-in watches."""

    code: Annotated[str, Meta(min_length=1, description="The machine's code in the outlet's rules.")]
    plugin: Annotated[
        str, Meta(min_length=1, description="The name under which its plug-in is installed here.")
    ]


class CounterSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """A counter: its number, its window (narrower than 1200 pixels it is a strip), and its printer if it has one."""

    number: Annotated[int, Meta(ge=1, description="The counter at which this machine stands.")] = 1
    language: Annotated[
        Language, Meta(description='The language it begins in: "id" or "en". Clerks can change it.')
    ] = Language.ID
    window: WindowSettings = WindowSettings(full_screen=False, size=(1366, 768))
    print_journal: Annotated[
        str,
        Meta(description="The file in which the counter keeps what it printed. Each counter has its own."),
    ] = "counter-print.db"
    layouts: Annotated[
        str, Meta(description="The folder of the outlet's own layouts. Empty: those that ship with Antrean.")
    ] = ""
    printer: Annotated[
        PrinterSettings | None,
        Meta(
            description="The counter's own printer. Without one, slips and numbers are shown on the screen."
        ),
    ] = None
    second_printer: Annotated[
        PrinterSettings | None,
        Meta(description="Another printer, which takes over where the first cannot print."),
    ] = None
    scanner: ScannerSettings = ScannerSettings()
    machines: tuple[MachineSettings, ...] = ()

    @property
    def printers(self) -> tuple[PrinterSettings, ...]:
        """The one to be tried first at first; none where the counter has none."""
        return tuple(each for each in (self.printer, self.second_printer) if each is not None)
