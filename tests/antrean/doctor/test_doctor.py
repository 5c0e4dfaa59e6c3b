"""What a doctor looks at, for each program: what matters to it and nothing else, and an exit code."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from antrean import outlet_folder
from antrean.doctor import Finding, Standing, examine
from antrean.outlet_folder import Devices
from antrean.seed import seed_for
from broker.domain.values import Instant
from tests.support import sample
from tests.support.running import free_pair, running_outlet
from wording import Language, Wording

W = Wording(Language.EN)
SECONDS = 60


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    seed = seed_for(outlet_folder.find_outlet("31.74.01.1001", W), counters=1)
    return outlet_folder.make(
        tmp_path / "outlet", seed, Devices(1, 1, 1), "127.0.0.1", free_pair(), Instant(sample.at(7))
    ).folder


def wrong(found: list[Finding]) -> list[str]:
    return [each.what for each in found if each.standing is Standing.WRONG]


def test_a_brokers_machine_lacks_only_a_backup_at_first(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "PATH", "/nowhere"
    )  # what this machine's clock and systemd are like does not matter here
    found = list(examine(folder / "antrean.toml", W))
    assert wrong(found) == [f"There is no backup in {folder / 'backups'}"]
    assert not any("Qt" in each.what or "sound" in each.what for each in found)


def test_wrong_settings_are_all_that_is_told(folder: Path) -> None:
    settings = folder / "antrean.toml"
    settings.write_text("[broker]\ndatabse = 'x'\n")
    (found,) = examine(settings, W)
    assert found.what == f"Unknown setting: broker.databse: {settings}"
    assert "“database”" in found.todo


def test_settings_of_no_program_are_told(folder: Path) -> None:
    settings = folder / "other.toml"
    settings.write_text("[connection]\nkey = 'keys/operator.key'\n")
    (found,) = examine(settings, W)
    assert "[display]" in found.todo


def test_a_display_is_examined_as_far_as_its_screen_and_sound(folder: Path) -> None:
    told = [each.what for each in examine(folder / "display-1.toml", W)]
    assert any("does not answer" in each for each in told)
    assert any("Qt" in each for each in told)
    assert any("plays sound" in each for each in told)
    assert not any("backup" in each or "9100" in each for each in told)


@pytest.mark.slow
def test_the_exit_code_says_whether_something_is_wrong() -> None:
    with running_outlet(Devices(0, 1, 0)) as outlet:
        settings = outlet.made.folder / "metrics.toml"
        command = [sys.executable, "-m", "antrean", "doctor", "--settings", str(settings)]
        clock = (outlet.made.folder / "antrean.toml").read_text().partition("[clock]")[2]
        settings.write_text(settings.read_text() + "\n[clock]" + clock.partition("\n[")[0])
        environment = os.environ | {"LC_ALL": "C.UTF-8", "PATH": "/nowhere"}
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=SECONDS, check=False, env=environment
        )
        assert done.returncode == 0, done
        assert "fine        The broker knows this device as metrics" in done.stdout
        (outlet.made.folder / "keys/metrics.key").chmod(0o644)
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=SECONDS, check=False, env=environment
        )
        assert done.returncode == 1, done
        assert "→ Keep it to its owner: chmod 600" in done.stdout
