"""The ESC/POS commands that pages are made of, after Epson's published reference: their names, and nothing of sense.

python-escpos' own are not used: its text puts question marks for what it lacks, its pictures speak on standard output,
its QR codes leave the printer's abilities to the caller. Lengths are dots, as `motion_units` sets them.
"""

import re
import struct
from enum import IntEnum

from PIL import Image

_TALLEST_RASTER = 960
"""Rows that every printer's raster takes at once."""
_LONGEST_FEED = 255


class Justify(IntEnum):
    LEFT = 0
    CENTER = 1


def initialize() -> bytes:
    """ESC @: drop what the line holds and forget all that was set, also automatic status."""
    return b"\x1b@"


def code_table(number: int) -> bytes:
    """ESC t; and ESC R 0, without which some printers put other letters for # $ @ [ ] { }."""
    return b"\x1bR\x00" + b"\x1bt" + bytes((number,))


def motion_units(dots_per_inch: int) -> bytes:
    """GS P: lengths in dots of the head from here on."""
    return b"\x1dP" + bytes((dots_per_inch, dots_per_inch))


def print_between(left: int, width: int) -> bytes:
    """GS L and GS W: the part of the paper that is printed on."""
    return b"\x1dL" + struct.pack("<H", left) + b"\x1dW" + struct.pack("<H", width)


def justify(how: Justify) -> bytes:
    """ESC a."""
    return b"\x1ba" + bytes((how,))


def go_to(dots: int) -> bytes:
    """ESC $: go on so far from the left of the part that is printed on."""
    return b"\x1b$" + struct.pack("<H", dots)


def size(across: int, down: int) -> bytes:
    """GS !: how many dots one dot of a character becomes, 1 to 8 either way."""
    return b"\x1d!" + bytes(((across - 1) << 4 | (down - 1),))


def bold(on: bool) -> bytes:
    """ESC E."""
    return b"\x1bE" + bytes((on,))


def reverse(on: bool) -> bytes:
    """GS B: white on black."""
    return b"\x1dB" + bytes((on,))


def feed(dots: int) -> bytes:
    """ESC J: print what the line holds and move the paper."""
    steps, rest = divmod(dots, _LONGEST_FEED)
    return b"\x1bJ\xff" * steps + (b"\x1bJ" + bytes((rest,)) if rest else b"")


def raster(image: Image.Image, *, doubled: bool) -> bytes:
    """GS v 0: a picture of one bit (0 is ink), by itself on its lines; `doubled`, each of its dots is four."""
    return b"".join(
        b"\x1dv0"
        + bytes((3 if doubled else 0,))
        + struct.pack("<HH", -(-image.width // 8), min(_TALLEST_RASTER, image.height - top))
        + _ink(image.crop((0, top, image.width, min(image.height, top + _TALLEST_RASTER))))
        for top in range(0, image.height, _TALLEST_RASTER)
    )


def in_line(image: Image.Image) -> bytes:
    """ESC * 33: a picture of 24 rows among the line's characters, its columns from the left."""
    on_its_side = image.transpose(Image.Transpose.TRANSPOSE)
    return b"\x1b*\x21" + struct.pack("<H", image.width) + _ink(on_its_side)


def qr(data: bytes, module: int) -> bytes:
    """GS ( k: model 2, the module in dots, level Q, the text, print."""
    return b"".join(
        b"\x1d(k" + struct.pack("<H", len(function) + 1) + b"1" + function
        for function in (b"A2\x00", b"C" + bytes((module,)), b"E2", b"P0" + data, b"Q0")
    )


def cut() -> bytes:
    """GS V 66 0: feed to the cutter, then cut."""
    return b"\x1dV\x42\x00"


def _ink(image: Image.Image) -> bytes:
    """The picture's bytes, a set bit being ink, but none that read as a real-time command, which a printer obeys even
    inside a picture. One dot more beside an eight-dot pattern is all it takes; most pictures need none.
    """
    return _REALTIME.sub(lambda found: b"\x30" + found[0][1:], image.tobytes("raw", "1;I"))


_REALTIME = re.compile(rb"\x10[\x04\x05\x14]")
