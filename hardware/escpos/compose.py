"""A layout and its fields become the bytes of one page, through python-escpos' Dummy driver. Pure.

Lengths are dots: GS P makes the printer's motion units dots too, on heads of another pitch as near as they come. The
page is set as `hardware.escpos.dialogue` leaves the printer, and ends in a cut.
"""

import re
import struct
import textwrap
from collections.abc import Iterable
from itertools import zip_longest
from typing import assert_never

from PIL import Image, ImageOps

from hardware.escpos.characters import CODE_TABLE, printable
from hardware.escpos.library import Dummy
from hardware.layout import pictures
from hardware.layout.blocks import (
    Align,
    Block,
    Bullets,
    Edge,
    Facts,
    Fields,
    Gap,
    Heading,
    Layout,
    Masthead,
    Panel,
    Plate,
    Qr,
    Row,
    Section,
    Style,
    Text,
)

_CELL_WIDTH, _CELL_HEIGHT = 12, 24
_LEADING = 8
_RULE_DOTS, _ABOVE_RULE, _BELOW_RULE = 3, 18, 18
_QUIET_MODULES = 4
_DOTS_PER_INCH = 203
_QR_CORRECTION_M = 1
_LONGEST_FEED = 255
# Any profile of a printer with the abilities used here; its width only has to be no less than the layout's.
_PROFILE = "TM-T20II"


def compose(layout: Layout, fields: Fields) -> bytes:
    """The page's bytes. A field that the layout asks for and the content lacks is a KeyError."""
    page = _Page(layout, fields)
    for section in layout.sections:
        page.section(section)
    return page.finished()


