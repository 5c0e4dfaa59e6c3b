"""What the code says of its own types: docstrings, the literals below fields and names, annotations as written.

Read from the source, because Python keeps neither those literals nor the aliases in annotations.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ = ("broker/domain", "broker/protocol", "broker/protocol/messages")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a struct; `meaning` is empty where the field has none of its own."""

    name: str
    annotation: ast.expr
    meaning: str


@dataclass(frozen=True, slots=True)
class Definition:
    """A class or a named type."""

    name: str
    meaning: str
    fields: tuple[Field, ...] = ()
    """Of a struct."""
    members: tuple[tuple[str, str], ...] = ()
    """Of an enumeration: values and their meanings."""
    alias: ast.expr | None = None
    """What a named type that is no class stands for."""


@cache
def definitions() -> dict[str, Definition]:
    """Everything that the core and the protocol define, by name."""
    found: dict[str, Definition] = {}
    for folder in READ:
        for path in sorted((ROOT / folder).glob("*.py")):
            for definition in _in_module(ast.parse(path.read_text(encoding="utf-8"))):
                found[definition.name] = definition
    return found


def _in_module(module: ast.Module) -> Iterator[Definition]:
    for statement, meaning in _with_literals(module.body):
        match statement:
            case ast.ClassDef():
                yield _class(statement)
            case ast.Assign(targets=[ast.Name(name)], value=value) if name[0].isupper():
                yield Definition(name, meaning, alias=value)
            case _:
                continue


def _class(statement: ast.ClassDef) -> Definition:
    fields = []
    members = []
    for each, meaning in _with_literals(statement.body):
        match each:
            case ast.AnnAssign(target=ast.Name(name), annotation=annotation) if not _is_class_variable(
                annotation
            ):
                fields.append(Field(name, annotation, meaning))
            case ast.Assign(targets=[ast.Name()], value=ast.Constant(str(value))):
                members.append((value, meaning))
            case _:
                continue
    return Definition(
        statement.name, plain(ast.get_docstring(statement) or ""), tuple(fields), tuple(members)
    )


def _is_class_variable(annotation: ast.expr) -> bool:
    return "ClassVar" in ast.unparse(annotation)


def _with_literals(body: Iterable[ast.stmt]) -> Iterator[tuple[ast.stmt, str]]:
    """Each statement with the string literal that follows it."""
    for statement, following in pairwise([*body, ast.Pass()]):
        match following:
            case ast.Expr(ast.Constant(str(text))):
                yield statement, plain(text)
            case _:
                yield statement, ""


def plain(text: str) -> str:
    """A docstring as one line of Markdown in the words of the wire."""
    line = re.sub(r"\s+", " ", text).strip().replace("``", "`")
    return re.sub(r"\bNone\b", "null", line)


def first_sentence(text: str) -> str:
    """As much of a meaning as fits where it is one among many."""
    return re.split(r"(?<=\.)\s(?=[A-Z])", text, maxsplit=1)[0]
