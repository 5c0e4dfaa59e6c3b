"""An outlet kept in PostgreSQL, sixteen devices at work: sessions end, the server falls over, the broker is killed.

Nothing acknowledged is lost, nothing acts twice, and the broker outlives whatever happens to its server.
"""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import make_url

from tests.broker.faults.test_kill import every_answer_is_given_again, every_answer_is_kept, journal_of
from tests.conftest import SOAKING
from tests.support import sample
from tests.support.killable import PATIENCE_SECONDS, BusyOutlet, KillableBroker
from tests.support.postgresql import Postgresql
from tests.support.visitors import Visitors

TROUBLES = 150 if SOAKING else 8
CLOCK_SPEED = 20.0


def troubles_of(
    postgresql: Postgresql, name: str, broker: KillableBroker, away: Callable[[], None]
) -> list[Callable[[], object]]:
    """What may happen at any moment; `away` is how long a server may be down."""

    def the_server_is_stopped_for_a_moment() -> None:
        postgresql.stop()
        away()
        postgresql.start()

    def the_server_falls_over() -> None:
        postgresql.kill()
        away()
        postgresql.start()

    def the_broker_is_killed() -> None:
        broker.kill()
        broker.start()

    def its_session_ends() -> None:
        postgresql.end_sessions(name)

    return [
        the_server_is_stopped_for_a_moment,
        the_server_falls_over,
        the_broker_is_killed,
        its_session_ends,
    ]


@pytest.mark.slow
@pytest.mark.timeout(3600 if SOAKING else 180)
def test_whatever_happens_to_its_server_the_outlet_loses_nothing_that_it_has_acknowledged(
    tmp_path: Path, postgresql: Postgresql
) -> None:
    seed = Random().randrange(2**32)
    chance = Random(seed)
    try:
        with postgresql.database() as url:
            outlet = BusyOutlet.make(tmp_path / "outlet", sample.at(8), CLOCK_SPEED, url)
            with KillableBroker(outlet) as broker, Visitors(outlet, CLOCK_SPEED, chance) as visitors:
                happen(postgresql, make_url(url).database or "", broker, visitors, chance)
                visitors.are_busy = False
                assert visitors.go_on(lambda: not visitors.wait, PATIENCE_SECONDS), "somebody still waits"
                every_answer_is_given_again(visitors, chance)
                assert visitors.go_on(lambda: visitors.agree, PATIENCE_SECONDS), (
                    "the replicas do not converge"
                )
                broker.stop()
            records, _ = journal_of(outlet)
            every_answer_is_kept(visitors, records)
            assert len(records) > 200
    except AssertionError as error:
        raise AssertionError(f"seed {seed}: {error}") from error


def happen(
    postgresql: Postgresql, name: str, broker: KillableBroker, visitors: Visitors, chance: Random
) -> None:
    """Each trouble a few times, while devices work."""

    def wait(moment: float) -> None:
        assert not visitors.go_on(lambda: broker.has_ended, moment), "the broker has ended by itself"

    troubles = troubles_of(postgresql, name, broker, lambda: wait(chance.uniform(0, 0.5)))
    for turn in range(TROUBLES):
        assert visitors.go_on(lambda: broker.is_ready, PATIENCE_SECONDS), "the broker does not begin"
        before = visitors.answers
        assert visitors.go_on(lambda before=before: visitors.answers > before, PATIENCE_SECONDS), (
            "nobody is served"
        )
        wait(chance.uniform(0, 0.3))
        troubles[turn % len(troubles)]()
