"""Test vectors: samples of every kind of map with their bytes, one file a family, beside the protocol's page."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from broker.domain.state import State
from broker.protocol.codec import encode
from tools.docs.kinds import (
    ANSWERS,
    BROADCASTS,
    COMMANDS,
    EVENTS,
    OUTCOMES,
    REFUSALS,
    REQUESTS,
    Kind,
)
from tools.docs.samples import shortest, turns, whole

FAMILIES: Mapping[str, tuple[Kind, ...]] = {
    "requests": REQUESTS,
    "answers": ANSWERS,
    "outcomes": OUTCOMES,
    "broadcasts": BROADCASTS,
    "commands": COMMANDS,
    "events": EVENTS,
    "refusals": REFUSALS,
    "state": (State,),
}

WHOLE, SHORT = "every field set", "what may be left out is left out"

Vector = dict[str, Any]


def vectors_of(kind: Kind) -> Iterator[Vector]:
    """The kind's samples: whole ones, and, where fields may be left out, one without them."""
    name = kind.__struct_config__.tag or "state"
    for turn in range(turns(kind)):
        value = msgspec.convert(whole(kind, turn), kind)
        yield {"kind": name, "sample": WHOLE} | _shown(encode(value))
    short = shortest(kind)
    if short is not None:
        body = msgspec.msgpack.encode(short)
        written = encode(msgspec.convert(short, kind))
        yield {"kind": name, "sample": SHORT} | _shown(body) | {"written": written.hex()}


def files(folder: Path) -> dict[Path, str]:
    """The files with their texts."""
    return {folder / f"{family}.json": _text(kinds) for family, kinds in FAMILIES.items()}


def as_json(decoded: Any) -> Any:
    """What MessagePack decodes to, in JSON: binary as ``h'…'``, and keys that are numbers as texts."""
    return json.loads(json.dumps(decoded, default=lambda binary: f"h'{binary.hex()}'"))


def _shown(body: bytes) -> Vector:
    return {"map": as_json(msgspec.msgpack.decode(body)), "hex": body.hex()}


def _text(kinds: tuple[Kind, ...]) -> str:
    lines = ",\n".join(json.dumps(vector) for kind in kinds for vector in vectors_of(kind))
    return f"[\n{lines}\n]\n"
