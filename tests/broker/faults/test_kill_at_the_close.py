"""A broker that dies while it closes the day, at each step of that: the next one closes it once, and opens the next."""

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import Enum, auto
from functools import partial
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from broker.domain.events import DayClosed
from broker.domain.state import State
from broker.domain.values import Seq
from broker.store import agreement, schema
from broker.store.database import Cursor, Database
from broker.store.journal import Group, Journal
from tests.support import sample
from tests.support.hall import Hall
from tests.support.killable import BusyOutlet, KillableBroker
from tests.support.tables import the_tables_say_what_the_state_says
from tests.support.waiting import wait_until


class Step(Enum):
    """Of a day's close."""

    BEFORE_THE_COMMIT = auto()
    IN_THE_COMMIT = auto()
    AFTER_THE_COMMIT = auto()
    IN_THE_SNAPSHOT = auto()
    AFTER_THE_SNAPSHOT = auto()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_at(step: Step) -> None:
    """Let this process die there."""
    transaction, commit, keep_snapshot = Database.transaction, Journal.commit, Journal.keep_snapshot

    @contextmanager
    def deadly(database: Database) -> Iterator[Cursor]:
        with transaction(database) as cursor:
            yield cursor
            die()

    def close_and_die(journal: Journal, group: Group) -> None:
        if not any(isinstance(record.event, DayClosed) for record in group.records):
            commit(journal, group)
            return
        if step is Step.BEFORE_THE_COMMIT:
            die()
        if step is Step.IN_THE_COMMIT:
            Database.transaction = deadly  # type: ignore[method-assign]
        commit(journal, group)
        if step is Step.AFTER_THE_COMMIT:
            die()

    def keep_and_die(journal: Journal, state: State) -> None:
        if step is Step.IN_THE_SNAPSHOT:
            Database.transaction = deadly  # type: ignore[method-assign]
        keep_snapshot(journal, state)
        die()

    Journal.commit = close_and_die  # type: ignore[method-assign]
    Journal.keep_snapshot = keep_and_die  # type: ignore[method-assign]


def closes_in(folder: Path) -> int:
    """How many days have been closed, seen from outside."""
    with closing(sqlite3.connect(f"file:{folder / 'outlet.db'}?mode=ro", uri=True)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM journal WHERE kind = 'day-closed'").fetchone()
        return int(count)


@pytest.mark.slow
@pytest.mark.parametrize("step", list(Step))
def test_a_day_whose_close_was_cut_short_is_closed_once(tmp_path: Path, step: Step) -> None:
    outlet = BusyOutlet.make(tmp_path / "outlet", sample.at(17, 59, 59), 1)
    with Database.open(outlet.url) as database:
        hall = Hall(database, Random(5), sample.at(8), outlet.hands)
        for _ in range(20):
            hall.busy()
        assert hall.core.state.tickets
        assert hall.core.state.seats
        last = hall.core.state.seq
    with KillableBroker(outlet, partial(die_at, step)) as broker:
        broker.join()
        with Database.open(outlet.url) as database:
            closed = Journal(database).load().day is None
        assert closed == (step not in (Step.BEFORE_THE_COMMIT, Step.IN_THE_COMMIT))
        broker.start()
        wait_until(lambda: broker.is_ready and closes_in(outlet.made.folder) > 0)
        broker.stop()
    with Database.open(outlet.url) as database:
        journal = Journal(database)
        state = journal.load()
        assert state.day is None
        assert not state.tickets
        assert not state.seats
        records = journal.records_from(Seq(last + 1), 10_000)
        assert [record.event for record in records if isinstance(record.event, DayClosed)] == [
            DayClosed(sample.TUESDAY)
        ]
        agreement.check(database, state)
        the_tables_say_what_the_state_says(database, state)
        days = (
            select(func.count()).select_from(schema.clerk_day).where(schema.clerk_day.c.day == sample.TUESDAY)
        )
        assert database.connection.scalar(days) == len(outlet.made.seed.clerks)
