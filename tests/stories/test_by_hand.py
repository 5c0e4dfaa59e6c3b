"""An operator makes an outlet and starts each program by hand, as the README says; SIGTERM ends each in order."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.running import free_pair

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

DEADLINE_SECONDS = 40
LOOK_SECONDS = 0.05
UP = {"forecast": "the forecast begins", "metrics": "the metrics are served"}


def environment() -> dict[str, str]:
    return os.environ | {"QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1"}


def antrean(*arguments: str, cwd: Path) -> str:
    command = [sys.executable, "-m", "antrean", *arguments]
    done = subprocess.run(
        command,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=DEADLINE_SECONDS,
        check=False,
        env=environment(),
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


class Program:
    """A program that an operator has started."""

    def __init__(self, cwd: Path, *arguments: str) -> None:
        self.name = arguments[0]
        self._log_path = cwd / f"{'-'.join(arguments[:1])}-{len(list(cwd.glob('*.out')))}.out"
        self._log = self._log_path.open("wb")
        command = [sys.executable, "-m", "antrean", *arguments]
        self.process = subprocess.Popen(command, cwd=cwd, stderr=self._log, env=environment())

    def said(self) -> str:
        return self._log_path.read_text(encoding="utf-8")

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(DEADLINE_SECONDS)
        finally:
            self.process.kill()
            self._log.close()


def until(what: str, condition: Callable[[], bool]) -> None:
    ends = time.monotonic() + DEADLINE_SECONDS
    looked = threading.Event()
    while not condition():
        assert time.monotonic() < ends, f"not in time: {what}"
        looked.wait(LOOK_SECONDS)


@contextlib.contextmanager
def started(*programs: Program) -> Iterator[None]:
    try:
        yield
    finally:
        for program in programs:
            if program.process.poll() is None:
                program.process.kill()
                program.process.wait()


def test_init_tells_the_next_commands_and_each_of_them_runs(tmp_path: Path) -> None:
    port = free_pair()
    told = antrean(
        "init", "o", "--outlet", "31.74.01.1001", "--counters", "3", "--port", str(port), cwd=tmp_path
    )
    assert re.search(r"Sri Wahyuni: \d{6}", told)
    commands = [line.split()[1:] for line in told.splitlines() if line.startswith("  antrean ")]
    assert [command[0] for command in commands] == [
        "broker",
        "kiosk",
        *["counter"] * 3,
        "display",
        "forecast",
        "metrics",
    ]
    broker = Program(tmp_path, *commands[0])
    with started(broker):
        until("the broker listens", lambda: "the broker listens" in broker.said())
        printer = Program(tmp_path, "virtual-printer", "--port", "0")
        devices = [Program(tmp_path, *command) for command in commands[1:]]
        devices.append(
            Program(
                tmp_path,
                *("counter", "--settings", "o/counter-1.toml", "--counter", "2"),
                *("--connect", f"tcp://127.0.0.1:{port}"),
            )
        )
        with started(printer, *devices):
            until("the printer listens", lambda: "the virtual printer listens" in printer.said())
            for program in devices:
                is_up = UP.get(program.name, "the window is open")
                until(is_up, lambda program=program, is_up=is_up: is_up in program.said())  # type: ignore[misc]
            assert [program.end() for program in devices] == [0] * len(devices)
            assert printer.end() == 0
        assert broker.end() == 0
    for program in (broker, printer, *devices):
        assert "Traceback" not in program.said()
        assert '"level": "critical"' not in program.said(), program.said()
