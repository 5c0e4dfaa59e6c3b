"""What ends by itself: notes and the profiles of clerks who have left, each at its time and not before."""

import pytest
from msgspec.structs import replace
from sqlalchemy import insert

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.state import State
from broker.domain.values import BusinessDay, ClerkId, Instant, NoteId, PickUpId, VisitFailure
from broker.store import schema
from broker.store.database import Database
from broker.store.journal import Journal
from broker.store.notes import Note, Notes
from broker.store.registry import ClerkProfile, Registry
from broker.store.retention import DAY_MS, KeptDays, Retention
from tests.support import sample
from tests.support.journal import commit
from tests.support.morning import Morning

TEXT = "Pak Hasan, Jalan Tebet Barat IX nomor 4, 0812 3456 7890"
NOTE = Note(NoteId("0" * 32), TEXT, ClerkId("sri"), Instant(1000))
KEPT = KeptDays(notes=3, pick_up_notes=20, clerks=10)


def is_kept(database: Database, after_ms: int) -> bool:
    """Whether a note is still there so long after it was written, a day having closed."""
    notes = Notes(database)
    notes.write(NOTE)
    Retention(database, KEPT).forget(State(at=Instant(NOTE.at + after_ms)))
    return notes.read(NOTE.id) is not None


def test_notes_are_kept_for_some_days(database: Database) -> None:
    assert is_kept(database, KEPT.notes * DAY_MS)
    assert not is_kept(database, KEPT.notes * DAY_MS + 1)


def request(outlet: Morning) -> PickUpId:
    (asked,) = outlet.clerk("sri", c.RequestPickUp(sample.DOCTOR, NOTE.id))
    assert isinstance(asked, e.PickUpRequested)
    return asked.pick_up


def kept_long_after(database: Database, outlet: Morning) -> bool:
    commit(Journal(database), outlet.journal)
    return is_kept(database, KEPT.pick_up_notes * DAY_MS)


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


def test_a_pick_ups_note_ends_too_where_nobody_sees_to_it(database: Database) -> None:
    outlet = Morning()
    request(outlet)
    assert kept_long_after(database, outlet)
    assert not is_kept(database, KEPT.pick_up_notes * DAY_MS + 1)


# Clerks


def profiles_after(database: Database, last_day: str, *configured: str) -> set[str]:
    """Who has a profile after a day's close, `configured` being in the outlet's rules."""
    clerks = tuple(each for each in sample.RULES.clerks if each.id in configured)
    state = State(rules=replace(sample.RULES, clerks=clerks), last_day=BusinessDay(last_day))
    Retention(database, KEPT).forget(state)
    return set(Registry(database).clerks())


def had(database: Database, day: str, *clerks: str) -> None:
    figures = ("served", "timed", "service_ms", "missed", "accepted", "idle_ms", "paused_ms")
    for clerk in clerks:
        database.write(insert(schema.clerk_day).values(day=day, clerk=clerk, **dict.fromkeys(figures, 0)))


def test_who_has_left_is_forgotten_some_days_later_and_who_is_there_never(database: Database) -> None:
    for clerk in ("sri", "budi"):
        Registry(database).add_clerk(ClerkProfile(ClerkId(clerk), clerk.title(), "hash"))
    had(database, "2026-07-01", "sri", "budi")
    had(database, "2026-07-11", "sri")
    assert profiles_after(database, "2026-07-11", "sri") == {"sri", "budi"}
    had(database, "2026-07-12", "sri")
    assert profiles_after(database, "2026-07-12", "sri") == {"sri"}
    assert profiles_after(database, "2027-07-12", "sri") == {"sri"}


def test_an_outlet_without_rules_or_days_forgets_nobody(database: Database) -> None:
    Registry(database).add_clerk(ClerkProfile(ClerkId("sri"), "Sri", "hash"))
    Retention(database, KEPT).forget(State())
    Retention(database, KEPT).forget(State(rules=replace(sample.RULES, clerks=())))
    assert set(Registry(database).clerks()) == {"sri"}
