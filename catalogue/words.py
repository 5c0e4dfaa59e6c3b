"""Words as a search compares them: without case and accents, and by their sound."""

import re
import unicodedata
from collections.abc import Iterator

Span = tuple[int, int]
"""Where a word stands in a text: its first character, and the one after its last."""

# What is easily confused in everyday spelling, in the order in which it is replaced: praktek and praktik,
# ijin and izin, apotik and apotek, aktip and aktif, silahkan and silakan, license and licence.
_ALIKE = (
    (re.compile("oe"), "u"),
    (re.compile("[ey]"), "i"),
    (re.compile("c(?=i)"), "s"),
    (re.compile("kh|hk|q"), "k"),
    (re.compile("dj|z"), "j"),
    (re.compile("[vf]|ph"), "p"),
    (re.compile("sy|sh"), "s"),
    (re.compile("th"), "t"),
    (re.compile(r"(.)\1+"), r"\1"),
)


def words(text: str) -> Iterator[tuple[str, Span]]:
    """The words of a text, folded, each with its place."""
    for found in re.finditer(r"[^\W_]+", text):
        yield _folded(found[0]), found.span()


def sound(word: str) -> str:
    """A folded word as it sounds: the same for all its everyday spellings, and for their beginnings."""
    for pattern, same in _ALIKE:
        word = pattern.sub(same, word)
    return word


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
