"""The bundled typeface is the one that is drawn."""

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF

from ui.fonts import font
from ui.theme import Type, Weight


@pytest.mark.parametrize("weight", Weight)
def test_the_font_is_the_bundled_one_in_its_weight(weight: Weight) -> None:
    info = QFontInfo(font(Type(40, weight)))
    assert info.family().startswith("Plus Jakarta Sans")
    assert info.weight() == weight
    assert info.pixelSize() == 40


@pytest.mark.parametrize("weight", Weight)
def test_every_digit_is_as_wide_as_every_other(weight: Weight) -> None:
    metrics = QFontMetricsF(font(Type(100, weight)))
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_a_capital_is_three_quarters_of_the_size() -> None:
    assert QFontMetricsF(font(Type(100, Weight.BOLD))).capHeight() == pytest.approx(74.5)
