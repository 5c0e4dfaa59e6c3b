"""A sample of anything that the wire carries, made from its type: always the same, and valid.

A new kind needs nothing here. A new text with a form of its own does: an example in `EXAMPLES` or `FIELDS`.
"""

import ast
from collections.abc import Mapping
from typing import Any

import msgspec

from tools.docs.kinds import Kind, kind_of
from tools.docs.source import definitions
from tools.docs.wire import limits_of

Value = Any
"""A value as MessagePack knows it: maps, arrays, texts, numbers."""

EXAMPLES: Mapping[str, Value] = {
    "Instant": 1_783_989_480_000,
    "DayMinute": 450,
    "BusinessDay": "2026-07-14",
    "Letter": "A",
    "TicketId": "20260714-A012",
    "ApplicationId": "31.74.01.1001-20260714-0001",
    "ServiceCode": "IUMK",
    "CounterNumber": 3,
    "ClerkId": "sri",
    "DeviceId": "kiosk-1",
    "CommandId": "019f5e0f2a4070010203040506070809",
    "AppointmentId": "20260715-J003",
    "PickUpId": "20260714-P002",
    "ApplicantId": "5d41402abc4b2a76b9719d911017c592",
    "NoteId": "7d793037a0760186574b0282f2f435e7",
    "MachineCode": "ektp-printer",
    "Seq": 42,
    "RequestId": "5b1f0c9e2a7d4836",
    "Epoch": "8f14e45fceea467a9f4d2b1c6a5e3d20",
    "CurveKey": "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID",
    "NoteText": "Ibu Aminah, menunggu di lobi",
    "DeviceRole": "counter",
    "Bilingual": {"id": "Perizinan", "en": "Permits"},
}
"""By the name of the type."""

FIELDS: Mapping[str, Value] = {
    "pin": "123456",
    "program": "my-kiosk 0.1",
    "address": "192.168.7.21",
    "name": "Loket 3",
    "code": "7K4M2P",
    "token": "T:1:31.74.01.1001:20260714-A012:29734320:JBSWY3DPEBLW64TM",
    "versions": 1,
    "digits": 4,
    "slot_minutes": 15,
    "broker_next": EXAMPLES["CurveKey"],
    "broker_key": EXAMPLES["CurveKey"],
    "next_key": EXAMPLES["CurveKey"],
    "key": EXAMPLES["CurveKey"],
    "commands": "issue-ticket",
    "refusals": "nobody-waiting",
    "errors": "malformed",
}
"""By the name of the field, where its type says too little."""

FAMILIES: Mapping[str, str] = {
    "AnyCommand": "IssueTicket",
    "AnyEvent": "TicketCalled",
    "AnyRefusal": "TooEarly",
}
"""Which of very many stands for them within another map; each of them has samples of its own."""

BASES: Mapping[str, Value] = {"int": 7, "float": 12.5, "bool": True, "bytes": bytes(range(16))}


class NoSampleError(Exception):
    """A type of a form that nobody has named an example for."""


def whole(kind: Kind, turn: int = 0) -> Value:
    """A map with every field set, none of them to its default. Where one of several maps can stand, `turn` chooses."""
    made = {} if kind.__struct_config__.tag is None else {kind.__struct_config__.tag_field: _tag(kind)}
    defaults = {each.name: _default(each) for each in msgspec.structs.fields(kind)}
    for field in definitions()[kind.__name__].fields:
        value = sample(field.annotation, field.name, turn)
        if value == defaults[field.name]:
            value = _other(field.annotation, value)
        made[field.name] = value
    return made


def shortest(kind: Kind) -> Value:
    """A map with no field that may be left out; None where there is no such field."""
    optional = {each.name for each in msgspec.structs.fields(kind) if not each.required}
    if not optional:
        return None
    return {name: value for name, value in whole(kind).items() if name not in optional}


def turns(kind: Kind) -> int:
    """How many samples show each map that can stand within this one."""
    annotations = (field.annotation for field in definitions()[kind.__name__].fields)
    return max((len(_choices(node)) for each in annotations for node in ast.walk(each)), default=1) or 1


