"""Files of any plain format become one stream: no frame is lost or added, and what is heard is what was recorded."""

import math
import struct
import wave
from array import array
from pathlib import Path

import pytest

from hardware.clip import Clip, ClipError, join, read, silence, write


def file_of(folder: Path, data: bytes, width: int, channels: int = 1, rate_hz: int = 8000) -> Path:
    path = folder / f"{width}-{channels}-{rate_hz}.wav"
    with wave.open(str(path), "wb") as wav:
        wav.setnchannels(channels)
        wav.setsampwidth(width)
        wav.setframerate(rate_hz)
        wav.writeframes(data)
    return path


def mono(*samples: int, rate_hz: int = 8000) -> Clip:
    return Clip(rate_hz, 1, array("h", samples))


@pytest.mark.parametrize(
    ("width", "data"),
    [
        (1, bytes((128, 255, 0))),
        (2, struct.pack("<3h", 0, 0x7F00, -0x8000)),
        (3, b"\x00\x00\x00" + b"\x11\x00\x7f" + b"\x00\x00\x80"),
        (4, struct.pack("<3i", 0, 0x7F000011, -0x80000000)),
    ],
)
def test_each_width_of_sample_is_read_as_16_bits(tmp_path: Path, width: int, data: bytes) -> None:
    assert list(read(file_of(tmp_path, data, width)).samples) == [0, 0x7F00, -0x8000]


def test_a_file_of_other_numbers_is_unplayable_by_name(tmp_path: Path) -> None:
    path = file_of(tmp_path, b"", 2)
    data = bytearray(path.read_bytes())
    data[20:22] = struct.pack("<H", 3)  # floating point
    path.write_bytes(data)
    with pytest.raises(ClipError, match=path.name):
        read(path)


def test_half_a_frame_at_the_end_is_left_out(tmp_path: Path) -> None:
    path = file_of(tmp_path, struct.pack("<4h", 1, 2, 3, 4), 2, channels=2)
    path.write_bytes(path.read_bytes()[:-1])
    assert list(read(path).samples) == [1, 2]


def test_one_channel_is_heard_on_both() -> None:
    stereo = Clip(8000, 2, array("h", (1, 2, 3, 4)))
    joined = join((mono(9), stereo), 100)
    assert (joined.channels, list(joined.samples)) == (2, [9, 9, 1, 2, 3, 4])


def test_of_many_channels_the_first_two_are_heard() -> None:
    joined = join((Clip(8000, 4, array("h", (1, 2, 3, 4, 5, 6, 7, 8))),), 100)
    assert (joined.channels, list(joined.samples)) == (2, [1, 2, 5, 6])


def test_the_finest_rate_is_kept_and_the_length_is_too() -> None:
    joined = join((silence(0.5, 22_050), silence(0.25, 48_000)), 100)
    assert joined.rate_hz == 48_000
    assert joined.frames == 36_000


def test_a_tone_at_another_rate_is_the_same_tone() -> None:
    def tone(rate_hz: int) -> list[int]:
        return [round(10_000 * math.sin(2 * math.pi * 440 * at / rate_hz)) for at in range(rate_hz // 10)]

    joined = join((mono(*tone(22_050), rate_hz=22_050), mono(rate_hz=44_100)), 100)
    wanted = tone(44_100)
    assert joined.frames == len(wanted)
    assert max(abs(a - b) for a, b in zip(joined.samples[:-1], wanted[:-1], strict=True)) < 100


def test_the_loudest_sample_stays_within_its_bits() -> None:
    assert list(join((mono(32767, -32768),), 100).samples) == [32767, -32768]
    assert list(join((mono(32767, -32768),), 99).samples) == [32439, -32441]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    stereo = Clip(44_100, 2, array("h", (1, -2, 300, -400)))
    write(stereo, tmp_path / "written.wav")
    assert read(tmp_path / "written.wav") == stereo
