"""The pictures among the printer's text, drawn in one bit: edge, wordmark, number plate, heading, panel.

Same shapes as on the screens (see the look's tokens in `ui`), at 8 dots per millimetre. Letters are
drawn in grey and cut at half, which keeps their weight; what is half a dot wide would be lost, and nothing here is.
"""

from functools import cache, lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, features

from wording import fonts

_CAP_HEIGHT = 0.745  # of the type's size
_DIGIT_ADVANCE = 0.6
_BADGE_RADIUS = 0.24  # of its side
_GREATEST_RADIUS = 28
_LETTER_OF_BADGE = 0.945
_PLATE_BADGE, _PLATE_GAP = 0.985, 0.11  # of the digits' size
_INK, _PAPER = 0, 255

# The tabular figures (their 1 has a foot) need a shaping library that not every machine has; their places do not.
_FIGURES = ["tnum"] if features.check("raqm") else None


@lru_cache(maxsize=4)
def edge(width: int, height: int) -> Image.Image:
    """A band with pointed teeth below it, whole ones over the full width."""
    canvas = _Canvas(width, height)
    teeth = max(1, round(width / 36))
    tooth, band = width / teeth, height * 0.3
    outline = [(0.0, 0.0), (float(width), 0.0), (float(width), band)]
    for index in range(teeth, 0, -1):
        outline += [((index - 0.5) * tooth, float(height)), ((index - 1) * tooth, band)]
    canvas.polygon(outline)
    return canvas.in_one_bit()


@lru_cache(maxsize=4)
def masthead(width: int, height: int, right: str) -> Image.Image:
    """The wordmark: three pennants, the first filled (first in line), and the name. The text is at the right."""
    canvas = _Canvas(width, height)
    cap = height * _CAP_HEIGHT
    top, pitch = (height - cap) / 2, cap * 0.96
    for index in range(3):
        canvas.pennant(index * pitch, top, cap * 0.82, cap, fill=_PAPER if index else _INK)
    name_left = 3 * pitch + height * 0.4
    canvas.text("Antrean", _font(fonts.BOLD, height), name_left, height / 2, "l", _INK)
    canvas.text(right, _font(fonts.MEDIUM, height), width, height / 2, "r", _INK)
    return canvas.in_one_bit()


def plate(width: int, height: int, letter: str, number: str) -> Image.Image:
    """The number plate, `height` dots with three digits; lower where more of them have to share the width."""
    size = min(height / _PLATE_BADGE, width / (_PLATE_BADGE + _PLATE_GAP + _DIGIT_ADVANCE * len(number)))
    side = round(size * _PLATE_BADGE)
    canvas = _Canvas(width, side)
    canvas.badge(0, 0, side, letter)
    canvas.figures(number, round(size), width - _DIGIT_ADVANCE * size * len(number), side / 2, _INK)
    return canvas.in_one_bit()


def heading(width: int, height: int, title: str, letter: str, number: str) -> Image.Image:
    """A title at the left; the plate of its number, small, at the right."""
    canvas = _Canvas(width, height)
    digits_left = width - _DIGIT_ADVANCE * height * len(number)
    badge_left = digits_left - height * 1.15
    canvas.badge(badge_left, 0, height, letter)
    canvas.figures(number, height, digits_left, height / 2, _INK)
    font = _fitting(title, fonts.BOLD, height * 0.55, badge_left - height * 0.3)
    canvas.text(title, font, 0, height / 2, "l", _INK)
    return canvas.in_one_bit()


def panel(width: int, height: int, caption: str, clock: str) -> Image.Image:
    """White on black: a caption, and below it a time as large as fits."""
    canvas = _Canvas(width, height)
    canvas.box(0, 0, width, height, _GREATEST_RADIUS * 0.75)
    inset = width * 0.05
    room = width - 2 * inset
    canvas.text(
        caption, _fitting(caption, fonts.MEDIUM, height * 0.14, room), inset, height * 0.155, "l", _PAPER
    )
    size = round(height * 0.82)
    needed = sum(_advance(char, _font(fonts.BOLD, size)) for char in clock)
    if needed > room:
        size, needed = int(size * room / needed), room
    canvas.figures(clock, size, (width - needed) / 2, height * 0.61, _PAPER)
    return canvas.in_one_bit()


