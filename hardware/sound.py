"""Plays WAV files one after the other, through whatever player command the machine has.

A thread of its own plays; nobody waits for it. A machine without a player or without a sound device costs nothing
but the sound: it is a state that a screen can show.
"""

import queue
import shutil
import subprocess
import threading
import wave
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import structlog

log = structlog.get_logger()

# In the order tried: PipeWire, PulseAudio, ALSA, macOS.
_PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",))
_GRACE_SECONDS = 3.0


class SoundState(StrEnum):
    WORKING = "working"
    NO_PLAYER = "no player"  # none of the commands is on this machine
    FAILING = "failing"  # the last file could not be played, or took too long


OnState = Callable[[SoundState], None]
OnEnd = Callable[[], None]


def found_player() -> tuple[str, ...] | None:
    """The command, with its options, that plays the file named after it; None where the machine has none."""
    return next((player for player in _PLAYERS if shutil.which(player[0])), None)


@dataclass(frozen=True, slots=True)
class _Sounds:
    files: tuple[Path, ...]
    on_end: OnEnd


class Sound:
    """Plays what it is given, in order. `on_state` and `on_end` are called in its thread."""

    def __init__(self, player: tuple[str, ...] | None, on_state: OnState) -> None:
        self._player = player
        self._on_state = on_state
        self._state = SoundState.WORKING if player else SoundState.NO_PLAYER
        self._waiting: queue.SimpleQueue[_Sounds | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._running: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name="sound", daemon=True)

    @property
    def state(self) -> SoundState:
        return self._state

    def start(self) -> None:
        self._thread.start()

    def play(self, files: Sequence[Path], on_end: OnEnd) -> None:
        """Play these files after those before them; `on_end` comes when they have sounded, or could not."""
        self._waiting.put(_Sounds(tuple(files), on_end))

    def stop(self, within_seconds: float = 5.0) -> None:
        """Fall silent and end. TimeoutError when the thread does not."""
        self._stopping.set()
        self._waiting.put(None)
        running = self._running
        if running is not None:
            running.kill()
        self._thread.join(within_seconds)
        if self._thread.is_alive():
            raise TimeoutError(f"the sound's thread did not end within {within_seconds} s")

    def _run(self) -> None:
        while (sounds := self._waiting.get()) is not None and not self._stopping.is_set():
            for file in sounds.files:
                if self._player is not None and not self._stopping.is_set():
                    self._found(self._played((*self._player, str(file)), file))
            sounds.on_end()

    def _played(self, command: tuple[str, ...], file: Path) -> SoundState:
        try:
            limit = _seconds(file) + _GRACE_SECONDS
            with subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            ) as self._running:
                try:
                    code = self._running.wait(limit)
                except subprocess.TimeoutExpired:
                    self._running.kill()
                    code = self._running.wait()
        except (OSError, wave.Error, EOFError) as error:
            log.warning("sound not played", file=str(file), why=str(error))
            return SoundState.FAILING
        finally:
            self._running = None
        return SoundState.WORKING if code == 0 else SoundState.FAILING

    def _found(self, state: SoundState) -> None:
        if state is not self._state:
            self._state = state
            log.info("sound", state=state)
            self._on_state(state)


def _seconds(file: Path) -> float:
    with wave.open(str(file), "rb") as wav:
        return wav.getnframes() / wav.getframerate()