def _tag(kind: Kind) -> str:
    return str(kind.__struct_config__.tag)


def _default(field: msgspec.structs.FieldInfo) -> Value:
    if field.default_factory is not msgspec.NODEFAULT:
        return msgspec.to_builtins(field.default_factory())
    return msgspec.to_builtins(field.default) if field.default is not msgspec.NODEFAULT else msgspec.NODEFAULT


def sample(annotation: ast.expr, name: str, turn: int) -> Value:
    """Something of the type, for a field of the name."""
    match annotation:
        case ast.Name(base) if base in BASES:
            return FIELDS.get(name, BASES[base]) if base == "int" else BASES[base]
        case ast.Name("str"):
            return FIELDS.get(name, name)
        case ast.Name(named):
            return _named(named, name, turn)
        case ast.BinOp(left, ast.BitOr(), ast.Constant(None)):
            return sample(left, name, turn)
        case ast.Subscript(ast.Name("tuple"), ast.Tuple([item, ast.Constant(value)])) if value is ...:
            return [sample(item, name, turn)]
        case ast.Subscript(ast.Name("tuple"), ast.Tuple(items)):
            return [sample(item, name, turn) for item in items]
        case ast.Subscript(ast.Name("list"), item):
            return [sample(item, name, turn)]
        case ast.Subscript(ast.Name("Line"), item):
            return [[sample(item, name, turn)]]
        case ast.Subscript(ast.Name("dict"), ast.Tuple([key, value])):
            return {_key(key, name): sample(value, "", turn)}
        case ast.Subscript(ast.Name("Annotated"), ast.Tuple([inner, ast.Call() as meta])):
            return _limited(inner, meta, name, turn)
        case _:
            raise NoSampleError(f"no sample for {name}: {ast.unparse(annotation)}")


def _named(named: str, name: str, turn: int) -> Value:
    if named in EXAMPLES:
        return EXAMPLES[named]
    if named in FAMILIES:
        return whole(kind_of(FAMILIES[named]))
    definition = definitions()[named]
    if definition.members:
        return definition.members[-1][0]
    match definition.alias:
        case None:
            return whole(kind_of(named), turn)
        case ast.Call(ast.Name("NewType"), [_, base]):
            return sample(base, name, turn)
        case ast.BinOp():
            choices = _choices(ast.Name(named))
            return whole(kind_of(choices[turn % len(choices)]), turn)
        case alias:
            return sample(alias, name, turn)


def _limited(inner: ast.expr, meta: ast.Call, name: str, turn: int) -> Value:
    """What fits the limits."""
    limits, value = limits_of(meta), sample(inner, name, turn)
    is_named = name in FIELDS or (isinstance(inner, ast.Name) and inner.id in EXAMPLES)
    match limits:
        case _ if is_named:
            return value
        case {"pattern": _}:
            raise NoSampleError(f"name an example for `{name}` in tools/docs/samples.py: {limits['pattern']}")
        case {"min_length": int(length)}:
            return str(value).ljust(length, "x")
        case {"ge": int(least_of_all)}:
            return max(value, least_of_all)
        case _:
            return value


def _key(annotation: ast.expr, name: str) -> Value:
    match annotation:
        case ast.Name("str"):
            return FIELDS.get(name, "A")
        case _:
            return sample(annotation, "", 0)


def _other(annotation: ast.expr, value: Value) -> Value:
    """Another value of the same type."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            enumerations = (
                definitions()[node.id]
                for node in ast.walk(annotation)
                if isinstance(node, ast.Name) and node.id in definitions()
            )
            return next(member for each in enumerations for member, _ in each.members if member != value)
        case _:
            raise NoSampleError(f"no other value than {value!r}")


def _choices(node: ast.AST) -> list[str]:
    """The kinds of map that a name for several of them stands for."""
    if not isinstance(node, ast.Name) or node.id not in definitions() or node.id in FAMILIES:
        return []
    alias = definitions()[node.id].alias
    if not isinstance(alias, ast.BinOp):
        return []
    return [each.id for each in ast.walk(alias) if isinstance(each, ast.Name)]
