"""The tables of docs/layouts.md, from the blocks' own types and the sample of each page."""

from collections.abc import Iterator
from typing import get_args

from msgspec import NODEFAULT, Struct, inspect

from hardware.layout.blocks import Block, Fact, InBothLanguages, Section, Style
from hardware.layout.samples import sample
from hardware.layout.shipped import vocabulary
from hardware.page import JobKind
from tools.docs.protocol import table
from wording import Language


def blocks() -> str:
    """Every block with what it takes, then what stands inside blocks."""
    kinds = [each for each in get_args(Block) if issubclass(each, Struct)]
    rows = [(f"`{kind.__struct_config__.tag}`", _meaning(kind), _keys(kind)) for kind in kinds]
    inner = [(f"`{name}`", _meaning(kind), _keys(kind)) for name, kind in _INNER.items()]
    return table(("block", "is", "takes"), rows) + "\n\n" + table(("inside", "is", "takes"), inner)


def fields() -> str:
    """What each page can say, with a sample."""
    return "\n\n".join("\n".join(_page(kind)) for kind in JobKind)


_INNER: dict[str, type[Struct]] = {
    "section": Section,
    "style": Style,
    "fact": Fact,
    "text of your own": InBothLanguages,
}


def _page(kind: JobKind) -> Iterator[str]:
    known = vocabulary(kind)
    needed = ", ".join(f"`{{{name}}}`" for name in sorted(known.needed)) or "nothing"
    yield f"### `{kind}`"
    yield f"Must show: {needed}."
    yield ""
    said = sample(kind, Language.ID)
    rows = [
        (f"`{name}`", "several texts" if name in known.lists else "text", _shown(value))
        for name, value in said.items()
        if name != "language"
    ]
    yield table(("field", "is", "for instance"), rows)


def _shown(value: str | tuple[str, ...]) -> str:
    text = value if isinstance(value, str) else " / ".join(value)
    return text.replace("\t", " → ").replace("|", "\\|")


def _meaning(kind: type[Struct]) -> str:
    return " ".join((kind.__doc__ or "").split()).rstrip(".")


def _keys(kind: type[Struct]) -> str:
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)
    return "; ".join(
        f"`{each.encode_name}`{' if wanted' if each.default is not NODEFAULT else ''}: {_words(each.type)}"
        for each in info.fields
    )


def _words(info: inspect.Type) -> str:
    match info:
        case inspect.Metadata(type=inner):
            return _words(inner)
        case inspect.IntType(ge=least, le=most, multiple_of=step):
            return f"{least} to {most}" + (f", a multiple of {step}" if step else "")
        case inspect.StrType():
            return "text"
        case inspect.BoolType():
            return "`true` or `false`"
        case inspect.EnumType(cls=enum):
            return ", ".join(f"`{each.value}`" for each in enum)
        case inspect.StructType(cls=struct):
            return struct.__name__.lower()
        case inspect.VarTupleType(item_type=inspect.UnionType()):
            return "blocks"
        case inspect.VarTupleType(item_type=item):
            return f"list, each a {_words(item)}"
        case _:
            raise TypeError(f"no words for layouts of the type {info}")
