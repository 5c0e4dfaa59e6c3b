"""What a counter may be told by its settings file. The outlet's rules are in the broker's journal."""

from typing import Annotated

from msgspec import Meta, Struct

Pixels = Annotated[int, Meta(ge=-32768, le=32767)]


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


class CounterSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """A counter: its number, its window, and its printer where it has one."""

    number: Annotated[int, Meta(ge=1, description="The counter at which this machine stands.")] = 1
    full_screen: Annotated[bool, Meta(description="Fill the whole screen.")] = False
    position: Annotated[
        tuple[Pixels, Pixels],
        Meta(description="Where its upper left corner is, in pixels; without full screen."),
    ] = (0, 0)
    size: Annotated[
        tuple[Pixels, Pixels],
        Meta(description="Its width and height, in pixels. Narrower than 1000 it is a strip of one column."),
    ] = (1366, 768)
    printer: SlipPrinterSettings | None = None
