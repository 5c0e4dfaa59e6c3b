"""The footer's six places never move, whatever they hold."""

import pytest
from pytestqt.qtbot import QtBot

from ui.icons import Icon
from ui.theme import Contrast, Size, TextSize, Theme, kiosk_theme
from ui.widgets.footer import Arrangement, FooterBar, Place

INDONESIAN = ("Kembali", "Mulai dari awal", "English", "Huruf dan kontras", "Tombol rendah", "Suara")
ENGLISH = ("Back", "Start over", "Bahasa Indonesia", "Text and contrast", "Low buttons", "Sound")
SIZES = [Size(1080, 1920), Size(1920, 1080), Size(1366, 768), Size(1024, 600)]


def _footer(qtbot: QtBot, theme: Theme, width: int, arrangement: Arrangement | None = None) -> FooterBar:
    footer = FooterBar(theme, arrangement)
    qtbot.addWidget(footer)
    footer.resize(width, footer.sizeHint().height())
    footer.show()
    return footer


@pytest.mark.parametrize("size", SIZES)
def test_a_place_stays_when_others_empty(qtbot: QtBot, size: Size) -> None:
    footer = _footer(qtbot, kiosk_theme(size, Contrast.NORMAL, TextSize.NORMAL), size.width)
    for place, words in zip(Place, INDONESIAN, strict=True):
        footer.set_place(place, words)
    before = {place: footer.button(place).geometry() for place in Place}
    footer.set_place(Place.BACK, None)
    footer.set_place(Place.RESTART, None)
    footer.set_hint(Icon.SCAN, "Sudah punya QR?")
    assert not footer.button(Place.BACK).isVisible()
    assert {place: footer.button(place).geometry() for place in Place} == before


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text", TextSize)
@pytest.mark.parametrize("words", [INDONESIAN, ENGLISH])
@pytest.mark.parametrize("arrangement", [None, Arrangement.GRID])
def test_the_words_of_both_languages_fit(
    qtbot: QtBot, size: Size, text: TextSize, words: tuple[str, ...], arrangement: Arrangement | None
) -> None:
    footer = _footer(qtbot, kiosk_theme(size, Contrast.NORMAL, text), size.width, arrangement)
    for place, word in zip(Place, words, strict=True):
        footer.set_place(place, word)
        footer.set_on(place, True)
    assert [place for place in Place if footer.button(place).is_cut] == []


def test_portrait_places_have_the_size_of_the_look(qtbot: QtBot, kiosk: Theme) -> None:
    footer = _footer(qtbot, kiosk, 1080)
    assert footer.height() == 196
    assert footer.place_rect(Place.BACK).getRect() == pytest.approx((56, 24, 151.3, 148), abs=0.1)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text", TextSize)
def test_every_place_is_large_enough_for_a_finger(qtbot: QtBot, size: Size, text: TextSize) -> None:
    theme = kiosk_theme(size, Contrast.NORMAL, text)
    footer = _footer(qtbot, theme, size.width)
    for place in Place:
        assert footer.place_rect(place).height() >= theme.px(80)
        assert footer.place_rect(place).width() >= theme.px(80)


def test_a_touch_alone_switches_nothing_on(qtbot: QtBot, kiosk: Theme) -> None:
    footer = _footer(qtbot, kiosk, 1080)
    footer.set_place(Place.LOW, "Tombol rendah")
    footer.button(Place.LOW).click()
    assert not footer.button(Place.LOW).isChecked()
    footer.set_on(Place.LOW, True)
    assert footer.button(Place.LOW).isChecked()
