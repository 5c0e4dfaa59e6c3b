"""Faults of files, made for real: each is told with what to do, and what is in order is told to be."""

import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from antrean import keys
from antrean.backup_age import Newest
from antrean.doctor import files
from antrean.doctor.finding import Finding, Standing
from broker.client import DeviceKeys
from broker.server.keys import new_key_pair
from wording import Language, Wording

W = Wording(Language.EN)
HOUR = 3600


def assert_wrong(found: Finding, *wanted: str) -> None:
    assert found.standing is Standing.WRONG, found
    assert found.todo
    for text in wanted:
        assert text in f"{found.what} {found.todo}", found


def assert_fine(found: Finding) -> None:
    assert found.standing is Standing.FINE, found


@pytest.fixture
def key(tmp_path: Path) -> Path:
    pair = new_key_pair()
    path = tmp_path / "kiosk-1.key"
    keys.write(path, DeviceKeys(pair.public, pair.secret, pair.public))
    return path


def test_a_key_that_is_in_order(key: Path) -> None:
    (found,) = files.key(key, W)
    assert_fine(found)


def test_a_key_that_others_can_read(key: Path) -> None:
    key.chmod(0o640)
    (found,) = files.key(key, W)
    assert_wrong(found, "kiosk-1.key", f"chmod 600 {key}")


def test_a_key_that_is_missing_or_damaged(key: Path) -> None:
    key.write_text("public = 5")
    (found,) = files.key(key, W)
    assert_wrong(found, "damaged", str(key))
    key.unlink()
    (found,) = files.key(key, W)
    assert_wrong(found, "No such file", str(key))


def test_a_folder_that_others_can_look_into(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    assert_wrong(files.folder(tmp_path, W), f"chmod 700 {tmp_path}")
    tmp_path.chmod(0o700)
    assert_fine(files.folder(tmp_path, W))


def test_files_of_another_user(key: Path, tmp_path: Path) -> None:
    assert_fine(files.one_owner([key, tmp_path / "not there"], os.getuid(), W))
    assert_wrong(files.one_owner([key], os.getuid() + 1, W), str(key), "chown")


def test_a_folder_that_can_not_be_written(tmp_path: Path) -> None:
    assert_fine(files.writable(tmp_path, W))
    assert_wrong(files.writable(Path("/proc"), W), "/proc")
    assert_wrong(files.writable(tmp_path / "gone", W), "No such file")


def test_a_folder_on_another_machine(tmp_path: Path) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "22 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw\n"
        f"23 22 0:50 / {tmp_path}/far\\040away rw shared:2 - nfs4 server:/data rw\n"
        f"24 22 0:51 / {tmp_path}/cloud rw - fuse.sshfs host: rw\n"
    )
    far, cloud, near = (tmp_path / name for name in ("far away/outlet", "cloud", "far"))
    assert_wrong(files.local(far, W, mounts), "nfs4")
    assert_wrong(files.local(cloud, W, mounts), "fuse.sshfs")
    assert_fine(files.local(near, W, mounts))
    assert_fine(files.local(tmp_path, W))


def test_a_disk_without_room(tmp_path: Path) -> None:
    assert_wrong(files.room(tmp_path, W, least=1 << 60), "MB are free")
    assert_fine(files.room(tmp_path, W, least=1))


def test_backups_that_are_missing_or_old(tmp_path: Path) -> None:
    day_old = Newest(tmp_path, 24 * HOUR, is_too_old=False)
    assert_fine(files.backups(day_old, W))
    assert_wrong(files.backups(replace(day_old, is_too_old=True), W), "24 h old", "antrean-backup.timer")
    none = Newest(tmp_path, None, is_too_old=True)
    assert_wrong(files.backups(none, W), f"no backup in {tmp_path}", "antrean backup")
