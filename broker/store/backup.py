"""A copy of an outlet's database as one file, made while the broker works, and the way back.

The copy is an SQLite file of the same tables whatever engine the outlet has. Secret keys are not in it: `sealed.py`
keeps those apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, inspect, select
from sqlalchemy.exc import DBAPIError

from broker.domain.values import Instant
from broker.store import schema
from broker.store.database import Database
from broker.store.driver import said
from broker.store.epochs import Epochs
from broker.store.errors import BackupUnreadableError, DatabaseUnreadableError
from broker.store.place import place_of
from broker.store.registry import Purpose, Registry, SigningKey

ROWS_AT_ONCE = 1000

NOT_COPIED = (schema.signing_key, schema.session)
"""Keys are kept apart; whoever was signed in signs in again."""

COPIED = tuple(table for table in schema.metadata.sorted_tables if table not in NOT_COPIED)


def back_up(url: str, target: Path) -> int:
    """Copy the outlet's database at `url` to a new file, as it is at one moment; how many events are in it.

    Reads over a connection of its own that writes nothing, so the broker goes on meanwhile. Raises
    DatabaseMissingError, DatabaseAwayError, DatabaseUnreadableError, DatabaseExistsError and NotCommittedError; nothing
    is left then.
    """
    place = place_of(url)
    try:
        with place.reading() as source, Database.create(f"sqlite:///{target}") as copy:
            _transfer(source, copy)
            return _newest_event(source)
    except DBAPIError as error:
        target.unlink(missing_ok=True)
        raise DatabaseUnreadableError(place.where, said(error)) from error


def restore(backup: Path, url: str, keys: Mapping[Purpose, Sequence[SigningKey]], at: Instant) -> int:
    """Make a new database at `url` of a backup; how many events are in it.

    Its history is in doubt: a broker that opens it serves nobody until an operator has confirmed it. Raises
    BackupUnreadableError and what making a database raises.
    """
    if not backup.is_file():
        raise BackupUnreadableError(str(backup))
    try:
        with place_of(f"sqlite:///{backup}").reading() as source:
            _check(source, backup)
            with Database.create(url) as database:
                _transfer(source, database)
                registry = Registry(database)
                for purpose, several in keys.items():
                    for each in several:
                        registry.add_signing_key(purpose, each.key, at)
                Epochs(database).doubt()
                return _newest_event(source)
    except DBAPIError as error:
        raise BackupUnreadableError(str(backup), said(error)) from error


def _check(source: Connection, backup: Path) -> None:
    """Nothing is made of a backup that is damaged, or of an older version's: that one has other tables."""
    found = source.exec_driver_sql("PRAGMA integrity_check").scalar()
    if found != "ok":
        raise BackupUnreadableError(str(backup), str(found))
    tables = inspect(source)
    for table in COPIED:
        columns = (
            {each["name"] for each in tables.get_columns(table.name)}
            if tables.has_table(table.name)
            else set()
        )
        if not {column.name for column in table.columns} <= columns:
            raise BackupUnreadableError(str(backup), f"table {table.name}")


def signing_keys(url: str) -> dict[Purpose, tuple[SigningKey, ...]]:
    """The broker's signing keys, read while it works."""
    table = schema.signing_key
    with place_of(url).reading() as source:
        rows = source.execute(select(table.c.purpose, table.c.number, table.c.key).order_by(table.c.number))
        found = [(Purpose(purpose), SigningKey(number, key)) for purpose, number, key in rows]
    return {purpose: tuple(key for each, key in found if each is purpose) for purpose in Purpose}


def erase_again(database: Database, erased: Sequence[str]) -> None:
    """Notes that were erased after the backup was made stay erased."""
    database.write(delete(schema.note).where(schema.note.c.id.in_(erased)))
    database.scrub()


def erased_notes(database: Database) -> tuple[str, ...]:
    """The notes that the erasure log of a database names."""
    table = schema.erasure
    return tuple(row.erased for row in database.read(select(table.c.erased)))


def _transfer(source: Connection, target: Database) -> None:
    """All rows, in one transaction at the target."""
    with target.transaction():
        for table in COPIED:
            for rows in _portions(source, table):
                target.connection.execute(insert(table), rows)


def _newest_event(source: Connection) -> int:
    newest = select(schema.journal.c.seq).order_by(schema.journal.c.seq.desc()).limit(1)
    return int(source.execute(newest).scalar() or 0)


def _portions(source: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    query = select(table).execution_options(yield_per=ROWS_AT_ONCE)
    for some in source.execute(query).mappings().partitions(ROWS_AT_ONCE):
        yield [dict(row) for row in some]
