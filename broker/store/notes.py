"""What people wrote about people: kept apart from the journal, and erased when somebody asks for it.

How long a note is kept otherwise is `retention`'s.
"""

from enum import StrEnum

from msgspec import Struct
from sqlalchemy import delete, insert, select

from broker.domain.values import ClerkId, Instant, NoteId
from broker.store import schema
from broker.store.database import Database


class Note(Struct, frozen=True):
    """A text, and who wrote it when."""

    id: NoteId
    text: str
    clerk: ClerkId
    at: Instant


class Erased(StrEnum):
    """What the erasure log says has been erased."""

    NOTE = "note"


class Notes:
    """The outlet's notes. What returns is on disk; NotCommittedError when it isn't."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, note: Note) -> bool:
        """Keep the note; the same one again changes nothing. False: another text has this id."""
        known = self.read(note.id)
        if known is not None:
            return (known.text, known.clerk) == (note.text, note.clerk)
        values = {"id": note.id, "text": note.text, "clerk": note.clerk, "at": note.at}
        self._database.write(insert(schema.note).values(values))
        return True

    def read(self, wanted: NoteId) -> Note | None:
        """The note; None when there is none, or none any more."""
        table = schema.note
        for row in self._database.read(select(table).where(table.c.id == wanted)):
            return Note(NoteId(row.id), row.text, ClerkId(row.clerk), Instant(row.at))
        return None

    def erase(self, note: NoteId, clerk: ClerkId, at: Instant) -> None:
        """Forget the note's text for good; that it was erased, by whom and when, is kept. No note: nothing to do."""
        if self.read(note) is None:
            return
        logged = {"kind": Erased.NOTE, "erased": note, "clerk": clerk, "at": at}
        self._database.write(
            delete(schema.note).where(schema.note.c.id == note), insert(schema.erasure).values(logged)
        )
        self._database.scrub()
