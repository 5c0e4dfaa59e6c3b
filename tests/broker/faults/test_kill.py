"""kill -9 at any moment, with sixteen devices at work: nothing acknowledged is lost, nothing acts twice.

At the end every number is there once, every answer is given again as it was, and all replicas are what the journal
says.
"""

from pathlib import Path
from random import Random

import pytest

from broker.domain.codec import encode_state
from broker.store import journal as store
from tests.broker.faults.afterwards import every_answer_is_kept, journal_of
from tests.conftest import SOAKING
from tests.support import sample
from tests.support.killable import PATIENCE_SECONDS, BusyOutlet, KillableBroker
from tests.support.visitors import Visitors

KILLS = 200 if SOAKING else 20
CLOCK_SPEED = 20.0
ASKED_AGAIN = 40
"""Answers of each device that are asked for once more at the end."""


def often() -> None:
    """A snapshot every few moments, so that many are killed in the middle of one."""
    store.SNAPSHOT_EVENTS = 100


def every_answer_is_given_again(visitors: Visitors, chance: Random) -> None:
    before = {}
    for visitor in visitors.all:
        for command in chance.sample(list(visitor.answers), min(ASKED_AGAIN, len(visitor.answers))):
            before[visitor, command] = visitor.answers.pop(command)
            visitor.send(visitor.sent[command], under=command)
    assert visitors.go_on(lambda: not visitors.wait, PATIENCE_SECONDS)
    for (visitor, command), answer in before.items():
        assert visitor.answers[command] == answer


@pytest.mark.slow
@pytest.mark.timeout(3600 if SOAKING else 180)
def test_a_broker_killed_again_and_again_loses_nothing_that_it_has_acknowledged(tmp_path: Path) -> None:
    seed = Random().randrange(2**32)
    chance = Random(seed)
    outlet = BusyOutlet.make(tmp_path / "outlet", sample.at(8), CLOCK_SPEED)
    try:
        with KillableBroker(outlet, often) as broker, Visitors(outlet, CLOCK_SPEED, chance) as visitors:
            kill_again_and_again(broker, visitors, chance)
            visitors.are_busy = False
            assert visitors.go_on(lambda: not visitors.wait, PATIENCE_SECONDS)
            broker.kill()
            broker.start()
            every_answer_is_given_again(visitors, chance)
            assert visitors.go_on(lambda: visitors.agree, PATIENCE_SECONDS), "the replicas do not converge"
            broker.stop()
            records, states = journal_of(outlet)
            for visitor in visitors.all:
                replica = visitor.session.state
                assert encode_state(replica) == states[replica.seq]
            every_answer_is_kept(visitors, records)
    except AssertionError as error:
        raise AssertionError(f"seed {seed}: {error}") from error


def kill_again_and_again(broker: KillableBroker, visitors: Visitors, chance: Random) -> None:
    """While it works for a moment, and now and then while it still begins."""
    for _ in range(KILLS):
        moment = chance.uniform(0, 0.1)
        if chance.random() < 0.8:
            assert visitors.go_on(lambda: broker.is_ready, PATIENCE_SECONDS), "the broker does not begin"
            moment = chance.uniform(0, 0.6)
        assert not visitors.go_on(lambda: broker.has_ended, moment), "the broker has ended by itself"
        broker.kill()
        broker.start(often)
