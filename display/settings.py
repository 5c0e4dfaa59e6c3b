"""What a display may be told by its settings file. The outlet's rules are in the broker's journal."""

from typing import Annotated

from msgspec import Meta, Struct

from ui.settings import WindowSettings
from wording import Language


class SoundSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How a display sounds."""

    volume: Annotated[
        int,
        Meta(ge=0, le=100, description="How loud, in % of how loud the files themselves are."),
    ] = 100


class DisplaySettings(Struct, frozen=True, forbid_unknown_fields=True):
    """A lobby display: its language, from how far it is read, and whether it is the one that speaks."""

    language: Annotated[
        Language, Meta(description='The language of its words: "id" or "en". The running text comes in both.')
    ] = Language.ID
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
    window: WindowSettings = WindowSettings()
    sound: SoundSettings = SoundSettings()
