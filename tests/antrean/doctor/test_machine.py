"""Faults of a machine, made for real: its own commands say so, in a path where they stand alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from antrean.doctor import machine, screen
from antrean.doctor.finding import Standing
from wording import Language, Wording

W = Wording(Language.EN)
SECONDS = 60


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which this machine's commands are looked for; empty at first."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def install(folder: Path, name: str, says: str, code: int = 0) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\nprintf '%s\\n' '{says}'\nexit {code}\n")
    path.chmod(0o755)


def test_a_clock_that_is_set_and_one_that_is_not(commands: Path) -> None:
    install(commands, "timedatectl", "yes")
    assert machine.clock(W).standing is Standing.FINE
    install(commands, "timedatectl", "no")
    found = machine.clock(W)
    assert found.standing is Standing.WRONG
    assert "timedatectl set-ntp true" in found.todo


@pytest.mark.parametrize(
    ("leap", "standing"), [("Normal", Standing.FINE), ("Not synchronised", Standing.WRONG)]
)
def test_chrony_is_asked_where_timedatectl_can_not_tell(
    commands: Path, leap: str, standing: Standing
) -> None:
    install(commands, "timedatectl", "", 1)
    install(commands, "chronyc", f"Stratum         : 3\nLeap status     : {leap}")
    assert machine.clock(W).standing is standing


def test_a_machine_that_can_not_tell_about_its_clock(commands: Path) -> None:
    assert machine.clock(W).standing is Standing.UNKNOWN


def test_texts_that_are_not_utf_8() -> None:
    code = (
        "from antrean.doctor import machine\nfrom wording import Language, Wording\n"
        "print(machine.texts(Wording(Language.EN)).standing.value)"
    )
    for names, standing in (
        ({"LC_ALL": "C.UTF-8"}, "fine"),
        ({"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, "wrong"),
    ):
        told = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=True,
            env={"PATH": os.environ["PATH"]} | names,
        )
        assert told.stdout.strip() == standing


def test_a_limit_of_files_that_is_too_low() -> None:
    assert machine.open_files(1, W).standing is Standing.FINE
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (150, 150))\n"
        "from antrean.doctor import machine\nfrom wording import Language, Wording\n"
        "found = machine.open_files(500, Wording(Language.EN))\nprint(found.standing.value, found.what)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=SECONDS, check=True
    )
    assert told.stdout.startswith("wrong Only 150 files"), told


def test_a_unit_that_is_not_enabled(commands: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "BOOTED_BY_SYSTEMD", tmp_path)
    install(commands, "systemctl", "enabled")
    assert machine.unit("antrean-broker.service", W).standing is Standing.FINE
    install(commands, "systemctl", "disabled", 1)
    found = machine.unit("antrean-broker.service", W)
    assert found.standing is Standing.WRONG
    assert "antrean-broker.service is not enabled: disabled" in found.what


def test_a_machine_without_systemd_can_not_tell(commands: Path) -> None:
    assert machine.unit("antrean-broker.service", W).standing is Standing.UNKNOWN


# A window's


def test_a_machine_without_a_player_of_sound(commands: Path) -> None:
    found = screen.sound(W)
    assert found.standing is Standing.WRONG
    assert "alsa-utils" in found.todo
    install(commands, "aplay", "")
    assert screen.sound(W).standing is Standing.FINE


def test_a_typeface_that_is_missing(tmp_path: Path) -> None:
    assert screen.typeface(W).standing is Standing.FINE
    found = screen.typeface(W, (tmp_path / "gone.ttf",))
    assert found.standing is Standing.WRONG
    assert "gone.ttf" in found.what


def test_a_way_to_a_screen_whose_library_is_missing(tmp_path: Path) -> None:
    (tmp_path / "libqxcb.so").write_bytes(b"no library")
    found = screen.platforms(tmp_path, W)
    assert found.standing is Standing.WRONG
    assert "libqxcb.so" in found.what
    assert "libxcb-cursor0" in found.todo


@pytest.mark.slow
def test_qt_is_loaded_in_a_process_of_its_own() -> None:
    loaded = next(screen.qt(W))
    assert loaded.standing is Standing.FINE, loaded
