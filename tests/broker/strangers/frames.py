"""Frames that are no messages, or hardly: made of whole ones by whatever may happen to bytes, and by malice."""

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

import msgspec

from broker.protocol import messages as m
from broker.protocol.codec import LARGEST_REQUEST_BYTES
from tools.docs.kinds import COMMANDS, REQUESTS, Kind
from tools.docs.samples import whole

pack = msgspec.msgpack.encode


def nested(opening: bytes, depth: int, inmost: bytes) -> bytes:
    return opening * depth + inmost


ODD = tuple(
    map(
        msgspec.Raw,
        (
            *(pack(number) for number in (0, -1, 2**31, 2**53 + 1, 2**63 - 1, 2**64 - 1, -(2**63))),
            *(pack(number) for number in (0.5, 1e308, float("inf"), float("nan"))),
            *(pack(text) for text in ("", "\0", "x" * 201, "\u202e\U0001f600", "'; DROP TABLE note; --")),
            *(pack(other) for other in (None, True, [], {}, b"", [[]], {"": None}, {1: 2})),
            pack("x" * 40_000),
            pack(msgspec.msgpack.Ext(5, b"extension")),
            b"\xd6\xff\x00\x00\x00\x00",  # a timestamp
            b"\xc7\x0c\xff" + b"\xff" * 12,  # a timestamp with too many nanoseconds
            b"\xc1",  # the one byte that MessagePack never uses
            b"\xa2\xff\xfe",  # a text that is no UTF-8
            b"\xa3\xed\xa0\x80",  # half a surrogate pair
            b"\xdb\xff\xff\xff\xff",  # a text of four gigabytes, of which nothing comes
            b"\xdd\xff\xff\xff\xff",  # so many values
            b"\xdf\xff\xff\xff\xff",  # so many fields
            nested(b"\x91", 20_000, b"\xc0"),  # arrays in arrays
            nested(b"\x81\xa1k", 10_000, b"\xc0"),  # maps in maps
            b"\x82\xa1k\x01\xa1k\x02",  # one field twice
        ),
    )
)
"""Values that a field may be given, whatever belongs there."""


def corpus(without: frozenset[Kind] = frozenset()) -> tuple[Any, ...]:
    """A whole message of every kind, and one for every command, as maps."""
    questions = [whole(kind) for kind in REQUESTS if kind is not m.SendCommand and kind not in without]
    envelope = whole(m.SendCommand)
    return (*questions, *({**envelope, "command": whole(kind)} for kind in COMMANDS))


def frames(whole_ones: Sequence[Any], count: int, seed: int) -> Iterator[bytes]:
    """So many frames, always the same for a seed. Each is small enough for the socket to let it through."""
    chance = Random(seed)
    for _ in range(count):
        message = {**chance.choice(whole_ones), "id": f"{chance.getrandbits(128):032x}"}
        change: Change = chance.choice(CHANGES)
        yield change(message, chance)[: LARGEST_REQUEST_BYTES + 1]


Change = Callable[[dict[str, Any], Random], bytes]


def _untouched(message: dict[str, Any], _: Random) -> bytes:
    return pack(message)


def _bits_flipped(message: dict[str, Any], chance: Random) -> bytes:
    body = bytearray(pack(message))
    for _ in range(chance.choice((1, 1, 1, 2, 8, 64))):
        body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
    return bytes(body)


def _cut(message: dict[str, Any], chance: Random) -> bytes:
    body = pack(message)
    return body[: chance.randrange(len(body))]


def _longer(message: dict[str, Any], chance: Random) -> bytes:
    return pack(message) + chance.randbytes(chance.choice((1, 8, 64)))


def _far_too_long(message: dict[str, Any], _: Random) -> bytes:
    return pack(message | {"more": "x" * LARGEST_REQUEST_BYTES})


def _something_else(message: dict[str, Any], chance: Random) -> bytes:
    return chance.randbytes(chance.randrange(200))


def _a_piece_elsewhere(message: dict[str, Any], chance: Random) -> bytes:
    body = pack(message)
    start, length, to = (chance.randrange(len(body)) for _ in range(3))
    return body[:to] + body[start : start + length] + body[to:]


def _a_field_twice(message: dict[str, Any], chance: Random) -> bytes:
    fields = [*message.items(), chance.choice([*message.items()])]
    return bytes([0x80 | len(fields)]) + b"".join(pack(key) + pack(value) for key, value in fields)


def _a_field_gone(message: dict[str, Any], chance: Random) -> bytes:
    gone = chance.choice([*message])
    return pack({key: value for key, value in message.items() if key != gone})


def _an_odd_value(message: dict[str, Any], chance: Random) -> bytes:
    return pack(_altered(message, chance))


def _altered(value: Any, chance: Random) -> Any:
    """The value with one thing in it, at any depth, turned into something odd."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        key = chance.choice([*value])
        return value | {key: _altered(value[key], chance)}
    if isinstance(value, list | tuple) and value and chance.random() < 0.9:
        place = chance.randrange(len(value))
        return [*value[:place], _altered(value[place], chance), *value[place + 1 :]]
    return chance.choice(ODD)


CHANGES: tuple[Change, ...] = (
    *(_an_odd_value,) * 8,
    *(_bits_flipped,) * 4,
    *(_untouched,) * 2,
    _cut,
    _longer,
    _far_too_long,
    _something_else,
    _a_piece_elsewhere,
    _a_field_twice,
    _a_field_gone,
)
"""The odd values most often: they come deepest."""
