"""What the broker counts of its own work since its start."""

from bisect import bisect_left
from collections import Counter

from broker.domain.commands import Command
from broker.protocol.messages import COMMIT_BOUNDS_MS


class Counts:
    """Plain numbers, added to where the work is done."""

    def __init__(self) -> None:
        self.commands: Counter[type[Command]] = Counter()
        """Commands carried out, by kind."""
        self.refusals: Counter[str] = Counter()
        """Commands refused, by code."""
        self.failed_commits = 0
        self.failed_in_a_row = 0
        self.commits = 0
        self.commit_ms = [0] * (len(COMMIT_BOUNDS_MS) + 1)
        """Commits by the first of COMMIT_BOUNDS_MS that each stayed within; the last: by none."""
        self.commit_ms_sum = 0.0

    def failed(self) -> None:
        """A commit did not come about."""
        self.failed_commits += 1
        self.failed_in_a_row += 1

    def committed(self, seconds: float) -> None:
        """A commit took so long."""
        ms = seconds * 1000
        self.commits += 1
        self.failed_in_a_row = 0
        self.commit_ms[bisect_left(COMMIT_BOUNDS_MS, ms)] += 1
        self.commit_ms_sum += ms
