"""Printers as files: a device that is missing is not made, and a plain file keeps what it is given."""

from pathlib import Path

import pytest

from hardware.connection import ConnectionLost
from hardware.connections.address import DeviceFileAddress, PlainFileAddress
from hardware.connections.device_file import DeviceFileConnection
from hardware.connections.plain_file import PlainFileConnection
from tests.hardware.connections.test_contract import SHORT_SECONDS, TICKET, WITHIN_SECONDS


def test_a_missing_device_is_not_made(tmp_path: Path) -> None:
    missing = tmp_path / "lp0"
    with pytest.raises(ConnectionLost, match="No such file"):
        DeviceFileConnection(DeviceFileAddress(str(missing))).open(WITHIN_SECONDS)
    assert not missing.exists()


def test_a_plain_file_collects_pages(tmp_path: Path) -> None:
    file = tmp_path / "pages.bin"
    connection = PlainFileConnection(PlainFileAddress(str(file)))
    for _ in range(2):
        connection.open(WITHIN_SECONDS)
        connection.write(TICKET, WITHIN_SECONDS)
        connection.close()
        connection.close()
    assert file.read_bytes() == TICKET * 2
    assert file.stat().st_mode & 0o077 == 0


def test_a_plain_file_answers_nothing(tmp_path: Path) -> None:
    connection = PlainFileConnection(PlainFileAddress(str(tmp_path / "pages.bin")))
    connection.open(WITHIN_SECONDS)
    assert connection.read(SHORT_SECONDS) == b""
    connection.close()
    with pytest.raises(ConnectionLost):
        connection.read(SHORT_SECONDS)


def test_a_folder_that_is_missing_or_a_full_disk_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConnectionLost, match="No such file"):
        PlainFileConnection(PlainFileAddress(str(tmp_path / "gone/pages.bin"))).open(WITHIN_SECONDS)
    full = PlainFileConnection(PlainFileAddress("/dev/full"))
    full.open(WITHIN_SECONDS)
    with pytest.raises(ConnectionLost, match="No space"):
        full.write(TICKET, WITHIN_SECONDS)
    full.close()
