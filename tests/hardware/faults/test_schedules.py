"""A thousand mornings of faults by chance: no ticket is lost in silence, none doubled without its mark."""

from collections import Counter

import pytest

from hardware.job import Failed, Outcome, Printed, Unknown
from tests.conftest import SOAKING
from tests.hardware.faults.conftest import MorningOf

GROUPS = 10
MORNINGS = 2000 if SOAKING else 100
"""In each group; groups run side by side."""


@pytest.mark.slow
@pytest.mark.parametrize("group", range(GROUPS))
def test_each_ticket_is_on_paper_once_or_marked_or_told(morning_of: MorningOf, group: int) -> None:
    ends: Counter[str] = Counter()
    for seed in range(group * MORNINGS, (group + 1) * MORNINGS):
        morning = morning_of(seed)
        assert morning.run() == [], "\n".join([f"seed {seed}", *morning.log])
        ends.update(_kind(outcome) for ticket in morning.tickets for outcome in ticket.outcomes)
        ends["killed"] += sum(line.endswith("killed") for line in morning.log)
        ends["printed again"] += sum("again" in line for line in morning.log)
        ends["roll changed unseen"] += sum(line.endswith("changed unseen") for line in morning.log)
        ends["white paper found"] += sum(line.endswith("white") for line in morning.log)
    assert min(ends.values()) > 0
    assert len(ends) == 8, ends  # each kind of end was met, or nothing was shown


def _kind(outcome: Outcome) -> str:
    match outcome:
        case Printed():
            return "printed"
        case Failed(began=True):
            return "failed half-way"
        case Failed():
            return "not begun"
        case Unknown():
            return "unknown"
