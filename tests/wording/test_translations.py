"""Every text in the code has its Indonesian, and the review that says so can say no."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from wording.extract import PACKAGES, ROOT, extracted, update
from wording.language import INDONESIAN
from wording.review import problems

CODE = '''\
"""A package that speaks."""

def screen(w):
    w.t("Take a number")
    w.tn("{n} person", "{n} people", 3)
    w.tp("counter", "Open")
    title = N_("Choose at {time}")
'''

TRANSLATED = """\
# The header
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Take a number"
msgstr "Ambil nomor"

msgid "{n} person"
msgid_plural "{n} people"
msgstr[0] "{n} orang"

msgctxt "counter"
msgid "Open"
msgstr "Buka"

# Said on the first page
msgid "Choose at {time}"
msgstr "Pilih pada {time}"
"""


@pytest.fixture
def found(tmp_path: Path) -> Catalog:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "page.py").write_text(CODE, encoding="utf-8")
    return extracted(tmp_path, ["shop"])


@pytest.fixture
def po(tmp_path: Path) -> Path:
    path = tmp_path / "id.po"
    path.write_text(TRANSLATED, encoding="utf-8")
    return path


def change(po: Path, old: str, new: str) -> None:
    text = po.read_text(encoding="utf-8")
    assert old in text
    po.write_text(text.replace(old, new), encoding="utf-8")


def where(po: Path, line: int) -> str:
    return f"{po.parent.name}/id.po:{line}"


def test_every_text_of_the_product_is_in_indonesian() -> None:
    assert problems(extracted(), INDONESIAN) == []


def test_the_texts_of_every_package_are_looked_at() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages <= set(PACKAGES)


def test_a_complete_catalogue_has_no_problems(found: Catalog, po: Path) -> None:
    assert problems(found, po) == []


def test_a_text_without_an_entry_is_named_by_file_and_line(found: Catalog, po: Path) -> None:
    change(po, 'msgid "Take a number"\nmsgstr "Ambil nomor"\n', "")
    assert problems(found, po) == ["shop/page.py:4: “Take a number” has no Indonesian"]


def test_a_text_with_an_empty_translation_is_named_by_file_and_line(found: Catalog, po: Path) -> None:
    change(po, '"{n} orang"', '""')
    change(po, '"Buka"', '""')
    assert problems(found, po) == [
        "shop/page.py:5: “{n} person” has no Indonesian",
        "shop/page.py:6: “Open” (counter) has no Indonesian",
    ]


def test_a_fuzzy_translation_is_a_problem(found: Catalog, po: Path) -> None:
    change(po, 'msgid "Take a number"', '#, fuzzy\nmsgid "Take a number"')
    assert problems(found, po) == [f"{where(po, 8)}: the Indonesian of “Take a number” is marked fuzzy"]


def test_an_entry_that_no_code_uses_is_a_problem(found: Catalog, po: Path) -> None:
    change(po, "# Said on", 'msgid "Old"\nmsgstr "Lama"\n\n#~ msgid "Older"\n#~ msgstr "Tua"\n\n# Said on')
    assert problems(found, po) == [
        f"{where(po, 18)}: no code uses “Old”",
        f"{where(po, 21)}: “Older” is kept as obsolete",
    ]


def test_a_parameter_that_differs_is_a_problem(found: Catalog, po: Path) -> None:
    change(po, "Pilih pada {time}", "Pilih pada {waktu}")
    assert problems(found, po) == [
        f"{where(po, 19)}: “Choose at {{time}}” has the parameters ['time'], its Indonesian ['waktu']"
    ]


def test_a_translation_that_cannot_be_filled_in_is_a_problem(found: Catalog, po: Path) -> None:
    change(po, "Pilih pada {time}", "Pilih pada {time")
    (problem,) = problems(found, po)
    assert problem.startswith(f"{where(po, 19)}: “Choose at {{time}}” cannot be filled in")


@pytest.mark.parametrize("misspelt", ["Antrian", "silahkan"])
def test_a_spelling_that_the_house_does_not_use_is_a_problem(found: Catalog, po: Path, misspelt: str) -> None:
    change(po, "Ambil nomor", f"Ambil nomor {misspelt}")
    (problem,) = problems(found, po)
    assert problem.startswith(f"{where(po, 7)}: “{misspelt}” in the Indonesian of “Take a number”")


def test_an_entry_that_is_there_twice_is_a_problem(found: Catalog, po: Path) -> None:
    change(po, "# Said on", 'msgid "Take a number"\nmsgstr "Ambil karcis"\n\n# Said on')
    assert problems(found, po) == [f"{where(po, 18)}: “Take a number” is there already, on line 7"]


def test_a_plural_that_only_one_side_has_is_a_problem(found: Catalog, po: Path) -> None:
    change(po, 'msgid_plural "{n} people"\nmsgstr[0] "{n} orang"', 'msgstr "{n} orang"')
    assert problems(found, po) == [
        "shop/page.py:5: “{n} person” is plural in the code or in the catalogue, not in both"
    ]


def test_an_update_adds_new_texts_and_drops_old_ones_and_keeps_the_rest(found: Catalog, po: Path) -> None:
    change(po, 'msgid "Take a number"\nmsgstr "Ambil nomor"', 'msgid "Old"\nmsgstr "Lama"')
    update(po, found)
    with po.open("rb") as file:
        entries = read_po(file, locale="id")
    assert {entry.id: entry.string for entry in entries if entry.id} == {
        "Choose at {time}": "Pilih pada {time}",
        "Open": "Buka",
        "Take a number": "",
        ("{n} person", "{n} people"): ("{n} orang",),
    }
    kept = entries.get("Choose at {time}")
    assert kept is not None
    assert kept.user_comments == ["Said on the first page"]
    assert problems(found, po) == ["shop/page.py:4: “Take a number” has no Indonesian"]


def test_an_update_of_what_is_up_to_date_changes_nothing(found: Catalog, po: Path) -> None:
    update(po, found)
    once = po.read_bytes()
    update(po, found)
    assert po.read_bytes() == once
