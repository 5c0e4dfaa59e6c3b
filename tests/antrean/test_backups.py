"""Backups as their command makes them: only what is whole has a backup's name, and only then old ones go."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import update

from antrean import backups, outlet_folder, settings
from antrean.headless import database_url
from antrean.outlet_folder import Devices
from antrean.problem import Problem
from antrean.seed import seed_for
from antrean.settings import BROKER_SETTINGS, Settings
from broker.store import schema
from broker.store.database import Database
from broker.store.errors import DatabaseDamagedError
from tests.support import sample
from tests.support.running import TEBET_TIMUR
from wording import Language, Wording

W = Wording(Language.EN)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outlets") / "outlet"
    seed = seed_for(outlet_folder.find_outlet(TEBET_TIMUR, W), 1)
    outlet_folder.make(folder, seed, Devices(1, 1, 1), "127.0.0.1", 5570, sample.at(7))
    return folder


@pytest.fixture
def own(folder: Path) -> Settings:
    return settings.load(folder / BROKER_SETTINGS, W)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def names(target: Path) -> list[str]:
    return sorted(path.name for path in target.iterdir())


def test_a_backup_is_two_files_and_nothing_else(own: Settings, folder: Path, target: Path) -> None:
    (told,) = backups.back_up(own, folder, target, W)
    assert "events backed up" in told
    data, sealed = names(target)
    assert (Path(data).suffix, Path(sealed).suffix) == (".antrean", ".keys")


def test_long_work_says_how_far_it_is(
    own: Settings, folder: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "TOLD_SECONDS", 0.0)
    copied, verified, _ = backups.back_up(own, folder, target, W)
    assert copied == "2 of 2 events copied"
    assert verified == "2 of 2 events verified"


def test_a_database_that_a_restore_has_replaced_goes_after_some_days(
    own: Settings, folder: Path, target: Path
) -> None:
    now = datetime.now(UTC)
    old, late = (
        folder / f"outlet.db.{now - timedelta(days=days):%Y%m%d-%H%M%S}"
        for days in (31, own.backup.replaced_days - 1)
    )
    others = [folder / f"outlet.db.{name}" for name in ("lock", "mine")]
    for file in (old, old.with_name(f"{old.name}-wal"), late, *others):
        file.touch()
    list(backups.back_up(own, folder, target, W))
    assert not list(folder.glob(f"{old.name}*"))
    for file in (late, *others):
        file.unlink()


@pytest.fixture
def damaged(own: Settings, folder: Path) -> Iterator[None]:
    """A byte of the first event is another one for a while."""
    body, where = schema.journal.c.body, schema.journal.c.seq == 1
    url = database_url(own.broker.database, folder)
    with Database.open(url) as database:
        ((before,),) = database.read(schema.journal.select().with_only_columns(body).where(where))
        database.write(update(schema.journal).where(where).values(body=before[:-1] + b"?"))
    yield
    with Database.open(url) as database:
        database.write(update(schema.journal).where(where).values(body=before))


@pytest.mark.usefixtures("damaged")
def test_of_a_damaged_outlet_there_is_no_backup_and_earlier_ones_stay(
    own: Settings, folder: Path, target: Path
) -> None:
    target.mkdir()
    for name in ("outlet-20260713-120000.antrean", "outlet-20260713-120000.keys"):
        (target / name).write_bytes(b"of yesterday")
    before = names(target)
    own = replace(own, backup=replace(own.backup, keep=1))
    with pytest.raises(DatabaseDamagedError, match="event 1 in the journal"):
        list(backups.back_up(own, folder, target, W))
    assert names(target) == before


def test_without_keys_that_can_be_sealed_there_is_no_backup(
    own: Settings, folder: Path, target: Path
) -> None:
    own = replace(own, backup=replace(own.backup, recovery="no key"))
    with pytest.raises(Problem, match="no public key"):
        list(backups.back_up(own, folder, target, W))
    assert names(target) == []
