"""Keeps a release's client: what a device of that release speaks with, as one archive that Python can import from.

`python -m tests.broker.releases.keep dae98f6 0.1.0` was how the first came here. An archive is never made anew.
"""

import subprocess
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
PARTS = ("broker/__init__.py", "broker/domain", "broker/protocol", "broker/client")
"""What a client is made of: it needs msgspec, pyzmq and structlog besides, nothing else."""


def archives() -> list[Path]:
    """All kept clients, the oldest first."""
    return sorted(HERE.glob("*.zip"), key=lambda path: [int(part) for part in path.stem.split(".")])


def keep(commit: str, release: str) -> None:
    """Write the archive of the client as it was at a commit."""
    listed = _git("ls-tree", "-r", "--name-only", commit, *PARTS).decode().split()
    with zipfile.ZipFile(HERE / f"{release}.zip", "x", zipfile.ZIP_DEFLATED) as archive:
        for name in listed:
            archive.writestr(zipfile.ZipInfo(name), _git("show", f"{commit}:{name}"), zipfile.ZIP_DEFLATED)


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], capture_output=True, check=True).stdout


if __name__ == "__main__":
    keep(*sys.argv[1:])
