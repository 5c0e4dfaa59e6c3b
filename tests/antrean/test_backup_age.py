"""How old the newest backup is, by its name, and when that is too old."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from antrean import backup_age
from antrean.backup_age import Newest
from antrean.settings import BackupSettings
from wording import Language, Wording

MADE = datetime(2026, 7, 14, 5, 15, tzinfo=UTC)
SETTINGS = BackupSettings(folder="copies", every_hours=12)


def found(base: Path, after: timedelta) -> Newest:
    return backup_age.newest(SETTINGS, base, MADE + after)


def told(newest: Newest) -> str:
    return newest.told(Wording(Language.EN))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "copies"
    folder.mkdir()
    return folder


def add(folder: Path, stem: str, *tails: str) -> None:
    for tail in tails:
        (folder / f"{stem}{tail}").touch()


def test_twice_the_time_between_backups_is_too_old(folder: Path) -> None:
    add(folder, "outlet-20260714-051500", ".antrean", ".keys")
    assert not found(folder.parent, timedelta(hours=24)).is_too_old
    late = found(folder.parent, timedelta(hours=24, seconds=1))
    assert late.is_too_old
    assert told(late) == "The newest backup is 24 h old"


def test_only_whole_backups_count_and_nobody_elses_files(folder: Path) -> None:
    add(folder, "outlet-20260713-051500", ".antrean", ".keys")
    add(folder, "outlet-20260714-051500", ".antrean")
    add(folder, "outlet-of-my-own", ".antrean", ".keys")
    assert found(folder.parent, timedelta()).age_seconds == timedelta(days=1).total_seconds()


def test_none_is_too_old(folder: Path) -> None:
    for base in (folder.parent, folder / "gone"):
        newest = found(base, timedelta())
        assert newest.is_too_old
        assert told(newest) == f"There is no backup in {base / 'copies'}"
