"""Text reaches the paper in characters that the printer has."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.escpos.characters import printable


@pytest.mark.parametrize(
    ("text", "on_paper"),
    [
        ("10.25–10.40", "10.25-10.40"),
        ("Pasfoto 4×6, ≥ 2 lembar", "Pasfoto 4x6, >= 2 lembar"),
        ("“Siap diambil”", '"Siap diambil"'),
        ("Jum’at…", "Jum'at..."),
        ("10\u202fm²", "10 m2"),
        ("Café Éléphant", "Café Éléphant"),
        ("Šibenik, Łódź, pāṭh", "Sibenik, Lódz, path"),
        ("½ hari", "1/2 hari"),
    ],
)
def test_signs_beyond_the_printer_become_their_plain_forms(text: str, on_paper: str) -> None:
    assert printable(text) == on_paper


@settings(deadline=None)
@given(st.text())
def test_nothing_becomes_a_question_mark_and_all_can_be_sent(text: str) -> None:
    on_paper = printable(text.replace("?", "").replace("\uff1f", ""))
    on_paper.encode("cp437")
    assert all(char >= " " for char in on_paper)
