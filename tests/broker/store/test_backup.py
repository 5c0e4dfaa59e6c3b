"""A copy made while the broker works, and the way back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import ColumnElement, Table, delete, select, update

from broker.domain.codec import encode_state
from broker.domain.state import State
from broker.domain.values import ClerkId, CommandId, DeviceId, Instant, NoteId, Seq
from broker.server.keys import new_key_pair
from broker.store import backup, schema
from broker.store.database import Database
from broker.store.epochs import Epochs
from broker.store.errors import (
    BackupUnderWayError,
    BackupUnreadableError,
    DatabaseDamagedError,
    DatabaseExistsError,
    DatabaseMissingError,
)
from broker.store.journal import Answered, Group, Journal
from broker.store.notes import Note, Notes
from broker.store.registry import Purpose, Registry, SigningKey
from broker.store.sealed import SealBrokenError, SecretKeys, seal, unseal
from tests.support.journal import busy_day, commit

KEYS = {Purpose.TOKENS: (SigningKey(1, b"t" * 32),), Purpose.HISTORY: (SigningKey(2, b"h" * 32),)}
AT = Instant(5)


@pytest.fixture
def outlet(database: Database) -> Database:
    """A day's journal, keys and a note."""
    commit(Journal(database), busy_day().journal)
    registry = Registry(database)
    for purpose, (key,) in KEYS.items():
        registry.add_signing_key(purpose, key.key, AT)
    Notes(database).write(Note(NoteId("a" * 32), "by the window", ClerkId("sri"), AT))
    return database


def restored(tmp_path: Path, copy: Path) -> str:
    url = f"sqlite:///{tmp_path / 'restored.db'}"
    list(backup.restore(copy, url, KEYS, AT))
    return url


