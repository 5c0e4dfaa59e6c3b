"""Waiting for what other processes and threads bring about: for a condition, never for a time."""

import time
from collections.abc import Callable

PATIENCE_SECONDS = 15.0


def wait_until(condition: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> None:
    """Ask again and again until it holds; fails after so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "not in time"
