"""A type as it travels: MessagePack's own types, and the names that stand for more."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from tools.docs.source import Definition, definitions, first_sentence

PRIMITIVES = {"str": "string", "int": "integer", "float": "float", "bool": "boolean", "bytes": "binary"}

BARE = frozenset({"Instant", "DayMinute", "ShortText", "Bilingual"})
"""Names that say what a value is but not what it is for: their fields need words of their own."""

END = r"\Z"
"""Python's mark for the end of a text, which others write as ``$``."""

UNIONS = {"AnyCommand": "commands", "AnyEvent": "events", "AnyRefusal": "refusals", "Outcome": "outcomes"}
"""Names for "one of these", and the section that lists them."""


@dataclass(frozen=True, slots=True)
class Named:
    """A named scalar: what it is on the wire, and what it means."""

    wire: str
    meaning: str


def shown(annotation: ast.expr) -> str:
    """The annotation in the words of the page, names linked to where they are explained."""
    match annotation:
        case ast.Name(name) if name in PRIMITIVES:
            return PRIMITIVES[name]
        case ast.Name(name) if name not in UNIONS and isinstance(definitions()[name].alias, ast.BinOp):
            return shown(definitions()[name].alias or annotation)
        case ast.Name(name):
            return f"[{name}](#{_section(name)})"
        case ast.Constant(None):
            return "null"
        case ast.BinOp(left, ast.BitOr(), right):
            return f"{shown(left)} or {shown(right)}"
        case ast.Subscript(ast.Name("tuple"), ast.Tuple([item, ast.Constant(value)])) if value is ...:
            return f"array of {shown(item)}"
        case ast.Subscript(ast.Name("tuple"), ast.Tuple(items)):
            return f"array of {len(items)}: {', '.join(map(shown, items))}"
        case ast.Subscript(ast.Name("list"), item):
            return f"array of {shown(item)}"
        case ast.Subscript(ast.Name("Line"), item):
            return f"array of arrays of {shown(item)}, all in order"
        case ast.Subscript(ast.Name("dict"), ast.Tuple([key, value])):
            return f"map from {shown(key)} to {shown(value)}"
        case ast.Subscript(ast.Name("Annotated"), ast.Tuple([inner, ast.Call() as meta])):
            return f"{shown(inner)}{_limits(meta)}"
        case _:
            raise TypeError(f"no words for the type {ast.unparse(annotation)}")


def _section(name: str) -> str:
    if name in UNIONS:
        return UNIONS[name]
    definition = definitions()[name]
    if definition.alias is not None:
        return "ids-and-other-scalars"
    return "enumerations" if definition.members else "values"


def limits_of(meta: ast.Call) -> dict[str, str | int]:
    """What a type's limits are, as written."""
    return {str(each.arg): _constant(each.value) for each in meta.keywords}


def _limits(meta: ast.Call) -> str:
    limits = limits_of(meta)
    said = []
    if "ge" in limits or "le" in limits:
        said.append(_range(limits.get("ge"), limits.get("le"), ""))
    if "max_length" in limits:
        said.append(_range(limits.get("min_length"), limits["max_length"], " characters"))
    if "pattern" in limits:
        said.append(f"`{str(limits['pattern']).replace(END, '$')}`")
    return f", {', '.join(said)}" if said else ""


def _range(least: object, most: object, unit: str) -> str:
    if least is None:
        return f"at most {most}{unit}"
    return f"at least {least}{unit}" if most is None else f"{least} to {most}{unit}"


def _constant(expression: ast.expr) -> str | int:
    match expression:
        case ast.Constant(str() | int() as value):
            return value
        case ast.BinOp(left, ast.Mult(), right):
            return int(_constant(left)) * int(_constant(right))
        case _:
            raise TypeError(f"no constant: {ast.unparse(expression)}")


def scalar(definition: Definition) -> Named | None:
    """What a named type that is no class is on the wire; None for a union."""
    match definition.alias:
        case ast.Call(ast.Name("NewType"), [_, base]):
            return Named(shown(base), definition.meaning)
        case ast.Subscript(ast.Name("Annotated"), ast.Tuple([inner, ast.Call() as meta])):
            described = (str(_constant(each.value)) for each in meta.keywords if each.arg == "description")
            return Named(f"{shown(inner)}{_limits(meta)}", definition.meaning or next(described, ""))
        case _:
            return None


def names_in(annotation: ast.expr) -> Iterator[str]:
    """The named types that an annotation mentions."""
    for node in ast.walk(annotation):
        if isinstance(node, ast.Name) and node.id in definitions():
            yield node.id
            alias = definitions()[node.id].alias
            if node.id not in UNIONS and isinstance(alias, ast.BinOp):
                yield from names_in(alias)


def meaning_of_type(annotation: ast.expr) -> str:
    """What a field of this type means when nothing more is said of it; empty where the type says too little."""
    named = [node.id for node in ast.walk(annotation) if isinstance(node, ast.Name)]
    if any(name in PRIMITIVES or name in BARE for name in named):
        return ""
    name = next(names_in(annotation))
    definition = definitions()[name]
    alias = scalar(definition)
    return first_sentence(alias.meaning if alias else definition.meaning)
