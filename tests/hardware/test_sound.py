"""Sounds come in order, nobody waits for them, and a machine that cannot play says so."""

import queue
import struct
import sys
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hardware.sound import Sound, SoundState, found_player
from hardware.sounds import CHIME
from hardware.sounds.chime import RATE_HZ, SECONDS, chime_wav

PATIENCE_SECONDS = 10.0


class Speaker:
    """A Sound with a player made for the test, and what was heard of it."""

    def __init__(self, player: tuple[str, ...] | None) -> None:
        self.states: queue.SimpleQueue[SoundState] = queue.SimpleQueue()
        self._ends: queue.SimpleQueue[None] = queue.SimpleQueue()
        self.sound = Sound(player, self.states.put)
        self.sound.start()

    def play(self, *files: Path) -> None:
        self.sound.play(files, lambda: self._ends.put(None))

    def wait(self) -> None:
        self._ends.get(timeout=PATIENCE_SECONDS)


@pytest.fixture
def start() -> Iterator[Callable[[tuple[str, ...] | None], Speaker]]:
    speakers: list[Speaker] = []

    def start(player: tuple[str, ...] | None) -> Speaker:
        speakers.append(Speaker(player))
        return speakers[-1]

    yield start
    for speaker in speakers:
        speaker.sound.stop(PATIENCE_SECONDS)


def player(folder: Path, code: str) -> tuple[str, ...]:
    """A command that runs this Python when it is given a file, whose path is `file`."""
    script = folder / "player.py"
    script.write_text(
        f"import pathlib, sys, time\nfile = pathlib.Path(sys.argv[1])\n{code}\n", encoding="utf-8"
    )
    return (sys.executable, str(script))


def clip(folder: Path, name: str, seconds: float = 0.01) -> Path:
    path = folder / name
    with wave.open(str(path), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(8000)
        wav.writeframes(bytes(2 * int(8000 * seconds)))
    return path


def test_files_are_played_in_order_one_at_a_time(start, tmp_path: Path) -> None:
    heard = tmp_path / "heard.txt"
    speaker = start(player(tmp_path, f"open({str(heard)!r}, 'a').write(file.name + ' ')"))
    speaker.play(clip(tmp_path, "chime.wav"), clip(tmp_path, "nomor.wav"))
    speaker.play(clip(tmp_path, "loket.wav"))
    speaker.wait()
    speaker.wait()
    assert heard.read_text().split() == ["chime.wav", "nomor.wav", "loket.wav"]
    assert speaker.sound.state is SoundState.WORKING


def test_without_a_player_nothing_waits(start, tmp_path: Path) -> None:
    speaker = start(None)
    speaker.play(clip(tmp_path, "chime.wav"))
    speaker.wait()
    assert speaker.sound.state is SoundState.NO_PLAYER


def test_a_player_that_finds_no_device_is_a_state_and_heals(start, tmp_path: Path) -> None:
    device = tmp_path / "device"
    speaker = start(player(tmp_path, f"sys.exit(0 if pathlib.Path({str(device)!r}).exists() else 1)"))
    speaker.play(clip(tmp_path, "chime.wav"))
    assert speaker.states.get(timeout=PATIENCE_SECONDS) is SoundState.FAILING
    device.touch()
    speaker.play(clip(tmp_path, "chime.wav"))
    assert speaker.states.get(timeout=PATIENCE_SECONDS) is SoundState.WORKING


@pytest.mark.parametrize("broken", ["missing.wav", "noise.wav"])
def test_a_file_that_cannot_be_played_is_skipped(start, tmp_path: Path, broken: str) -> None:
    (tmp_path / "noise.wav").write_bytes(b"no sound at all")
    speaker = start(player(tmp_path, ""))
    speaker.play(tmp_path / broken)
    assert speaker.states.get(timeout=PATIENCE_SECONDS) is SoundState.FAILING
    speaker.wait()


def test_a_player_that_hangs_is_ended(start, tmp_path: Path) -> None:
    speaker = start(player(tmp_path, "time.sleep(60)"))
    started = time.monotonic()
    speaker.play(clip(tmp_path, "chime.wav"))
    assert speaker.states.get(timeout=PATIENCE_SECONDS) is SoundState.FAILING
    assert time.monotonic() - started < 5.0


def test_stopping_falls_silent_at_once(start, tmp_path: Path) -> None:
    began = tmp_path / "began"
    speaker = start(player(tmp_path, f"pathlib.Path({str(began)!r}).touch(); time.sleep(60)"))
    speaker.play(clip(tmp_path, "long.wav", seconds=30.0))
    until = time.monotonic() + PATIENCE_SECONDS
    while not began.exists():
        assert time.monotonic() < until
    started = time.monotonic()
    speaker.sound.stop(PATIENCE_SECONDS)
    assert time.monotonic() - started < 5.0


def test_the_player_found_is_on_this_machine_or_none() -> None:
    found = found_player()
    assert found is None or found[0] in ("pw-play", "paplay", "aplay", "afplay")


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
