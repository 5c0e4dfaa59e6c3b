"""What a process writes about itself: one JSON object a line, with the program's name, without anybody's data."""

import json
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from pathlib import Path
import structlog
from antrean import logs
from antrean.settings import LogSettings
logs.configure(LogSettings(level="info", file="program.log"), "broker", Path(sys.argv[1]))
log = structlog.get_logger()
log.info("the broker listens", port=5570)
log.debug("nobody reads this")
def fail(note):
    return len(note) / 0
try:
    fail("Budi Santoso")
except ZeroDivisionError:
    log.error("unexpected", exc_info=True)
"""


def written(folder: Path) -> list[str]:
    subprocess.run([sys.executable, "-c", PROGRAM, folder], check=True, timeout=60)
    return (folder / "program.log").read_text(encoding="utf-8").splitlines()


def test_each_line_is_an_object_and_an_error_comes_without_the_values_of_variables(tmp_path: Path) -> None:
    first, second = written(tmp_path)
    told = json.loads(first)
    assert told.pop("timestamp").endswith("Z")
    assert told == {"event": "the broker listens", "port": 5570, "program": "broker", "level": "info"}
    assert json.loads(second)["exception"][0]["frames"][-1]["name"] == "fail"
    assert "Budi" not in second


def test_a_log_on_a_full_disk_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "program.log").symlink_to("/dev/full")
    program = PROGRAM + "\nprint('still here')\n"
    told = subprocess.run(
        [sys.executable, "-c", program, tmp_path], check=False, timeout=60, capture_output=True, text=True
    )
    assert told.stdout == "still here\n"


def test_a_log_that_can_not_be_opened_goes_to_standard_error(tmp_path: Path) -> None:
    (tmp_path / "program.log").mkdir()
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM, tmp_path], check=True, timeout=60, capture_output=True, text=True
    )
    refused, listens, _ = told.stderr.splitlines()
    assert json.loads(refused)["event"] == "the log's file can't be written"
    assert "program.log" in json.loads(refused)["error"]
    assert json.loads(listens)["event"] == "the broker listens"
