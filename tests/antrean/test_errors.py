"""What an operator sees when a program can't start: what, where, what to do; no traceback; not exit code 0.

Real processes, as an operator would start them.
"""

import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from antrean.outlet_folder import Devices
from tests.support.running import RunningOutlet, running_outlet

pytestmark = pytest.mark.slow

SECONDS = 60


def antrean(*arguments: str, cwd: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "antrean", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        env=keep | {"LANG": "C.UTF-8"} | environment,
    )


def assert_told(done: "subprocess.CompletedProcess[str]", *wanted: str) -> None:
    assert done.returncode not in (0, 1), done
    assert "Traceback" not in done.stderr, done.stderr
    assert "Where:" in done.stderr
    assert "What to do:" in done.stderr
    for text in wanted:
        assert text in done.stderr, done.stderr


@pytest.fixture(scope="module")
def outlet() -> "RunningOutlet":  # type: ignore[misc]
    with running_outlet(Devices(1, 1, 1)) as running:
        yield running


def test_an_unknown_setting(tmp_path: Path) -> None:
    (tmp_path / "antrean.toml").write_text("[broker]\ndatabse = 'x.db'\n")
    assert_told(antrean("broker", cwd=tmp_path), "Unknown setting: broker.databse", "“database”")


def test_a_port_in_use(tmp_path: Path, outlet: RunningOutlet) -> None:
    assert antrean("init", "o", "--outlet", "31.74.01.1001", cwd=tmp_path).returncode == 0
    settings = tmp_path / "o/antrean.toml"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        text = settings.read_text().replace("tcp://127.0.0.1:5570", f"tcp://127.0.0.1:{port}")
        settings.write_text(text)
        assert_told(antrean("broker", "--settings", str(settings), cwd=tmp_path), f"127.0.0.1:{port}", "port")


def test_a_second_broker_on_the_same_database(tmp_path: Path, outlet: RunningOutlet) -> None:
    settings = outlet.made.folder / "antrean.toml"
    done = antrean("broker", "--settings", str(settings), cwd=tmp_path)
    assert_told(done, "Another broker", "outlet.db")


def test_a_database_of_a_newer_version(tmp_path: Path) -> None:
    assert antrean("init", "o", "--outlet", "31.74.01.1001", cwd=tmp_path).returncode == 0
    with sqlite3.connect(tmp_path / "o/outlet.db") as database:
        database.execute("update alembic_version set version_num = '9999'")
    database.close()
    done = antrean("broker", "--settings", "o/antrean.toml", cwd=tmp_path)
    assert_told(done, "newer version", "outlet.db")


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    assert antrean("init", "o", "--outlet", "31.74.01.1001", cwd=tmp_path).returncode == 0
    (tmp_path / "o/outlet.db").unlink()
    assert_told(antrean("broker", "--settings", "o/antrean.toml", cwd=tmp_path), "antrean init")


def test_a_printer_that_cannot_be_reached(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    assert_told(antrean("printer", "test", f"tcp://{address}", cwd=tmp_path), address, "cable")


@pytest.mark.parametrize(
    ("program", "printer"), [("kiosk", ""), ("counter", "\n[counter.printer]\nprofile = 'default'\n")]
)
def test_a_layout_of_the_outlets_own_that_is_broken(
    outlet: RunningOutlet, tmp_path: Path, program: str, printer: str
) -> None:
    broken = tmp_path / "slip-58mm.toml"
    broken.write_text("margin = 20\nsection = []\n")
    text = (outlet.made.folder / f"{program}-1.toml").read_text()
    settings = outlet.made.folder / f"{program}-with-layouts.toml"
    settings.write_text(text.replace(f"[{program}]", f"[{program}]\nlayouts = '{tmp_path}'") + printer)
    done = antrean(program, "--settings", str(settings), cwd=tmp_path, QT_QPA_PLATFORM="offscreen")
    assert_told(done, str(broken), "section")
    assert "the window is open" not in done.stderr


def test_a_screen_that_is_missing(tmp_path: Path, outlet: RunningOutlet) -> None:
    settings = outlet.made.settings["display-1"]  # type: ignore[index]
    done = antrean("display", "--settings", str(settings), cwd=tmp_path)
    assert_told(done, "no screen", "DISPLAY")
    done = antrean("kiosk", "--settings", str(settings), cwd=tmp_path, DISPLAY=":987")
    assert_told(done, "no screen", ":987")


def test_a_broker_that_does_not_answer(tmp_path: Path, outlet: RunningOutlet) -> None:
    settings = str(outlet.made.folder / "antrean.toml")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    assert_told(antrean("trace", "A001", "--settings", settings, "--connect", address, cwd=tmp_path), address)
    assert_told(antrean("trace", "A001", "--settings", settings, cwd=tmp_path), "no such ticket")
    assert_told(antrean("trace", "loket", "--settings", settings, cwd=tmp_path), "A012")


def test_an_outlet_that_is_not_in_the_catalogue_or_exists_already(tmp_path: Path) -> None:
    assert_told(antrean("init", "o", "--outlet", "99.99", cwd=tmp_path), "99.99")
    (tmp_path / "there").mkdir()
    assert_told(antrean("init", "there", "--outlet", "31.74.01.1001", cwd=tmp_path), "there")


def test_a_virtual_printer_whose_port_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert_told(antrean("virtual-printer", "--port", port, cwd=tmp_path), port)


def test_the_operator_is_answered_in_indonesian_where_the_machine_speaks_it(tmp_path: Path) -> None:
    done = antrean("init", "o", "--outlet", "99.99", cwd=tmp_path, LANG="id_ID.UTF-8")
    assert "Yang perlu dilakukan" in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        "init",
        "broker",
        "kiosk",
        "counter",
        "display",
        "virtual-printer",
        "settings",
        "forecast",
        "metrics",
        "trace",
        "report",
        "import",
        "send",
        "watch",
        "state",
        "health",
        "doctor",
        "units",
        "printer",
        "demo",
    ],
)
def test_every_command_has_a_help_worth_reading(tmp_path: Path, command: str) -> None:
    done = antrean(command, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert len(done.stdout) > 200 or command == "settings"
