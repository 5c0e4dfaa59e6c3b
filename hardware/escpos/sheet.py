"""One page being written for one printer: lines of text, pictures and QR codes from top to bottom, between margins.

It knows what the printer can do and nothing of layouts. Lengths are dots. The page begins as `hardware.escpos.dialogue`
leaves the printer (ESC @).
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops

from hardware.escpos import commands
from hardware.escpos.characters import in_code_table, settable
from hardware.escpos.commands import Justify
from hardware.escpos.qr import QUIET_MODULES, QrCode
from hardware.layout import pictures
from hardware.layout.blocks import Style
from hardware.layout.pictures import CELL_HEIGHT, LEADING, Words
from hardware.profile import Profile

_TEAR_OFF_MM = 15
"""From the head to the edge on which paper is torn off, with a little over."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A text within a line, from so many dots on."""

    start: int
    text: str
    style: Style


class Sheet:
    """Paper for a printer of this profile, `margin` dots of it white on either side."""

    def __init__(self, profile: Profile, margin: int) -> None:
        self._profile = profile
        self._margin = margin
        self._codec = profile.code_table.codec
        self._style = Style()
        self._out = bytearray(commands.code_table(profile.code_table.number))
        self._out += commands.motion_units(profile.dots_per_inch)
        self._print_inside()

    @property
    def width(self) -> int:
        """All that is printed on."""
        return self._profile.width_dots

    @property
    def area(self) -> int:
        """Between the margins."""
        return self.width - 2 * self._margin

    @property
    def cell(self) -> int:
        """A character's width."""
        return self.width // self._profile.columns

    def wrapped(self, text: str, style: Style, room: int | None = None) -> list[str]:
        """The text in lines that fit into so many dots; the area's where nothing else is said."""
        columns = max(1, (self.area if room is None else room) // (self.cell * style.across))
        return textwrap.wrap(settable(text, self._codec), columns)

    def length(self, text: str, style: Style) -> int:
        """How many dots a line of this text takes."""
        return len(settable(text, self._codec)) * self.cell * style.across

    def line(self, pieces: Sequence[Piece], bullet: Image.Image | None = None) -> None:
        """Texts on one base line, after a bullet's picture if there is one; drawn where the printer lacks a letter."""
        texts = [settable(piece.text, self._codec) for piece in pieces]
        encoded = [data for text in texts if (data := in_code_table(text, self._codec)) is not None]
        if len(encoded) < len(texts):
            self._draw_line(pieces, texts, bullet)
            return
        if bullet:
            self._out += commands.in_line(bullet)
        for piece, data in zip(pieces, encoded, strict=True):
            if not data:
                continue
            if start := self._start(piece):
                self._out += commands.go_to(start)
            self._set(piece.style)
            self._out += data
        self.feed(max((piece.style.down for piece in pieces), default=0) * CELL_HEIGHT + LEADING)

    def text(self, text: str, style: Style) -> None:
        """A text from the left, on as many lines as it needs."""
        for line in self.wrapped(text, style):
            self.line([Piece(0, line, style)])

    def row(self, left: str, left_style: Style, right: str, right_style: Style) -> None:
        """Two texts at either end of a line, or one below the other where they do not fit."""
        starts_at = self.area - self.length(right, right_style)
        if self.length(left, left_style) + self.cell <= starts_at:
            self.line([Piece(0, left, left_style), Piece(starts_at, right, right_style)])
        else:
            self.text(left, left_style)
            self.text(right, right_style)

    def picture(self, image: Image.Image) -> None:
        """A picture between the margins."""
        self._raster(image)

    def picture_at(self, left: int, image: Image.Image) -> None:
        """A picture that begins so many dots from the paper's first; it may reach into the margins."""
        self._out += commands.print_between(left, self.width - left)
        self._raster(image)
        self._print_inside()

    def rule(self, height: int) -> None:
        """A line from margin to margin."""
        if self._profile.pictures:
            self.picture(pictures.rule(self.area, height))
            return
        dash = "─" if in_code_table("─", self._codec) else "-"
        self.line([Piece(0, dash * (self.area // self.cell), Style())])

    def qr(self, data: str, module: int) -> None:
        """A QR code in the middle, its modules at least so large if the paper has room, with its white around it."""
        code = QrCode.fitting(data.encode(), module, self.width)
        if not self._profile.native_qr:
            code = code.to_double(self.width)
        white = QUIET_MODULES * code.module
        self._out += commands.feed(white) + commands.print_between(0, self.width)
        if self._profile.native_qr:
            self._out += commands.justify(Justify.CENTER)
            self._out += commands.qr(code.data, code.module)
            self._out += commands.justify(Justify.LEFT)
        else:
            self._draw_qr(code)
        self._print_inside()
        self.feed(white)

    def feed(self, dots: int) -> None:
        """Print what the line holds and move the paper."""
        self._out += commands.feed(dots)

    def finished(self) -> bytes:
        """The page's bytes, to the cut, or to where it can be torn off."""
        if self._profile.cuts:
            self._out += commands.cut()
        else:
            self.feed(round(_TEAR_OFF_MM * self._profile.dots_per_inch / 25.4))
        return bytes(self._out)

    def _raster(self, image: Image.Image) -> None:
        """The picture's white above and below is fed, not sent."""
        box = ImageChops.invert(image).getbbox()
        top, bottom = (box[1], box[3]) if box else (image.height, image.height)
        self.feed(top)
        if box:
            self._out += commands.raster(image.crop((0, top, image.width, bottom)), doubled=False)
        self.feed(image.height - bottom)

    def _draw_qr(self, code: QrCode) -> None:
        """Sent at half its size where that can be, and doubled by the printer: a quarter of the bytes."""
        picture = code.picture()
        half = code.module % 2 == 0
        scale = code.module // 2 if half else code.module
        left = (self.width - picture.width * code.module) // 2
        self._out += commands.print_between(left, self.width - left)
        self._out += commands.raster(
            picture.resize((picture.width * scale, picture.height * scale), Image.Resampling.NEAREST),
            doubled=half,
        )

    def _draw_line(self, pieces: Sequence[Piece], texts: Sequence[str], bullet: Image.Image | None) -> None:
        words = [
            Words(start, min(self.length(text, piece.style), self.area - start), text, piece.style)
            for piece, text in zip(pieces, texts, strict=True)
            if text
            for start in [self._start(piece)]
        ]
        drawn = pictures.line(words)
        if bullet:
            drawn.paste(bullet, (0, 0))
        self.picture(drawn)

    def _start(self, piece: Piece) -> int:
        """Within the area, whatever a layout has asked for."""
        return max(0, min(piece.start, self.area - self.cell))

    def _set(self, style: Style) -> None:
        now, self._style = self._style, style
        if (style.across, style.down) != (now.across, now.down):
            self._out += commands.size(style.across, style.down)
        if style.bold != now.bold:
            self._out += commands.bold(style.bold)
        if style.reverse != now.reverse:
            self._out += commands.reverse(style.reverse)

    def _print_inside(self) -> None:
        self._out += commands.print_between(self._margin, self.area)
