"""The pictures among the printer's text, drawn in one bit: edge, wordmark, number plate, and what else a layout has.

Same shapes as on the screens (see the look's tokens in `ui`), at 8 dots per millimetre. Letters are
drawn in grey and cut at half, which keeps their weight; what is half a dot wide would be lost, and nothing here is.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, features

from hardware.layout.blocks import Style
from wording import fonts

_CAP_HEIGHT = 0.745  # of the type's size
_DIGIT_ADVANCE = 0.6
_BADGE_RADIUS = 0.24  # of its side
_GREATEST_RADIUS = 28
_LETTER_OF_BADGE = 0.945
_PLATE_BADGE, _PLATE_GAP = 0.985, 0.11  # of the digits' size
_LEAST_CAPTION = 22
_INK, _PAPER = 0, 255
_FOOT = 0.95  # the base line of drawn text, of its size: an accent on a capital has room above

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
    """A title at the left; the plate of its number, small, at the right, if it has one."""
    canvas = _Canvas(width, height)
    room = float(width)
    if number:
        digits_left = width - _DIGIT_ADVANCE * height * len(number)
        badge_left = digits_left - height * 1.15
        canvas.badge(badge_left, 0, height, letter)
        canvas.figures(number, height, digits_left, height / 2, _INK)
        room = badge_left - height * 0.3
    canvas.text(title, _fitting(title, fonts.BOLD, height * 0.55, room), 0, height / 2, "l", _INK)
    return canvas.in_one_bit()


def panel(width: int, height: int, caption: str, clock: str) -> Image.Image:
    """White on black: a caption, on two lines where it would be small on one, and below a time as large as fits."""
    canvas = _Canvas(width, height)
    canvas.box(0, 0, width, height, _GREATEST_RADIUS * 0.75)
    inset = width * 0.05
    room = width - 2 * inset
    lines, font = _caption(caption, max(_LEAST_CAPTION, height * 0.14), room)
    for number, line in enumerate(lines):
        canvas.text(line, font, inset, height * 0.155 + number * font.size * 1.2, "l", _PAPER)
    top = height * 0.21 + (len(lines) - 1) * font.size * 1.2
    size = round(height - top)
    needed = sum(_advance(char, _font(fonts.BOLD, size)) for char in clock)
    if needed > room:
        size, needed = int(size * room / needed), room
    canvas.figures(clock, size, (width - needed) / 2, (top + height) / 2, _PAPER)
    return canvas.in_one_bit()


def _caption(text: str, size: float, room: float) -> tuple[list[str], ImageFont.FreeTypeFont]:
    """The text on one line, or, where that would be less than legible, on two as even as can be."""
    font = _fitting(text, fonts.MEDIUM, size, room)
    words = text.split()
    if font.size >= _LEAST_CAPTION or len(words) < 2:
        return [text], font
    halves = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
    first, second = min(halves, key=lambda pair: max(map(len, pair)))
    return [first, second], min(
        (_fitting(line, fonts.MEDIUM, size, room) for line in (first, second)),
        key=lambda fitting: fitting.size,
    )


@cache
def rule(width: int, height: int) -> Image.Image:
    return Image.new("1", (width, height), 0)


@cache
def bullet(width: int, height: int) -> Image.Image:
    """A disc that stands as high as the middle of a small letter."""
    canvas = _Canvas(width, height)
    canvas.disc(width / 2, height * 0.58, width * 0.3)
    return canvas.in_one_bit()


def band(width: int, height: int, text: str) -> Image.Image:
    """A text in the middle, white on black."""
    canvas = _Canvas(width, height)
    canvas.box(0, 0, width, height, 0)
    font = _fitting(text, fonts.BOLD, height * 0.62, width * 0.94)
    canvas.text(text, font, width / 2, height / 2, "m", _PAPER)
    return canvas.in_one_bit()


def box(width: int, height: int, caption: str) -> Image.Image:
    """An empty frame, its caption small at the top."""
    canvas = _Canvas(width, height)
    canvas.frame(0, 0, width, height, 12)
    canvas.text(caption, _fitting(caption, fonts.MEDIUM, 22, width - 32), 16, 22, "l", _INK)
    return canvas.in_one_bit()


@cache
def ruler(width: int, height: int, dots_per_inch: int) -> Image.Image:
    """A stroke a millimetre from the first dot, every tenth with its number; the last dot has one too."""
    canvas = _Canvas(width, height)
    font = _font(fonts.MEDIUM, 18)
    millimetres = int((width - 1) * 25.4 / dots_per_inch)
    for mm in range(millimetres + 1):
        at = round(mm * dots_per_inch / 25.4)
        canvas.stroke(at, height * (0.6 if mm % 10 == 0 else 0.45 if mm % 5 == 0 else 0.3))
        if mm % 10 == 0:
            canvas.text(str(mm), font, at if mm else 0, height * 0.82, "m" if mm else "l", _INK)
    canvas.stroke(width - 1, height)
    return canvas.in_one_bit()


@cache
def stripes(width: int, height: int) -> Image.Image:
    """Slanting, as broad as they are apart."""
    canvas = _Canvas(width, height)
    for left in range(-height, width, 48):
        canvas.polygon([(left, height), (left + height, 0), (left + height + 24, 0), (left + 24, height)])
    return canvas.in_one_bit()


def logo(grey: Image.Image, width: int, height: int) -> Image.Image:
    """A picture in shades of grey, fitted into the room there is: line art cut at half, anything else dithered."""
    scale = min(width / grey.width, height / grey.height)
    size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
    fitted = grey.resize(size, Image.Resampling.LANCZOS)
    if _is_line_art(grey):
        return fitted.point(_THRESHOLD).convert("1", dither=Image.Dither.NONE)
    return fitted.convert("1", dither=Image.Dither.FLOYDSTEINBERG)


def _is_line_art(grey: Image.Image) -> bool:
    """Whether almost all of it is as good as black or white."""
    shades = grey.histogram()
    return sum(shades[:48]) + sum(shades[208:]) > 0.85 * sum(shades)


@dataclass(frozen=True, slots=True)
class Words:
    """A text within a line, from `left`, in at most `room` dots, as high as the printer's characters would be."""

    left: int
    room: int
    text: str
    style: Style


