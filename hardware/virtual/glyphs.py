"""The printer's own characters: two fixed fonts of one bit, and the code tables that say which byte is which.

The shapes ship as text files in `fonts/`: a bitmap font drawn for such cells stays legible at 8 dots per
millimetre, where an outline font rendered in one bit would not, and it needs no font on the machine.
"""

import string
from collections.abc import Mapping
from enum import Enum
from functools import cache, lru_cache

from PIL import Image

from hardware.virtual import fonts

# ESC t n: Epson's numbers of the code tables that the fonts cover.
EPSON_CODE_TABLES: Mapping[int, str] = {
    0: "cp437",
    2: "cp850",
    3: "cp860",
    4: "cp863",
    5: "cp865",
    16: "cp1252",
    17: "cp866",
    18: "cp852",
    19: "cp858",
    35: "cp861",
    39: "iso8859-2",
    40: "iso8859-15",
    45: "cp1250",
}

# ESC R n: what stands in the places of #$@[\\]^`{|}~, as Epson's table of international characters has it.
_ASCII_PLACES = "#$@[\\]^`{|}~"
_IN_THEIR_PLACES = (
    "#$@[\\]^`{|}~",  # USA
    "#$à°ç§^`éùè¨",  # France
    "#$§ÄÖÜ^`äöüß",  # Germany
    "£$@[\\]^`{|}~",  # United Kingdom
    "#$@ÆØÅ^`æøå~",  # Denmark I
    "#¤ÉÄÖÅÜéäöåü",  # Sweden
    "#$@°\\é^ùàòèì",  # Italy
    "₧$@¡Ñ¿^`¨ñ}~",  # Spain I
    "#$@[¥]^`{|}~",  # Japan
    "#¤ÉÆØÅÜéæøåü",  # Norway
    "#$ÉÆØÅÜéæøåü",  # Denmark II
    "#$á¡Ñ¿é`íñóú",  # Spain II
    "#$á¡Ñ¿éüíñóú",  # Latin America
    "#$@[₩]^`{|}~",  # Korea
    "#$ŽŠĐĆČžšđćč",  # Slovenia, Croatia
    "#¥@[\\]^`{|}~",  # China
)
COUNTRIES = range(len(_IN_THEIR_PLACES))


class Font(Enum):
    """ESC M n; the value is (file, width, height) with the cell in dots."""

    A = ("font-a.txt", 12, 24)
    B = ("font-b.txt", 9, 17)

    @property
    def width(self) -> int:
        return self.value[1]

    @property
    def height(self) -> int:
        return self.value[2]


def character(byte: int, table: str, country: int = 0) -> str | None:
    """The character that a byte stands for in a code table; None where the table has none."""
    try:
        char = bytes((byte,)).decode(table)
    except UnicodeDecodeError:
        return None
    place = _ASCII_PLACES.find(char)
    return char if place < 0 else _IN_THEIR_PLACES[country][place]


def has_glyph(font: Font, char: str) -> bool:
    return char in _shapes(font)


@lru_cache(maxsize=2048)
def glyph(font: Font, char: str, across: int, down: int, bold: bool) -> Image.Image:
    """The cell of a character in one bit (1 is ink), each dot `across` wide and `down` high.

    Emphasis prints the shape a second time one dot to the right, as a thermal head does.
    """
    image = Image.frombytes("1", (font.width, font.height), _shapes(font)[char])
    if bold:
        image.paste(255, (1, 0), image.crop((0, 0, font.width - 1, font.height)))
    return image.resize((font.width * across, font.height * down), Image.Resampling.NEAREST)


@cache
def _shapes(font: Font) -> Mapping[str, bytes]:
    """Each character's rows, packed as Pillow's mode "1" wants them."""
    file, width, height = font.value
    digits = -(-width // 4)
    row_bytes = -(-width // 8)
    shapes = {}
    for line in fonts.FOLDER.joinpath(file).read_text(encoding="ascii").splitlines():
        if not line or line[0] not in string.hexdigits:
            continue
        code, rows = line.split()
        cells = (rows[at : at + digits] for at in range(0, height * digits, digits))
        shapes[chr(int(code, 16))] = b"".join(bytes.fromhex(cell.ljust(row_bytes * 2, "0")) for cell in cells)
    return shapes
