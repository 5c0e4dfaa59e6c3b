"""What scripts read: the outlet's state, its events and the broker's answers as JSON, one object a line."""

from typing import Any

import msgspec

from broker.domain.codec import kind_of
from broker.domain.events import Recorded
from broker.domain.state import State
from broker.protocol.messages import Epoch


def as_line(told: Any) -> str:
    """Anything of the protocol as one line of JSON; equal things give equal lines."""
    return msgspec.json.encode(msgspec.to_builtins(told, str_keys=True, order="deterministic")).decode()


def event_line(record: Recorded) -> str:
    """An event: its number, when, what, by whom, by which command, and its own fields under `event`."""
    fields = msgspec.to_builtins(record.event)
    del fields["event"]
    told = {
        "seq": record.seq,
        "at": record.at,
        "kind": kind_of(record.event),
        "device": record.device,
        "clerk": record.clerk,
        "command": record.command,
        "event": fields,
    }
    return msgspec.json.encode(told).decode()


def state_line(state: State, epoch: Epoch) -> str:
    """The outlet's whole state, with the number of the last event in it and the history's id."""
    return as_line({"epoch": epoch} | msgspec.structs.asdict(state))
