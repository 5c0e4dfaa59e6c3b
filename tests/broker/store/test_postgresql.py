"""What is a PostgreSQL server's own: the lock of a session, sessions that end, servers that are not good enough."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain

import pytest
from msgspec.structs import replace
from sqlalchemy import Table, insert, make_url, select, text

from broker.domain.state import State
from broker.domain.values import ClerkId, Instant, NoteId
from broker.store import backup, schema
from broker.store.database import Database
from broker.store.errors import (
    DatabaseAwayError,
    DatabaseInUseError,
    DatabaseMissingError,
    DatabaseUnsuitableError,
    NotCommittedError,
)
from broker.store.notes import Note, Notes
from broker.store.place import place_of
from broker.store.registry import ClerkProfile, Purpose, Registry
from broker.store.retention import KeptDays, Retention
from tests.support import sample
from tests.support.postgresql import C_ORDER, Postgresql
from tests.support.waiting import wait_until

PATIENCE_SECONDS = 10
NOTE = Note(NoteId("a" * 32), "Pak Hasan, Jalan Tebet Barat IX nomor 4", ClerkId("sri"), Instant(1))


@pytest.fixture
def url(postgresql_url: str) -> str:
    return postgresql_url


@pytest.fixture
def name(url: str) -> str:
    """The database's name at its server."""
    return make_url(url).database or ""


def seat(counter: int) -> dict[str, object]:
    return {"counter": counter, "clerk": f"clerk-{counter}", "since": 1}


def sit(database: Database, counter: int) -> None:
    database.write(insert(schema.seat).values(seat(counter)))


def seats(database: Database) -> list[int]:
    return sorted(counter for (counter,) in database.read(select(schema.seat.c.counter)))


# Held alone


