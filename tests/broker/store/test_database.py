"""Opening a database: alone, of the right version, or with an error that says what to do."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select, text

from broker.store import schema
from broker.store.database import Database
from broker.store.errors import (
    DatabaseExistsError,
    DatabaseInUseError,
    DatabaseMissingError,
    DatabaseNewerError,
    DatabaseUnknownError,
    NotCommittedError,
    StoreError,
)

HOLD = """
import sys
from broker.store.database import Database
database = Database.open(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""

SEAT = {"counter": 1, "clerk": "sri", "since": 1}


def holder(url: str) -> "subprocess.Popen[str]":
    """Another process that holds the database."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_broker_on_the_same_database_is_refused_and_told_who_has_it(url: str) -> None:
    Database.create(url).close()
    with holder(url) as other:
        with pytest.raises(DatabaseInUseError, match=f"process {other.pid}"):
            Database.open(url)
        assert other.stdin is not None
        other.stdin.close()


def test_a_killed_broker_leaves_nothing_that_keeps_the_next_one_out(url: str) -> None:
    Database.create(url).close()
    with holder(url) as other:
        other.send_signal(signal.SIGKILL)
        other.wait()
    Database.open(url).close()


def test_the_same_process_can_not_open_it_twice_either(url: str) -> None:
    with Database.create(url), pytest.raises(DatabaseInUseError):
        Database.open(url)


def test_a_database_of_a_newer_version_is_left_alone(url: str) -> None:
    with Database.create(url) as database:
        database.write(text("UPDATE alembic_version SET version_num = '9999'"))
    for _ in range(2):
        with pytest.raises(DatabaseNewerError, match="9999"):
            Database.open(url)


def test_the_migrations_make_exactly_the_tables_of_the_schema(database: Database) -> None:
    context = MigrationContext.configure(database.connection, opts={"compare_type": True})
    assert compare_metadata(context, schema.metadata) == []


def test_a_missing_database_is_not_made_by_opening(url: str, tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(DatabaseMissingError):
            Database.open(url)
    assert not list(tmp_path.iterdir())


def test_an_outlet_is_never_made_over_another(url: str) -> None:
    Database.create(url).close()
    with pytest.raises(DatabaseExistsError):
        Database.create(url)
    Database.open(url).close()


@pytest.mark.parametrize(
    "wrong", ["mysql://somewhere/outlet", "postgresql+psycopg2://somewhere/outlet", "sqlite://", "outlet.db"]
)
def test_other_kinds_of_database_are_refused(wrong: str) -> None:
    with pytest.raises(DatabaseUnknownError):
        Database.open(wrong)


def test_a_password_in_an_address_that_is_refused_is_not_shown() -> None:
    with pytest.raises(DatabaseUnknownError) as caught:
        Database.open("mysql://antrean:geheim@somewhere/outlet")
    assert "geheim" not in str(caught.value)


def test_a_failed_transaction_leaves_nothing_and_the_next_one_works(database: Database) -> None:
    table = schema.seat
    with pytest.raises(NotCommittedError, match=r"(?i)unique"):
        database.write(table.insert().values(SEAT), table.insert().values(SEAT))
    assert list(database.read(select(table))) == []
    database.write(table.insert().values(SEAT))
    assert len(list(database.read(select(table)))) == 1


def break_off_in_the_middle(database: Database) -> None:
    with database.transaction():
        database.connection.execute(schema.seat.insert().values(SEAT))
        raise KeyboardInterrupt


def test_what_goes_wrong_between_a_transactions_statements_leaves_nothing_either(database: Database) -> None:
    with pytest.raises(KeyboardInterrupt):
        break_off_in_the_middle(database)
    assert list(database.read(select(schema.seat))) == []


def test_each_error_says_what_where_and_what_to_do() -> None:
    for kind in StoreError.__subclasses__():
        error = kind("/var/lib/antrean/outlet.db", "disk I/O error")
        assert str(error) == f"{kind.what}: /var/lib/antrean/outlet.db: disk I/O error"
        assert error.remedy
