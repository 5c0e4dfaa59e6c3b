"""Settings files: what is right is read, what is wrong is named, and the example is true."""

import tomllib
from pathlib import Path

import pytest

from antrean.problem import Problem
from antrean.settings import PrinterKind, Settings, example, from_tables, load, overridden
from wording import Language, Wording

W = Wording(Language.EN)


def problem_of(text: str, tmp_path: Path) -> Problem:
    path = tmp_path / "antrean.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Problem) as caught:
        load(path, W)
    assert str(path) in caught.value.where
    return caught.value


def test_the_example_is_valid_and_holds_every_default() -> None:
    assert from_tables(tomllib.loads(example()), Path("example"), W) == Settings()


def test_every_key_of_the_example_says_what_it_means() -> None:
    lines = example().splitlines()
    for number, line in enumerate(lines):
        if " = " in line and not line.startswith("#"):
            assert lines[number - 1].startswith("# "), f"{line} has no meaning above it"


def test_an_unknown_setting_is_named_with_the_one_that_was_meant(tmp_path: Path) -> None:
    problem = problem_of('[broker]\nrequest = "tcp://127.0.0.1:5570"\n', tmp_path)
    assert problem.what == "Unknown setting: broker.request"
    assert "“requests”" in problem.todo


def test_an_unknown_table_is_named(tmp_path: Path) -> None:
    problem = problem_of("[weather]\nrain = true\n", tmp_path)
    assert problem.what == "Unknown setting: weather"


def test_an_unknown_setting_deep_down_is_named(tmp_path: Path) -> None:
    problem = problem_of("[kiosk.printer]\nhostt = 'x'\n", tmp_path)
    assert problem.what == "Unknown setting: kiosk.printer.hostt"


def test_a_value_of_the_wrong_kind_is_named(tmp_path: Path) -> None:
    problem = problem_of("[counter]\nnumber = 'three'\n", tmp_path)
    assert "counter.number" in problem.what


def test_a_value_out_of_bounds_is_named(tmp_path: Path) -> None:
    problem = problem_of("[clock]\nspeed = -1.0\n", tmp_path)
    assert "clock.speed" in problem.what


def test_what_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    problem = problem_of("[broker\n", tmp_path)
    assert "line 1" in problem.what


def test_a_missing_file_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        load(tmp_path / "none.toml", W)
    assert "antrean settings" in caught.value.todo


def test_the_command_line_comes_before_the_file() -> None:
    told = overridden(
        Settings(),
        connect="tcp://10.0.0.9:7000",
        counter=3,
        printer_port=9101,
        printer_like=PrinterKind.PRESENTER,
    )
    assert (told.connection.requests, told.connection.updates) == ("tcp://10.0.0.9:7000", "")
    assert told.counter.number == 3
    assert (told.virtual_printer.port, told.virtual_printer.like) == (9101, PrinterKind.PRESENTER)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('[kiosk.printer]\nhost = "192.168.7.20"\n', "address ="),
        ("[counter.printer]\nport = 9100\n", "address ="),
        ('[kiosk.printer]\njournal = "a.db"\n', "[kiosk]"),
        ('[counter.printer]\njournal = "a.db"\n', "[counter]"),
    ],
)
def test_a_key_of_an_earlier_release_is_told_with_what_takes_its_place(
    old: str, new: str, tmp_path: Path
) -> None:
    problem = problem_of(old, tmp_path)
    assert problem.what.startswith("This setting is written otherwise now:")
    assert new in problem.todo
