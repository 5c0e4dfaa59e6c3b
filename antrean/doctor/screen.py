"""What a program with a window needs: Qt with its libraries, the typeface, and a display's sound."""

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from antrean.doctor.finding import Finding, fine, wrong
from hardware.sound import found_player
from wording import Wording
from wording.fonts import BOLD, MEDIUM

IMPORT_SECONDS = 60.0
PLATFORMS = ("libqxcb.so", "libqwayland.so", "libqwayland-generic.so", "libqwayland-egl.so")
"""Qt's plugins for a screen; one of them is enough."""

LIBRARIES = (
    "libglib2.0-0 libegl1 libgl1 libdbus-1-3 libfontconfig1 libfreetype6 libxkbcommon0 libxcb-cursor0 libxcb-icccm4 "
    "libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxkbcommon-x11-0"
)


def qt(w: Wording) -> Iterator[Finding]:
    """Whether Qt can be loaded, and one of its ways to a screen."""
    todo = w.t("Install the system's libraries for it: apt install {libraries}", libraries=LIBRARIES)
    failed = _failed("import PySide6.QtWidgets")
    if failed:
        yield wrong(w.t("Qt can't be loaded: {reason}", reason=failed), todo)
        return
    yield fine(w.t("Qt can be loaded"))
    spec = importlib.util.find_spec("PySide6")
    assert spec is not None
    assert spec.origin is not None
    yield platforms(Path(spec.origin).parent / "Qt/plugins/platforms", w)


def platforms(folder: Path, w: Wording) -> Finding:
    """Whether one of Qt's plugins for a screen in a folder can be loaded."""
    reasons = []
    for name in PLATFORMS:
        file = folder / name
        if not file.exists():
            continue
        failed = _failed(f"import ctypes; ctypes.CDLL({str(file)!r})")
        if not failed:
            return fine(w.t("Qt can show windows ({plugin})", plugin=name))
        reasons.append(failed)
    todo = w.t("Install the system's libraries for it: apt install {libraries}", libraries=LIBRARIES)
    return wrong(w.t("Qt can show no window: {reason}", reason="; ".join(reasons) or str(folder)), todo)


def typeface(w: Wording, files: tuple[Path, ...] = (MEDIUM, BOLD)) -> Finding:
    """Whether the house's typeface is there."""
    missing = [str(file) for file in files if not file.exists()]
    if missing:
        return wrong(
            w.t("The typeface is missing: {files}", files=", ".join(missing)), w.t("Install Antrean anew.")
        )
    return fine(w.t("The typeface is there"))


def sound(w: Wording) -> Finding:
    """Whether there is a program that plays sound."""
    player = found_player()
    if player is None:
        todo = w.t(
            "Install one: apt install alsa-utils; or let another display speak: [display] speaks = false."
        )
        return wrong(w.t("No program here plays sound"), todo)
    return fine(w.t("{player} plays sound", player=player.command[0]))


def _failed(code: str) -> str:
    """The last line that a Python program says when it fails, in a process of its own; empty: it does not."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=IMPORT_SECONDS, check=False
    )
    return (done.stderr.strip().splitlines() or ["?"])[-1] if done.returncode else ""
