"""A layout's pictures in the printer's own characters, the larger the more they matter: for lines too slow for dots."""

from typing import assert_never

from hardware.escpos.sheet import Piece, Sheet
from hardware.layout.blocks import (
    Band,
    Box,
    Edge,
    Heading,
    Logo,
    Masthead,
    Panel,
    Plate,
    Ruler,
    Stripes,
    Style,
)
from hardware.layout.drawing import Filled, Picture
from hardware.layout.pictures import CELL_HEIGHT, LEADING

_LARGEST = 8
_PLAIN, _BOLD = Style(), Style(bold=True)


def set_large(sheet: Sheet, block: Picture, filled: Filled) -> None:
    """What the picture says, in characters. What it says nothing with is left out."""
    match block:
        case Edge() | Logo():
            pass
        case Masthead(right=right):
            sheet.row("Antrean", _BOLD, filled(right), _PLAIN)
        case Band(text):
            _reversed(sheet, f" {filled(text)} ", 2)
        case Plate(letter, number):
            _plate(sheet, filled(letter), filled(number))
        case Heading(title, letter, number):
            _heading(sheet, filled(title), filled(letter), filled(number))
        case Panel(caption, clock):
            sheet.text(filled(caption), _PLAIN)
            said = f" {filled(clock)} "
            _reversed(sheet, said, _greatest(sheet, said))
        case Box(caption, height):
            sheet.text(filled(caption), _PLAIN)
            sheet.feed(height)
        case Ruler():
            sheet.line([Piece(0, ("----+" * sheet.area)[: sheet.area // sheet.cell], _PLAIN)])
        case Stripes(height):
            for _ in range(max(1, height // (CELL_HEIGHT + LEADING))):
                sheet.line([Piece(0, ("// " * sheet.area)[: sheet.area // sheet.cell], _BOLD)])
        case _:
            assert_never(block)


def _plate(sheet: Sheet, letter: str, number: str) -> None:
    times = _greatest(sheet, f"{letter} {number}")
    sheet.line(_letter_and_number(sheet, 0, letter, number, times))


def _heading(sheet: Sheet, title: str, letter: str, number: str) -> None:
    """The plate at the right of the title's last line."""
    style = Style(down=2, bold=True)
    plate_at = sheet.area - sheet.length(f"{letter} {number}", Style(across=2))
    beside = sheet.wrapped(title, style, plate_at - sheet.cell if number else sheet.area)
    *above, last = beside or [""]
    for line in above:
        sheet.line([Piece(0, line, style)])
    plate = _letter_and_number(sheet, plate_at, letter, number, 2) if number else ()
    sheet.line([Piece(0, last, style), *plate])


def _letter_and_number(sheet: Sheet, start: int, letter: str, number: str, times: int) -> tuple[Piece, Piece]:
    badge, digits = Style(times, times, reverse=True), Style(times, times)
    return Piece(start, letter, badge), Piece(start + sheet.length(f"{letter} ", digits), number, digits)


def _reversed(sheet: Sheet, text: str, times: int) -> None:
    style = Style(times, times, bold=True, reverse=True)
    if sheet.length(text, style) <= sheet.area:
        sheet.line([Piece((sheet.area - sheet.length(text, style)) // 2, text, style)])
        return
    sheet.text(text, Style(bold=True, reverse=True))


def _greatest(sheet: Sheet, text: str) -> int:
    """How many times its size a text can be and still stand in one line."""
    return max(1, min(_LARGEST, sheet.area // sheet.length(text, _PLAIN)))
