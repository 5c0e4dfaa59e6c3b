"""Text reaches the paper as it was written: in the printer's characters where it has them, else not in its text."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.escpos.characters import in_code_table, settable, visible

TABLES = ["ascii", "cp437", "cp850", "cp858", "cp1252"]


@pytest.mark.parametrize(
    ("text", "set_as"),
    [
        ("10.25–10.40", "10.25-10.40"),
        ("Pasfoto 4×6, ≥ 2 lembar", "Pasfoto 4x6, ≥ 2 lembar"),
        ("“Siap diambil”", '"Siap diambil"'),
        ("Jum’at…", "Jum'at..."),
        ("10\u202fm²", "10 m²"),
        ("Cafe\u0301 É", "Café É"),
        ("jem\u00adput\u200b", "jemput"),
    ],
)
def test_a_sign_beyond_the_table_takes_its_plain_form(text: str, set_as: str) -> None:
    assert settable(visible(text), "cp437") == set_as
    assert in_code_table(set_as, "cp437") is not None


def test_a_sign_that_the_table_has_stays_as_it_is() -> None:
    assert settable("4×6, “siap”–…", "cp1252") == "4×6, “siap”–…"


@pytest.mark.parametrize("text", ["Šibenik", "Łódź", "pāṭh", "中", "ऊ"])
def test_a_letter_beyond_the_table_is_kept_and_told(text: str) -> None:
    assert settable(text, "cp437") == text
    assert in_code_table(text, "cp437") is None


@pytest.mark.parametrize("table", TABLES)
@settings(deadline=None)
@given(text=st.text())
def test_no_letter_ever_becomes_another(table: str, text: str) -> None:
    def letters(of: str) -> list[str]:
        return [char for char in unicodedata.normalize("NFC", of) if char.isalnum()]

    dropped_no = set("№×")
    kept = settable(visible("".join(char for char in text if char not in dropped_no)), table)
    assert letters(kept) == letters("".join(char for char in text if char not in dropped_no))
    data = in_code_table(kept, table)
    assert data is None or (data.decode(table) == kept and kept.count("?") == text.count("?"))
