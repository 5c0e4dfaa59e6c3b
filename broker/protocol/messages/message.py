"""What every message is, and what many of them carry."""

from typing import Annotated, NewType

from msgspec import Meta, Struct

RequestId = NewType("RequestId", str)
"""Made by the client; the answer carries it back. A command's request id is its command id."""

Epoch = NewType("Epoch", str)
"""The random id of a history: new when a backup is restored, else unchanged."""

ShortText = Annotated[str, Meta(max_length=200)]
"""A text that nobody needs longer."""


class Message(Struct, frozen=True, tag_field="type"):
    """The root of all messages."""
