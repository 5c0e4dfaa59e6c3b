"""The demonstration as a newcomer runs it: whole, interrupted, killed and started again."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

DEADLINE_SECONDS = 60
LOOK_SECONDS = 0.05
WHOLE_SECONDS = 180
"""What the scripted morning may take once set up."""


class Demo:
    """One run of `antrean demo` without a screen."""

    def __init__(self, out: Path) -> None:
        self.out = out
        environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
        self._log = (out.parent / f"{out.name}.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "antrean", "demo", "--no-screen", "--out", str(out)],
            stdout=self._log,
            stderr=subprocess.STDOUT,
            env=environment,
        )

    def said(self) -> str:
        return (self.out.parent / f"{self.out.name}.log").read_text()

    def is_playing(self) -> None:
        """Wait until the first ticket is printed: all processes are up by then."""
        papers = self.out / "outlet" / "papers" / "kiosk-1"
        until("the first paper", lambda: bool(list(papers.glob("*.png"))) or self.process.poll() is not None)
        assert self.process.poll() is None, self.said()

    def others(self) -> list[str]:
        """The processes of this run that are still there."""
        mine = str(self.out / "outlet").encode()
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal() and int(entry.name) != self.process.pid:
                try:
                    command = (entry / "cmdline").read_bytes()
                except OSError:
                    continue  # it has just ended
                if mine in command:
                    found.append(command.replace(b"\0", b" ").decode())
        return found

    def end(self, number: int) -> int:
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        try:
            return self.process.wait(WHOLE_SECONDS)
        finally:
            self._log.close()


def until(what: str, condition: Callable[[], bool]) -> None:
    ends = time.monotonic() + DEADLINE_SECONDS
    looked = threading.Event()
    while not condition():
        assert time.monotonic() < ends, f"not in time: {what}"
        looked.wait(LOOK_SECONDS)


def test_ctrl_c_ends_everything(tmp_path: Path) -> None:
    demo = Demo(tmp_path / "out")
    demo.is_playing()
    assert len(demo.others()) == 8, demo.others()
    assert demo.end(signal.SIGINT) == 130, demo.said()
    assert not demo.others()
    assert "Traceback" not in demo.said()


def test_killed_in_the_middle_it_leaves_nothing_running_and_plays_whole_the_next_time(tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = Demo(out)
    first.is_playing()
    first.end(signal.SIGKILL)
    until("all processes have ended by themselves", lambda: not first.others())
    second = Demo(out)
    assert second.wait() == 0, second.said()
    assert not second.others()
    _assert_report(out)


def _assert_report(out: Path) -> None:
    report = json.loads((out / "report.json").read_text())
    assert len(report["tickets"]) == 8
    ends = sorted(ticket["end"] for ticket in report["tickets"])
    assert ends.count("completed") >= 4
    assert "no-show" in ends
    for ticket in report["tickets"]:
        with Image.open(out / ticket["picture"]) as paper:
            (code,) = zxingcpp.read_barcodes(paper.convert("L"))
        assert code.text == ticket["token"]
        assert (out / ticket["picture"]).with_suffix(".escpos").stat().st_size > 1000
    files = [file for ticket in report["tickets"] for file in ticket["files"]]
    assert len(files) == 2
    assert any(file["handed_over"] for file in files)
    pictures = list((out / "screens").glob("*.png"))
    assert len(pictures) > 20
    for picture in pictures:
        with Image.open(picture) as screen:
            assert len(screen.convert("RGB").resize((64, 64)).getcolors(4096) or ()) > 10, (
                f"{picture} is empty"
            )
