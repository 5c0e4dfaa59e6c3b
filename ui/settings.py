"""Where a program's window stands: the table `window` in each program's settings. No Qt: settings are read without."""

from typing import Annotated

from msgspec import Meta, Struct

Pixels = Annotated[int, Meta(ge=-32768, le=32767)]
Length = Annotated[int, Meta(ge=320, le=16384)]


class WindowSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """The window's place on the screen."""

    full_screen: Annotated[bool, Meta(description="Fill the whole screen.")] = True
    position: Annotated[
        tuple[Pixels, Pixels],
        Meta(description="Where its upper left corner is, in pixels; without full screen."),
    ] = (0, 0)
    size: Annotated[
        tuple[Length, Length],
        Meta(description="Its width and height, in pixels; without full screen."),
    ] = (1920, 1080)
