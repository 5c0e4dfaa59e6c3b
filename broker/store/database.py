"""The one connection to an outlet's database: opened alone, migrated, and made anew after a failed transaction.

Exactly one connection writes (SQLite's WAL can be damaged by two that write or checkpoint at the same moment).
It commits by itself but within `transaction`, whose cursor takes statements compiled once by `sql`.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import structlog
from sqlalchemy import Connection, Engine, Executable, create_engine, event, make_url
from sqlalchemy import Row as DatabaseRow
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import Select

from broker.store import integrity
from broker.store.errors import (
    DatabaseExistsError,
    DatabaseMissingError,
    DatabaseUnknownError,
    DatabaseUnreadableError,
    NotCommittedError,
)
from broker.store.lock import OWNER_ONLY, FileLock
from broker.store.migrate import migrate

log = structlog.get_logger(__name__)

READ_AT_ONCE = 1000

PRAGMAS = (
    "page_size=2048",
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=5000",
    "secure_delete=ON",
)
"""A commit writes whole pages, and ours touch few bytes of each: small pages make it a tenth faster.

What is deleted is overwritten: a note that was erased is to be nowhere in the file.
"""

Row = Mapping[str, object]
AnyRow = DatabaseRow[*tuple[Any, ...]]


class Cursor(Protocol):
    """What a transaction offers: the driver's own cursor, for statements made by `Database.sql`."""

    def execute(self, sql: str, parameters: Row = ...) -> object:
        """Run a statement once."""

    def executemany(self, sql: str, rows: Sequence[Row]) -> object:
        """Run a statement for each row."""


