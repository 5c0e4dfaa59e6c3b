"""Pin every dependency with its hashes into requirements.lock, for every platform, naming no registry.

Needs the program `uv` (any recent version) on the machine; nothing else of the project needs it.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Write requirements.lock anew."""
    if shutil.which("uv") is None:
        sys.exit("antrean: `make lock` needs the program uv; install it with: pip install uv")
    command = [
        "uv",
        "pip",
        "compile",
        "pyproject.toml",
        "--extra",
        "check",
        "--extra",
        "build",
        "--universal",
    ]
    command += ["--python-version", "3.11", "--generate-hashes", "--no-header", "--no-emit-index-url"]
    command += ["--upgrade", "--quiet", "--output-file", "requirements.lock"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
