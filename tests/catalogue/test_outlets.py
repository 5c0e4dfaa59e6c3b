"""The outlets of Jakarta, and what the loader says of a file that is wrong."""

from collections import Counter
from pathlib import Path

import pytest

from catalogue import CatalogueError, Level, Problem, load_outlets

GOOD = """\
code,level,parent,name
31,provinsi,,DKI Jakarta
31.74,kota,31,Kota Administrasi Jakarta Selatan
31.74.01,kecamatan,31.74,Tebet
31.74.01.1001,kelurahan,31.74.01,Tebet Timur
"""


def problems(tmp_path: Path, content: str | bytes) -> tuple[Problem, ...]:
    path = tmp_path / "outlets.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(CatalogueError) as raised:
        load_outlets(path)
    assert raised.value.path == path
    return raised.value.problems


def test_all_318_outlets_are_there() -> None:
    outlets = load_outlets()
    assert Counter(outlet.level for outlet in outlets) == {
        Level.PROVINSI: 1,
        Level.KOTA: 5,
        Level.KABUPATEN: 1,
        Level.KECAMATAN: 44,
        Level.KELURAHAN: 267,
    }
    assert len({outlet.code for outlet in outlets}) == 318


def test_each_outlet_is_called_by_its_level_and_name() -> None:
    names = {outlet.code: outlet.display_name for outlet in load_outlets()}
    assert names["31"] == "PTSP Provinsi DKI Jakarta"
    assert names["31.01"] == "PTSP Kabupaten Administrasi Kepulauan Seribu"
    assert names["31.71"] == "PTSP Kota Administrasi Jakarta Pusat"
    assert names["31.71.01"] == "PTSP Kecamatan Gambir"
    assert names["31.71.01.1001"] == "PTSP Kelurahan Gambir"


def test_every_outlet_but_the_provinces_is_below_another() -> None:
    outlets = {outlet.code: outlet for outlet in load_outlets()}
    above = [outlets[outlet.parent] for outlet in outlets.values() if outlet.parent]
    assert len(above) == 317


def test_a_byte_order_mark_is_no_part_of_the_header(tmp_path: Path) -> None:
    path = tmp_path / "outlets.csv"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert [outlet.name for outlet in load_outlets(path)][-1] == "Tebet Timur"


def test_an_outlet_without_an_outlet_above_it_has_no_parent(tmp_path: Path) -> None:
    path = tmp_path / "outlets.csv"
    path.write_text(GOOD, encoding="utf-8")
    assert [outlet.parent for outlet in load_outlets(path)] == [None, "31", "31.74", "31.74.01"]


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "said"),
    [
        ("code,level,parent,name", "code,level,name", 1, "parent", "the column must be there once"),
        ("code,level,parent,name", "code,level,parent,name,note", 1, "note", "unknown column"),
        ("31.74.01,kecamatan", ",kecamatan", 4, "code", "is empty"),
        ("31.74.01,kecamatan", "31.74,kecamatan", 4, "code", "“31.74” is there already"),
        (
            "31.74.01,kecamatan",
            "31.74.01,distrik",
            4,
            "level",
            "unknown level “distrik”: write provinsi, kota",
        ),
        (
            "1001,kelurahan,31.74.01",
            "1001,kelurahan,31.99.01",
            5,
            "parent",
            "no outlet has the code “31.99.01”",
        ),
        ("1001,kelurahan,31.74.01", "1001,kelurahan,", 5, "parent", "write the code of a kecamatan"),
        ("1001,kelurahan,31.74.01", "1001,kelurahan,31.74", 5, "parent", "“31.74” is a kota"),
        ("31,provinsi,", "31,provinsi,31.74", 2, "parent", "leave the cell empty"),
        (",Tebet Timur", ",", 5, "name", "is empty"),
        (",Tebet Timur", ",Tebet  Timur ", 5, "name", "has needless spaces: write “Tebet Timur”"),
        (",Tebet Timur", ",Tebet ? Timur", 5, "name", "holds a sign that was lost"),
        (",Tebet Timur", ",Tebet,Timur", 5, None, "has 5 cells instead of 4"),
        (",Tebet Timur", ',"Tebet Timur', 5, None, "is not valid CSV"),
    ],
)
def test_a_wrong_row_is_named_by_line_and_column(
    tmp_path: Path, old: str, new: str, line: int, column: str | None, said: str
) -> None:
    assert old in GOOD
    named = [
        (problem.line, problem.column)
        for problem in problems(tmp_path, GOOD.replace(old, new))
        if said in problem.text
    ]
    assert named == [(line, column)]


def test_all_that_is_wrong_is_named_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    wrong = (
        GOOD.replace(",Tebet Timur", ",")
        .replace("31.74,kota", "31.74,city")
        .replace("31.74,Tebet", "32,Tebet")
    )
    assert [problem.line for problem in problems(tmp_path, wrong)] == [3, 4, 5]


def test_an_empty_file_lacks_its_header(tmp_path: Path) -> None:
    assert {problem.column for problem in problems(tmp_path, "")} == {"code", "level", "parent", "name"}


def test_a_file_in_another_encoding_is_named_by_its_line(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, GOOD.encode().replace(b"Tebet Timur", b"Teb\xe9t"))
    assert (problem.line, problem.text) == (
        5,
        "is not UTF-8 text: save the file with the encoding UTF-8",
    )


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"outlets\.csv: cannot be read \(No such file or directory\)"):
        load_outlets(tmp_path / "outlets.csv")


def test_the_message_has_one_line_for_each_problem(tmp_path: Path) -> None:
    path = tmp_path / "outlets.csv"
    path.write_text(GOOD.replace(",Tebet", ","), encoding="utf-8")
    with pytest.raises(CatalogueError) as raised:
        load_outlets(path)
    assert str(raised.value).splitlines()[0] == f"{path}: line 4, name: is empty: write the text"
    assert len(str(raised.value).splitlines()) == len(raised.value.problems)
