"""A PostgreSQL server that hangs and stays connected: nobody waits for it longer than devices wait for the broker."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import insert, select, text

from broker.store import schema
from broker.store.database import Database
from broker.store.errors import DatabaseAwayError, NotCommittedError
from broker.store.patience import PROMPT_SECONDS, UNHURRIED_SECONDS, Session
from tests.support.postgresql import Postgresql

AT_MOST_SECONDS = 6.0
"""To find out that nothing comes and to connect anew, on a machine that does other things too."""


@pytest.fixture
def url(postgresql_url: str) -> str:
    return postgresql_url


def sit(database: Database, counter: int) -> None:
    database.write(insert(schema.seat).values(counter=counter, clerk=f"clerk-{counter}", since=1))


def seats(database: Database) -> list[int]:
    return sorted(counter for (counter,) in database.read(select(schema.seat.c.counter)))


def ends_soon(error: type[Exception], act: Callable[[], object], told: str = "") -> None:
    began = time.monotonic()
    with pytest.raises(error, match=told):
        act()
    assert time.monotonic() - began < AT_MOST_SECONDS


@contextmanager
def stopped(database: Database) -> Iterator[None]:
    """The server's process for the session of `database`."""
    pid = database.connection.scalar(text("SELECT pg_backend_pid()"))
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def test_a_server_that_hangs_is_away_and_is_found_again(database: Database, postgresql: Postgresql) -> None:
    sit(database, 1)
    with postgresql.hanging():
        ends_soon(NotCommittedError, lambda: sit(database, 2), "silent")
        ends_soon(DatabaseAwayError, lambda: seats(database), "timeout")
    sit(database, 3)
    assert seats(database) == [1, 3]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything as it is, only sooner."""
    monkeypatch.setattr(Session, "patience_seconds", 0.5)


@pytest.mark.usefixtures("impatient")
def test_a_question_that_a_hanging_server_does_not_answer_is_away(
    database: Database, postgresql: Postgresql
) -> None:
    sit(database, 1)
    with postgresql.hanging():
        ends_soon(DatabaseAwayError, lambda: seats(database), "silent")
    assert seats(database) == [1]


@pytest.mark.usefixtures("impatient")
def test_a_compiled_question_too(database: Database, postgresql: Postgresql) -> None:
    question = database.sql(select(schema.seat.c.counter))
    with postgresql.hanging():
        ends_soon(DatabaseAwayError, lambda: database.fetch(question, {}), "silent")
    assert database.fetch(question, {}) is None


def test_a_session_of_ours_that_hangs_and_holds_the_lock_is_no_other_broker(database: Database) -> None:
    """The server itself is well, and can't end the process: the broker must not take itself for somebody else."""
    sit(database, 1)
    with stopped(database):
        ends_soon(NotCommittedError, lambda: sit(database, 2), "silent")
        ends_soon(DatabaseAwayError, lambda: seats(database), "does not end")
    sit(database, 3)
    assert seats(database) in ([1, 3], [1, 2, 3])  # nobody knew what becomes of the second


@pytest.mark.usefixtures("impatient")
def test_much_work_is_given_more_time(database: Database) -> None:
    with database.unhurried():
        database.connection.execute(text("SELECT pg_sleep(1)"))
    ends_soon(DatabaseAwayError, lambda: list(database.read(select(text("pg_sleep(1)")))), "silent for 0.5 s")
    assert PROMPT_SECONDS < UNHURRIED_SECONDS


@pytest.mark.usefixtures("impatient")
def test_an_answer_that_comes_bit_by_bit_is_waited_for(database: Database) -> None:
    """It is silence that tells that a server hangs, not the length of an answer."""
    slow = text("SELECT repeat('x', 9000), pg_sleep(0.1) FROM generate_series(1, 15)")
    assert len(database.connection.execute(slow).all()) == 15
