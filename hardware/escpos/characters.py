"""Which characters a printer has of its own, and their bytes in its code table. Pure.

A typographic sign that the table lacks takes its plain form (a dash for a longer dash); a letter is never changed:
text that the printer has not is drawn (`hardware.layout.pictures`), not guessed at.
"""

import unicodedata
from functools import lru_cache

_PLAIN = {
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
    "№": "No.",
}
_UNSEEN = ("Cc", "Cf")
"""Unicode's categories of what has no shape: control characters, joiners, soft hyphens, directions."""


@lru_cache(maxsize=1024)
def visible(text: str) -> str:
    """The text in whole letters, without what has no shape of its own."""
    return "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFC", text)
        if char.isspace() or unicodedata.category(char) not in _UNSEEN
    )


@lru_cache(maxsize=1024)
def settable(text: str, codec: str) -> str:
    """Visible text as it will be set: with plain signs for those that the table lacks.

    `codec` is Python's name of the code table. It may still hold letters that the table lacks.
    """
    return "".join(char if _has(codec, char) else _PLAIN.get(char, char) for char in text)


@lru_cache(maxsize=1024)
def in_code_table(text: str, codec: str) -> bytes | None:
    """The bytes of a line of settable text; None where the code table lacks one of its characters."""
    try:
        return text.encode(codec)
    except UnicodeEncodeError:
        return None


@lru_cache(maxsize=4096)
def _has(codec: str, char: str) -> bool:
    return in_code_table(char, codec) is not None
