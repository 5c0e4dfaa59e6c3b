"""A real broker whose files may not grow, as on a full disk, and then may again, with sixteen devices at work."""

import resource
from pathlib import Path
from random import Random

import pytest

from broker.domain.codec import encode_state
from broker.protocol import messages as m
from tests.broker.faults.afterwards import every_answer_is_kept, journal_of
from tests.support import sample
from tests.support.killable import PATIENCE_SECONDS, BusyOutlet, KillableBroker
from tests.support.visitors import Visitors

FULL_AT = 32 << 10
"""All files are larger by then, or will be: the journal's, its log, and the broker's own lines."""


def not_stored(visitors: Visitors) -> int:
    """How many commands were answered that they could not be."""
    errors = [answer for _, _, answer in visitors.answered if isinstance(answer, m.Error)]
    assert all(error.code is m.ErrorCode.NOT_STORED for error in errors)
    return len(errors)


def accepted(visitors: Visitors) -> int:
    return sum(isinstance(answer, m.Accepted) for _, _, answer in visitors.answered)


def let_files_grow_to(pid: int, size: int) -> None:
    """What writes beyond is refused (EFBIG); Python ignores the signal that would come with it."""
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@pytest.mark.slow
def test_while_the_disk_is_full_everybody_is_told_and_afterwards_the_outlet_goes_on(tmp_path: Path) -> None:
    outlet = BusyOutlet.make(tmp_path / "outlet", sample.at(8), 20)
    with KillableBroker(outlet) as broker, Visitors(outlet, 20, Random(4)) as visitors:
        assert visitors.go_on(lambda: accepted(visitors) > 200, PATIENCE_SECONDS)
        let_files_grow_to(broker.pid, FULL_AT)
        assert visitors.go_on(lambda: not_stored(visitors) > 100, PATIENCE_SECONDS)
        let_files_grow_to(broker.pid, resource.RLIM_INFINITY)
        before = accepted(visitors)
        assert visitors.go_on(lambda: accepted(visitors) > before + 200, PATIENCE_SECONDS)
        visitors.are_busy = False
        assert visitors.go_on(lambda: not visitors.wait and visitors.agree, PATIENCE_SECONDS)
        broker.stop()
        records, states = journal_of(outlet)
        every_answer_is_kept(visitors, records)
        for visitor in visitors.all:
            assert encode_state(visitor.session.state) == states[visitor.session.state.seq]