def test_a_session_that_the_server_takes_for_alive_is_ended_by_the_one_that_follows_it(
    url: str, name: str, postgresql: Postgresql
) -> None:
    """Our side is gone, the network told nobody: without this the outlet would stand until the server notices."""
    Database.create(url).close()
    place = place_of(url)
    first = place.connect()
    second = place.connect()
    assert second.scalar(text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")) == 1
    assert postgresql.run(f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{name}'") == [(1,)]
    for each in (first, second):
        each.invalidate()
        each.close()


def test_a_broker_that_another_has_taken_over_from_does_nothing_more(
    database: Database, url: str, name: str, postgresql: Postgresql
) -> None:
    postgresql.end_sessions(name)
    with Database.open(url) as other:
        with pytest.raises((NotCommittedError, DatabaseAwayError)):
            sit(database, 1)
        with pytest.raises(DatabaseInUseError):
            sit(database, 1)
        sit(other, 2)
    assert seats(database) == [2]


def test_whoever_owns_the_database_needs_no_other_right(postgresql: Postgresql) -> None:
    postgresql.run("CREATE ROLE plain LOGIN")
    name = postgresql.new_database(f"{C_ORDER} OWNER plain")
    url = postgresql.url(name).replace("postgres:@", "plain@")
    with Database.create(url) as database:
        Notes(database).write(NOTE)
        Notes(database).erase(NOTE.id, ClerkId("sri"), Instant(2))
    place = place_of(url)
    abandoned = place.connect()
    with place.connect():
        assert postgresql.run("SELECT count(*) FROM pg_stat_activity WHERE usename = 'plain'") == [(1,)]
        with pytest.raises(DatabaseInUseError, match="session"):
            Database.open(url)
    abandoned.invalidate()
    abandoned.close()


# Sessions that end


def test_a_session_ended_between_two_commits_loses_neither(
    database: Database, name: str, postgresql: Postgresql
) -> None:
    sit(database, 1)
    assert postgresql.end_sessions(name) == 1
    with pytest.raises(NotCommittedError):
        sit(database, 2)
    sit(database, 3)
    assert seats(database) == [1, 3]


def sit_interrupted(database: Database, interrupt: Callable[[], object]) -> None:
    statement = database.sql(insert(schema.seat), list(seat(1)))
    with database.transaction() as cursor:
        cursor.execute(statement, seat(1))
        interrupt()
        cursor.execute(statement, seat(2))


def test_a_session_ended_in_the_middle_of_a_transaction_leaves_nothing_of_it(
    database: Database, name: str, postgresql: Postgresql
) -> None:
    with pytest.raises(NotCommittedError):
        sit_interrupted(database, lambda: postgresql.end_sessions(name))
    assert seats(database) == []


def test_a_session_ended_before_a_question_is_away_and_the_next_question_is_answered(
    database: Database, name: str, postgresql: Postgresql
) -> None:
    sit(database, 1)
    counted = database.sql(select(schema.seat.c.counter))
    for ask in (lambda: seats(database), lambda: database.fetch(counted, {})):
        postgresql.end_sessions(name)
        with pytest.raises(DatabaseAwayError):
            ask()
        assert ask()


def test_a_server_that_is_away_takes_nothing_and_is_found_again(
    database: Database, postgresql: Postgresql
) -> None:
    sit(database, 1)
    postgresql.stop()
    try:
        for _ in range(2):
            with pytest.raises(NotCommittedError):
                sit(database, 2)
            with pytest.raises(DatabaseAwayError):
                seats(database)
    finally:
        postgresql.start()
    sit(database, 3)
    assert seats(database) == [1, 3]


def test_a_lock_that_somebody_else_holds_on_a_table_is_not_waited_for_long(
    database: Database, url: str
) -> None:
    with place_of(url).engine.connect() as other:
        other.exec_driver_sql("BEGIN")
        other.exec_driver_sql("LOCK TABLE seat")
        with pytest.raises(NotCommittedError, match="lock timeout"):
            sit(database, 1)
        other.exec_driver_sql("ROLLBACK")
    sit(database, 1)


# Where it is


def test_an_address_where_nobody_listens_is_told_without_its_password() -> None:
    for address in (
        "postgresql://antrean:geheim@127.0.0.1:1/outlet",
        "postgresql://antrean@127.0.0.1:1/outlet?password=geheim",
    ):
        with pytest.raises(DatabaseAwayError) as caught:
            Database.open(address)
        assert caught.value.where.startswith("postgresql://antrean@127.0.0.1:1/outlet")
        assert "geheim" not in str(caught.value)


def test_a_database_that_the_administrator_has_not_made_is_told(postgresql: Postgresql) -> None:
    with pytest.raises(DatabaseAwayError, match='"atlantis" does not exist'):
        Database.create(postgresql.url("atlantis"))


def test_no_value_stands_in_an_error(database: Database) -> None:
    nobodys = {"id": NOTE.id, "text": NOTE.text, "clerk": None, "at": 1}
    with pytest.raises(NotCommittedError, match="clerk") as caught:
        database.write(insert(schema.note).values(nobodys))
    assert "Hasan" not in str(caught.value)


# Kept safe


def test_commits_are_durable_whatever_the_servers_default(
    url: str, name: str, postgresql: Postgresql
) -> None:
    for default, ours in (("off", "on"), ("local", "on"), ("on", "on"), ("remote_apply", "remote_apply")):
        postgresql.run(f"ALTER DATABASE {name} SET synchronous_commit = '{default}'")
        with (Database.create if default == "off" else Database.open)(url) as database:
            assert database.connection.scalar(text("SHOW synchronous_commit")) == ours
    postgresql.run(f"ALTER DATABASE {name} RESET synchronous_commit")


@contextmanager
def setting(postgresql: Postgresql, name: str, value: str, default: str) -> Iterator[None]:
    """The server as it is set for a while."""

    def is_now(wanted: str) -> bool:
        return postgresql.run(f"SHOW {name}") == [(wanted,)]

    postgresql.run(f"ALTER SYSTEM SET {name} = {value}")
    postgresql.run("SELECT pg_reload_conf()")
    wait_until(lambda: is_now(value))
    try:
        yield
    finally:
        postgresql.run(f"ALTER SYSTEM RESET {name}")
        postgresql.run("SELECT pg_reload_conf()")
        wait_until(lambda: is_now(default))


@pytest.mark.parametrize("name", ["fsync", "full_page_writes"])
def test_a_server_that_may_lose_what_it_has_acknowledged_is_refused(
    url: str, name: str, postgresql: Postgresql
) -> None:
    Database.create(url).close()
    with (
        setting(postgresql, name, "off", "on"),
        pytest.raises(DatabaseUnsuitableError, match=f"{name} is off"),
    ):
        Database.open(url)
    Database.open(url).close()


def refused(postgresql: Postgresql, name: str, told: str) -> None:
    """And left as it is."""
    with pytest.raises(DatabaseUnsuitableError, match=told):
        Database.create(postgresql.url(name))
    assert postgresql.run("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", name) == [(0,)]


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_that_can_not_keep_every_text_is_refused(postgresql: Postgresql, encoding: str) -> None:
    name = postgresql.new_database(f"TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'")
    refused(postgresql, name, "its encoding is not UTF8")


def test_a_database_that_compares_texts_otherwise_is_refused(postgresql: Postgresql) -> None:
    """This server's build knows no language's order; an operator in its place compares like one."""
    name = postgresql.new_database(C_ORDER)
    postgresql.run(
        "CREATE FUNCTION comes_before(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';"
        "CREATE OPERATOR < (LEFTARG = text, RIGHTARG = text, FUNCTION = comes_before);"
        f"ALTER DATABASE {name} SET search_path = public, pg_catalog",
        name,
    )
    refused(postgresql, name, "its order of texts is not C")


def test_the_remedy_makes_a_database_that_is_suitable(postgresql: Postgresql) -> None:
    assert C_ORDER in DatabaseUnsuitableError.remedy


# Notes


def in_the_servers_files(postgresql: Postgresql, wanted: str) -> list[str]:
    """The files with this text; those of the log are the server's own affair."""
    postgresql.run("CHECKPOINT")
    folders = chain(postgresql.data.glob("base/**/*"), postgresql.data.glob("global/*"))
    return [path.name for path in folders if path.is_file() and wanted.encode() in path.read_bytes()]


def test_an_erased_note_is_in_none_of_the_servers_tables(database: Database, postgresql: Postgresql) -> None:
    notes = Notes(database)
    notes.write(NOTE)
    assert in_the_servers_files(postgresql, NOTE.text)
    notes.erase(NOTE.id, ClerkId("ratna"), Instant(2))
    assert in_the_servers_files(postgresql, NOTE.text) == []


@pytest.mark.parametrize("table", [schema.note, schema.seat])
def test_whoever_reads_meanwhile_is_not_waited_for_and_the_note_goes_when_they_have_ended(
    database: Database, url: str, postgresql: Postgresql, monkeypatch: pytest.MonkeyPatch, table: Table
) -> None:
    """Also who has begun before and reads the notes later, as a backup does: they are kept for it."""
    monkeypatch.setattr("broker.store.database.SCRUBBED_AGAIN_SECONDS", 0.0)
    notes = Notes(database)
    notes.write(NOTE)
    with place_of(url).reading() as reader:
        reader.execute(select(table)).all()
        notes.erase(NOTE.id, ClerkId("ratna"), Instant(2))
        database.scrub_if_due()
        assert in_the_servers_files(postgresql, NOTE.text)
    database.scrub_if_due()
    assert in_the_servers_files(postgresql, NOTE.text) == []


def test_nor_is_the_name_of_a_clerk_who_has_left(database: Database, postgresql: Postgresql) -> None:
    Registry(database).add_clerk(ClerkProfile(ClerkId("budi"), "Budi Santoso", "a hash"))
    assert in_the_servers_files(postgresql, "Budi Santoso")
    Retention(database, KeptDays()).forget(
        State(rules=replace(sample.RULES, clerks=()), last_day=sample.TUESDAY)
    )
    assert in_the_servers_files(postgresql, "Budi Santoso") == []


# Copies


def test_an_outlet_moves_from_a_file_to_a_server_and_back_by_its_backup(
    database: Database,
    url: str,
    sqlite_url: str,
    tmp_path_factory: pytest.TempPathFactory,
    postgresql: Postgresql,
) -> None:
    Notes(database).write(NOTE)
    copy = tmp_path_factory.mktemp("copies") / "copy.db"
    list(backup.back_up(url, copy))
    with postgresql.database() as another:
        keys: dict[Purpose, tuple[()]] = dict.fromkeys(Purpose, ())
        for target in (sqlite_url, another):
            list(backup.restore(copy, target, keys, Instant(5)))
            with Database.open(target) as restored:
                assert Notes(restored).read(NOTE.id) == NOTE
                Notes(restored).erase(
                    NOTE.id, ClerkId("sri"), Instant(6)
                )  # rows are numbered on where they ended


def test_there_is_nothing_to_open_in_an_empty_database(url: str) -> None:
    with pytest.raises(DatabaseMissingError):
        Database.open(url)
    Database.create(url).close()