def test_what_comes_back_is_the_outlet_as_it_was(outlet: Database, url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    *_, last = backup.back_up(url, copy)
    state = Journal(outlet).load()
    assert last == backup.Progress(backup.Work.VERIFYING, state.seq, state.seq)
    with Database.open(restored(tmp_path, copy)) as again:
        assert encode_state(Journal(again).load()) == encode_state(state)
        assert Notes(again).read(NoteId("a" * 32)) is not None
        assert [key.key for key in Registry(again).signing_keys(Purpose.HISTORY)] == [b"h" * 32]


def test_a_restored_history_waits_for_an_operator(outlet: Database, url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    list(backup.back_up(url, copy))
    with Database.open(restored(tmp_path, copy)) as again:
        (epoch,) = Epochs(again).lineage()
        assert (epoch.epoch, epoch.is_confirmed) == (Epochs(outlet).lineage()[0].epoch, False)


def test_a_copy_is_readable_by_its_owner_only_and_has_no_secret_key(
    outlet: Database, url: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    list(backup.back_up(url, copy))
    assert copy.stat().st_mode & 0o777 == 0o600
    assert b"t" * 32 not in copy.read_bytes()
    assert not list(tmp_path.glob("copy.db-*"))


def test_a_note_erased_after_the_backup_stays_erased(outlet: Database, url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    list(backup.back_up(url, copy))
    Notes(outlet).erase(NoteId("a" * 32), ClerkId("sri"), AT)
    with Database.open(restored(tmp_path, copy)) as again:
        backup.erase_again(again, backup.erased_notes(outlet))
        assert Notes(again).read(NoteId("a" * 32)) is None
    assert b"by the window" not in (tmp_path / "restored.db").read_bytes()


def test_neither_a_backup_nor_an_outlet_is_overwritten(outlet: Database, url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    list(backup.back_up(url, copy))
    before = copy.read_bytes()
    with pytest.raises(DatabaseExistsError):
        list(backup.back_up(url, copy))
    assert copy.read_bytes() == before
    target = restored(tmp_path, copy)
    with pytest.raises(DatabaseExistsError):
        list(backup.restore(copy, target, KEYS, AT))


def test_what_is_no_backup_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    nonsense = tmp_path / "nonsense.db"
    nonsense.write_bytes(b"not a database at all" * 500)
    target = tmp_path / "restored.db"
    for each in (nonsense, tmp_path / "none.db"):
        with pytest.raises(BackupUnreadableError):
            list(backup.restore(each, f"sqlite:///{target}", KEYS, AT))
        assert not target.exists()


# What is damaged


def turned(database: Database, table: Table, column: str, where: ColumnElement[bool]) -> None:
    """One bit of a column's bytes in one row."""
    (body,) = next(database.read(select(table.c[column]).where(where)))
    body = bytes([*body[:-1], body[-1] ^ 1])
    database.write(update(table).where(where).values({column: body}))


def damage_an_event(outlet: Database) -> None:
    turned(outlet, schema.journal, "body", schema.journal.c.seq == 7)


def damage_a_snapshot(outlet: Database) -> None:
    turned(outlet, schema.snapshot, "body", schema.snapshot.c.seq > 0)


def damage_an_answer(outlet: Database) -> None:
    turned(outlet, schema.answer, "body", schema.answer.c.command == "f" * 32)


def lose_an_event(outlet: Database) -> None:
    outlet.write(delete(schema.journal).where(schema.journal.c.seq == 7))


def change_a_file(outlet: Database) -> None:
    file = schema.application
    outlet.write(update(file).where(file.c.status == "ready").values(status="handed-over"))


def swap_a_snapshot(outlet: Database) -> None:
    """Whole in itself, and not what the journal says."""
    outlet.write(delete(schema.snapshot))
    Journal(outlet).keep_snapshot(State(seq=Seq(7)))


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (damage_an_event, "event 7 in the journal"),
        (damage_a_snapshot, "the snapshot of event"),
        (damage_an_answer, f"the answer to {'f' * 32} from kiosk-1"),
        (lose_an_event, "no event 7"),
        (change_a_file, "application"),
        (swap_a_snapshot, "the snapshot of event 7 is another state"),
    ],
)
def test_a_damaged_outlet_is_told_and_no_backup_is_made_of_it(
    outlet: Database, url: str, tmp_path: Path, damage: Callable[[Database], None], told: str
) -> None:
    journal = Journal(outlet)
    journal.keep_snapshot(journal.load())
    journal.commit(Group(AT, answers=[Answered(DeviceId("kiosk-1"), CommandId("f" * 32), b"asked", b"said")]))
    damage(outlet)
    before = {path.name for path in tmp_path.iterdir()}
    with pytest.raises(DatabaseDamagedError, match=told) as caught:
        list(backup.back_up(url, tmp_path / "copy.db"))
    assert caught.value.where == outlet.where
    assert {path.name for path in tmp_path.iterdir()} == before


def test_a_backup_that_is_damaged_is_told_when_it_is_to_be_restored(
    outlet: Database, url: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    list(backup.back_up(url, copy))
    with Database.open(f"sqlite:///{copy}") as opened:
        damage_an_event(opened)
    with pytest.raises(BackupUnreadableError, match="event 7") as caught:
        restored(tmp_path, copy)
    assert caught.value.where == str(copy)


def test_a_copy_has_its_name_when_it_is_whole_and_not_before(
    outlet: Database, url: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    for progress in backup.back_up(url, copy):
        assert not copy.exists()
        assert progress.done <= progress.events
    assert copy.exists()
    assert not (tmp_path / backup.UNFINISHED).exists()


def test_while_a_copy_is_verified_nobody_reads_in_the_outlet(
    outlet: Database, url: str, tmp_path: Path
) -> None:
    """Its log could not be emptied meanwhile, and notes that are erased would stay in it."""
    for progress in backup.back_up(url, tmp_path / "copy.db"):
        if progress.work is backup.Work.VERIFYING:
            outlet.scrub()
            assert outlet.is_scrubbed


def test_what_a_killed_backup_has_left_is_in_nobodys_way(outlet: Database, url: str, tmp_path: Path) -> None:
    unfinished = tmp_path / backup.UNFINISHED
    for tail in ("", "-wal", "-shm"):
        unfinished.with_name(unfinished.name + tail).write_bytes(b"half of it")
    list(backup.back_up(url, tmp_path / "copy.db"))
    list(restored(tmp_path, tmp_path / "copy.db"))
    assert not list(tmp_path.glob(f"{backup.UNFINISHED}*"))


def test_two_backups_in_one_folder_are_made_one_after_the_other(
    outlet: Database, url: str, tmp_path: Path
) -> None:
    first = backup.back_up(url, tmp_path / "first.db")
    next(first)
    with pytest.raises(BackupUnderWayError):
        list(backup.back_up(url, tmp_path / "second.db"))
    list(first)
    list(backup.back_up(url, tmp_path / "second.db"))
    assert (tmp_path / "first.db").exists()
    assert (tmp_path / "second.db").exists()


def test_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissingError):
        list(backup.back_up(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "copy.db"))
    assert not (tmp_path / "copy.db").exists()


def test_sealed_keys_open_with_the_recovery_key_alone() -> None:
    recovery, stranger = new_key_pair(), new_key_pair()
    keys = SecretKeys("public", "secret", KEYS)
    sealed = seal(keys, recovery.public)
    assert b"secret" not in sealed
    assert unseal(sealed, recovery.secret) == keys
    with pytest.raises(SealBrokenError):
        unseal(sealed, stranger.secret)
    with pytest.raises(SealBrokenError):
        unseal(sealed[:-1], recovery.secret)
    with pytest.raises(SealBrokenError):
        unseal(sealed, "no key")
