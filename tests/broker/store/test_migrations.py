"""Databases of earlier releases: brought to this one's tables with all that they held, whatever interrupts it."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, create_engine, event, insert, inspect, select, text

from broker.store import schema
from broker.store.database import Database
from broker.store.errors import DatabaseMissingError
from broker.store.migrate import VERSION_TABLE

RELEASED = ("0001", "0002")
NEWEST = "0003"

Held = dict[str, list[dict[str, Any]]]
"""Rows by table."""

DIE_AT_EACH_STATEMENT = """
import os, signal, sys
from itertools import count
from sqlalchemy import Engine, event
from broker.store.database import Database

def work(method, url, last):
    done = count(1)

    @event.listens_for(Engine, "before_cursor_execute")
    def die(*_):
        if next(done) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    getattr(Database, method)(url).close()
    os._exit(0)

for last in count(1):
    child = os.fork()
    if child == 0:
        work(*sys.argv[1:], last)
    _, status = os.waitpid(child, 0)
    print("killed" if os.WIFSIGNALED(status) else os.WEXITSTATUS(status), flush=True)
    sys.stdin.readline()
"""


def config_for(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", "broker.store:migrations")
    config.attributes["connection"] = connection
    return config


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """With nothing of the product between."""
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def of_release(url: str, revision: str) -> Held:
    """A database as that revision's release left it, with a row in each table."""
    with connected(url) as connection:
        command.upgrade(config_for(connection), revision)
        found = MetaData()
        found.reflect(connection)
        held: Held = {}
        for name, table in found.tables.items():
            if name != VERSION_TABLE:
                row = {column.name: some(column.type.python_type, column.name) for column in table.columns}
                connection.execute(insert(table).values(row))
                held[name] = [row]
    return held


def some(kind: type[object], name: str) -> object:
    """A value that a column of that name and type may have."""
    values: dict[type[object], object] = {
        str: f"some {name}",
        int: 7,
        bool: True,
        bytes: b"\x00\xff" + name.encode(),
    }
    return values[kind]


def rows_of(url: str) -> Held:
    with connected(url) as connection:
        found = MetaData()
        found.reflect(connection)
        return {
            name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for name, table in found.tables.items()
        }


def shape_of(url: str) -> dict[str, tuple[object, ...]]:
    """Every table with its columns and indexes."""
    with connected(url) as connection:
        seen = inspect(connection)
        return {
            name: (
                [(each["name"], str(each["type"]), each["nullable"]) for each in seen.get_columns(name)],
                sorted(str(each["name"]) for each in seen.get_indexes(name)),
            )
            for name in seen.get_table_names()
        }


def test_the_releases_here_are_all_there_are() -> None:
    script = ScriptDirectory.from_config(config_for())
    assert sorted(each.revision for each in script.walk_revisions()) == [*RELEASED, NEWEST]


@pytest.mark.parametrize("revision", RELEASED)
def test_all_that_a_release_held_is_there_after_it(url: str, revision: str) -> None:
    held = of_release(url, revision)
    Database.open(url).close()
    now = rows_of(url)
    for table, (row,) in held.items():
        (kept,) = now[table]
        assert {name: kept[name] for name in row} == row
    assert now[VERSION_TABLE] == [{"version_num": NEWEST}]


def test_rows_of_the_first_release_get_the_new_columns_defaults(url: str) -> None:
    of_release(url, "0001")
    with Database.open(url) as database:
        (ticket,) = database.read(select(schema.ticket))
        (application,) = database.read(select(schema.application))
        (epoch,) = database.read(select(schema.epoch))
        (event_,) = database.read(select(schema.journal))
    assert (ticket.handed_in, ticket.end_assumed, ticket.appointment, ticket.because) == (
        False,
        False,
        None,
        None,
    )
    assert (application.failed_deliveries, application.stage) == (0, None)
    assert (epoch.confirmed, event_.crc) == (True, None)


@pytest.mark.parametrize("revision", RELEASED)
def test_a_migrated_database_takes_what_this_release_writes(url: str, revision: str) -> None:
    of_release(url, revision)
    with Database.open(url) as database:
        erased = {"kind": "note", "erased": "n", "clerk": "sri", "at": 1}
        database.write(insert(schema.erasure).values(erased))
    Database.open(url).close()


# Interrupted


def deaths(method: str, url: str, look: Callable[[], None]) -> int:
    """Let processes try, each killed a statement later than the one before, until one comes through; `look` after
    each death. How many died.
    """
    arguments = [sys.executable, "-c", DIE_AT_EACH_STATEMENT, method, url]
    died = 0
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        while (told := process.stdout.readline().strip()) == "killed":
            died += 1
            look()
            process.stdin.write("\n")
            process.stdin.flush()
        process.kill()
    assert told == "0"
    return died


@pytest.mark.slow
def test_a_broker_killed_at_any_statement_of_a_migration_leaves_everything_as_it_was(url: str) -> None:
    of_release(url, "0001")
    shape, rows = shape_of(url), rows_of(url)

    def look() -> None:
        assert shape_of(url) == shape
        assert rows_of(url) == rows

    assert deaths("open", url, look) > 20
    assert rows_of(url)[VERSION_TABLE] == [{"version_num": NEWEST}]
    Database.open(url).close()


@pytest.mark.slow
def test_a_server_whose_outlet_was_killed_while_it_was_made_takes_it_anew(postgresql_url: str) -> None:
    def look() -> None:
        with pytest.raises(DatabaseMissingError):
            Database.open(postgresql_url)

    assert deaths("create", postgresql_url, look) > 20
    Database.open(postgresql_url).close()


class InterruptionError(Exception):
    """A failure in the middle of a migration."""


@pytest.mark.parametrize(
    "statement", ["ALTER TABLE ticket", "CREATE TABLE pick_up", "UPDATE alembic_version"]
)
def test_a_statement_that_fails_leaves_everything_as_it_was_and_the_next_start_goes_on(
    url: str, statement: str
) -> None:
    of_release(url, "0001")
    shape = shape_of(url)

    def fail(_connection: object, _cursor: object, sql: str, *_: object) -> None:
        if statement in sql:
            raise InterruptionError

    event.listen(Engine, "before_cursor_execute", fail)
    try:
        with pytest.raises(InterruptionError):
            Database.open(url)
    finally:
        event.remove(Engine, "before_cursor_execute", fail)
    assert shape_of(url) == shape
    Database.open(url).close()
    assert shape_of(url) != shape


def test_a_lock_in_the_way_of_a_migration_is_told_and_the_next_start_goes_on(postgresql_url: str) -> None:
    of_release(postgresql_url, "0002")
    with connected(postgresql_url) as other:
        other.execute(text("LOCK TABLE device"))
        with pytest.raises(Exception, match="lock timeout"):
            Database.open(postgresql_url)
    Database.open(postgresql_url).close()
