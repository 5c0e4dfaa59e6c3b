"""A copy of an outlet's database as one file, made while the broker works, and the way back.

The copy is an SQLite file of the same tables whatever engine the outlet has. Secret keys are not in it: `sealed.py`
keeps those apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum, auto
from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Table, delete, insert, inspect, select
from sqlalchemy.exc import DBAPIError

from broker.domain.values import Instant
from broker.store import integrity, schema
from broker.store.database import Database
from broker.store.driver import said
from broker.store.epochs import Epochs
from broker.store.errors import (
    BackupUnderWayError,
    BackupUnreadableError,
    DatabaseDamagedError,
    DatabaseExistsError,
    DatabaseInUseError,
    DatabaseUnreadableError,
)
from broker.store.lock import FileLock
from broker.store.place import Place, place_of
from broker.store.registry import Purpose, Registry, SigningKey
from broker.store.verify import verify

ROWS_AT_ONCE = 1000

UNFINISHED = "unfinished"
"""What a copy is called that is not known to be whole."""

NOT_COPIED = (schema.signing_key, schema.session)
"""Keys are kept apart; whoever was signed in signs in again."""

COPIED = tuple(table for table in schema.metadata.sorted_tables if table not in NOT_COPIED)


class Work(Enum):
    """What is being done."""

    COPYING = auto()
    VERIFYING = auto()


class Progress(Struct, frozen=True):
    """How far it is."""

    work: Work
    done: int
    """Events."""
    events: int
    """All of them."""


def back_up(url: str, target: Path) -> Iterator[Progress]:
    """Copy the outlet's database at `url` to a new file, as it is at one moment; tells how far it is.

    Reads over a connection of its own that writes nothing, so the broker goes on meanwhile. The copy has its name when
    it is known to be whole. Raises DatabaseDamagedError where the outlet's database isn't, DatabaseMissingError,
    DatabaseAwayError, DatabaseUnreadableError, DatabaseExistsError, BackupUnderWayError and NotCommittedError; nothing
    is left then.
    """
    if target.exists():
        raise DatabaseExistsError(str(target))
    unfinished = target.with_name(UNFINISHED)
    with _alone(unfinished):
        try:
            yield from _copied(place_of(url), unfinished)
            unfinished.rename(target)
        finally:
            _remove(unfinished)


def restore(
    backup: Path, url: str, keys: Mapping[Purpose, Sequence[SigningKey]], at: Instant
) -> Iterator[Progress]:
    """Make a new database at `url` of a backup; tells how far it is.

    Its history is in doubt: a broker that opens it serves nobody until an operator has confirmed it. Raises
    BackupUnreadableError and what making a database raises.
    """
    if not backup.is_file():
        raise BackupUnreadableError(str(backup))
    try:
        place = place_of(f"sqlite:///{backup}")
        with place.reading() as source:
            _check(source, backup)
        with Database.create(url) as database:
            with place.reading() as source:
                events = _newest_event(source)
                yield from _transfer(source, database, events)
            yield from _verified(database, events)
            registry = Registry(database)
            for purpose, several in keys.items():
                for each in several:
                    registry.add_signing_key(purpose, each.key, at)
            Epochs(database).doubt()
    except DatabaseDamagedError as error:
        raise BackupUnreadableError(str(backup), error.detail) from error
    except DBAPIError as error:
        raise BackupUnreadableError(str(backup), said(error)) from error


def _copied(place: Place, unfinished: Path) -> Iterator[Progress]:
    try:
        with Database.create(f"sqlite:///{unfinished}") as copy:
            with place.reading() as source:
                events = _newest_event(source)
                yield from _transfer(source, copy, events)
            integrity.check_pages(copy.connection, unfinished, was_closed=False)
            try:
                yield from _verified(copy, events)
            except (DatabaseDamagedError, DatabaseUnreadableError) as error:  # row by row it is what was read
                raise type(error)(place.where, error.detail) from error
    except DBAPIError as error:
        raise DatabaseUnreadableError(place.where, said(error)) from error


def _verified(database: Database, events: int) -> Iterator[Progress]:
    """The reading is over by then: a broker's log can't be emptied while somebody reads in it."""
    with database.unhurried():
        for done in verify(database):
            yield Progress(Work.VERIFYING, done, events)


@contextmanager
def _alone(unfinished: Path) -> Iterator[None]:
    """In its folder, where a backup that was killed may have left something."""
    try:
        lock = FileLock.take(unfinished.with_name(f"{UNFINISHED}.backup"))
    except DatabaseInUseError as error:
        raise BackupUnderWayError(str(unfinished.parent), error.detail) from error
    try:
        _remove(unfinished)
        yield
    finally:
        lock.release()


def _remove(unfinished: Path) -> None:
    for tail in ("", "-wal", "-shm"):
        unfinished.with_name(unfinished.name + tail).unlink(missing_ok=True)


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


def _transfer(source: Connection, target: Database, events: int) -> Iterator[Progress]:
    """All rows, in one transaction at the target."""
    with target.unhurried(), target.transaction():
        done = 0
        for table in COPIED:
            for rows in _portions(source, table):
                target.connection.execute(insert(table), rows)
                if table is schema.journal:
                    done += len(rows)
                    yield Progress(Work.COPYING, done, events)


def _newest_event(source: Connection) -> int:
    newest = select(schema.journal.c.seq).order_by(schema.journal.c.seq.desc()).limit(1)
    return int(source.execute(newest).scalar() or 0)


def _portions(source: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    query = select(table).execution_options(yield_per=ROWS_AT_ONCE)
    for some in source.execute(query).mappings().partitions(ROWS_AT_ONCE):
        yield [dict(row) for row in some]
