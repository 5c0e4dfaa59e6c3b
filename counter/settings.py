"""What a counter's program needs to know of its own machine; the outlet's rules come from the broker."""

from typing import Annotated

from msgspec import Meta, Struct

from wording import Language


class PrinterAddress(Struct, frozen=True, forbid_unknown_fields=True):
    """A printer on the network."""

    host: Annotated[str, Meta(min_length=1, description="Name or address of the printer.")]
    port: Annotated[int, Meta(ge=1, le=65535, description="Its port for print data.")] = 9100


class Place(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the window stands on the screen, in pixels."""

    x: Annotated[int, Meta(description="From the left.")] = 0
    y: Annotated[int, Meta(description="From the top.")] = 0
    width: Annotated[int, Meta(ge=360, description="Below 900 the window is a narrow strip.")] = 1366
    height: Annotated[int, Meta(ge=600, description="Height of the window.")] = 768


class CounterSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """One counter's program."""

    number: Annotated[int, Meta(ge=1, description="The counter at which this machine stands.")] = 1
    language: Annotated[Language, Meta(description="Language at the start: id or en.")] = Language.ID
    full_screen: Annotated[bool, Meta(description="Fill the screen; the place below is then not used.")] = False
    place: Annotated[Place, Meta(description="Where the window stands.")] = Place()
    printer: Annotated[
        PrinterAddress | None,
        Meta(description="The counter's own printer for slips; without one, slips are shown on the screen."),
    ] = None
