"""How events and states become bytes and come back: MessagePack, with the kinds and versions of events.

An event of an older version is upcast on reading; an unknown kind or a newer version is told apart from damage, so
that a client can ask for a snapshot and an operator can be told which program is too old.
"""

from collections.abc import Callable
from typing import Any, cast

import msgspec

from broker.domain.events import AnyEvent, Event
from broker.domain.state import State

Fields = dict[str, Any]

UPCASTERS: dict[tuple[str, int], Callable[[Fields], Fields]] = {}
"""(kind, version) to the function that makes the next version's fields. Empty until a kind changes."""


class JournalError(Exception):
    """The journal's bytes can't be read."""


class UnknownEventError(JournalError):
    """An event of a kind or version that this program does not know: written by a newer one."""


_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What msgspec raises for bytes that are damaged, wherever the damage is."""

_encoder = msgspec.msgpack.Encoder()
_event_decoder = msgspec.msgpack.Decoder(AnyEvent)
_state_decoder = msgspec.msgpack.Decoder(State)
_fields_decoder = msgspec.msgpack.Decoder(Fields)


def _tag(kind: type[Event]) -> str:
    tag = kind.__struct_config__.tag
    assert isinstance(tag, str)
    return tag


KINDS: dict[str, type[Event]] = {_tag(kind): kind for kind in AnyEvent.__args__}


def kind_of(event: Event) -> str:
    """The event's kind, as the journal names it."""
    return _tag(type(event))


def encode_event(event: Event) -> bytes:
    """The event's bytes, its kind among them; equal events give equal bytes."""
    return _encoder.encode(event)


def decode_event(kind: str, version: int, body: bytes) -> AnyEvent:
    """The event that was written as `kind` in `version`.

    Raises UnknownEventError for what a newer program wrote, JournalError for bytes that are no event.
    """
    known = KINDS.get(kind)
    if known is None or version > known.VERSION:
        raise UnknownEventError(f"event {kind!r} version {version}")
    try:
        if version == known.VERSION:
            return cast("AnyEvent", _event_decoder.decode(body))
        fields = _fields_decoder.decode(body)
        for old in range(version, known.VERSION):
            fields = UPCASTERS[(kind, old)](fields)
        return cast("AnyEvent", msgspec.convert(fields, known))
    except _UNREADABLE as error:
        raise JournalError(f"event {kind!r} version {version}: {error}") from error


def encode_state(state: State) -> bytes:
    """The state's bytes; equal states give equal bytes."""
    return _encoder.encode(state)


def decode_state(body: bytes) -> State:
    """The state that `encode_state` wrote; JournalError for anything else."""
    try:
        return _state_decoder.decode(body)
    except _UNREADABLE as error:
        raise JournalError(f"snapshot: {error}") from error
