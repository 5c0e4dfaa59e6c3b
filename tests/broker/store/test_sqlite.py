"""What is an SQLite file's own: its lock, its mode, its log."""

import os
from pathlib import Path

import pytest
from sqlalchemy import text

from broker.domain.state import State
from broker.domain.values import ClerkId, Instant, NoteId
from broker.store.database import Database
from broker.store.errors import DatabaseMissingError, DatabaseUnreadableError
from broker.store.notes import Note, Notes
from broker.store.retention import DAY_MS, KeptDays, Retention

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
    return b"".join(path.read_bytes() for path in folder.iterdir())


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
