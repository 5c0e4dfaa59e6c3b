"""Notes: kept apart, and nowhere at all once they are erased."""

from sqlalchemy import select

from broker.domain.values import ClerkId, Instant, NoteId
from broker.store import schema
from broker.store.database import Database
from broker.store.notes import Note, Notes

TEXT = "Pak Hasan, Jalan Tebet Barat IX nomor 4, 0812 3456 7890"
NOTE = Note(NoteId("0" * 32), TEXT, ClerkId("sri"), Instant(1000))


def test_a_note_is_read_as_it_was_written(database: Database) -> None:
    notes = Notes(database)
    assert notes.write(NOTE)
    assert notes.read(NOTE.id) == NOTE
    assert notes.read(NoteId("1" * 32)) is None


def test_a_note_sent_again_is_kept_once_and_another_text_under_its_id_never(database: Database) -> None:
    notes = Notes(database)
    assert notes.write(NOTE)
    assert notes.write(Note(NOTE.id, TEXT, NOTE.clerk, Instant(2000)))
    assert not notes.write(Note(NOTE.id, "Something else", NOTE.clerk, Instant(2000)))
    assert not notes.write(Note(NOTE.id, TEXT, ClerkId("budi"), Instant(2000)))
    assert notes.read(NOTE.id) == NOTE


def test_an_erased_note_is_gone_and_the_log_says_who_erased_it(database: Database) -> None:
    notes = Notes(database)
    notes.write(NOTE)
    notes.erase(NOTE.id, ClerkId("ratna"), Instant(5000))
    assert notes.read(NOTE.id) is None
    table = schema.erasure
    (logged,) = database.read(select(table.c.kind, table.c.erased, table.c.clerk, table.c.at))
    assert tuple(logged) == ("note", NOTE.id, "ratna", 5000)