@cache
def rule(width: int, height: int) -> Image.Image:
    return Image.new("1", (width, height), 0)


@cache
def bullet(width: int, height: int) -> Image.Image:
    """A disc that stands as high as the middle of a small letter."""
    canvas = _Canvas(width, height)
    canvas.disc(width / 2, height * 0.58, width * 0.3)
    return canvas.in_one_bit()


class _Canvas:
    """Grey while it is drawn on, one bit in the end."""

    def __init__(self, width: int, height: int) -> None:
        self._image = Image.new("L", (width, height), _PAPER)
        self._draw = ImageDraw.Draw(self._image)

    def in_one_bit(self) -> Image.Image:
        """Mode "1", 0 is ink."""
        return self._image.point(_THRESHOLD).convert("1", dither=Image.Dither.NONE)

    def polygon(self, corners: list[tuple[float, float]]) -> None:
        self._draw.polygon(corners, fill=_INK)

    def pennant(self, left: float, top: float, width: float, height: float, *, fill: int) -> None:
        corners = [(left, top), (left + width, top), (left + width / 2, top + height)]
        self._draw.polygon(corners, fill=fill, outline=_INK, width=max(2, round(height * 0.12)))

    def disc(self, x: float, y: float, radius: float) -> None:
        self._draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_INK)

    def box(self, left: float, top: float, width: float, height: float, radius: float) -> None:
        corners = (round(left), round(top), round(left + width) - 1, round(top + height) - 1)
        self._draw.rounded_rectangle(corners, radius, fill=_INK)

    def badge(self, left: float, top: float, side: float, letter: str) -> None:
        self.box(left, top, side, side, min(side * _BADGE_RADIUS, _GREATEST_RADIUS))
        font = _font(fonts.BOLD, round(side * _LETTER_OF_BADGE))
        # Its capital in the middle: the anchor is the base line.
        foot = top + (side + font.size * _CAP_HEIGHT) / 2
        self._draw.text((left + side / 2, foot), letter, _PAPER, font, anchor="ms")

    def figures(self, text: str, size: int, left: float, middle: float, ink: int) -> None:
        """Each digit in the middle of its place, so that they stand in columns with any set of figures."""
        font = _font(fonts.BOLD, size)
        foot = middle + size * _CAP_HEIGHT / 2
        for char in text:
            advance = _advance(char, font)
            self._draw.text((left + advance / 2, foot), char, ink, font, anchor="ms", features=_FIGURES)
            left += advance

    def text(
        self, text: str, font: ImageFont.FreeTypeFont, x: float, middle: float, anchor: str, ink: int
    ) -> None:
        """One line, its capitals around `middle`; the anchor's letter says which end of it is at `x`."""
        foot = middle + font.size * _CAP_HEIGHT / 2
        self._draw.text((x, foot), text, ink, font, anchor=f"{anchor}s", features=_FIGURES)


@cache
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


def _advance(char: str, font: ImageFont.FreeTypeFont) -> float:
    """The point of a large clock is narrower than a digit."""
    return _DIGIT_ADVANCE * font.size if char.isdigit() else font.getlength(char)


def _fitting(text: str, path: Path, size: float, room: float) -> ImageFont.FreeTypeFont:
    """The font at this size, or as much smaller as the text needs."""
    font = _font(path, round(size))
    needed = font.getlength(text, features=_FIGURES)
    return font if needed <= room else _font(path, max(1, int(size * room / needed)))


_THRESHOLD = [_INK] * 128 + [_PAPER] * 128
