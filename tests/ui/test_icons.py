"""Every icon loads, in every colour and at every pixel ratio."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QPixmap

import ui.icons
from ui.icons import Icon, pixmap

FOLDER = Path(ui.icons.__file__).parent


def _inked(picture: QPixmap) -> list[QColor]:
    """The colours of the pixels that are wholly covered."""
    image = picture.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    pixels = (QColor.fromRgba(image.pixel(x, y)) for x in range(48) for y in range(48))
    return [colour for colour in pixels if colour.alpha() == 255]


def _distance(one: QColor, other: QColor) -> int:
    return max(abs(one.red() - other.red()), abs(one.green() - other.green()), abs(one.blue() - other.blue()))


@pytest.mark.parametrize("icon", Icon)
def test_an_icon_is_drawn_in_the_colour_asked_for(icon: Icon) -> None:
    inked = _inked(pixmap(icon, 48, "#5C1A45"))
    assert inked
    assert all(_distance(colour, QColor("#5C1A45")) <= 2 for colour in inked)


def test_an_icon_is_drawn_for_the_screen_s_pixel_ratio() -> None:
    picture = pixmap(Icon.CLOCK, 24, "#000000", 2.0)
    assert picture.width() == 48
    assert picture.deviceIndependentSize().width() == 24


def test_the_folder_holds_no_icon_that_nobody_names() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} == {icon.value for icon in Icon}
