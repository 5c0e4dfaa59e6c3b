"""What an older release's codec makes of bytes, run in a process of its own with that release first on the path.

Standard input is one JSON line: a list of [family, hex]. Standard output is one: for each, whether it was read; and
which values each enumeration had.
"""

import json
import sys
from collections.abc import Callable
from enum import Enum
from typing import Any

import msgspec

import broker.domain.application
import broker.domain.pick_up
import broker.domain.ticket
import broker.domain.values
from broker.domain.codec import decode_state
from broker.domain.events import AnyEvent
from broker.domain.refusals import AnyRefusal
from broker.protocol.codec import decode_answer, decode_broadcast
from broker.protocol.messages import Outcome

Read = Callable[[bytes], Any]

READERS: dict[str, Read] = {
    "answers": decode_answer,
    "broadcasts": decode_broadcast,
    "outcomes": msgspec.msgpack.Decoder(Outcome).decode,
    "events": msgspec.msgpack.Decoder(AnyEvent).decode,
    "refusals": msgspec.msgpack.Decoder(AnyRefusal).decode,
    "state": decode_state,
}
"""Of what a broker says; a device's own words are its own."""

DOMAIN = (broker.domain.values, broker.domain.ticket, broker.domain.application, broker.domain.pick_up)


def complaint(family: str, body: bytes) -> str:
    """Why it can't be read; empty where it can."""
    try:
        READERS[family](body)
    except Exception as error:  # noqa: BLE001 - each release has its own
        return str(error)
    return ""


def enumerations() -> dict[str, list[str]]:
    """The closed sets of the core."""
    found = (each for module in DOMAIN for each in vars(module).values() if isinstance(each, type))
    return {
        each.__name__: [str(m.value) for m in each] for each in found if issubclass(each, Enum) and len(each)
    }


if __name__ == "__main__":
    given = json.loads(sys.stdin.readline())
    complaints = [complaint(family, bytes.fromhex(body)) for family, body in given]
    sys.stdout.write(json.dumps({"complaints": complaints, "enumerations": enumerations()}))
