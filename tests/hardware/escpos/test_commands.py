"""The bytes of each command, held against Epson's published reference and against python-escpos."""

import pytest
from escpos.printer import Dummy
from PIL import Image

from hardware.escpos import commands
from hardware.escpos.commands import Justify
from hardware.layout import pictures


@pytest.mark.parametrize(
    ("command", "published"),
    [
        (commands.code_table(19), "1B 52 00 1B 74 13"),  # ESC R n, ESC t n
        (commands.motion_units(203), "1D 50 CB CB"),  # GS P x y
        (commands.print_between(20, 536), "1D 4C 14 00 1D 57 18 02"),  # GS L nL nH, GS W nL nH
        (commands.justify(Justify.CENTER), "1B 61 01"),  # ESC a n
        (commands.go_to(300), "1B 24 2C 01"),  # ESC $ nL nH
        (commands.size(2, 3), "1D 21 12"),  # GS ! n: width in bits 4 to 6, height in bits 0 to 2, less one
        (commands.size(8, 8), "1D 21 77"),
        (commands.bold(True), "1B 45 01"),  # ESC E n
        (commands.reverse(True), "1D 42 01"),  # GS B n
        (commands.feed(24), "1B 4A 18"),  # ESC J n
        (commands.feed(300), "1B 4A FF 1B 4A 2D"),
        (commands.feed(510), "1B 4A FF 1B 4A FF"),
        (commands.feed(0), ""),
        (commands.cut(), "1D 56 42 00"),  # GS V m n, m = 66: feed to the cutter, then cut
        (
            commands.qr(b"Hi", 7),  # GS ( k pL pH cn fn …, cn = 49
            "1D 28 6B 04 00 31 41 32 00"  # function 165: model 2
            "1D 28 6B 03 00 31 43 07"  # function 167: module
            "1D 28 6B 03 00 31 45 32"  # function 169: level Q
            "1D 28 6B 05 00 31 50 30 48 69"  # function 180: store; pL pH counts cn, fn, m and the data
            "1D 28 6B 03 00 31 51 30",  # function 181: print
        ),
    ],
)
def test_a_command_is_as_published(command: bytes, published: str) -> None:
    assert command == bytes.fromhex(published)


def test_a_raster_is_rows_of_bytes_from_the_top() -> None:
    """GS v 0 m xL xH yL yH: x in bytes, y in dots, the left dot in bit 7, ink a 1."""
    picture = Image.new("1", (10, 2), 1)
    picture.putpixel((0, 0), 0)
    picture.putpixel((9, 1), 0)
    assert commands.raster(picture, doubled=False) == bytes.fromhex("1D 76 30 00 02 00 02 00 80 00 00 40")
    assert commands.raster(picture, doubled=True) == bytes.fromhex("1D 76 30 03 02 00 02 00 80 00 00 40")


def test_a_tall_raster_goes_out_in_parts() -> None:
    out = commands.raster(Image.new("1", (8, 1000), 0), doubled=False)
    assert out == bytes.fromhex("1D 76 30 00 01 00 C0 03") + b"\xff" * 960 + bytes.fromhex(
        "1D 76 30 00 01 00 28 00"
    ) + (b"\xff" * 40)


def test_a_picture_in_a_line_is_columns_of_three_bytes_from_the_left() -> None:
    """ESC * m nL nH, m = 33: 24 dots, double density; the top dot in bit 7 of the first byte."""
    picture = Image.new("1", (2, 24), 1)
    picture.putpixel((0, 0), 0)
    picture.putpixel((1, 23), 0)
    assert commands.in_line(picture) == bytes.fromhex("1B 2A 21 02 00 80 00 00 00 00 01")


@pytest.mark.parametrize("trap", ["10 04 01", "10 05 02", "10 14 08 01 03 14 01 06 02 08"])
def test_a_picture_never_holds_a_real_time_command(trap: str) -> None:
    row = bytes(8) + bytes.fromhex(trap) + bytes(56 - len(bytes.fromhex(trap)))
    picture = Image.frombytes("1", (512, 2), row * 2, "raw", "1;I")
    dots = commands.raster(picture, doubled=False)[8:]
    assert bytes.fromhex(trap) not in dots
    changed = sum((a ^ b).bit_count() for a, b in zip(dots, row * 2, strict=True))
    assert changed == 2  # one dot a row


def test_python_escpos_writes_the_same() -> None:
    theirs = Dummy(profile="TM-T20II")
    theirs.qr("https://antrean.example/t/ABC", ec=2, size=6, native=True)
    assert theirs.output == commands.qr(b"https://antrean.example/t/ABC", 6)

    picture = pictures.plate(535, 182, "A", "019")
    for doubled in (False, True):
        theirs = Dummy(profile="TM-T20II")
        theirs.image(picture, high_density_vertical=not doubled, high_density_horizontal=not doubled)
        assert theirs.output == commands.raster(picture, doubled=doubled)

    theirs = Dummy(profile="TM-T20II")
    theirs.cut(feed=False)
    assert theirs.output == commands.cut()
