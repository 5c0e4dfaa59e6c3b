"""A layout file is checked whole before anything is printed, and a mistake is named with its place and its remedy."""

from pathlib import Path

import pytest
from PIL import Image

from hardware.layout.blocks import Align, InBothLanguages, LayoutError, Style, Text
from hardware.layout.reading import MOST_LOGO_BYTES, read_layout
from hardware.layout.shipped import vocabulary
from hardware.page import JobKind
from wording import Language, Wording

WORDS = vocabulary(JobKind.TICKET)
HEAD = "margin = 20\n"
NEEDED = (
    '[[sections]]\nblocks = [{ kind = "band", text = "{mark}", height = 40 },'
    '{ kind = "plate", letter = "{letter}", number = "{number}", height = 100 },'
    '{ kind = "qr", data = "{token}", module = 7 }]\n'
)


def written(folder: Path, text: str) -> Path:
    file = folder / "ticket-80mm.toml"
    file.write_text(text, encoding="utf-8")
    return file


def with_block(block: str) -> str:
    return HEAD + f"[[sections]]\nblocks = [{block}]\n" + NEEDED


def refusal(folder: Path, text: str) -> LayoutError:
    with pytest.raises(LayoutError) as refused:
        read_layout(written(folder, text), WORDS)
    return refused.value


def test_a_layout_is_sections_of_blocks(tmp_path: Path) -> None:
    block = '{ kind = "text", text = "No. {number}", align = "center", style = { down = 2 } }'
    layout = read_layout(written(tmp_path, with_block(block)), WORDS)
    assert layout.margin == 20
    assert layout.sections[0].blocks == (Text("No. {number}", Style(down=2), Align.CENTER),)


def test_an_outlet_can_add_words_of_its_own_and_put_them_in_the_place_of_others(tmp_path: Path) -> None:
    own = '[texts]\nhours = { id = "Buka {date}", en = "Open {date}" }\nclosing = { id = "a", en = "b" }\n'
    text = with_block('{ kind = "text", text = "{hours} {closing}" }')
    layout = read_layout(written(tmp_path, text + own), WORDS)
    assert layout.texts["hours"] == InBothLanguages("Buka {date}", "Open {date}")


@pytest.mark.parametrize(
    ("text", "what", "where", "detail"),
    [
        ("margin = ", "not valid TOML", "", "Invalid value"),
        (HEAD, "not as it must be", "", "missing required field `sections`"),
        ("margin = 21\nsections = []", "not as it must be", ": margin", "multiple of 4"),
        (HEAD + "colour = 'red'\nsections = []", "not as it must be", "", "unknown field `colour`"),
        (with_block("{ kind = 'barcode' }"), "not as it must be", "sections 1 blocks 1 kind", "'barcode'"),
        (
            with_block("{ kind = 'text', text = '', size = 9 }"),
            "not as it must be",
            "sections 1 blocks 1",
            "unknown field `size`",
        ),
        (
            with_block("{ kind = 'gap', dots = 2 }, { kind = 'qr', data = '{token}', module = 4 }"),
            "not as it must be",
            "sections 1 blocks 2 module",
            ">= 6",
        ),
        (
            with_block("{ kind = 'text', text = '{nik}' }"),
            "no such field",
            "sections 1 blocks 1",
            "nik; ahead, ahead_label",
        ),
        (with_block("{ kind = 'text', text = '{numer}' }"), "no such field", "sections 1", "numer → number?"),
        (with_block("{ kind = 'text', text = '{bring}' }"), "no such field", "sections 1", "bring →"),
        (with_block("{ kind = 'text', text = '{' }"), "a brace too many", "sections 1", "'{'"),
        (with_block("{ kind = 'text', text = '{number:>5}' }"), "Only a field's name", "sections 1", ">5"),
        (
            with_block("{ kind = 'text', text = '{number.__class__}' }"),
            "Only a field's name",
            "sections 1",
            "__class__",
        ),
        (with_block("{ kind = 'text', text = '{}' }"), "Only a field's name", "sections 1", "'{}'"),
        (with_block("{ kind = 'bullets', title = '', items = 'nik' }"), "no such field", "", "nik; bring"),
        (with_block("{ kind = 'table', title = '', rows = 'number' }"), "no such field", "", "number; bring"),
        (
            with_block("{ kind = 'facts', style = {}, facts = [{ value = '{nik}', label = '' }] }"),
            "no such field",
            "",
            "nik",
        ),
        (
            with_block("") + "[texts]\nnumber = { id = 'a', en = 'b' }",
            "can't stand in",
            "texts number",
            "",
        ),
        (with_block("") + "[texts]\nours = { id = '{nik}', en = 'b' }", "no such field", "texts ours", "nik"),
        (with_block("") + "[texts]\nours = { id = 'b' }", "not as it must be", "texts", "`en`"),
        (HEAD + "sections = []", "does not show", "", "{letter}, {mark}, {number}, {token}"),
    ],
)
def test_a_mistake_is_named_with_file_place_and_remedy(
    tmp_path: Path, text: str, what: str, where: str, detail: str
) -> None:
    error = refusal(tmp_path, text)
    assert what in error.what
    assert str(tmp_path / "ticket-80mm.toml") in error.where
    assert where in error.where
    assert detail in error.detail
    indonesian = Wording(Language.ID)
    assert indonesian.t(error.what) != error.what
    assert indonesian.t(error.todo) != error.todo


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match=r"none\.toml.*No such file"):
        read_layout(tmp_path / "none.toml", WORDS)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    file = tmp_path / "ticket-80mm.toml"
    file.write_bytes(b"margin = 20 # \xe9")
    with pytest.raises(LayoutError, match="UTF-8"):
        read_layout(file, WORDS)


def test_a_logo_lies_beside_its_layout_and_its_clear_parts_are_white(tmp_path: Path) -> None:
    picture = Image.new("RGBA", (40, 20), (0, 0, 0, 0))
    picture.paste((120, 0, 60, 255), (0, 0, 20, 20))
    picture.save(tmp_path / "crest.png")
    text = with_block("{ kind = 'logo', file = 'crest.png', height = 80 }")
    logo = read_layout(written(tmp_path, text), WORDS).logos["crest.png"]
    assert logo.mode == "L"
    assert logo.getpixel((39, 0)) == 255
    assert logo.getpixel((0, 0)) < 128


@pytest.mark.parametrize(
    ("file", "what"),
    [
        ("none.png", "can't be read"),
        ("../crest.png", "beside the layout"),
        ("text.png", "no PNG"),
        ("photo.png", "no PNG"),
        ("torn.png", "no PNG"),
        ("wide.png", "too large"),
        ("heavy.png", "too large"),
    ],
)
def test_a_bad_logo_is_told_at_the_start(tmp_path: Path, file: str, what: str) -> None:
    (tmp_path / "text.png").write_text("a picture")
    Image.new("L", (40, 40)).save(tmp_path / "photo.png", format="JPEG")
    Image.effect_noise((200, 200), 90).save(tmp_path / "torn.png")
    (tmp_path / "torn.png").write_bytes((tmp_path / "torn.png").read_bytes()[:9000])
    Image.new("1", (4000, 2000)).save(tmp_path / "wide.png")
    (tmp_path / "heavy.png").write_bytes(bytes(MOST_LOGO_BYTES + 1))
    error = refusal(tmp_path, with_block(f"{{ kind = 'logo', file = '{file}', height = 80 }}"))
    assert what in error.what
    assert f"logo {file}" in error.where