class Database:
    """An outlet's database, held alone. Made by `open` or `create`; closed by `close`."""

    def __init__(self, engine: Engine, lock: FileLock, where: str) -> None:
        self.where = where
        """The database, for messages to people."""
        self._engine = engine
        self._lock = lock
        self._driver_error: type[Exception] = engine.dialect.loaded_dbapi.Error
        self._connection = self._connect()

    @classmethod
    def open(cls, url: str) -> Self:
        """The outlet's database at `url`, brought to this version's tables.

        Raises one of this package's errors but NotCommittedError and DatabaseExistsError.
        """
        path = _file_of(url)
        if not path.exists():
            raise DatabaseMissingError(str(path))
        return cls._hold(url, path)

    @classmethod
    def create(cls, url: str) -> Self:
        """A new, empty database at `url`, readable by its owner only. Raises DatabaseExistsError too."""
        path = _file_of(url)
        try:
            path.touch(OWNER_ONLY, exist_ok=False)
        except FileExistsError as error:
            raise DatabaseExistsError(str(path)) from error
        except OSError as error:
            raise DatabaseUnreadableError(str(path), str(error)) from error
        return cls._hold(url, path)

    @classmethod
    def _hold(cls, url: str, path: Path) -> Self:
        try:
            lock = FileLock.take(path.with_name(path.name + ".lock"))
        except OSError as error:
            raise DatabaseUnreadableError(str(path), str(error)) from error
        was_closed = not integrity.log_of(path).exists()
        try:
            integrity.check_log(path)
            database = cls(_engine(url), lock, str(path))
        except BaseException:
            lock.release()
            raise
        try:
            integrity.check_pages(database.connection, path, was_closed=was_closed)
            database.settle()
            with database.transaction():
                migrate(database.connection, database.where)
        except NotCommittedError as error:
            database.close()
            raise DatabaseUnreadableError(error.where, error.detail) from error
        except BaseException:
            database.close()
            raise
        return database

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()
        self._engine.dispose()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def connection(self) -> Connection:
        """The present connection; not to be kept, a failed transaction replaces it."""
        return self._connection

    @contextmanager
    def transaction(self) -> Iterator[Cursor]:
        """All or nothing, durable at the end. Raises NotCommittedError, and then the connection is a new one."""
        cursor = self._connection.connection.cursor()
        try:
            cursor.execute("BEGIN IMMEDIATE" if self._engine.dialect.name == "sqlite" else "BEGIN")
            yield cursor
            cursor.execute("COMMIT")
        except BaseException as error:
            cursor.close()
            self._roll_back()
            self.reopen()
            if isinstance(error, self._driver_error | DBAPIError):
                raise NotCommittedError(self.where, _said(error)) from error
            raise
        cursor.close()

    def _roll_back(self) -> None:
        """End the transaction: a closed SQLite connection keeps its lock while a statement of it is unfinished."""
        try:
            self._connection.connection.rollback()
        except self._driver_error as error:
            log.warning("the failed transaction could not be rolled back", error=str(error))

    def write(self, *statements: Executable) -> None:
        """Run the statements in a transaction of their own."""
        with self.transaction():
            for statement in statements:
                self._connection.execute(statement)

    def scrub(self) -> None:
        """Let nothing of what has been deleted stay on disk: not in the log either. NotCommittedError: it may."""
        self._checkpoint("TRUNCATE")

    def settle(self) -> None:
        """Let whatever can be read stay for good: a killed broker or a failed commit may have left what was never
        synced, and SQLite takes it for committed. NotCommittedError: a power cut may still take it away.
        """
        self._checkpoint("PASSIVE")

    def _checkpoint(self, mode: str) -> None:
        if self._engine.dialect.name != "sqlite":
            return
        try:
            self._connection.exec_driver_sql(f"PRAGMA wal_checkpoint({mode})")
        except DBAPIError as error:
            raise NotCommittedError(self.where, _said(error)) from error

    def read(self, query: Select[*tuple[Any, ...]]) -> Iterator[AnyRow]:
        """The query's rows, fetched in portions. Raises DatabaseUnreadableError."""
        try:
            with self._connection.execute(query.execution_options(yield_per=READ_AT_ONCE)) as rows:
                yield from rows
        except DBAPIError as error:
            raise DatabaseUnreadableError(self.where, _said(error)) from error

    def fetch(self, sql: str, parameters: Row) -> tuple[Any, ...] | None:
        """One row by a compiled statement, or None. Raises DatabaseUnreadableError."""
        cursor = self._connection.connection.cursor()
        try:
            cursor.execute(sql, parameters)
            row: tuple[Any, ...] | None = cursor.fetchone()
        except self._driver_error as error:
            raise DatabaseUnreadableError(self.where, str(error)) from error
        return row

    def reopen(self) -> None:
        """Throw the connection away, with whatever it was in the middle of, and make a new one."""
        self._connection.invalidate()
        self._connection.close()
        self._connection = self._connect()

    def sql(self, statement: UpdateBase | Select[Any], columns: Sequence[str] = ()) -> str:
        """The statement in the driver's own language, with named parameters; `columns` are those it sets."""
        return str(statement.compile(dialect=self._engine.dialect, column_keys=list(columns)))

    def _connect(self) -> Connection:
        try:
            return self._engine.connect()
        except (
            SQLAlchemyError,
            UnicodeDecodeError,
        ) as error:  # a damaged file's own texts are quoted as they are
            raise DatabaseUnreadableError(self.where, _said(error)) from error


def _file_of(url: str) -> Path:
    """The SQLite file that the URL names; other engines come with their own way of being held alone."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseUnknownError(url) from error
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise DatabaseUnknownError(parsed.render_as_string(hide_password=True))
    return Path(parsed.database)


def _engine(url: str) -> Engine:
    engine = create_engine(
        url,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        paramstyle="named",
        hide_parameters=True,  # an error's text goes into logs, and what was to be stored may be a note
        connect_args={"check_same_thread": False},  # made by the composition, then owned by the loop's thread
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine


def _said(error: BaseException) -> str:
    return str(error.orig) if isinstance(error, DBAPIError) else str(error)
