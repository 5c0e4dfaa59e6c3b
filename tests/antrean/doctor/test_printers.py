"""What the doctor says of a program's printers."""

import os
import socket
from pathlib import Path

import pytest

from antrean.doctor import printers
from antrean.doctor.finding import Finding, Standing
from hardware.settings import PrinterSettings
from wording import Language, Wording

W = Wording(Language.EN)


def found(address: str, profile: str = "TM-T20II") -> Finding:
    (finding,) = printers.examined((PrinterSettings(address, profile),), W)
    return finding


def test_a_printer_that_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as there:
        address = "tcp://{}:{}".format(*there.getsockname())
        assert found(address) == Finding(Standing.FINE, f"{address} answers")


def test_each_printer_that_is_not_there_is_told_with_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as gone:
        gone.bind(("127.0.0.1", 0))
        nobody = "tcp://{}:{}".format(*gone.getsockname())
        told = {
            nobody: "cable",
            "usb://04b8:0e15": "cable",
            f"serial://{tmp_path}/ttyUSB0": "find",
            "file:///dev/usb/lp99": "find",
            f"file://{tmp_path}/gone/pages": "folder",
            "cups://no-such-queue": "cups",
        }
        for address, todo in told.items():
            finding = found(address)
            assert finding.standing is Standing.WRONG, finding
            assert address.partition("?")[0] in finding.what
            assert todo in finding.todo.lower() or "lpstat" in finding.todo


def test_a_device_that_the_user_may_not_open_is_told_with_its_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", forbidden)
    assert "lp" in found("file:///dev/usb/lp0").todo
    assert "dialout" in found(f"serial://{tmp_path}/ttyS0").todo


def test_a_printer_that_no_model_is_like(tmp_path: Path) -> None:
    finding = found("tcp://127.0.0.1:9100", "TM-T20")
    assert finding.what == "No model of this name is known: TM-T20"
    assert "TM-T20II" in finding.todo
    assert "lsusb" in found("usb://4b8:e15").todo


def test_every_printer_of_a_program_is_looked_at(tmp_path: Path) -> None:
    file = PrinterSettings(f"file://{tmp_path}/pages")
    assert [each.standing for each in printers.examined((file, file), W)] == [Standing.FINE] * 2
