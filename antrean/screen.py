"""Whether there is a screen to open a window on. Qt ends the process when there is none, so it is looked for first."""

import os
import socket
import sys
from pathlib import Path

from antrean.problem import Problem
from wording import Wording

WITHOUT_DISPLAY_SERVER = ("offscreen", "minimal", "eglfs", "linuxfb", "vnc")
X_PORT = 6000
ANSWER_SECONDS = 2.0


def has_screen() -> bool:
    """Whether a window could be opened here."""
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if not sys.platform.startswith("linux") or platform in WITHOUT_DISPLAY_SERVER:
        return True
    return _wayland_answers() or _x_answers(os.environ.get("DISPLAY", ""))


def require_screen(wording: Wording) -> None:
    """Raises Problem where no window could be opened."""
    if not has_screen():
        raise Problem(
            wording.t("There is no screen to open a window on"),
            f"DISPLAY={os.environ.get('DISPLAY', '')} WAYLAND_DISPLAY={os.environ.get('WAYLAND_DISPLAY', '')}",
            wording.t(
                "Start it in a graphical session, or set QT_QPA_PLATFORM=eglfs on a kiosk without one."
            ),
        )


def _wayland_answers() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY", "")
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return bool(name) and _connects(socket.AF_UNIX, str(Path(folder) / name))


def _x_answers(display: str) -> bool:
    host, colon, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not colon or not number.isdecimal():
        return False
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"
        return _connects(socket.AF_UNIX, path) or _connects(socket.AF_UNIX, f"\0{path}")
    return _connects(socket.AF_INET, (host, X_PORT + int(number)))


def _connects(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.settimeout(ANSWER_SECONDS)
        try:
            tried.connect(address)
        except OSError:
            return False
        return True
