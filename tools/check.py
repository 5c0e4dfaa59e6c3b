"""The checks in their order, each with its time; stops at the first that fails.

Usage: check.py quick|all|soak
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

STATIC = {
    "format": ["ruff", "format", "--check", "--quiet", "."],
    "lint": ["ruff", "check", "--quiet", "."],
    "imports": ["lint-imports"],
    "types": ["mypy"],
}
TESTS = ["pytest", "--numprocesses", "2", "--dist", "loadfile", "--quiet"]

SETS = {
    "quick": STATIC | {"tests": [*TESTS, "-m", "not slow"]},
    "all": STATIC | {"tests": TESTS},
    "soak": {
        "soak": [
            *TESTS,
            *("--timeout", "7200"),
            *("tests/antrean", "tests/broker", "tests/forecast", "tests/hardware", "tests/stories"),
        ]
    },
}

NEEDED = {"soak": ("node", "npm", "python3.13")}
"""Programs of the system without which a set can't end well: printer programs that are not ours run in them."""


def main(which: str) -> int:
    """Run the set; the exit code is that of the first check that fails."""
    missing = [program for program in NEEDED.get(which, ()) if not shutil.which(program)]
    if missing:
        print(f"make {which} needs programs that are not on the path: {', '.join(missing)}", flush=True)
        return 1
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONUNBUFFERED": "1"}
    for name, (program, *arguments) in SETS[which].items():
        began = time.monotonic()
        done = subprocess.run([BIN / program, *arguments], cwd=ROOT, env=environment, check=False)
        verdict = "passed" if done.returncode == 0 else "FAILED"
        print(f"{name}: {verdict} in {time.monotonic() - began:.0f} s", flush=True)
        if done.returncode != 0:
            return done.returncode
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1]))
    except KeyboardInterrupt:
        sys.exit(130)