class _Page:
    def __init__(self, layout: Layout, fields: Fields) -> None:
        self._layout = layout
        self._fields = fields
        self._out = Dummy(profile=_PROFILE)
        self._out.charcode(CODE_TABLE)
        self._command(b"\x1dP", bytes((_DOTS_PER_INCH, _DOTS_PER_INCH)))
        self._style: Style | None = None
        self._print_between(layout.margin, layout.area)

    def section(self, section: Section) -> None:
        if not any(self._says_something(block) for block in section.blocks):
            return
        if section.ruled:
            self._feed(_ABOVE_RULE)
            self._picture(pictures.rule(self._layout.area, _RULE_DOTS))
            self._feed(_BELOW_RULE)
        for block in section.blocks:
            if isinstance(block, Gap) or self._says_something(block):
                self._block(block)

    def finished(self) -> bytes:
        self._feed(self._layout.foot)
        self._out.cut(feed=False)  # GS V 66: to the cutter, then cut
        return bytes(self._out.output)

    def _says_something(self, block: Block) -> bool:
        match block:
            case Gap():
                return False
            case Edge() | Masthead() | Plate() | Heading():
                return True
            case Text(text=template) | Panel(clock=template) | Qr(data=template):
                return bool(self._filled(template))
            case Row(left, right):
                return bool(self._filled(left) or self._filled(right))
            case Facts(facts):
                return any(self._filled(fact.value) for fact in facts)
            case Bullets(items=name):
                return bool(self._fields[name])
        assert_never(block)

    def _block(self, block: Block) -> None:
        area, filled = self._layout.area, self._filled
        match block:
            case Edge(height):
                self._print_between(0, self._layout.width)
                self._picture(pictures.edge(self._layout.width, height))
                self._print_between(self._layout.margin, area)
            case Masthead(height, right):
                self._picture(pictures.masthead(area, height, filled(right)))
            case Plate(letter, number, height):
                self._picture(pictures.plate(area, height, filled(letter), filled(number)))
            case Heading(title, letter, number, height):
                self._picture(pictures.heading(area, height, filled(title), filled(letter), filled(number)))
            case Panel(caption, clock, height):
                self._picture(pictures.panel(area, height, filled(caption), filled(clock)))
            case Text(text, style, align):
                for line in self._wrapped(filled(text), style):
                    self._line(((self._start(line, style, align), line, style),))
            case Row():
                self._row(block)
            case Facts():
                self._facts(block)
            case Bullets():
                self._bullets(block)
            case Qr(data, module):
                self._qr(filled(data), module)
            case Gap(dots):
                self._feed(dots)
            case _:
                assert_never(block)

    def _row(self, row: Row) -> None:
        left, right = printable(self._filled(row.left)), printable(self._filled(row.right))
        ends_at = self._width(left, row.left_style) + _CELL_WIDTH
        starts_at = self._layout.area - self._width(right, row.right_style)
        if ends_at <= starts_at:
            self._line(((0, left, row.left_style), (starts_at, right, row.right_style)))
            return
        for text, style in ((left, row.left_style), (right, row.right_style)):
            for line in self._wrapped(text, style):
                self._line(((0, line, style),))

    def _facts(self, block: Facts) -> None:
        facts = [fact for fact in block.facts if self._filled(fact.value)]
        column = self._layout.area // len(block.facts)
        plain = Style()
        values = [self._wrapped(self._filled(fact.value), block.style, column) for fact in facts]
        labels = [self._wrapped(self._filled(fact.label), plain, column) for fact in facts]
        self._columns(values, block.style, column)
        self._columns(labels, plain, column)

    def _columns(self, texts: list[list[str]], style: Style, column: int) -> None:
        for lines in zip_longest(*texts, fillvalue=""):
            self._line([(index * column, line, style) for index, line in enumerate(lines) if line])

    def _bullets(self, block: Bullets) -> None:
        plain, bold = Style(), Style(bold=True)
        for line in self._wrapped(self._filled(block.title), bold):
            self._line(((0, line, bold),))
        hang = 2 * _CELL_WIDTH
        for item in self._fields[block.items]:
            for index, line in enumerate(self._wrapped(item, plain, self._layout.area - hang)):
                if index == 0:
                    self._in_line(pictures.bullet(_CELL_WIDTH, _CELL_HEIGHT))
                self._line(((hang, line, plain),))

    def _qr(self, data: str, module: int) -> None:
        self._feed(_QUIET_MODULES * module)
        self._out.set(align="center")
        self._out.qr(data, ec=_QR_CORRECTION_M, size=module, native=True)
        self._out.set(align="left")
        self._feed(_QUIET_MODULES * module)

    def _filled(self, template: str) -> str:
        return template.format_map(self._fields)

    def _width(self, text: str, style: Style) -> int:
        return len(text) * _CELL_WIDTH * style.across

    def _wrapped(self, text: str, style: Style, room: int | None = None) -> list[str]:
        columns = (self._layout.area if room is None else room) // (_CELL_WIDTH * style.across)
        return textwrap.wrap(printable(text), columns)

    def _start(self, line: str, style: Style, align: Align) -> int:
        free = self._layout.area - self._width(line, style)
        match align:
            case Align.LEFT:
                return 0
            case Align.CENTER:
                return free // 2
            case Align.RIGHT:
                return free
        assert_never(align)

    def _line(self, parts: Iterable[tuple[int, str, Style]]) -> None:
        """Texts that start so many dots from the margin, on one base line, and a line feed."""
        height = 0
        for start, text, style in parts:
            if start:
                self._command(b"\x1b$", struct.pack("<H", start))
            self._set(style)
            self._out.text(text)
            height = max(height, style.down * _CELL_HEIGHT)
        self._feed(height + _LEADING)

    def _set(self, style: Style) -> None:
        if style == self._style:
            return
        self._out.set(bold=style.bold, custom_size=True, width=style.across, height=style.down)
        self._style = style

    def _feed(self, dots: int) -> None:
        """Print what the line holds and move the paper (ESC J), leaving the line spacing out of it."""
        while dots > 0:
            step = min(dots, _LONGEST_FEED)
            self._command(b"\x1bJ", bytes((step,)))
            dots -= step

    def _picture(self, image: Image.Image) -> None:
        self._out.image(harmless(image), impl="bitImageRaster")

    def _in_line(self, image: Image.Image) -> None:
        """ESC *: a picture of 24 rows within the line, its columns from the left."""
        on_its_side = ImageOps.invert(image.convert("L")).convert("1").transpose(Image.Transpose.TRANSPOSE)
        self._command(b"\x1b*", struct.pack("<BH", 33, image.width) + on_its_side.tobytes())

    def _print_between(self, left: int, width: int) -> None:
        self._command(b"\x1dL", struct.pack("<H", left))
        self._command(b"\x1dW", struct.pack("<H", width))

    def _command(self, name: bytes, parameters: bytes) -> None:
        self._out._raw(name + parameters)  # python-escpos' own way out for what it has no method for


def harmless(image: Image.Image) -> Image.Image:
    """The picture without bytes that read as a real-time command, which a printer obeys even inside a picture.

    One dot more beside an eight-dot pattern is all it takes; most pictures need none.
    """
    dots = ImageOps.invert(image.convert("L")).convert("1").tobytes()
    if not _REALTIME.search(dots):
        return image
    changed = _REALTIME.sub(lambda found: b"\x30" + found[0][1:], dots)
    return Image.frombytes("1", image.size, changed, "raw", "1;I")


_REALTIME = re.compile(rb"\x10[\x04\x05\x14]")
