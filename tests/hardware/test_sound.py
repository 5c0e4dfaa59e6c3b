"""Sounds come in order, nobody waits for them, and a machine that cannot play says so, until it can."""

import queue
import struct
import sys
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hardware.sound import Player, Sound, SoundState, found_player
from hardware.sounds import CHIME
from hardware.sounds.chime import RATE_HZ, SECONDS, chime_wav

PATIENCE_SECONDS = 10.0


class Speaker:
    """A Sound with a player made for the test, and what was heard of it."""

    def __init__(self, player: Player | None, volume_percent: int = 100, look_seconds: float = 60.0) -> None:
        self.states: queue.SimpleQueue[SoundState] = queue.SimpleQueue()
        self._ends: queue.SimpleQueue[None] = queue.SimpleQueue()
        self.sound = Sound(player, self.states.put, volume_percent, look_seconds)
        self.sound.start()

    def play(self, *files: Path) -> None:
        self.sound.play(files, lambda: self._ends.put(None))

    def wait(self) -> None:
        self._ends.get(timeout=PATIENCE_SECONDS)

    def wait_for(self, state: SoundState) -> None:
        assert self.states.get(timeout=PATIENCE_SECONDS) is state


Start = Callable[..., Speaker]


@pytest.fixture
def start() -> Iterator[Start]:
    speakers: list[Speaker] = []

    def start(player: Player | None, volume_percent: int = 100, look_seconds: float = 60.0) -> Speaker:
        speakers.append(Speaker(player, volume_percent, look_seconds))
        return speakers[-1]

    yield start
    for speaker in speakers:
        speaker.sound.stop(PATIENCE_SECONDS)


def player(folder: Path, code: str, has_output: Callable[[], bool] = lambda: True) -> Player:
    """Runs this Python when it is given a file, whose path is `file`."""
    script = folder / "player.py"
    script.write_text(
        f"import pathlib, signal, sys, wave\nfile = pathlib.Path(sys.argv[1])\n{code}\n", encoding="utf-8"
    )
    return Player((sys.executable, str(script)), has_output)


def recorder(folder: Path) -> Player:
    """Keeps all that is played, one after the other."""
    return player(
        folder, f"open({str(folder / 'heard')!r}, 'ab').write(wave.open(str(file)).readframes(1 << 30))"
    )


def heard(folder: Path) -> tuple[int, ...]:
    data = (folder / "heard").read_bytes()
    return struct.unpack(f"<{len(data) // 2}h", data)


