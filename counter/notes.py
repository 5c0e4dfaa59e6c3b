"""The note that came with the ticket in hand: asked for once, known while the ticket stays."""

from collections.abc import Callable

from broker.client import Reply, new_request_id
from broker.domain.values import NoteId
from broker.protocol import messages as m
from counter.errands import SessionFace


class Notes:
    """`changed` is called when a note that was looked for is here. Reading one keeps nobody from working."""

    def __init__(self, session: SessionFace, changed: Callable[[], None]) -> None:
        self._session = session
        self._changed = changed
        self._wanted: NoteId | None = None
        self._is_asking = False
        self._text: str | None = None

    def text_of(self, note: NoteId | None) -> str | None:
        """What it says, as far as that is known."""
        return self._text if note == self._wanted else None

    def look_for(self, note: NoteId | None) -> None:
        """Ask what it says, unless that is known or being asked."""
        if note != self._wanted:
            self._wanted, self._text, self._is_asking = note, None, False
        if note is None or self._text is not None or self._is_asking:
            return
        self._is_asking = True
        self._session.ask(m.AskNote(new_request_id(), note), lambda reply: self._answered(note, reply))

    def _answered(self, note: NoteId, reply: Reply) -> None:
        """An answer to something else than is wanted now says nothing; without one it is asked again."""
        if note != self._wanted:
            return
        self._is_asking = False
        if isinstance(reply, m.Note):
            self._text = reply.text or ""
            self._changed()
