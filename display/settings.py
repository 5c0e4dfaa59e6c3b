"""The display's own settings: its screen, from how far it is read, and whether it is the one that speaks."""

from typing import Annotated

from msgspec import Meta, Struct

Pixels = Annotated[int, Meta(ge=-32768, le=32767)]


class DisplaySettings(Struct, frozen=True, forbid_unknown_fields=True):
    """A lobby display."""

    full_screen: Annotated[bool, Meta(description="Fill the whole screen.")] = True
    position: Annotated[
        tuple[Pixels, Pixels],
        Meta(description="Where its upper left corner is, in pixels; without full screen."),
    ] = (0, 0)
    size: Annotated[
        tuple[Pixels, Pixels],
        Meta(description="Its width and height, in pixels; without full screen."),
    ] = (1920, 1080)
    screen_inches: Annotated[
        float, Meta(ge=5, le=200, description="The screen's diagonal, in inches: letters are sized by it.")
    ] = 55.0
    viewing_metres: Annotated[
        float, Meta(ge=1, le=50, description="From how far it must be readable, in metres.")
    ] = 10.0
    speaks: Annotated[
        bool,
        Meta(description="Play the sound and report calls as announced: true on one display of each zone."),
    ] = True
    less_motion: Annotated[
        bool, Meta(description="Nothing flashes or runs; the running text turns pages.")
    ] = False
