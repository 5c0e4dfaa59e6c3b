"""What is an SQLite file's own: its lock, its mode, its log."""

import os
import shutil
import time
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import select, text

from broker.domain.state import State
from broker.domain.values import ClerkId, Instant, NoteId
from broker.store import schema
from broker.store.database import Database
from broker.store.errors import DatabaseMissingError, DatabaseUnreadableError
from broker.store.notes import Note, Notes
from broker.store.place import place_of
from broker.store.retention import DAY_MS, KeptDays, Retention
from broker.store.sqlite import BUSY_MS
from tests.support.broker import url_in

TEXT = "Pak Hasan, Jalan Tebet Barat IX nomor 4, 0812 3456 7890"
NOTE = Note(NoteId("0" * 32), TEXT, ClerkId("sri"), Instant(1000))


@pytest.fixture
def url(sqlite_url: str) -> str:
    return sqlite_url


def test_a_closed_database_leaves_one_file(url: str, tmp_path: Path) -> None:
    Database.create(url).close()
    assert [path.name for path in tmp_path.iterdir()] == ["outlet.db"]


def test_only_its_owner_can_read_it(url: str, tmp_path: Path) -> None:
    with Database.create(url):
        assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_the_lock_belongs_to_the_process_that_has_it(url: str, tmp_path: Path) -> None:
    with Database.create(url):
        assert (tmp_path / "outlet.db.lock").read_text() == str(os.getpid())


def test_a_database_is_durable_at_each_commit(database: Database) -> None:
    assert database.connection.scalar(text("PRAGMA journal_mode")) == "wal"
    assert database.connection.scalar(text("PRAGMA synchronous")) == 2


def test_a_file_that_is_no_database_is_named(url: str, tmp_path: Path) -> None:
    (tmp_path / "outlet.db").write_bytes(b"not a database at all, but long enough to be read as one" * 20)
    with pytest.raises(DatabaseUnreadableError, match=r"outlet\.db"):
        Database.open(url)
    assert [path.name for path in tmp_path.iterdir()] == ["outlet.db"]


def test_an_empty_file_is_no_outlet(url: str, tmp_path: Path) -> None:
    """A machine that loses its power while an outlet is made leaves one."""
    (tmp_path / "outlet.db").touch()
    with pytest.raises(DatabaseMissingError):
        Database.open(url)


def test_a_file_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnreadableError, match="nowhere"):
        Database.create(f"sqlite:///{tmp_path}/nowhere/outlet.db")


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


def test_an_erased_note_is_nowhere_on_disk(database: Database, tmp_path: Path) -> None:
    notes = Notes(database)
    notes.write(NOTE)
    assert TEXT.encode() in on_disk(tmp_path)
    notes.erase(NOTE.id, ClerkId("ratna"), Instant(5000))
    assert TEXT.encode() not in on_disk(tmp_path)


def test_nor_is_one_whose_time_is_over(database: Database, tmp_path: Path) -> None:
    notes = Notes(database)
    notes.write(NOTE)
    Retention(database, KeptDays(notes=1)).forget(State(at=Instant(NOTE.at + DAY_MS + 1)))
    assert TEXT.encode() not in on_disk(tmp_path)


def test_whoever_reads_meanwhile_is_not_waited_for_and_the_note_goes_when_they_have_ended(
    database: Database, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broker.store.database.SCRUBBED_AGAIN_SECONDS", 0.0)
    notes = Notes(database)
    notes.write(NOTE)
    with place_of(url).reading() as reader:
        reader.execute(select(schema.note)).all()
        began = time.monotonic()
        notes.erase(NOTE.id, ClerkId("ratna"), Instant(5000))
        database.scrub_if_due()
        assert time.monotonic() - began < 1
        assert TEXT.encode() in on_disk(tmp_path)
        notes.write(replace(NOTE, id=NoteId("1" * 32), text="nobody was at home"))  # the outlet goes on
    database.scrub_if_due()
    assert TEXT.encode() not in on_disk(tmp_path)
    assert database.connection.scalar(text("PRAGMA busy_timeout")) == BUSY_MS


def test_it_is_tried_again_a_moment_later_and_not_at_each_turn(
    database: Database, url: str, tmp_path: Path
) -> None:
    notes = Notes(database)
    notes.write(NOTE)
    with place_of(url).reading() as reader:
        reader.execute(select(schema.note)).all()
        notes.erase(NOTE.id, ClerkId("ratna"), Instant(5000))
    database.scrub_if_due()
    assert TEXT.encode() in on_disk(tmp_path)


def test_what_a_killed_broker_had_not_scrubbed_is_scrubbed_at_the_next_start(
    database: Database, url: str, tmp_path: Path
) -> None:
    notes = Notes(database)
    notes.write(NOTE)
    with place_of(url).reading() as reader:
        reader.execute(select(schema.note)).all()
        notes.erase(NOTE.id, ClerkId("ratna"), Instant(5000))
        left = tmp_path / "left"
        left.mkdir()
        for file in tmp_path.glob("outlet.db*"):
            if not file.name.endswith((".lock", "-shm")):
                shutil.copy(file, left)
    assert TEXT.encode() in on_disk(left)
    with Database.open(url_in(left)) as again:
        again.scrub_if_due()
        assert TEXT.encode() not in on_disk(left)