def clip(folder: Path, name: str, *samples: int) -> Path:
    path = folder / name
    with wave.open(str(path), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(8000)
        wav.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return path


def test_a_list_sounds_as_one_stream_in_its_order_without_a_gap(start: Start, tmp_path: Path) -> None:
    speaker = start(recorder(tmp_path))
    files = [clip(tmp_path, f"{value}.wav", *[value] * 100) for value in (100, 200, 300)]
    speaker.play(*files)
    speaker.wait()
    assert heard(tmp_path) == (*[100] * 100, *[200] * 100, *[300] * 100)


def test_lists_sound_one_after_the_other(start: Start, tmp_path: Path) -> None:
    speaker = start(recorder(tmp_path))
    speaker.play(clip(tmp_path, "one.wav", 1, 2))
    speaker.play(clip(tmp_path, "two.wav", 3))
    speaker.wait()
    speaker.wait()
    assert heard(tmp_path) == (1, 2, 3)


@pytest.mark.parametrize(("volume_percent", "loud"), [(100, 1000), (50, 500), (0, 0)])
def test_the_volume_is_of_how_loud_the_files_are(
    start: Start, tmp_path: Path, volume_percent: int, loud: int
) -> None:
    speaker = start(recorder(tmp_path), volume_percent)
    speaker.play(clip(tmp_path, "one.wav", 1000, -1000))
    speaker.wait()
    assert heard(tmp_path) == (loud, -loud)


def test_without_a_player_nothing_waits(start: Start, tmp_path: Path) -> None:
    speaker = start(None)
    speaker.play(clip(tmp_path, "chime.wav", 0))
    speaker.wait()
    assert speaker.sound.state is SoundState.NO_PLAYER


@pytest.mark.parametrize("broken", ["missing.wav", "noise.wav", "cut.wav"])
def test_a_file_that_cannot_be_played_is_named_and_the_rest_sounds(
    start: Start, tmp_path: Path, broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "noise.wav").write_bytes(b"no sound at all")
    (tmp_path / "cut.wav").write_bytes(clip(tmp_path, "whole.wav", 1, 2).read_bytes()[:20])
    speaker = start(recorder(tmp_path))
    speaker.play(clip(tmp_path, "one.wav", 1), tmp_path / broken, clip(tmp_path, "two.wav", 2))
    speaker.wait()
    assert heard(tmp_path) == (1, 2)
    assert speaker.sound.state is SoundState.WORKING
    assert broken in capsys.readouterr().out


def test_a_player_that_fails_is_a_state_and_heals_while_nothing_is_played(
    start: Start, tmp_path: Path
) -> None:
    device = tmp_path / "device"
    code = f"sys.exit(0 if pathlib.Path({str(device)!r}).exists() else 1)"
    speaker = start(player(tmp_path, code), look_seconds=0.05)
    speaker.play(clip(tmp_path, "chime.wav", 0))
    speaker.wait_for(SoundState.FAILING)
    device.touch()
    speaker.wait_for(SoundState.WORKING)


def test_an_output_that_vanishes_is_a_state_nothing_waits_for_it_and_it_comes_back(
    start: Start, tmp_path: Path
) -> None:
    television = tmp_path / "television"
    speaker = start(player(tmp_path, "", television.exists), look_seconds=0.05)
    speaker.wait_for(SoundState.NO_OUTPUT)
    speaker.play(clip(tmp_path, "long.wav", *[0] * 8000 * 20))
    speaker.wait()
    television.touch()
    speaker.wait_for(SoundState.WORKING)
    television.unlink()
    speaker.wait_for(SoundState.NO_OUTPUT)


def test_what_is_played_the_moment_the_output_is_back_is_heard(start: Start, tmp_path: Path) -> None:
    television = tmp_path / "television"
    recording = recorder(tmp_path)
    speaker = start(Player(recording.command, television.exists))
    speaker.wait_for(SoundState.NO_OUTPUT)
    television.touch()
    speaker.play(clip(tmp_path, "chime.wav", 7))
    speaker.wait()
    assert heard(tmp_path) == (7,)
    assert speaker.sound.state is SoundState.WORKING


def test_a_player_that_hangs_is_ended(start: Start, tmp_path: Path) -> None:
    speaker = start(player(tmp_path, "signal.pause()"))
    started = time.monotonic()
    speaker.play(clip(tmp_path, "chime.wav", 0))
    speaker.wait_for(SoundState.FAILING)
    assert time.monotonic() - started < 5.0


def test_stopping_falls_silent_at_once(start: Start, tmp_path: Path) -> None:
    began = tmp_path / "began"
    speaker = start(player(tmp_path, f"pathlib.Path({str(began)!r}).touch(); signal.pause()"))
    speaker.play(clip(tmp_path, "long.wav", *[0] * 8000 * 30))
    until = time.monotonic() + PATIENCE_SECONDS
    while not began.exists():
        assert time.monotonic() < until
    started = time.monotonic()
    speaker.sound.stop(PATIENCE_SECONDS)
    assert time.monotonic() - started < 5.0


def test_the_player_found_is_on_this_machine_or_none() -> None:
    found = found_player()
    assert found is None or found.command[0] in ("pw-play", "paplay", "aplay", "afplay")


def test_the_chime_is_what_its_recipe_makes() -> None:
    with wave.open(str(CHIME), "rb") as wav:
        assert (wav.getnchannels(), wav.getsampwidth(), wav.getframerate()) == (1, 2, RATE_HZ)
        assert wav.getnframes() / RATE_HZ == pytest.approx(SECONDS, abs=0.001)
        shipped = wav.readframes(wav.getnframes())
    made = chime_wav()[-len(shipped) :]
    samples = [struct.unpack(f"<{len(data) // 2}h", data) for data in (shipped, made)]
    assert max(abs(a - b) for a, b in zip(*samples, strict=True)) <= 1
    assert max(map(abs, samples[0])) in range(14_000, 18_000)
    assert abs(samples[0][-1]) < 100  # it ends without a click
