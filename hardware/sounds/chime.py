"""How chime.wav was made: `python -m hardware.sounds.chime` writes it anew.

Two soft bell tones, a falling third (E5, C5), each with a little of its octave and twelfth, dying away; long enough
to turn heads in a lobby, mild enough for three hundred times a day.
"""

import io
import math
import struct
import wave

from hardware.sounds import CHIME

RATE_HZ = 22_050
SECONDS = 1.2

_TONES = ((659.26, 0.0), (523.25, 0.38))  # hertz, and the second it begins
_PARTIALS = ((1, 1.0, 4.0), (2, 0.35, 7.0), (3, 0.12, 11.0))  # multiple, loudness, how fast it dies away
_ATTACK_SECONDS = 0.008
_RELEASE_SECONDS = 0.12
_PEAK = 0.5 * 32767


def chime_wav() -> bytes:
    """The chime as a WAV file: mono, 16 bit."""
    samples = [_sample(index / RATE_HZ) for index in range(round(SECONDS * RATE_HZ))]
    loudest = max(map(abs, samples))
    file = io.BytesIO()
    with wave.open(file, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(RATE_HZ)
        wav.writeframes(b"".join(struct.pack("<h", round(s / loudest * _PEAK)) for s in samples))
    return file.getvalue()


def _sample(at: float) -> float:
    end = min(1.0, (SECONDS - at) / _RELEASE_SECONDS)
    return end * sum(_tone(hertz, at - begin) for hertz, begin in _TONES if at >= begin)


def _tone(hertz: float, age: float) -> float:
    attack = min(1.0, age / _ATTACK_SECONDS)
    return attack * sum(
        loudness * math.exp(-decay * age) * math.sin(2 * math.pi * hertz * multiple * age)
        for multiple, loudness, decay in _PARTIALS
    )


if __name__ == "__main__":
    CHIME.write_bytes(chime_wav())
