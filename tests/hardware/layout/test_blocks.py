"""A layout file is checked whole before anything is printed, and a mistake is named with its place."""

from pathlib import Path

import pytest

from hardware.layout.blocks import Align, LayoutError, Style, Text, read_layout
from hardware.layout.content import SLIP_FIELDS, TICKET_FIELDS

HEAD = "width = 576\nmargin = 20\n"


def written(folder: Path, text: str) -> Path:
    file = folder / "ticket.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_layout_is_sections_of_blocks(tmp_path: Path) -> None:
    block = '{ kind = "text", text = "No. {number}", align = "center", style = { down = 2 } }'
    file = written(tmp_path, HEAD + f"[[sections]]\nblocks = [{block}]\n")
    layout = read_layout(file, TICKET_FIELDS)
    assert layout.area == 536
    assert layout.sections[0].blocks == (Text("No. {number}", Style(down=2), Align.CENTER),)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("width = ", "Invalid value"),
        (HEAD, "missing required field `sections`"),
        ("width = 577\nmargin = 20\nsections = []", "multiple of 8"),
        (HEAD + "colour = 'red'\nsections = []", "unknown field `colour`"),
        (HEAD + "[[sections]]\nblocks = [{ kind = 'barcode' }]", "'barcode'"),
        (HEAD + "[[sections]]\nblocks = [{ kind = 'text', text = '', size = 9 }]", "unknown field `size`"),
        (HEAD + "[[sections]]\nblocks = [{ kind = 'qr', data = '{token}', module = 40 }]", "<= 16"),
        (HEAD + "[[sections]]\nblocks = [{ kind = 'text', text = '{nik}' }]", "asks for 'nik'"),
        (HEAD + "[[sections]]\nblocks = [{ kind = 'text', text = '{' }]", "'{'"),
        (HEAD + "[[sections]]\nblocks = [{ kind = 'bullets', title = '', items = 'nik' }]", "'nik'"),
        (
            HEAD
            + "[[sections]]\nblocks = [{ kind = 'facts', style = {}, facts = [{ value = '{nik}', label = '' }] }]",
            "asks for 'nik'",
        ),
    ],
)
def test_a_mistake_is_named_with_the_file(tmp_path: Path, text: str, complaint: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(LayoutError) as error:
        read_layout(file, TICKET_FIELDS)
    assert str(file) in str(error.value)
    assert complaint in str(error.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match=r"none\.toml"):
        read_layout(tmp_path / "none.toml", TICKET_FIELDS)


def test_contents_name_their_fields() -> None:
    assert {"number", "token", "expected"} <= TICKET_FIELDS
    assert {"number", "token", "promise"} <= SLIP_FIELDS
