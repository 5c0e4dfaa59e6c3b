"""The vectors beside the protocol's page: our codec and a plain MessagePack library read and write them alike."""

import ast
import json
from collections.abc import Callable
from typing import Any

import msgpack
import msgspec
import pytest

from broker.domain.codec import KINDS, decode_event, decode_state
from broker.domain.commands import AnyCommand
from broker.domain.refusals import AnyRefusal
from broker.domain.state import State
from broker.protocol.codec import decode_answer, decode_broadcast, decode_request, encode
from broker.protocol.messages import Outcome
from tools.docs.kinds import TAGGED
from tools.docs.pages import VECTORS
from tools.docs.samples import NoSampleError, sample, whole
from tools.docs.vectors import FAMILIES, SHORT, WHOLE, Vector, as_json

Decode = Callable[[bytes], Any]


def event(body: bytes) -> Any:
    """An event as the journal's codec reads it."""
    kind: str = msgpack.unpackb(body)["event"]
    return decode_event(kind, KINDS[kind].VERSION, body)


DECODERS: dict[str, Decode] = {
    "requests": decode_request,
    "answers": decode_answer,
    "broadcasts": decode_broadcast,
    "outcomes": msgspec.msgpack.Decoder(Outcome).decode,
    "commands": msgspec.msgpack.Decoder(AnyCommand).decode,
    "events": event,
    "refusals": msgspec.msgpack.Decoder(AnyRefusal).decode,
    "state": decode_state,
}


def written(family: str) -> list[Vector]:
    """The family's vectors as they stand in docs/."""
    file = VECTORS / f"{family}.json"
    assert file.exists(), "run `make docs`"
    vectors: list[Vector] = json.loads(file.read_text(encoding="utf-8"))
    return vectors


def plainly(body: bytes) -> Any:
    """What a MessagePack library makes of the bytes that knows nothing of us."""
    return msgpack.unpackb(body, strict_map_key=False)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_kind_has_its_vectors(family: str) -> None:
    """A new kind: run `make docs`. If that fails for want of an example, tools/docs/samples.py takes one."""
    found = {(vector["kind"], vector["sample"]) for vector in written(family)}
    for kind in FAMILIES[family]:
        name = kind.__struct_config__.tag or "state"
        assert (name, WHOLE) in found, f"run `make docs`: {name} has no vector"
        has_defaults = any(not field.required for field in msgspec.structs.fields(kind))
        assert ((name, SHORT) in found) == has_defaults, f"run `make docs`: {name}"


def test_every_kind_belongs_to_one_family() -> None:
    kinds = [kind for family in FAMILIES.values() for kind in family]
    assert sorted(map(str, kinds)) == sorted(map(str, (*TAGGED, State)))
    assert DECODERS.keys() == FAMILIES.keys()


@pytest.mark.parametrize("family", FAMILIES)
def test_our_codec_reads_and_writes_them(family: str) -> None:
    for vector in written(family):
        value = DECODERS[family](bytes.fromhex(vector["hex"]))
        assert encode(value).hex() == vector.get("written", vector["hex"]), vector["kind"]


@pytest.mark.parametrize("family", FAMILIES)
def test_a_plain_library_reads_and_writes_them(family: str) -> None:
    for vector in written(family):
        body = bytes.fromhex(vector["hex"])
        decoded = plainly(body)
        assert as_json(decoded) == vector["map"], vector["kind"]
        assert msgpack.packb(decoded) == body, vector["kind"]


@pytest.mark.parametrize("family", FAMILIES)
def test_a_field_that_nobody_knows_is_ignored(family: str) -> None:
    for vector in written(family):
        body = bytes.fromhex(vector["hex"])
        longer = msgpack.packb(plainly(body) | {"of_a_later_release": [1, {"x": None}]})
        assert DECODERS[family](longer) == DECODERS[family](body), vector["kind"]


@pytest.mark.parametrize("family", FAMILIES)
def test_a_whole_sample_sets_every_field_to_something_of_its_own(family: str) -> None:
    for kind in FAMILIES[family]:
        value = msgspec.convert(whole(kind), kind)
        for field in msgspec.structs.fields(kind):
            assert getattr(value, field.name) != default_of(field), f"{kind.__name__}.{field.name}"


def default_of(field: msgspec.structs.FieldInfo) -> Any:
    """A field's default; NODEFAULT where it has none."""
    return field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()


def test_a_text_of_a_form_without_an_example_is_asked_for() -> None:
    annotation = ast.parse('Annotated[str, Meta(pattern="^[a-z]{3}$")]', mode="eval").body
    with pytest.raises(NoSampleError, match="`colour` in tools/docs"):
        sample(annotation, "colour", 0)
