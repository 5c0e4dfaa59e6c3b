"""The bundled typeface as Qt fonts: installed once per program, always with tabular figures, in pixels."""

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from ui.theme import Type, Weight
from wording import fonts as files

FAMILY = "Plus Jakarta Sans"


class FontMissingError(Exception):
    """A font file of the installation can't be loaded; the message names it."""


@cache
def install() -> None:
    """Loads both weights. Needs a QGuiApplication; does nothing the second time."""
    for path in (files.MEDIUM, files.BOLD):
        if QFontDatabase.addApplicationFont(str(path)) == -1:
            raise FontMissingError(f"cannot load the font {path}")


@cache
def font(type: Type) -> QFont:
    """The font of a text. The caller must not change it."""
    made = QFont(FAMILY)
    made.setPixelSize(type.px)
    made.setWeight(QFont.Weight(int(type.weight)))
    made.setFeature(QFont.Tag("tnum"), 1)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if type.tracking_em:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, type.tracking_em * type.px)
    return made


def default_font() -> QFont:
    """For what is drawn by Qt itself (tool tips, dialogs)."""
    return font(Type(15, Weight.MEDIUM))
