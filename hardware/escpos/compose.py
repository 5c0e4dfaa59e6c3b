"""A layout and its fields become the bytes of one page, for the printer that a profile describes. Pure."""

from itertools import zip_longest
from typing import assert_never

from hardware.escpos.characters import visible
from hardware.escpos.large import set_large
from hardware.escpos.sheet import Piece, Sheet
from hardware.layout import pictures
from hardware.layout.blocks import (
    Align,
    Band,
    Block,
    Box,
    Bullets,
    Edge,
    Facts,
    Fields,
    Gap,
    Heading,
    Layout,
    Logo,
    Masthead,
    Panel,
    Plate,
    Qr,
    Row,
    Ruler,
    Section,
    Stripes,
    Style,
    Table,
    Text,
)
from hardware.layout.drawing import Picture, drawn
from hardware.layout.pictures import CELL_HEIGHT
from hardware.profile import Profile

_RULE_DOTS, _ABOVE_RULE, _BELOW_RULE = 3, 18, 18
_PLAIN, _BOLD = Style(), Style(bold=True)


def compose(layout: Layout, fields: Fields, profile: Profile) -> bytes:
    """The page's bytes. A field that the layout asks for and the content lacks is a KeyError.

    The page begins with the printer as ESC @ leaves it, and ends cut off, or where it can be torn off.
    """
    page = _Page(layout, layout.filled(fields), profile)
    for section in layout.sections:
        page.section(section)
    return page.finished()


class _Page:
    def __init__(self, layout: Layout, fields: Fields, profile: Profile) -> None:
        self._layout = layout
        self._fields = fields
        self._profile = profile
        self._sheet = Sheet(profile, layout.margin)

    def section(self, section: Section) -> None:
        if not any(self._says_something(block) for block in section.blocks):
            return
        if section.ruled:
            self._sheet.feed(_ABOVE_RULE)
            self._sheet.rule(_RULE_DOTS)
            self._sheet.feed(_BELOW_RULE)
        for block in section.blocks:
            if isinstance(block, Gap) or self._says_something(block):
                self._block(block)

    def finished(self) -> bytes:
        self._sheet.feed(self._layout.foot)
        return self._sheet.finished()

    def _says_something(self, block: Block) -> bool:
        match block:
            case Gap():
                return False
            case Edge() | Masthead() | Logo() | Plate() | Heading() | Box() | Ruler() | Stripes():
                return True
            case Text(text=template) | Band(text=template) | Panel(clock=template) | Qr(data=template):
                return bool(self._filled(template))
            case Row(left, right):
                return bool(self._filled(left) or self._filled(right))
            case Facts(facts):
                return any(self._filled(fact.value) for fact in facts)
            case Bullets(items=name) | Table(rows=name):
                return bool(self._fields[name])
        assert_never(block)

    def _block(self, block: Block) -> None:
        match block:
            case Text(text, style, align):
                for line in self._sheet.wrapped(self._filled(text), style):
                    self._sheet.line([Piece(self._start(line, style, align), line, style)])
            case Row(left, right, left_style, right_style):
                self._sheet.row(self._filled(left), left_style, self._filled(right), right_style)
            case Facts():
                self._facts(block)
            case Bullets(title, name):
                self._sheet.text(self._filled(title), _BOLD)
                for item in self._fields[name]:
                    self._bullet(visible(item))
            case Table(title, name):
                self._sheet.text(self._filled(title), _BOLD)
                for row in self._fields[name]:
                    label, _, value = row.partition("\t")
                    self._sheet.row(visible(label), _PLAIN, visible(value), _BOLD)
            case Qr(data, module):
                self._sheet.qr(data.format_map(self._fields), module)
            case Gap(dots):
                self._sheet.feed(dots)
            case _:
                self._picture(block)

    def _picture(self, block: Picture) -> None:
        if self._profile.pictures:
            left, image = drawn(block, self._layout, self._profile, self._filled)
            self._sheet.picture_at(left, image)
        else:
            set_large(self._sheet, block, self._filled)

    def _facts(self, block: Facts) -> None:
        facts = [fact for fact in block.facts if self._filled(fact.value)]
        column = self._sheet.area // len(block.facts)
        self._columns([self._filled(fact.value) for fact in facts], block.style, column)
        self._columns([self._filled(fact.label) for fact in facts], _PLAIN, column)

    def _columns(self, texts: list[str], style: Style, column: int) -> None:
        wrapped = [self._sheet.wrapped(text, style, column) for text in texts]
        for lines in zip_longest(*wrapped, fillvalue=""):
            self._sheet.line([Piece(index * column, line, style) for index, line in enumerate(lines) if line])

    def _bullet(self, item: str) -> None:
        sheet = self._sheet
        hang = 2 * sheet.cell
        for index, line in enumerate(sheet.wrapped(item, _PLAIN, sheet.area - hang)):
            if index:
                sheet.line([Piece(hang, line, _PLAIN)])
            elif self._profile.pictures:
                sheet.line([Piece(hang, line, _PLAIN)], pictures.bullet(sheet.cell, CELL_HEIGHT))
            else:
                sheet.line([Piece(0, "•", _PLAIN), Piece(hang, line, _PLAIN)])

    def _start(self, line: str, style: Style, align: Align) -> int:
        free = self._sheet.area - self._sheet.length(line, style)
        match align:
            case Align.LEFT:
                return 0
            case Align.CENTER:
                return free // 2
            case Align.RIGHT:
                return free
        assert_never(align)

    def _filled(self, template: str) -> str:
        return visible(template.format_map(self._fields))
