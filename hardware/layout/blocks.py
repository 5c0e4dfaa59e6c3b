"""A page as data: sections of blocks. What its files hold is read and checked by `hardware.layout.reading`.

Texts in a layout are templates over the fields of a content (`{service}`, see `contents`) and the layout's own texts.
A block whose templates come out empty is left out, and a section without blocks takes its rule with it. Lengths are
dots, eight to a millimetre; a page is as wide as its printer prints.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

if TYPE_CHECKING:
    from PIL import Image  # slow to import, and every command of the command line knows LayoutError

Dots = Annotated[int, Meta(ge=0, le=1024)]
Height = Annotated[int, Meta(ge=16, le=600)]
# So that what is between two of them is whole bytes.
Margin = Annotated[int, Meta(ge=0, le=64, multiple_of=4)]
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
    reverse: bool = False  # white on black


class _Block(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    pass


class Edge(_Block, frozen=True, tag="edge"):
    """The row of gigi balang over the whole paper."""

    height: Height


class Masthead(_Block, frozen=True, tag="masthead"):
    """The wordmark as a picture, with a text at the right."""

    height: Height
    right: str


class Logo(_Block, frozen=True, tag="logo"):
    """The outlet's own picture, a PNG beside the layout, as high as this or lower where it would be too wide."""

    file: str
    height: Annotated[int, Meta(ge=16, le=240)]
    align: Align = Align.CENTER


class Band(_Block, frozen=True, tag="band"):
    """A text white on black from side to side, so that nobody overlooks it."""

    text: str
    height: Height


class Plate(_Block, frozen=True, tag="plate"):
    """The number plate as a picture: the badge and as many digits as there are, set as large as they fit."""

    letter: str
    number: str
    height: Height


class Heading(_Block, frozen=True, tag="heading"):
    """A title with a small number plate at the right, as a picture."""

    title: str
    letter: str
    number: str
    height: Height


class Panel(_Block, frozen=True, tag="panel"):
    """A caption over a time as large as fits, white on black, as a picture."""

    caption: str
    clock: str
    height: Height


class Text(_Block, frozen=True, tag="text"):
    """A text in the printer's own characters, on as many lines as it needs."""

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
    """A value with its label."""

    value: str
    label: str


class Facts(_Block, frozen=True, tag="facts"):
    """Values with their labels below, in columns of one width."""

    facts: Annotated[tuple[Fact, ...], Meta(min_length=1, max_length=4)]
    style: Style


class Bullets(_Block, frozen=True, tag="bullets"):
    """A list under its title. `items` names a field that holds several texts."""

    title: str
    items: str


class Table(_Block, frozen=True, tag="table"):
    """Labels with values at the right, under a title. `rows` names a field of several texts, with a tab in each."""

    title: str
    rows: str


class Box(_Block, frozen=True, tag="box"):
    """An empty frame to write in, with a caption."""

    caption: str
    height: Height


class Ruler(_Block, frozen=True, tag="ruler"):
    """Millimetres over the whole width that is printed on, so that it can be measured."""

    height: Height


class Stripes(_Block, frozen=True, tag="stripes"):
    """Slanting stripes over the whole paper: no ticket looks like that."""

    height: Height


class Qr(_Block, frozen=True, tag="qr"):
    """A QR code in the middle, with the white that readers need on all sides. `module` is the least size of a dot."""

    data: str
    module: Annotated[int, Meta(ge=6, le=16)]  # a phone does not read smaller ones from paper


class Gap(_Block, frozen=True, tag="gap"):
    """White."""

    dots: Dots


Block = (
    Edge
    | Masthead
    | Logo
    | Band
    | Plate
    | Heading
    | Panel
    | Text
    | Row
    | Facts
    | Bullets
    | Table
    | Box
    | Ruler
    | Stripes
    | Qr
    | Gap
)


class Section(Struct, frozen=True, forbid_unknown_fields=True):
    """Blocks that belong together; `ruled` draws a line above them."""

    blocks: tuple[Block, ...]
    ruled: bool = True


class InBothLanguages(Struct, frozen=True, forbid_unknown_fields=True):
    """A text of the layout's own, a template as all others."""

    id: str
    en: str


@dataclass(frozen=True, slots=True)
class Layout:
    """What a page shows, from top to bottom; `margin` stays white on either side."""

    margin: int
    sections: tuple[Section, ...]
    foot: int = 0  # white below the last block, before the cut
    texts: Mapping[str, InBothLanguages] = field(default_factory=dict)
    logos: Mapping[str, "Image.Image"] = field(default_factory=dict)  # by file, in shades of grey

    def filled(self, fields: "Fields") -> "Fields":
        """A content's fields with the layout's own texts among them, in the content's language."""
        return {
            **fields,
            **{
                name: getattr(text, str(fields["language"])).format_map(fields)
                for name, text in self.texts.items()
            },
        }


# What a content has to say: a text by its name, or several where a list takes them. `language` is among them always.
Fields = Mapping[str, str | tuple[str, ...]]


class LayoutError(Exception):
    """A layout that cannot be used. `what` and `todo` are English sentences of the catalogue, to be translated."""

    def __init__(self, what: str, where: str, todo: str, detail: str = "") -> None:
        super().__init__(f"{where}: {what}{f' ({detail})' if detail else ''}")
        self.what = what
        self.where = where
        self.todo = todo
        self.detail = detail