LEADING = 8
CELL_HEIGHT = 24


def line(words: Sequence[Words]) -> Image.Image:
    """A line with the white below it, drawn: for what the printer has no characters for."""
    height = CELL_HEIGHT * max(each.style.down for each in words)
    canvas = _Canvas(max(each.left + each.room for each in words), height + LEADING)
    for each in words:
        canvas.words(each, round(height * _FOOT))
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

    def frame(self, left: float, top: float, width: float, height: float, radius: float) -> None:
        corners = (round(left), round(top), round(left + width) - 1, round(top + height) - 1)
        self._draw.rounded_rectangle(corners, radius, outline=_INK, width=3)

    def stroke(self, x: int, length: float) -> None:
        self._draw.line((x, 0, x, round(length) - 1), fill=_INK)

    def words(self, words: Words, foot: int) -> None:
        """Narrower than the font has them where there is less room."""
        font = _font(fonts.BOLD if words.style.bold else fonts.MEDIUM, words.style.down * CELL_HEIGHT)
        needed = max(1, math.ceil(font.getlength(words.text, features=_FIGURES)))
        ink, paper = (_PAPER, _INK) if words.style.reverse else (_INK, _PAPER)
        strip = Image.new("L", (needed, self._image.height), paper)
        ImageDraw.Draw(strip).text((0, foot), words.text, ink, font, anchor="ls", features=_FIGURES)
        if needed > words.room:
            strip = strip.resize((words.room, strip.height), Image.Resampling.LANCZOS)
        self._image.paste(strip, (words.left, 0))

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
    return font if needed <= room else _font(path, max(1, int(size * max(room, 1) / max(needed, 1))))


_THRESHOLD = [_INK] * 128 + [_PAPER] * 128
