"""Questions that name what is no text, or none that an engine keeps: nothing is found, over both engines."""

import pytest
from sqlalchemy import bindparam, select

from broker.domain.values import BusinessDay, ClerkId, CommandId, DeviceId, Instant, NoteId
from broker.store import schema
from broker.store.database import Database
from broker.store.journal import Journal
from broker.store.notes import Note, Notes
from broker.store.reports import Reports
from tests.support.journal import busy_morning, commit

ODD = (
    "",
    "\0",
    "a\0",
    "\ud800",
    "\udfff\0",
    "'; DROP TABLE note; --",
    "\u202e\U0001f600",
    "\x7f\n",
    "a" * 100_000,
)


@pytest.mark.parametrize("odd", ODD)
def test_nothing_is_found_and_the_outlet_goes_on(database: Database, odd: str) -> None:
    journal, notes = Journal(database), Notes(database)
    state = commit(journal, busy_morning().journal)
    assert notes.read(NoteId(odd)) is None
    assert journal.history("A", 1, BusinessDay(odd)) == (None, ())
    assert journal.history(odd, 1, None) == (None, ())
    journal.load()
    assert journal.answered(DeviceId(odd), CommandId("0")) is None
    assert Reports(database).day(BusinessDay(odd), state) is None
    note = Note(NoteId("0" * 32), "by the window", ClerkId("sri"), Instant(1))
    assert notes.write(note)
    assert notes.read(note.id) == note


@pytest.mark.parametrize("odd", ODD)
def test_there_is_nothing_to_erase_and_nothing_is_logged(database: Database, odd: str) -> None:
    notes = Notes(database)
    notes.erase(NoteId(odd), ClerkId("sri"), Instant(1))
    assert list(database.read(select(schema.erasure.c.erased))) == []


def test_a_command_that_nobody_could_have_sent_has_no_answer(database: Database) -> None:
    """Asked of the database itself: where there are greater ids, it is not known beforehand that this one is new."""
    answered = database.sql(select(schema.answer.c.body).where(schema.answer.c.device == bindparam("device")))
    for odd in ODD:
        assert database.fetch(answered, {"device": odd}) is None
