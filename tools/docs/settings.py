"""The tables of docs/settings.md, from the settings' own types."""

from collections.abc import Iterator

from msgspec import NODEFAULT, Struct, inspect

from antrean.settings import Settings
from tools.docs.protocol import table


def tables() -> str:
    """Each table of the settings file with its keys, what they may be, and their defaults."""
    root, _ = _table(inspect.type_info(Settings))
    assert root is not None
    return "\n\n".join(_sections(root, Settings(), ""))


def _sections(info: inspect.StructType, values: Struct | None, name: str) -> Iterator[str]:
    keys = []
    inner = []
    for each in info.fields:
        value = getattr(values, each.name) if values is not None else each.default
        struct, remark = _table(each.type)
        if struct is None:
            keys.append((f"`{each.encode_name}`", _words(each.type), _toml(value), _meaning(each.type)))
        else:
            inner.append((struct, value if isinstance(value, Struct) else None, each.encode_name, remark))
    if keys:
        yield table(("key", "value", "default", "meaning"), keys)
    for struct, value, key, remark in inner:
        path = f"{name}.{key}".lstrip(".")
        yield f"### `[[{path}]]`" if remark is _ANY_NUMBER else f"### `[{path}]`"
        yield f"{struct.cls.__doc__} {remark}".strip()
        yield from _sections(struct, value, path)


_ANY_NUMBER = "One such table for each; none by default."


def _table(info: inspect.Type) -> tuple[inspect.StructType | None, str]:
    """The table that a key stands for, if it does, and what is to be said of how often it may be there."""
    match info:
        case inspect.StructType():
            return info, ""
        case inspect.VarTupleType(item_type=inspect.StructType() as inner):
            return inner, _ANY_NUMBER
        case inspect.Metadata(type=inner):
            return _table(inner)
        case inspect.UnionType(types=types):
            return next(
                (each for each in types if isinstance(each, inspect.StructType)), None
            ), "Left out by default."
        case _:
            return None, ""


def _words(info: inspect.Type) -> str:
    match info:
        case inspect.Metadata(type=inner):
            return _words(inner)
        case inspect.UnionType(types=types):
            return " or ".join(_words(each) for each in types if not isinstance(each, inspect.NoneType))
        case inspect.IntType():
            return f"whole number{_limits(info.ge, info.le)}"
        case inspect.FloatType(gt=None):
            return f"number{_limits(info.ge, info.le)}"
        case inspect.FloatType():
            return f"number above {info.gt:g}{_limits(None, info.le)}"
        case inspect.BoolType():
            return "`true` or `false`"
        case inspect.StrType(pattern=str() as pattern):
            return _alternatives(pattern)
        case inspect.StrType():
            return "text"
        case inspect.EnumType():
            return " or ".join(f"`{each.value}`" for each in info.cls)
        case inspect.LiteralType():
            return " or ".join(f"`{each}`" for each in info.values)
        case inspect.TupleType(item_types=(first, *others)) if all(each == first for each in others):
            return f"list of {len(info.item_types)}, each a {_words(first)}"
        case _:
            raise TypeError(f"no words for settings of the type {info}")


def _limits(least: float | None, most: float | None) -> str:
    if least is None:
        return "" if most is None else f", at most {most:g}"
    return f", at least {least:g}" if most is None else f", {least:g} to {most:g}"


def _alternatives(pattern: str) -> str:
    """`^(a|b)$` as "a or b"."""
    return " or ".join(f"`{each}`" for each in pattern.removeprefix("^(").removesuffix(")$").split("|"))


def _toml(value: object) -> str:
    match value:
        case None:
            return "–"
        case _ if value is NODEFAULT:
            return "must be given"
        case bool():
            return f"`{str(value).lower()}`"
        case tuple():
            return f"`{list(value)}`"
        case int() | float():
            return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"
        case _:
            return f'`"{value}"`'


def _meaning(info: inspect.Type) -> str:
    if isinstance(info, inspect.Metadata):
        schema = info.extra_json_schema or {}
        return str(schema.get("description") or _meaning(info.type))
    if isinstance(info, inspect.UnionType):
        return next(filter(None, map(_meaning, info.types)), "")
    return ""
