"""Notes: kept apart for a while, and nowhere at all once they are erased."""

import pytest
from sqlalchemy import select

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.values import ClerkId, Instant, NoteId, PickUpId, VisitFailure
from broker.store import schema
from broker.store.database import Database
from broker.store.journal import Journal
from broker.store.notes import NOTES_KEPT_MS, Note, Notes
from tests.support import sample
from tests.support.journal import commit
from tests.support.morning import Morning

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


def test_notes_are_kept_for_some_days(database: Database) -> None:
    notes = Notes(database)
    notes.write(NOTE)
    notes.forget_old(Instant(NOTE.at + NOTES_KEPT_MS))
    assert notes.read(NOTE.id) == NOTE
    notes.forget_old(Instant(NOTE.at + NOTES_KEPT_MS + 1))
    assert notes.read(NOTE.id) is None


def request(outlet: Morning) -> PickUpId:
    (asked,) = outlet.clerk("sri", c.RequestPickUp(sample.DOCTOR, NOTE.id))
    assert isinstance(asked, e.PickUpRequested)
    return asked.pick_up


def kept_long_after(database: Database, outlet: Morning) -> bool:
    commit(Journal(database), outlet.journal)
    notes = Notes(database)
    notes.write(NOTE)
    notes.forget_old(Instant(NOTE.at + 10 * NOTES_KEPT_MS))
    return notes.read(NOTE.id) is not None


@pytest.mark.parametrize("steps", range(5))
def test_a_pick_ups_note_is_kept_until_somebody_has_brought_the_permit(
    database: Database, steps: int
) -> None:
    outlet = Morning()
    pick_up = request(outlet)
    ways = (
        c.AssignPickUp(pick_up, sample.DEWI),
        c.FailPickUp(pick_up, VisitFailure.NOBODY_HOME),
        c.AssignPickUp(pick_up, sample.DEWI),
        c.FetchFile(pick_up),
    )
    for command in ways[:steps]:
        outlet.clerk("dewi", command)
    assert kept_long_after(database, outlet)


@pytest.mark.parametrize("delivered", [False, True])
def test_and_no_longer(database: Database, delivered: bool) -> None:
    outlet = Morning()
    pick_up = request(outlet)
    outlet.clerk("dewi", c.AssignPickUp(pick_up, sample.DEWI))
    outlet.clerk("dewi", c.FetchFile(pick_up))
    (accepted,) = outlet.clerk("dewi", c.AcceptFetched(pick_up, ()))
    assert isinstance(accepted, e.ApplicationAccepted)
    outlet.clerk("dewi", c.MarkComplete(accepted.application))
    if delivered:
        outlet.clerk("dewi", c.DeliverPermit(accepted.application))
    assert kept_long_after(database, outlet) is not delivered


def test_a_cancelled_requests_note_goes_like_any_other(database: Database) -> None:
    outlet = Morning()
    outlet.clerk("sri", c.CancelPickUp(request(outlet)))
    assert not kept_long_after(database, outlet)
