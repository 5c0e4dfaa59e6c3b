"""The number plate keeps its number whole."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from ui.theme import Contrast, Ground, Size, TextSize, Theme, kiosk_theme
from ui.widgets.plate import NumberPlate, PlateForm


def _plate(
    qtbot: QtBot, theme: Theme, digits: str, letter: str = "A", ground: Ground = Ground.PAGE
) -> NumberPlate:
    plate = NumberPlate(theme, 272, PlateForm.HERO, ground)
    qtbot.addWidget(plate)
    plate.set_number(letter, digits)
    plate.resize(plate.sizeHint())
    return plate


def test_three_digits_have_the_size_asked_for(qtbot: QtBot, kiosk: Theme) -> None:
    assert _plate(qtbot, kiosk, "019").shown_digits_px == 272


def test_more_digits_shrink_to_the_width_of_three(qtbot: QtBot, kiosk: Theme) -> None:
    three, four, five = (_plate(qtbot, kiosk, digits) for digits in ("019", "1019", "10019"))
    assert three.width() == four.width() == five.width()
    assert 272 > four.shown_digits_px > five.shown_digits_px > 150


def test_a_narrow_plate_shrinks_too(qtbot: QtBot, kiosk: Theme) -> None:
    plate = _plate(qtbot, kiosk, "019")
    plate.resize(plate.width() // 2, plate.height())
    assert plate.shown_digits_px == pytest.approx(136, abs=1)


def test_nothing_is_painted_beyond_the_last_digit(qtbot: QtBot, kiosk: Theme) -> None:
    plate = _plate(qtbot, kiosk, "88888")
    image = plate.grab().toImage()
    last_column = {image.pixel(image.width() - 1, y) for y in range(image.height())}
    assert len(last_column) == 1


@pytest.mark.parametrize(
    ("ground", "contrast", "badge"),
    [
        (Ground.PAGE, Contrast.NORMAL, "#8A3A00"),
        (Ground.PANEL, Contrast.NORMAL, "#FDF3E4"),
        (Ground.NOW, Contrast.NORMAL, "#8A3A00"),
        (Ground.PAGE, Contrast.HIGH, "#FFFFFF"),
        (Ground.PANEL, Contrast.HIGH, "#FFFFFF"),
    ],
)
def test_the_badge_has_its_ground_s_colours(
    qtbot: QtBot, ground: Ground, contrast: Contrast, badge: str
) -> None:
    theme = kiosk_theme(Size(1080, 1920), contrast, TextSize.NORMAL)
    plate = _plate(qtbot, theme, "019", ground=ground)
    image = plate.grab().toImage()
    assert QColor(image.pixel(image.height() // 20, image.height() // 2)).name().upper() == badge


def test_the_number_is_said(qtbot: QtBot, kiosk: Theme) -> None:
    plate = _plate(qtbot, kiosk, "019")
    assert plate.accessibleName() == "A 019"
    assert plate.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
