"""What a counter may be told by its settings file. The outlet's rules are in the broker's journal."""

from typing import Annotated

from msgspec import Meta, Struct

from ui.settings import WindowSettings
from wording import Language


class SlipPrinterSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """The counter's own printer for slips: ESC/POS over the network. Without one, slips are shown on the screen."""

    host: Annotated[str, Meta(min_length=1, description="Name or address of the printer.")] = "127.0.0.1"
    port: Annotated[
        int, Meta(ge=1, le=65535, description="Its port for print data; network printers use 9100.")
    ] = 9100
    journal: Annotated[
        str,
        Meta(description="The file in which the counter keeps what it printed. Each counter has its own."),
    ] = "counter-print.db"


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
    printer: SlipPrinterSettings | None = None
    machines: tuple[MachineSettings, ...] = ()
