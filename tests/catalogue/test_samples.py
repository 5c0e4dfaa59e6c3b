"""The sample settings: they say that they are samples, and a wrong one is named by its line."""

from pathlib import Path

import pytest

from catalogue import CatalogueError, Problem, load_samples
from catalogue.samples import SAMPLES

GOOD = """\
# Samples
[sectors]
usaha = { id = "Usaha", en = "Business" }

[bring]
warga = [
  { id = "KTP", en = "ID card" },
]

[one_day.USH-001]
short_name = { id = "Izin Mikro", en = "Micro licence" }
explanation = { id = "Untuk warung.", en = "For food stalls." }
cut_off = 11:00:00
promise_minutes = 210

[services]
USH-001 = { class = "ringan", sector = "usaha", working_days = 1, counter_minutes = 5, queue = "A", bring = "warga" }
USH-002 = { class = "berat", sector = "usaha", working_days = 5, counter_minutes = 9, queue = "B", bring = "warga" }
"""


def problems(tmp_path: Path, content: str) -> tuple[Problem, ...]:
    path = tmp_path / "samples.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CatalogueError) as raised:
        load_samples(["USH-001", "USH-002"], path)
    assert raised.value.path == path
    return raised.value.problems


def test_the_shipped_file_says_first_that_it_holds_samples() -> None:
    assert SAMPLES.read_text(encoding="utf-8").startswith(
        "# SAMPLE SETTINGS. Nothing in this file is the office's own."
    )


def test_a_good_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "samples.toml"
    path.write_text(GOOD, encoding="utf-8")
    samples = load_samples(["USH-001", "USH-002"], path)
    assert samples.services["USH-002"].working_days == 5
    assert samples.bring["warga"][0].en == "ID card"


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "said"),
    [
        ('"ringan"', '"mudah"', 17, "USH-001, class", "write ringan, sedang, berat"),
        ('"ringan"', "3", 17, "USH-001, class", "write ringan, sedang, berat"),
        ("working_days = 5", "working_days = 0", 18, "USH-002, working_days", "write whole days, 1 to 365"),
        ("working_days = 5", 'working_days = "5"', 18, "USH-002, working_days", "write whole days"),
        ("working_days = 5, ", "", 18, "USH-002, working_days", "missing required field"),
        ("working_days = 5", "days = 5", 18, "USH-002, days", "correct its spelling or remove it"),
        ("counter_minutes = 9", "counter_minutes = 9, note = 1", 18, "USH-002, note", "unknown field"),
        ('queue = "B"', 'queue = "O"', 18, "USH-002, queue", "not I, O or Q"),
        (
            'sector = "usaha", working_days = 5',
            'sector = "dagang", working_days = 5',
            18,
            "USH-002, sector",
            "unknown “dagang”",
        ),
        (
            'queue = "B", bring = "warga"',
            'queue = "B", bring = "x"',
            18,
            "USH-002, bring",
            "unknown “x”: write a key of [bring]",
        ),
        ("USH-002 =", "USH-009 =", 18, "USH-009", "unknown service"),
        ("USH-002 =", "USH-009 =", 16, "[services]", "no line for USH-002: add one"),
        ("[one_day.USH-001]", "[one_day.USH-009]", 10, "USH-009", "unknown service"),
        (
            "working_days = 1",
            "working_days = 2",
            17,
            "USH-001, working_days",
            "more than 1 for a one-day service",
        ),
        (
            "cut_off = 11:00:00",
            'cut_off = "11.00"',
            13,
            "USH-001, cut_off",
            "write a time of the day such as 11:00:00",
        ),
        ("cut_off = 11:00:00", "cut_off = 25:00:00", 13, None, "is not valid TOML"),
        ("cut_off = 11:00:00\n", "", 10, "USH-001, cut_off", "missing required field"),
        (
            "promise_minutes = 210",
            "promise_minutes = 2100",
            14,
            "USH-001, promise_minutes",
            "write whole minutes, 1 to 600",
        ),
        ('en = "Micro licence"', 'en = ""', 11, "USH-001, short_name", "is empty"),
        ('"Untuk warung."', '"Untuk ? warung."', 12, "USH-001, explanation", "a sign that was lost"),
        (', en = "ID card"', "", 6, "warga, en", "missing required field"),
        ('en = "ID card"', 'en = " ID card"', 6, "warga", "has needless spaces"),
        (', en = "Business"', "", 3, "usaha, en", "missing required field"),
        ("[sectors]\n", "[sektor]\n", 2, "[sektor]", "unknown table"),
        ("[sectors]\n", "[sektor]\n", None, "[sectors]", "is missing"),
        (
            "promise_minutes = 210",
            "promise_minutes = 210\npromise_minutes = 9",
            15,
            None,
            "is not valid TOML",
        ),
    ],
)
def test_a_wrong_setting_is_named_by_line_and_field(
    tmp_path: Path, old: str, new: str, line: int | None, column: str | None, said: str
) -> None:
    assert old in GOOD
    named = [
        (problem.line, problem.column)
        for problem in problems(tmp_path, GOOD.replace(old, new, 1))
        if said in problem.text
    ]
    assert named == [(line, column)]


def test_all_that_is_wrong_is_named_at_once(tmp_path: Path) -> None:
    wrong = GOOD.replace('"ringan"', '"mudah"').replace('"B"', '"b"').replace("210", "0")
    assert [problem.line for problem in problems(tmp_path, wrong)] == [14, 17, 18]
