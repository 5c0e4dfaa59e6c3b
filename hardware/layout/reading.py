"""Reads a layout from its TOML file and checks it whole, pictures too, before anything is printed with it."""

import difflib
import re
import string
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import NoReturn

import msgspec
from msgspec import Struct
from PIL import Image, UnidentifiedImageError

from hardware.layout.blocks import (
    Align,
    Block,
    Bullets,
    Dots,
    Fact,
    InBothLanguages,
    Layout,
    LayoutError,
    Logo,
    Margin,
    Section,
    Table,
)
from wording import N_

MOST_LOGO_BYTES = 500_000
MOST_LOGO_DOTS = 4_000_000
_FIXED = frozenset({"language", "mark", "letter", "number", "token", "code"})
"""What no text of a layout's own may stand in for."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a layout's texts can name: fields of one text, fields of several, and those without which it is no use."""

    texts: frozenset[str]
    lists: frozenset[str]
    needed: frozenset[str]


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    margin: Margin
    sections: tuple[Section, ...]
    foot: Dots = 0
    texts: dict[str, InBothLanguages] = {}


def read_layout(path: Path, vocabulary: Vocabulary) -> Layout:
    """The layout in a file, for contents with these fields. Raises LayoutError."""
    file = _decoded(path)
    _check_texts(path, file, vocabulary)
    logos = {block.file: _logo(path, block.file) for _, block in _blocks(file) if isinstance(block, Logo)}
    return Layout(file.margin, file.sections, file.foot, file.texts, logos)


def _decoded(path: Path) -> _File:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        _refuse(
            path,
            "",
            N_("The layout can't be read"),
            N_("Check the path and who may read it."),
            error.strerror,
        )
    except UnicodeDecodeError:
        _refuse(path, "", N_("The layout is not UTF-8 text"), N_("Save the file with the encoding UTF-8."))
    try:
        return msgspec.convert(tomllib.loads(text), _File)
    except tomllib.TOMLDecodeError as error:
        _refuse(path, "", N_("The layout is not valid TOML"), N_("Correct the line."), str(error))
    except msgspec.ValidationError as error:
        wrong, _, place = str(error).partition(" - at ")
        todo = N_("Correct it: docs/layouts.md has every block with what it takes.")
        _refuse(path, _spoken(place), N_("Something in the layout is not as it must be"), todo, wrong)


def _spoken(place: str) -> str:
    """`$.sections[0].blocks[2].height` as a person counts."""
    steps = re.findall(r"(\w+)|\[(\d+)\]", place.strip("`$"))
    return " ".join(name or str(int(index) + 1) for name, index in steps)


def _check_texts(path: Path, file: _File, vocabulary: Vocabulary) -> None:
    own = frozenset(file.texts)
    for name in sorted(own):
        if name in _FIXED or name in vocabulary.lists:
            todo = N_("Give the text another name.")
            _refuse(path, f"texts {name}", N_("A text of the layout's own can't stand in for this"), todo)
    shown: set[str] = set()
    for name, text in file.texts.items():
        for template in (text.id, text.en):
            shown |= _named(path, f"texts {name}", template, vocabulary.texts)
    for place, block in _blocks(file):
        if isinstance(block, Bullets | Table):
            name = block.items if isinstance(block, Bullets) else block.rows
            _check_known(path, place, frozenset({name}), vocabulary.lists)
        for template in _templates(block):
            shown |= _named(path, place, template, vocabulary.texts | own)
    if missing := vocabulary.needed - shown:
        todo = N_("Show it somewhere: in a plate, a QR code, a band or a text.")
        _refuse(path, "", N_("The layout does not show what the paper is for"), todo, _in_braces(missing))


def _named(path: Path, place: str, template: str, known: frozenset[str]) -> set[str]:
    """The fields that a text names. Nothing but a name may stand between the braces."""
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError as error:
        todo = N_("Put a field's name alone between two braces; write a brace itself twice.")
        _refuse(path, place, N_("A text has a brace too many or too few"), todo, f"{template!r}: {error}")
    for _, name, spec, conversion in parts:
        if name is not None and (spec or conversion or not name.isidentifier()):
            todo = N_("Put a field's name alone between two braces; write a brace itself twice.")
            _refuse(path, place, N_("Only a field's name can stand between braces"), todo, repr(template))
    names = {name for _, name, _, _ in parts if name is not None}
    _check_known(path, place, frozenset(names), known)
    return names


def _check_known(path: Path, place: str, names: frozenset[str], known: frozenset[str]) -> None:
    for name in sorted(names - known):
        near = difflib.get_close_matches(name, known, 1)
        detail = f"{name} → {near[0]}?" if near else f"{name}; {', '.join(sorted(known))}"
        todo = N_("Name one that there is, or add it to the layout's own texts.")
        _refuse(path, place, N_("There is no such field here"), todo, detail)


def _logo(layout: Path, name: str) -> Image.Image:
    """The picture beside the layout, in shades of grey on white."""
    path = layout.parent / name
    place = f"logo {name}"
    too_large = N_("The logo is too large")
    smaller = N_("Save it smaller: 1000 dots either way are plenty for paper.")
    if Path(name).name != name:
        _refuse(layout, place, N_("The logo must lie beside the layout"), N_("Give the file's name alone."))
    try:
        content = path.read_bytes()
    except OSError as error:
        todo = N_("Put the PNG beside the layout, or take the block out.")
        _refuse(layout, place, N_("The logo can't be read"), todo, error.strerror)
    if len(content) > MOST_LOGO_BYTES:
        _refuse(layout, place, too_large, smaller, f"{len(content)} > {MOST_LOGO_BYTES} bytes")
    try:
        with Image.open(BytesIO(content), formats=("PNG",)) as image:
            if image.width * image.height > MOST_LOGO_DOTS:
                _refuse(layout, place, too_large, smaller, f"{image.width} × {image.height}")
            coloured = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        _refuse(layout, place, N_("The logo is no PNG picture"), N_("Save it as PNG."), str(error))
    white = Image.new("RGBA", coloured.size, "white")
    return Image.alpha_composite(white, coloured).convert("L")


def _blocks(file: _File) -> Iterator[tuple[str, Block]]:
    """Every block with its place, as a person counts."""
    for number, section in enumerate(file.sections, start=1):
        for place, block in enumerate(section.blocks, start=1):
            yield f"sections {number} blocks {place}", block


def _templates(block: Block) -> Iterator[str]:
    """Every text of a block, and of what is nested in it."""
    names_no_field = {"items", "rows", "file"}
    for name, value in msgspec.structs.asdict(block).items():
        if isinstance(value, str) and not isinstance(value, Align) and name not in names_no_field:
            yield value
        elif isinstance(value, tuple):
            for fact in value:
                assert isinstance(fact, Fact)
                yield from (fact.value, fact.label)


def _in_braces(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def _refuse(path: Path, place: str, what: str, todo: str, detail: str | None = "") -> NoReturn:
    raise LayoutError(what, f"{path}: {place}" if place else str(path), todo, detail or "")
