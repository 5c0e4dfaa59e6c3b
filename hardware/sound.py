"""Plays lists of WAV files through whatever player command the machine has: each list one stream, without gaps.

A thread of its own plays, and looks whether there is something to sound from; nobody waits for it. A machine without
a player or an output costs nothing but the sound: it is a state that a screen can show, and passes by itself.
"""

import queue
import shutil
import subprocess
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

from hardware import clip, sound_outputs
from hardware.clip import Clip, ClipError
from hardware.sound_outputs import HasOutput

log = structlog.get_logger()

_GRACE_SECONDS = 3.0
LOOK_SECONDS = 5.0
"""So often the machine is asked whether it has an output."""
_SILENCE = clip.silence(0.1)
"""Tries a player that has failed."""


@dataclass(frozen=True, slots=True)
class Player:
    """A command, with its options, that plays the file named after it; and whether it has anything to play on."""

    command: tuple[str, ...]
    has_output: HasOutput = sound_outputs.always


# In the order tried: PipeWire, PulseAudio, ALSA, macOS.
_PLAYERS = (
    Player(("pw-play",), sound_outputs.of_pipewire),
    Player(("paplay",), sound_outputs.of_pulse),
    Player(("aplay", "-q"), sound_outputs.of_alsa),
    Player(("afplay",)),
)


class SoundState(StrEnum):
    WORKING = "working"
    NO_PLAYER = "no player"  # none of the commands is on this machine
    NO_OUTPUT = "no output"  # nothing is there to sound from
    FAILING = "failing"  # what was played last could not be, or took too long


OnState = Callable[[SoundState], None]
OnEnd = Callable[[], None]


def found_player() -> Player | None:
    """The first of those known that this machine has."""
    return next((player for player in _PLAYERS if shutil.which(player.command[0])), None)


@dataclass(frozen=True, slots=True)
class _Sounds:
    files: tuple[Path, ...]
    on_end: OnEnd


class Sound:
    """Plays what it is given, in order. `on_state` and `on_end` are called in its thread."""

    def __init__(
        self,
        player: Player | None,
        on_state: OnState,
        volume_percent: int = 100,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._player = player
        self._on_state = on_state
        self._volume_percent = volume_percent
        self._look_seconds = look_seconds
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
        with TemporaryDirectory(prefix="antrean-sound-") as folder:
            stream = Path(folder) / "stream.wav"
            while not self._stopping.is_set():
                self._look(stream)
                try:
                    sounds = self._waiting.get(timeout=self._look_seconds)
                except queue.Empty:
                    continue
                if sounds is not None:
                    self._sound(_read(sounds.files), stream)
                    sounds.on_end()

    def _look(self, stream: Path) -> None:
        """Whether what was there is gone, or what was missing is back."""
        if (
            self._player is not None
            and self._has_output(self._player)
            and self._state is not SoundState.WORKING
        ):
            self._found(self._played(self._player, _SILENCE, stream))

    def _sound(self, clips: list[Clip], stream: Path) -> None:
        """On a machine without an output nothing is waited for."""
        if clips and self._player is not None and self._has_output(self._player):
            self._found(self._played(self._player, clip.join(clips, self._volume_percent), stream))

    def _has_output(self, player: Player) -> bool:
        has_output = player.has_output()
        if not has_output:
            self._found(SoundState.NO_OUTPUT)
        return has_output

    def _played(self, player: Player, sound: Clip, stream: Path) -> SoundState:
        try:
            clip.write(sound, stream)
            with subprocess.Popen(
                (*player.command, str(stream)),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            ) as self._running:
                if self._stopping.is_set():
                    self._running.kill()
                try:
                    code = self._running.wait(sound.seconds + _GRACE_SECONDS)
                except subprocess.TimeoutExpired:
                    self._running.kill()
                    code = self._running.wait()
        except OSError as error:
            log.warning("sound not played", why=str(error))
            return SoundState.FAILING
        finally:
            self._running = None
        return SoundState.WORKING if code == 0 else SoundState.FAILING

    def _found(self, state: SoundState) -> None:
        if state is not self._state and not self._stopping.is_set():
            self._state = state
            log.info("sound", state=state)
            self._on_state(state)


def _read(files: tuple[Path, ...]) -> list[Clip]:
    """A file that cannot be played is left out."""
    clips = []
    for file in files:
        try:
            clips.append(clip.read(file))
        except ClipError as error:
            log.warning("sound file left out", why=str(error))
    return clips
