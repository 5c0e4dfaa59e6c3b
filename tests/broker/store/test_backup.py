"""A copy made while the broker works, and the way back."""

from pathlib import Path

import pytest

from broker.domain.codec import encode_state
from broker.domain.values import ClerkId, Instant, NoteId
from broker.server.keys import new_key_pair
from broker.store import backup
from broker.store.database import Database
from broker.store.epochs import Epochs
from broker.store.errors import BackupUnreadableError, DatabaseExistsError, DatabaseMissingError
from broker.store.journal import Journal
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
    backup.restore(copy, url, KEYS, AT)
    return url


def test_what_comes_back_is_the_outlet_as_it_was(outlet: Database, url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    events = backup.back_up(url, copy)
    state = Journal(outlet).load()
    assert events == state.seq
    with Database.open(restored(tmp_path, copy)) as again:
        assert encode_state(Journal(again).load()) == encode_state(state)
        assert Notes(again).read(NoteId("a" * 32)) is not None
        assert [key.key for key in Registry(again).signing_keys(Purpose.HISTORY)] == [b"h" * 32]


def test_a_restored_history_waits_for_an_operator(outlet: Database, url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup.back_up(url, copy)
    with Database.open(restored(tmp_path, copy)) as again:
        (epoch,) = Epochs(again).lineage()
        assert (epoch.epoch, epoch.is_confirmed) == (Epochs(outlet).lineage()[0].epoch, False)


def test_a_copy_is_readable_by_its_owner_only_and_has_no_secret_key(
    outlet: Database, url: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    backup.back_up(url, copy)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert b"t" * 32 not in copy.read_bytes()
    assert not list(tmp_path.glob("copy.db-*"))


def test_a_note_erased_after_the_backup_stays_erased(outlet: Database, url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup.back_up(url, copy)
    Notes(outlet).erase(NoteId("a" * 32), ClerkId("sri"), AT)
    with Database.open(restored(tmp_path, copy)) as again:
        backup.erase_again(again, backup.erased_notes(outlet))
        assert Notes(again).read(NoteId("a" * 32)) is None
    assert b"by the window" not in (tmp_path / "restored.db").read_bytes()


def test_neither_a_backup_nor_an_outlet_is_overwritten(outlet: Database, url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup.back_up(url, copy)
    before = copy.read_bytes()
    with pytest.raises(DatabaseExistsError):
        backup.back_up(url, copy)
    assert copy.read_bytes() == before
    target = restored(tmp_path, copy)
    with pytest.raises(DatabaseExistsError):
        backup.restore(copy, target, KEYS, AT)


def test_what_is_no_backup_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    nonsense = tmp_path / "nonsense.db"
    nonsense.write_bytes(b"not a database at all" * 500)
    target = tmp_path / "restored.db"
    for each in (nonsense, tmp_path / "none.db"):
        with pytest.raises(BackupUnreadableError):
            backup.restore(each, f"sqlite:///{target}", KEYS, AT)
        assert not target.exists()


def test_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissingError):
        backup.back_up(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "copy.db")
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
