"""The journal: what is committed comes back, to the byte."""

import pytest
from sqlalchemy import delete, select, update

from broker.domain import events as e
from broker.domain.codec import encode_state
from broker.domain.evolve import evolve
from broker.domain.state import State
from broker.domain.values import BusinessDay, CommandId, DeviceId, Instant, Seq
from broker.store import schema
from broker.store.database import Database
from broker.store.epochs import Epochs
from broker.store.errors import (
    DatabaseDamagedError,
    DatabaseMissingError,
    DatabaseNewerError,
    DatabaseUnreadableError,
)
from broker.store.journal import ANSWERS_KEPT_MS, SNAPSHOTS_KEPT, Answered, Group, Journal
from tests.support import sample
from tests.support.journal import busy_morning, commit


def test_replay_equals_the_state_to_the_byte(database: Database) -> None:
    outlet = busy_morning()
    commit(Journal(database), outlet.journal)
    assert encode_state(Journal(database).load()) == encode_state(outlet.state)


def test_snapshot_and_tail_equal_the_whole_journal(database: Database) -> None:
    outlet = busy_morning()
    journal = Journal(database)
    half = len(outlet.journal) // 2
    state = commit(journal, outlet.journal[:half])
    journal.keep_snapshot(state)
    for record in outlet.journal[half:]:
        group = Group(record.at)
        evolve(state, record)
        group.record(record, state)
        journal.commit(group)
    database.write(delete(schema.journal).where(schema.journal.c.seq <= half))  # the tail is enough
    assert encode_state(Journal(database).load()) == encode_state(outlet.state)


@pytest.mark.parametrize("broken", [{"code": "0.0.0-other"}, {"body": b"damaged"}])
def test_a_snapshot_of_other_code_or_a_damaged_one_is_passed_over(
    database: Database, broken: dict[str, object]
) -> None:
    outlet = busy_morning()
    journal = Journal(database)
    journal.keep_snapshot(commit(journal, outlet.journal))
    database.write(update(schema.snapshot).values(broken))
    assert encode_state(Journal(database).load()) == encode_state(outlet.state)


def test_only_the_last_snapshots_are_kept(database: Database) -> None:
    journal = Journal(database)
    for seq in range(1, 8):
        journal.keep_snapshot(State(seq=Seq(seq)))
    kept = [seq for (seq,) in database.read(select(schema.snapshot.c.seq))]
    assert kept == [5, 6, 7]
    assert len(kept) == SNAPSHOTS_KEPT


def test_a_snapshot_is_due_after_ten_thousand_events(database: Database) -> None:
    journal = Journal(database)
    assert not journal.snapshot_due(Seq(9_999))
    assert journal.snapshot_due(Seq(10_000))
    journal.keep_snapshot(State(seq=Seq(10_000)))
    assert not journal.snapshot_due(Seq(10_001))


def test_a_missing_event_is_damage(database: Database) -> None:
    commit(Journal(database), busy_morning().journal)
    database.write(delete(schema.journal).where(schema.journal.c.seq == 5))
    with pytest.raises(DatabaseDamagedError, match="no event 5"):
        Journal(database).load()


def test_bytes_that_are_no_event_are_damage(database: Database) -> None:
    commit(Journal(database), busy_morning().journal)
    broken = {"body": b"\xc1", "crc": None}
    database.write(update(schema.journal).where(schema.journal.c.seq == 5).values(broken))
    with pytest.raises(DatabaseUnreadableError):
        Journal(database).load()


@pytest.mark.parametrize("changed", [{"body": b"\x80"}, {"at": 1}, {"clerk": "budi"}, {"crc": 1}])
def test_an_event_that_is_not_as_it_was_written_is_damage(
    database: Database, changed: dict[str, object]
) -> None:
    commit(Journal(database), busy_morning().journal)
    database.write(update(schema.journal).where(schema.journal.c.seq == 5).values(changed))
    with pytest.raises(DatabaseDamagedError, match="event 5"):
        Journal(database).load()


def test_events_from_before_there_were_checksums_are_read_without(database: Database) -> None:
    outlet = busy_morning()
    commit(Journal(database), outlet.journal)
    database.write(update(schema.journal).values(crc=None))
    assert encode_state(Journal(database).load()) == encode_state(outlet.state)


def test_an_event_of_a_newer_version_says_so(database: Database) -> None:
    commit(Journal(database), busy_morning().journal)
    newer = {"kind": "ticket-teleported", "crc": None}
    database.write(update(schema.journal).where(schema.journal.c.seq == 5).values(newer))
    with pytest.raises(DatabaseNewerError, match="ticket-teleported"):
        Journal(database).load()


def test_a_database_without_a_history_is_no_outlet(url: str) -> None:
    with Database.create(url) as database, pytest.raises(DatabaseMissingError):
        Epochs(database).lineage()


def test_records_come_from_a_number_on(database: Database) -> None:
    outlet = busy_morning()
    journal = Journal(database)
    commit(journal, outlet.journal)
    assert journal.records_from(Seq(3), 4) == tuple(outlet.journal[2:6])
    assert journal.records_from(Seq(len(outlet.journal) + 1), 4) == ()


def test_a_story_holds_the_ticket_and_its_applications_and_nothing_else(database: Database) -> None:
    outlet = busy_morning()
    journal = Journal(database)
    commit(journal, outlet.journal)
    ticket, story = journal.history("A", 1, None)
    kinds = [type(record.event) for record in story]
    assert ticket == "20260714-A001"
    assert kinds == [
        e.TicketIssued,
        e.TicketDelivered,
        e.TicketCalled,
        e.ServiceStarted,
        e.ApplicationAccepted,
        e.TicketCompleted,
        e.ApplicationOverdue,
        e.ApplicationCompleted,
        e.ApplicationHandedOver,
    ]
    assert journal.history("A", 1, sample.TUESDAY) == (ticket, story)
    assert journal.history("A", 1, BusinessDay("2026-07-13")) == (None, ())
    assert journal.history("A", 999, None) == (None, ())


def test_answers_are_kept_for_some_days(database: Database) -> None:
    journal = Journal(database)
    old = Answered(DeviceId("kiosk-1"), CommandId("01"), b"asked", b"answer")
    new = Answered(DeviceId("kiosk-1"), CommandId("02"), b"asked", b"another")
    journal.commit(Group(Instant(1), answers=[old]))
    journal.commit(Group(Instant(1 + ANSWERS_KEPT_MS), answers=[new]))
    assert journal.answered(old.device, old.command) == old
    assert journal.answered(DeviceId("kiosk-2"), old.command) is None
    journal.keep_snapshot(State(at=Instant(2 + ANSWERS_KEPT_MS)))
    assert journal.answered(old.device, old.command) is None
    assert journal.answered(new.device, new.command) == new


def test_a_group_is_one_transaction(database: Database) -> None:
    outlet = busy_morning()
    journal = Journal(database)
    commit(journal, outlet.journal, size=len(outlet.journal))
    assert journal.commits == 1
