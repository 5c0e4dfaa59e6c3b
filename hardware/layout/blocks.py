"""A page as data: sections of blocks, read from TOML and checked whole before anything is printed.

Texts in a layout are templates over the fields of a content (`{service}`, see `fields`). A block whose templates
come out empty is left out, and a section without blocks takes its rule with it.
"""

import string
import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

Dots = Annotated[int, Meta(ge=0, le=4096)]
Times = Annotated[int, Meta(ge=1, le=8)]


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Style(Struct, frozen=True, forbid_unknown_fields=True):
    """The printer's own characters (12 × 24 dots), each dot `across` wide and `down` high."""

    across: Times = 1
    down: Times = 1
    bold: bool = False


class _Block(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    pass


class Edge(_Block, frozen=True, tag="edge"):
    """The row of gigi balang over the whole paper."""

    height: Dots


class Masthead(_Block, frozen=True, tag="masthead"):
    """The wordmark as a picture, with a text at the right."""

    height: Dots
    right: str


class Plate(_Block, frozen=True, tag="plate"):
    """The number plate as a picture: the badge and as many digits as there are, set as large as they fit."""

    letter: str
    number: str
    height: Dots


class Heading(_Block, frozen=True, tag="heading"):
    """A title with a small number plate at the right, as a picture."""

    title: str
    letter: str
    number: str
    height: Dots


class Panel(_Block, frozen=True, tag="panel"):
    """A caption over a time as large as fits, white on black, as a picture."""

    caption: str
    clock: str
    height: Dots


class Text(_Block, frozen=True, tag="text"):
    text: str
    style: Style = Style()
    align: Align = Align.LEFT


class Row(_Block, frozen=True, tag="row"):
    """Two texts on one line, the second at the right; on two lines where they do not fit."""

    left: str
    right: str
    left_style: Style = Style()
    right_style: Style = Style()


class Fact(Struct, frozen=True, forbid_unknown_fields=True):
    value: str
    label: str


class Facts(_Block, frozen=True, tag="facts"):
    """Values with their labels below, in columns of one width."""

    facts: tuple[Fact, ...]
    style: Style


class Bullets(_Block, frozen=True, tag="bullets"):
    """A list under its title. `items` names a field that holds several texts."""

    title: str
    items: str


class Qr(_Block, frozen=True, tag="qr"):
    """A QR code in the middle, drawn by the printer, with the white that readers need on all sides."""

    data: str
    module: Annotated[int, Meta(ge=2, le=16)]


class Gap(_Block, frozen=True, tag="gap"):
    dots: Dots


Block = Edge | Masthead | Plate | Heading | Panel | Text | Row | Facts | Bullets | Qr | Gap


class Section(Struct, frozen=True, forbid_unknown_fields=True):
    """Blocks that belong together; `ruled` draws a line above them."""

    blocks: tuple[Block, ...]
    ruled: bool = True


class Layout(Struct, frozen=True, forbid_unknown_fields=True):
    """A page for paper of `width` dots, of which `margin` stays white on either side."""

    width: Annotated[int, Meta(ge=192, le=1024, multiple_of=8)]
    margin: Dots
    sections: tuple[Section, ...]
    foot: Dots = 0  # white below the last block, before the cut

    @property
    def area(self) -> int:
        """The dots between the margins."""
        return self.width - 2 * self.margin


# What a content has to say: a text by its name, or several where a list takes them.
Fields = Mapping[str, str | tuple[str, ...]]


class LayoutError(Exception):
    """A layout file that cannot be used. The message names the file and the place in it."""


def read_layout(path: Path, field_names: frozenset[str]) -> Layout:
    """The layout in a TOML file, for contents that have the fields named. Raises LayoutError."""
    try:
        layout = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Layout)
    except (OSError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise LayoutError(f"{path}: {error}") from error
    for block in _blocks(layout):
        if isinstance(block, Bullets) and block.items not in field_names:
            raise LayoutError(f"{path}: no field {block.items!r} for a list")
    for template in _templates(layout):
        try:
            unknown = {name for _, name, _, _ in string.Formatter().parse(template) if name} - field_names
        except ValueError as error:
            raise LayoutError(f"{path}: {template!r}: {error}") from error
        if unknown:
            known = ", ".join(sorted(field_names))
            raise LayoutError(f"{path}: {template!r} asks for {min(unknown)!r}; there are {known}")
    return layout


def _templates(layout: Layout) -> Iterator[str]:
    """Every text of every block, and of what is nested in it."""
    for block in _blocks(layout):
        for value in msgspec.structs.astuple(block):
            if isinstance(value, str) and not isinstance(value, Align):
                yield value
            elif isinstance(value, tuple):
                for fact in value:
                    yield from (fact.value, fact.label)


def _blocks(layout: Layout) -> Iterator[Block]:
    return (block for section in layout.sections for block in section.blocks)
