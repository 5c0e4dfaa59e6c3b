"""A database of an earlier release: brought to this one's tables with all that it held."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, insert, select, text

from broker.store import schema
from broker.store.database import Database

FIRST_RELEASE = "0001"

OLD_TICKET = {
    "id": "20260714-A001",
    "day": "2026-07-14",
    "letter": "A",
    "number": 1,
    "copy": 0,
    "queue": "A",
    "status": "called",
    "channel": "walk-in",
    "language": "id",
    "device": "kiosk-1",
    "clerk": "sri",
    "issued_at": 1,
    "start_unknown": False,
    "unfinished": False,
}
OLD_APPLICATION = {
    "id": "31.74.01.1001-20260714-0001",
    "service": "IUMK",
    "status": "in-process",
    "accepted_at": 2,
    "accepted_by": "sri",
    "overdue": False,
}


def of_first_release(path: Path) -> None:
    """A database as the first release left it: a number out, a file in the office."""
    engine = create_engine(f"sqlite:///{path}")
    config = Config()
    config.set_main_option("script_location", "broker.store:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, FIRST_RELEASE)
        for table, row in ((schema.ticket, OLD_TICKET), (schema.application, OLD_APPLICATION)):
            columns, values = ", ".join(f'"{name}"' for name in row), ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO {table.name} ({columns}) VALUES ({values})"), row)
    engine.dispose()


def test_rows_of_the_first_release_get_the_new_columns_defaults(url: str, tmp_path: Path) -> None:
    of_first_release(tmp_path / "outlet.db")
    with Database.open(url) as database:
        (ticket,) = database.read(select(schema.ticket))
        (application,) = database.read(select(schema.application))
    assert (ticket.id, ticket.status, ticket.clerk) == ("20260714-A001", "called", "sri")
    assert (ticket.handed_in, ticket.appointment, ticket.because) == (False, None, None)
    assert (application.status, application.failed_deliveries, application.stage) == ("in-process", 0, None)


def test_a_migrated_database_takes_what_this_release_writes(url: str, tmp_path: Path) -> None:
    of_first_release(tmp_path / "outlet.db")
    with Database.open(url) as database:
        row = {"id": "n", "text": "…", "clerk": "sri", "at": 1}
        database.write(insert(schema.note).values(row))
        assert len(list(database.read(select(schema.note)))) == 1
    Database.open(url).close()
