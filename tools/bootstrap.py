"""Everything a fresh machine needs before the first command runs: system libraries, a virtual environment, packages.

Standard library only. Run by the Makefile; does nothing, quickly, when all is there already.
Usage: bootstrap.py VENV
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"

# What Qt's offscreen platform loads, and the Debian or Ubuntu package that has it.
OFFSCREEN = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libxkbcommon.so.0": "libxkbcommon0",
}

# What Qt's xcb platform loads besides; needed only where there is a screen.
XCB = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def main(venv: Path) -> None:
    """Install what is missing, in order; stop with one sentence on what a person must do."""
    if sys.version_info < (3, 11):  # noqa: UP036  (it runs before anything has checked)
        stop(
            f"Antrean needs Python 3.11 or newer; this is {sys.version.split()[0]}. Set PYTHON=python3.11 (or newer)."
        )
    install_system_packages(missing_system_packages())
    wanted = fingerprint()
    stamp = venv / "antrean.stamp"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    python = make_environment(venv)
    say("Installing the pinned packages (about 150 MB, once)")
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    run(
        [*pip, "--require-hashes", "-r", str(LOCK)],
        "The packages could not be installed; see the lines above.",
    )
    run(
        [*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)],
        "Antrean itself could not be installed; see the lines above.",
    )
    stamp.write_text(wanted)
    say("Set-up is complete")


def fingerprint() -> str:
    """Changes when the environment must be made anew: other packages, another place, another Python."""
    content = LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(content + str(ROOT).encode() + sys.version.encode()).hexdigest()


def make_environment(venv: Path) -> str:
    """A virtual environment whose Python works; returns that Python."""
    python = venv / "bin" / "python"
    if not works(python):
        if venv.exists():
            shutil.rmtree(venv)
        say(f"Making a virtual environment in {venv.name}")
        run([sys.executable, "-m", "venv", str(venv)], "The virtual environment could not be made.")
    return str(python)


def works(python: Path) -> bool:
    """Whether the environment's Python runs and has pip."""
    if not python.exists():
        return False
    return (
        subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    )


def missing_system_packages() -> list[str]:
    """The Debian packages whose libraries are not on this machine."""
    if not sys.platform.startswith("linux"):
        return []
    libraries = dict(OFFSCREEN)
    if os.environ.get("DISPLAY") and os.environ.get("SCREEN") != "off":
        libraries |= XCB
    missing = [package for library, package in libraries.items() if not loads(library)]
    if importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    return missing


def loads(library: str) -> bool:
    """Whether the dynamic linker finds the library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_system_packages(packages: list[str]) -> None:
    """Install them where this user may; otherwise stop with the line to run."""
    if not packages:
        return
    command = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None:
        stop(f"System libraries are missing. Install what your system calls: {' '.join(packages)}")
    prefix = privilege()
    if prefix is None:
        stop(f"System libraries are missing. Run: sudo {' '.join(command)}")
    say(f"Installing system libraries: {' '.join(packages)}")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    quiet = subprocess.DEVNULL
    subprocess.run([*prefix, "apt-get", "update", "--quiet"], env=environment, stdout=quiet, check=False)
    done = subprocess.run([*prefix, *command], env=environment, stdout=quiet, check=False)
    if done.returncode != 0:
        stop(f"System libraries could not be installed. Run: sudo {' '.join(command)}")


def privilege() -> list[str] | None:
    """What to put before a command so that it runs as root; None when this user can't."""
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def run(command: list[str], failure: str) -> None:
    """Run a command with its output shown; stop with `failure` when it fails."""
    if subprocess.run(command, check=False).returncode != 0:
        stop(failure)


def say(text: str) -> None:
    """One line of progress."""
    print(f"antrean: {text}", flush=True)


def stop(text: str) -> None:
    """End with one sentence."""
    sys.exit(f"antrean: {text}")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]).absolute())
    except KeyboardInterrupt:
        sys.exit(130)
