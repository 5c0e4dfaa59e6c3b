"""What clerks write to go with a number: sent before the command that carries its id, read where it is called."""

from collections.abc import Callable

from broker.client import Reply, new_note_id, new_request_id
from broker.domain.refusals import ClerkNeeded
from broker.domain.values import NoteId
from broker.protocol import messages as m
from counter.errands import Errands, SessionFace, notice_of
from counter.sheets import Notice


class Notes:
    """One note is read at a time, the present number's; `changed` is called when it is here."""

    def __init__(self, session: SessionFace, errands: Errands, changed: Callable[[], None]) -> None:
        self._session = session
        self._errands = errands
        self._changed = changed
        self._wanted: NoteId | None = None
        self._is_asking = False
        self._text: str | None = None

    def write(self, text: str, written: Callable[[NoteId], None], failed: Callable[[Notice], None]) -> None:
        """Keep it at the broker; exactly one of the two is called."""
        note = new_note_id()

        def answered(reply: Reply) -> None:
            match reply:
                case m.NoteWritten():
                    written(note)
                case m.Error(code=m.ErrorCode.NOT_PERMITTED):
                    failed(ClerkNeeded())
                case _:
                    failed(notice_of(reply))

        self._errands.ask(m.WriteNote(new_request_id(), note, text), answered)

    def text_of(self, note: NoteId | None) -> str | None:
        """What it says, as far as that is known."""
        return self._text if note == self._wanted else None

    def look_for(self, note: NoteId | None) -> None:
        """Ask what it says, unless that is known or being asked. Nobody is kept from working meanwhile."""
        if note != self._wanted:
            self._wanted, self._text, self._is_asking = note, None, False
        if note is None or self._text is not None or self._is_asking:
            return
        self._is_asking = True
        self._session.ask(m.AskNote(new_request_id(), note), lambda reply: self._answered(note, reply))

    def _answered(self, note: NoteId, reply: Reply) -> None:
        """An answer about another note than is wanted now is let go; without an answer it is asked again."""
        if note != self._wanted:
            return
        self._is_asking = False
        if isinstance(reply, m.Note):
            self._text = reply.text or ""
            self._changed()
