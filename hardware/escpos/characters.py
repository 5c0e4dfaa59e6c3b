"""Which characters a printer's own text may use, and what stands in for the others. Pure.

ASCII, and the accented letters of code table 0 (PC437), which every ESC/POS printer has. Typographic signs become
their plain forms; a letter beyond the table loses its accent; nothing ever becomes a question mark.
"""

import unicodedata

CODE_TABLE = "CP437"

_PLAIN = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "‑": "-",
        "−": "-",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "…": "...",
        "•": "-",
        "·": "-",
        "×": "x",
        "≥": ">=",
        "≤": "<=",
        "→": "->",
        "✓": "v",
        "№": "No.",
        "Ł": "L",
        "ł": "l",
        "Đ": "D",
        "đ": "d",
        "Ø": "O",
        "ø": "o",
        "\u00a0": " ",
        "\u202f": " ",
        "\u00ad": "",
    }
)
_FRACTION_SLASH = "\u2044"  # what a sign like ½ comes apart at
_ACCENTED = frozenset(bytes(range(0x80, 0xA6)).decode("cp437")) - set("¢£¥₧ƒ")


def printable(text: str) -> str:
    """The text in characters that the printer has."""
    return "".join(_nearest(char) for char in text.translate(_PLAIN))


def _nearest(char: str) -> str:
    if " " <= char <= "~" or char in _ACCENTED:
        return char
    parts = unicodedata.normalize("NFKD", char).replace(_FRACTION_SLASH, "/")
    return "".join(part for part in parts if " " <= part <= "~")
