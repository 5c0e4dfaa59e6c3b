"""Makes one stream of several WAV files: brought to one format, joined without a gap, as loud as is wanted.

Standard library only: what an announcement needs is a few seconds of speech.
"""

import sys
import wave
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

_BYTES = 2
"""Of a sample in the stream."""
_ZERO_OF_8_BIT = 128
"""8-bit samples have no sign."""


class ClipError(Exception):
    """A file that is missing or is no WAV file of whole numbers; says which and why."""


@dataclass(frozen=True, slots=True)
class Clip:
    """Sound with 16-bit samples, those of a frame's channels side by side."""

    rate_hz: int
    channels: int
    samples: "array[int]"

    @property
    def frames(self) -> int:
        return len(self.samples) // self.channels

    @property
    def seconds(self) -> float:
        return self.frames / self.rate_hz


def silence(seconds: float, rate_hz: int = 22_050) -> Clip:
    """Nothing to hear, on one channel."""
    return Clip(rate_hz, 1, array("h", bytes(_BYTES * round(seconds * rate_hz))))


def read(file: Path) -> Clip:
    """A WAV file. Raises ClipError."""
    try:
        with wave.open(str(file), "rb") as wav:
            width, channels, rate_hz = wav.getsampwidth(), wav.getnchannels(), wav.getframerate()
            data = wav.readframes(wav.getnframes())
    except (OSError, wave.Error, EOFError) as error:
        raise ClipError(f"{file}: {error or 'it ends too early'}") from error
    if not (channels and rate_hz):
        raise ClipError(f"{file}: no channels or no rate")
    samples = _samples(data[: len(data) // (width * channels) * (width * channels)], width)
    return Clip(rate_hz, channels, samples)


def join(clips: Sequence[Clip], volume_percent: int) -> Clip:
    """One after the other, at the finest rate among them; `volume_percent` is of how loud they are, 0 to 100."""
    rate_hz = max(clip.rate_hz for clip in clips)
    channels = max(min(clip.channels, 2) for clip in clips)
    joined: array[int] = array("h")
    for clip in clips:
        joined.extend(_at_rate(_on_channels(clip, channels), rate_hz).samples)
    return Clip(rate_hz, channels, joined if volume_percent == 100 else _scaled(joined, volume_percent))


def write(clip: Clip, file: Path) -> None:
    """As a WAV file. Raises OSError."""
    with wave.open(str(file), "wb") as wav:
        wav.setnchannels(clip.channels)
        wav.setsampwidth(_BYTES)
        wav.setframerate(clip.rate_hz)
        wav.writeframes(_little_endian(clip.samples).tobytes())


def _samples(data: bytes, width: int) -> "array[int]":
    """The two highest bytes of each sample."""
    if width == 1:
        return array("h", [(each - _ZERO_OF_8_BIT) << 8 for each in data])
    high = bytearray(len(data) // width * _BYTES)
    high[0::2], high[1::2] = data[width - 2 :: width], data[width - 1 :: width]
    samples: array[int] = array("h")
    samples.frombytes(bytes(high))
    return _little_endian(samples)


def _little_endian(samples: "array[int]") -> "array[int]":
    """From the file's order of bytes to the machine's, or back."""
    if sys.byteorder == "little":
        return samples
    swapped = samples[:]
    swapped.byteswap()
    return swapped


def _on_channels(clip: Clip, channels: int) -> Clip:
    """One channel is heard on both; of more than two, the first two stand for all."""
    if clip.channels == channels:
        return clip
    left = clip.samples[0 :: clip.channels]
    right = clip.samples[min(1, clip.channels - 1) :: clip.channels]
    if channels == 1:
        return Clip(clip.rate_hz, 1, left)
    return Clip(clip.rate_hz, channels, array("h", chain.from_iterable(zip(left, right, strict=True))))


def _at_rate(clip: Clip, rate_hz: int) -> Clip:
    """More frames a second, each between its neighbours."""
    if clip.rate_hz == rate_hz or not clip.frames:
        return clip
    frames = round(clip.frames * rate_hz / clip.rate_hz)
    made: array[int] = array("h", bytes(_BYTES * frames * clip.channels))
    for channel in range(clip.channels):
        line = clip.samples[channel :: clip.channels]
        line.append(line[-1])
        last, step = clip.frames - 1, clip.rate_hz
        places = ((min(frame * step // rate_hz, last), frame * step % rate_hz) for frame in range(frames))
        made[channel :: clip.channels] = array(
            "h", [line[at] + (line[at + 1] - line[at]) * part // rate_hz for at, part in places]
        )
    return Clip(rate_hz, clip.channels, made)


def _scaled(samples: "array[int]", percent: int) -> "array[int]":
    return array("h", [sample * percent // 100 for sample in samples])
