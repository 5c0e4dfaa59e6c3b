"""Whatever layout passes its checks is printed: no choice of blocks, sizes and texts stops a page on its way."""

import os
from dataclasses import replace
from typing import get_args

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from PIL import Image

from hardware.escpos.compose import compose
from hardware.layout.blocks import Block, Layout, Section
from hardware.layout.samples import sample
from hardware.page import JobKind
from hardware.profile import EPSON_58MM, EPSON_80MM, CodeTable, Profile
from hardware.virtual.engine import Engine
from wording import Language

EXAMPLES = 2000 if "ANTREAN_SOAK" in os.environ else 60

FIELDS = sample(JobKind.TICKET, Language.ID)
TEMPLATES = st.one_of(
    st.sampled_from(
        ["", "{number}", "{service}", "{letter}", "{expected}", "x{time}y", "Łódź", "中", "é" * 90]
    ),
    st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs"]), max_size=60),
)
PROFILES = st.builds(
    replace,
    st.sampled_from([EPSON_80MM, EPSON_58MM]),
    pictures=st.booleans(),
    native_qr=st.booleans(),
    code_table=st.sampled_from([CodeTable(0, "cp437"), CodeTable(16, "cp1252"), CodeTable(0, "ascii")]),
)


def blocks() -> st.SearchStrategy[Block]:
    return st.one_of([values(kind) for kind in get_args(Block)])


def values(kind: type[Struct]) -> st.SearchStrategy[Struct]:
    info = msgspec.inspect.type_info(kind)
    assert isinstance(info, msgspec.inspect.StructType)
    return st.builds(kind, **{each.name: _value(each.name, each.type) for each in info.fields})


def _value(name: str, info: msgspec.inspect.Type) -> st.SearchStrategy[object]:
    match info:
        case msgspec.inspect.StrType() if name in ("items", "rows"):
            return st.just("bring")
        case msgspec.inspect.StrType() if name == "file":
            return st.sampled_from(["wide.png", "tall.png"])
        case msgspec.inspect.StrType():
            return TEMPLATES
        case msgspec.inspect.IntType(ge=least, le=most):
            return st.integers(least, min(most, 200))
        case msgspec.inspect.BoolType():
            return st.booleans()
        case msgspec.inspect.EnumType(cls=enum):
            return st.sampled_from(list(enum))
        case msgspec.inspect.StructType(cls=struct):
            return values(struct)
        case msgspec.inspect.VarTupleType(item_type=item, min_length=least, max_length=most):
            return st.lists(_value("", item), min_size=least or 0, max_size=most or 4).map(tuple)
        case msgspec.inspect.Metadata(type=inner):
            return _value(name, inner)
    raise TypeError(info)


LAYOUTS = st.builds(
    Layout,
    margin=st.integers(0, 16).map(lambda step: 4 * step),
    sections=st.lists(
        st.builds(Section, st.lists(blocks(), max_size=4).map(tuple), st.booleans()), max_size=3
    ).map(tuple),
    foot=st.integers(0, 600),
    logos=st.just({"wide.png": Image.new("L", (900, 20), 90), "tall.png": Image.new("L", (20, 900), 0)}),
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(LAYOUTS, PROFILES)
def test_any_layout_makes_a_page_that_a_strict_printer_obeys(layout: Layout, profile: Profile) -> None:
    pieces = []
    printer = Engine(pieces.append, profile.width_dots)
    printer.receive(compose(layout, FIELDS, profile))
    printer.work()
    assert printer.reports == []
    assert printer.answers() == b""
    assert len(pieces) == 1
