"""LOOK's colours and sizes, as figures."""

import string

import pytest

from ui.theme import (
    BAHAYA,
    BAHAYA_MUDA,
    COCOK,
    HIGH_CONTRAST,
    HITAM,
    KERTAS,
    KREM,
    KUNYIT,
    LEMBUT,
    MALAM,
    MANGGIS,
    MATI,
    MUDA,
    NORMAL,
    PUTIH,
    REDUP,
    TEKAN,
    TEPI,
    TINTA,
    Contrast,
    Palette,
    Role,
    Size,
    Surface,
    TextSize,
    contrast_ratio,
    display_theme,
    kiosk_theme,
)

QUEUE_LETTERS = [letter for letter in string.ascii_uppercase if letter not in "IOQ"]

# Text, ground, and the contrast that contrast.txt gives.
PAIRS = [
    (TINTA, PUTIH, 16.90),
    (KREM, MALAM, 16.26),
    (TINTA, KERTAS, 15.71),
    (PUTIH, TEKAN, 15.47),
    (TINTA, BAHAYA_MUDA, 14.65),
    (TINTA, LEMBUT, 14.20),
    (TINTA, MUDA, 14.06),
    (TINTA, COCOK, 13.84),
    (KUNYIT, HITAM, 13.60),
    (PUTIH, MANGGIS, 12.44),
    (MANGGIS, KERTAS, 11.56),
    (KREM, MANGGIS, 11.32),
    (TINTA, KUNYIT, 10.94),
    (MANGGIS, MUDA, 10.35),
    (REDUP, PUTIH, 9.33),
    (BAHAYA, PUTIH, 8.71),
    (REDUP, KERTAS, 8.67),
    (BAHAYA, KERTAS, 8.10),
    (REDUP, LEMBUT, 7.84),
    (REDUP, MUDA, 7.76),
    (BAHAYA, BAHAYA_MUDA, 7.55),
    (MATI, KERTAS, 4.99),
]


@pytest.mark.parametrize(("text", "ground", "expected"), PAIRS)
def test_a_pair_has_the_contrast_that_the_look_gives(text: str, ground: str, expected: float) -> None:
    assert contrast_ratio(text, ground) == pytest.approx(expected, abs=0.006)


def _texts(palette: Palette) -> list[tuple[str, str]]:
    """Every text and ground that the widgets bring together on a kiosk or a display."""
    return [
        *((palette.ink, ground) for ground in (palette.page, palette.card, palette.quiet)),
        *((palette.faint, ground) for ground in (palette.page, palette.card, palette.quiet)),
        (palette.accent, palette.page),
        (palette.accent, palette.card),
        (palette.accent, palette.quiet),
        (palette.accent, palette.circle),
        (palette.on_accent, palette.accent),
        (palette.on_chosen, palette.chosen),
        (palette.on_pressed, palette.pressed),
        (palette.on_panel, palette.panel),
        (palette.on_krem, palette.krem),
        (palette.on_night, palette.night),
        (palette.on_now, palette.now),
        (palette.danger, palette.card),
        (palette.danger, palette.page),
        (palette.on_danger, palette.danger),
        (palette.ink, palette.match),
    ]


@pytest.mark.parametrize("palette", [NORMAL, HIGH_CONTRAST])
def test_every_text_of_a_kiosk_and_a_display_has_at_least_seven(palette: Palette) -> None:
    assert [pair for pair in _texts(palette) if contrast_ratio(*pair) < 7] == []


def test_high_contrast_has_nothing_under_thirteen() -> None:
    assert [pair for pair in _texts(HIGH_CONTRAST) if contrast_ratio(*pair) < 13] == []


@pytest.mark.parametrize("letter", QUEUE_LETTERS)
def test_a_badge_can_be_read_on_paper_and_on_the_panel(letter: str) -> None:
    colour = NORMAL.queue(letter)
    assert contrast_ratio(NORMAL.badge_ink, colour) >= 7
    assert contrast_ratio(colour, NORMAL.krem) >= 7


def test_neighbouring_queues_have_colours_of_their_own() -> None:
    first_ten = [NORMAL.queue(letter) for letter in QUEUE_LETTERS[:10]]
    assert len(set(first_ten)) == 10


def test_in_high_contrast_every_badge_is_white() -> None:
    assert {HIGH_CONTRAST.queue(letter) for letter in QUEUE_LETTERS} == {PUTIH}


def test_a_control_stands_out_from_its_ground() -> None:
    for ground in (KERTAS, PUTIH, LEMBUT):
        assert contrast_ratio(TEPI, ground) >= 3.5


@pytest.mark.parametrize(
    ("size", "surface", "scale"),
    [
        (Size(1080, 1920), Surface.KIOSK, 1.0),
        (Size(768, 1366), Surface.KIOSK, 0.711),
        (Size(1920, 1080), Surface.KIOSK_LANDSCAPE, 1.0),
        (Size(1366, 768), Surface.KIOSK_LANDSCAPE, 0.711),
        (Size(1024, 600), Surface.KIOSK_SMALL, 0.75),
    ],
)
def test_a_kiosk_fits_its_screen(size: Size, surface: Surface, scale: float) -> None:
    theme = kiosk_theme(size, Contrast.NORMAL, TextSize.NORMAL)
    assert theme.surface is surface
    assert theme.scale == pytest.approx(scale, abs=0.001)


def test_a_display_takes_the_larger_or_smaller_screen_whole() -> None:
    assert display_theme(Size(3840, 2160)).scale == 2.0
    assert display_theme(Size(1366, 768)).scale == pytest.approx(0.711, abs=0.001)
    assert display_theme(Size(1080, 1920)).surface is Surface.DISPLAY_PORTRAIT


@pytest.mark.parametrize("size", [Size(1080, 1920), Size(1920, 1080), Size(1024, 600)])
def test_large_text_is_nowhere_smaller_and_never_under_forty_design_pixels(size: Size) -> None:
    normal = kiosk_theme(size, Contrast.NORMAL, TextSize.NORMAL)
    large = kiosk_theme(size, Contrast.NORMAL, TextSize.LARGE)
    for role in Role:
        assert large.type(role).px >= normal.type(role).px
        assert large.surface.value.type[role] >= 40


def test_lengths_are_whole_pixels_and_never_nothing() -> None:
    theme = kiosk_theme(Size(1366, 768), Contrast.NORMAL, TextSize.NORMAL)
    assert theme.px(56) == 40
    assert theme.px(0.2) == 1
    assert theme.line(2) == 1
