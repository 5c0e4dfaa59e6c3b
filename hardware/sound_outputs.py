"""Whether this machine has something to sound from, asked of whoever manages it.

A television on standby takes HDMI's sound with it: PipeWire and PulseAudio then keep only a sink that leads nowhere,
ALSA has a card without a listener.
"""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

ASKING_SECONDS = 2.0
"""A sound server that has not answered by then is one that plays nothing."""

HasOutput = Callable[[], bool]

_NOWHERE = "auto_null"
"""The sink that PipeWire and PulseAudio make where there is no other."""
_ASOUND = Path("/proc/asound")


def of_pulse() -> bool:
    """PulseAudio's or PipeWire's sinks, by `pactl`; where that is missing, they are taken to be there."""
    return _said_by(("pactl", "list", "short", "sinks"), has_sink)


def of_pipewire() -> bool:
    """As `of_pulse`; by `pw-cli` where there is no `pactl`."""
    if shutil.which("pactl") is not None:
        return of_pulse()
    return _said_by(("pw-cli", "list-objects", "Node"), has_sink_node)


def of_alsa() -> bool:
    """The kernel's own cards; where it does not list them, they are taken to be there."""
    try:
        return not (_ASOUND / "pcm").exists() or has_playback(_ASOUND)
    except OSError:  # a card went while it was read
        return False


def always() -> bool:
    """Nobody can be asked."""
    return True


def has_sink(listing: str) -> bool:
    """In what `pactl list short sinks` says: a line for each, its name in the second column."""
    names = [columns[1] for line in listing.splitlines() if len(columns := line.split("\t")) > 1]
    return any(name != _NOWHERE for name in names)


def has_sink_node(listing: str) -> bool:
    """In what `pw-cli list-objects Node` says: a paragraph for each, which begins with its id."""
    nodes = listing.split("\tid ")
    return any(
        'media.class = "Audio/Sink"' in node and f'node.name = "{_NOWHERE}"' not in node for node in nodes
    )


def has_playback(asound: Path) -> bool:
    """In the kernel's folder: a device that plays; one of HDMI's only while its card sees a screen."""
    for line in (asound / "pcm").read_text(encoding="utf-8", errors="replace").splitlines():
        if ": playback" not in line:
            continue
        if "HDMI" not in line or _sees_screen(asound / f"card{int(line.split('-')[0])}"):
            return True
    return False


def _sees_screen(card: Path) -> bool:
    """A card that tells nothing about screens is taken to see one."""
    told = [
        line.split()[1]
        for file in card.glob("eld#*")
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines()
        if line.startswith("monitor_present")
    ]
    return not told or "1" in told


def _said_by(command: tuple[str, ...], tells: Callable[[str], bool]) -> bool:
    if shutil.which(command[0]) is None:
        return True
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=ASKING_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and tells(done.stdout)
