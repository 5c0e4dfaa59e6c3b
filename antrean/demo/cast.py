"""The processes of the demonstration: started together, ended together, whatever happens.

Each is a `stage` process in a session of its own, so that Ctrl-C reaches the demo alone, which then ends them: their
standard input is closed (they watch it), then asked by signal, then made to.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

READY_SECONDS = 60.0
LEAVE_SECONDS = 8.0
ORDER_SECONDS = 40.0


class CastError(Exception):
    """A process of the demonstration did not do what it should; the text says which and what."""


class Actor:
    """One process, and the line to the hand on its glass."""

    def __init__(
        self, name: str, program: str, settings: Path, log: Path, environment: dict[str, str], *, hand: bool
    ) -> None:
        self.name = name
        self._log_path = log
        self._log = log.open("ab")
        arguments = [sys.executable, "-m", "antrean.demo.stage", program, str(settings)]
        self._process = subprocess.Popen(
            [*arguments, "--hand"] if hand else arguments,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            start_new_session=True,
            env=os.environ | environment | {"PYTHONUNBUFFERED": "1"},
        )
        assert self._process.stdout is not None
        self._answers = selectors.DefaultSelector()
        self._answers.register(self._process.stdout, selectors.EVENT_READ)
        self._buffer = b""

    def await_ready(self) -> None:
        """Wait until the program is up. Raises CastError when it is not in time."""
        self._line(READY_SECONDS)

    def order(self, do: str, **details: Any) -> dict[str, Any]:
        """Have the hand do something; returns its answer. Raises CastError when it could not be done."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps({"do": do, **details}).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise self._ended() from error
        answer = self._line(ORDER_SECONDS)
        if not answer.get("ok"):
            seen = ", ".join(answer.get("seen", ()))
            raise CastError(f"{self.name}: could not {do} {details}; on its screen: {seen}")
        return answer

    def running(self) -> bool:
        """Whether the process is still there."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self.leave(time.monotonic())

    def dismiss(self) -> None:
        """Tell it that the demonstration is over."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.close()
        except BrokenPipeError:
            return

    def leave(self, deadline: float) -> None:
        """Wait until it has ended; ask by signal, then end it."""
        for remedy in (None, signal.SIGTERM, signal.SIGKILL):
            if remedy is not None and self.running():
                self._process.send_signal(remedy)
            try:
                self._process.wait(max(0.1, deadline - time.monotonic()) if remedy is None else 3.0)
            except subprocess.TimeoutExpired:
                continue
            break
        self._answers.close()
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._log.close()

    def _line(self, within_seconds: float) -> dict[str, Any]:
        assert self._process.stdout is not None
        deadline = time.monotonic() + within_seconds
        while b"\n" not in self._buffer:
            if not self._answers.select(max(0.0, deadline - time.monotonic())):
                raise CastError(f"{self.name}: no answer within {within_seconds:.0f} s; see {self._log_path}")
            read = os.read(self._process.stdout.fileno(), 65536)
            if not read:
                raise self._ended()
            self._buffer += read
        line, _, self._buffer = self._buffer.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _ended(self) -> CastError:
        tail = self._log_path.read_text(encoding="utf-8", errors="replace")[-1500:]
        return CastError(f"{self.name}: ended before its time; the last it said:\n{tail}")


class Cast:
    """All actors of one demonstration; leaving the `with` block ends them, last started first."""

    def __init__(self, logs: Path, platform: str) -> None:
        self._logs = logs
        self._platform = platform
        self._actors: list[Actor] = []
        logs.mkdir(parents=True, exist_ok=True)

    def start(
        self, name: str, program: str, settings: Path, *, hand: bool = False, scale: float = 1.0
    ) -> Actor:
        """Start one process, its window scaled; `await_ready` says when it is up."""
        environment = {"QT_SCALE_FACTOR": f"{scale:.4f}"}
        if self._platform:
            environment["QT_QPA_PLATFORM"] = self._platform
        actor = Actor(name, program, settings, self._logs / f"{name}.log", environment, hand=hand)
        self._actors.append(actor)
        return actor

    def all_running(self) -> bool:
        """Whether no process has ended by itself."""
        return all(actor.running() for actor in self._actors)

    def __enter__(self) -> "Cast":
        return self

    def __exit__(self, *_: object) -> None:
        for actor in reversed(self._actors):
            actor.dismiss()
        deadline = time.monotonic() + LEAVE_SECONDS
        for actor in reversed(self._actors):
            actor.leave(deadline)
