"""The units that systemd runs the programs by: complete, with true paths, and to systemd's own satisfaction."""

import configparser
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from antrean import outlet_folder, units
from antrean.outlet_folder import Devices
from antrean.problem import Problem
from antrean.seed import seed_for
from broker.domain.values import Instant
from tests.support import sample
from wording import Language, Wording

ENGLISH = Wording(Language.EN)
SECONDS = 60
WATCHED = {"broker", "kiosk-1", "counter-1", "display-1", "forecast", "metrics"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    seed = seed_for(outlet_folder.find_outlet("31.74.01.1001", ENGLISH), counters=1)
    made = outlet_folder.make(
        tmp_path / "50 % outlet", seed, Devices(1, 1, 1), "127.0.0.1", 5570, Instant(sample.at(7))
    )
    return made.folder


def written(folder: Path) -> dict[str, configparser.RawConfigParser]:
    list(units.write(folder, "antrean", ENGLISH))
    found = {}
    for path in (folder / "units").rglob("antrean-*"):
        parser = configparser.RawConfigParser(strict=True, delimiters="=")
        parser.optionxform = str  # type: ignore[assignment,method-assign]
        parser.read(path)
        found[path.name.removeprefix("antrean-")] = parser
    return found


def test_each_program_has_a_unit_and_the_backup_a_timer(folder: Path) -> None:
    names = {f"{name}.service" for name in WATCHED}
    assert written(folder).keys() == names | {"backup.service", "backup.timer"}


def test_each_program_says_that_it_serves_and_lives_and_is_started_again(folder: Path) -> None:
    for name, unit in written(folder).items():
        if name.startswith("backup"):
            continue
        service = unit["Service"]
        assert service["Type"] == "notify", name
        assert (service["WatchdogSec"], service["Restart"]) == ("20", "always")
        assert (service["UMask"], service["NoNewPrivileges"]) == ("0077", "yes")
        assert unit["Unit"]["StartLimitIntervalSec"] == "0"
        assert unit["Install"]["WantedBy"].endswith(".target")


def test_commands_name_this_installation_and_the_settings_with_their_odd_signs(folder: Path) -> None:
    command = shlex.split(written(folder)["broker.service"]["Service"]["ExecStart"].replace("%%", "%"))
    assert command == [
        sys.executable,
        "-m",
        "antrean",
        "broker",
        "--settings",
        str(folder / "antrean.toml"),
    ]


def test_a_confined_program_may_write_its_folder_and_what_its_settings_name_elsewhere(
    folder: Path, tmp_path: Path
) -> None:
    settings = folder / "antrean.toml"
    settings.write_text(settings.read_text().replace("[backup]", '[backup]\nfolder = "/mnt/other/backups"'))
    for name in ("broker.service", "backup.service"):
        service = written(folder)[name]["Service"]
        assert service["ProtectSystem"] == "strict"
        assert shlex.split(service["ReadWritePaths"].replace("%%", "%")) == [
            str(folder),
            "-/mnt/other/backups",
        ]


def test_a_screens_program_runs_under_the_compositor_and_may_speak_to_systemd_from_there(
    folder: Path,
) -> None:
    for name in ("kiosk-1.service", "display-1.service"):
        service = written(folder)[name]["Service"]
        assert "/cage -- " in service["ExecStart"]
        assert service["NotifyAccess"] == "all"


def test_a_counter_runs_in_the_clerks_session(folder: Path) -> None:
    written(folder)
    assert [path.name for path in (folder / "units/user").iterdir()] == ["antrean-counter-1.service"]


def test_a_folder_without_settings_or_with_wrong_ones_is_told(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="no settings of a program"):
        list(units.write(tmp_path, "antrean", ENGLISH))
    (tmp_path / "kiosk-1.toml").write_text("[kiosk]\nprinter = 5\n")
    with pytest.raises(Problem, match="not valid"):
        list(units.write(tmp_path, "antrean", ENGLISH))


@pytest.mark.parametrize("part", ["system", "user"])
def test_systemd_finds_nothing_wrong_with_them(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    """Where the machine has systemd; the parser's tests above hold everywhere."""
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        return
    compositor = tmp_path / "cage"
    compositor.write_text("#!/bin/sh\n")
    compositor.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    written(folder)
    files = (folder / "units").glob("*.*") if part == "system" else (folder / "units/user").iterdir()
    done = subprocess.run(
        [analyze, "verify", f"--{part}", "--man=no", *map(str, files)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    said = [line for line in done.stderr.splitlines() if "antrean" in line]
    assert said == []
