"""Ids as an older release's client makes them, run in a process of its own with that release first on the path.

Standard output is one JSON line: for each of its makers, by name, ids at ordinary and at extreme times.
"""

import inspect
import json
import sys

from broker.protocol import identifiers

TIMES = (0, 1, 1_784_000_000_000, (1 << 48) - 1, (1 << 63) - 1, -1)
AGAIN = 200
"""As chance has it."""


def makers() -> dict[str, list[str]]:
    """Everything that makes an id."""
    made = {}
    for name, maker in inspect.getmembers(identifiers, inspect.isfunction):
        if name.startswith("new_"):
            calls = [(at,) for at in TIMES] if inspect.signature(maker).parameters else [()]
            made[name] = [maker(*each) for each in calls for _ in range(AGAIN)]
    return made


if __name__ == "__main__":
    sys.stdout.write(json.dumps(makers()))
