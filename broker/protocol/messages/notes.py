"""What clerks write for colleagues: kept apart from journal and log, so that it can be forgotten."""

from typing import Annotated

from msgspec import Meta

from broker.domain.values import ClerkId, Instant, NoteId
from broker.protocol.messages.message import Message, RequestId

NoteText = Annotated[str, Meta(min_length=1, max_length=500)]
"""What a clerk writes for a colleague."""


class WriteNote(Message, frozen=True, tag="write-note"):
    """Keep a text under an id that the client made; a command then carries the id. No journal and no log has texts."""

    id: RequestId
    note: Annotated[NoteId, Meta(pattern="^[0-9a-f]{32}\\Z")]
    """A random id, new for each note; sent twice with the same text it is kept once."""
    text: NoteText


class NoteWritten(Message, frozen=True, tag="note-written"):
    """The note is on disk."""

    id: RequestId


class AskNote(Message, frozen=True, tag="ask-note"):
    """What a note says."""

    id: RequestId
    note: NoteId


class Note(Message, frozen=True, tag="note"):
    """What a note says."""

    id: RequestId
    text: str | None = None
    """None: there is no such note, or not any more."""
    clerk: ClerkId | None = None
    """Who wrote it."""
    at: Instant | None = None
    """When it was written."""


class EraseNote(Message, frozen=True, tag="erase-note"):
    """Let a note's text be forgotten for good, at the wish of whom it is about; by its author, or a supervisor."""

    id: RequestId
    note: NoteId


class NoteErased(Message, frozen=True, tag="note-erased"):
    """The note's text is on disk no more."""

    id: RequestId
