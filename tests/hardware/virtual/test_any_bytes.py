"""Whatever bytes come, in whatever pieces: the printer stays on its feet, and does the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.virtual.abilities import CUSTOM_PRESENTER, EPSON, OLD_AND_NARROW, Abilities
from hardware.virtual.engine import Engine
from hardware.virtual.paper import Paper

NAMES = [
    *(bytes((0x1B, second)) for second in b"@!-EGMtaJd23$\\*D RcpVx("),
    *(bytes((0x1D, second)) for second in b"!BLWPVrIabvkw8(x"),
    *(bytes((0x10, second, n)) for second in (0x04, 0x05, 0x14) for n in (1, 2, 8, 20)),
    b"\x1d(k\x03\x001Q0",
    b"\x1d(k\x06\x001P0abc",
    b"\x1d(L\x0b\x000p0\x01\x011\x08\x00\x01\x00\xaa",
    b"\x1d(L\x02\x0002",
    b"\x1d(H\x06\x00000042",
    b"\x1dv0\x00\x01\x00\x02\x00\xff\xff",
    b"\x1b*\x21\x01\x00\x01\x02\x03",
    b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08",
    b"\x1dV\x42\x00",
]
ANYTHING = st.lists(st.one_of(st.sampled_from(NAMES), st.binary(max_size=6)), max_size=30).map(b"".join)
MODELS = pytest.mark.parametrize(
    "abilities", [EPSON, OLD_AND_NARROW, CUSTOM_PRESENTER], ids=["new", "old", "kiosk's"]
)
ENOUGH = bytes(70_000)
"""Ends whatever command may have been begun, but for the longest pictures."""


def result(pieces: list[bytes], abilities: Abilities) -> tuple[list[bytes], bytes]:
    """What comes out on paper once all has come, and what it answers."""
    papers: list[Paper] = []
    printer = Engine(papers.append, abilities=abilities)
    for piece in pieces:
        printer.receive(piece)
    printer.work()
    printer.tear_off()
    return [paper.image.tobytes() for paper in papers], printer.answers()


@MODELS
@given(data=ANYTHING)
def test_no_bytes_upset_it(abilities: Abilities, data: bytes) -> None:
    printer = Engine(lambda _: None, abilities=abilities)
    printer.receive(data)
    printer.work()
    printer.answers()
    printer.receive(ENOUGH)
    printer.work()
    assert printer.idle
    assert printer.room > 0


@MODELS
@given(data=ANYTHING, at=st.integers(0, 200))
def test_pieces_make_no_difference(abilities: Abilities, data: bytes, at: int) -> None:
    assert result([data[:at], data[at:]], abilities) == result([data], abilities)
