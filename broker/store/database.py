"""The one connection to an outlet's database: opened alone, migrated, and made anew after a failed transaction.

Exactly one connection writes (SQLite's WAL can be damaged by two that write or checkpoint at the same moment).
It commits by itself but within `transaction`, whose cursor takes statements compiled once by `sql`. What differs from
engine to engine is its place's.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import Any, Protocol, Self

import structlog
from sqlalchemy import Connection, Executable, inspect
from sqlalchemy import Row as DatabaseRow
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import Select

from broker.store.driver import drivers_own, said
from broker.store.errors import (
    DatabaseAwayError,
    DatabaseExistsError,
    DatabaseMissingError,
    DatabaseUnreadableError,
    NotCommittedError,
    StorageFailedError,
    StoreError,
)
from broker.store.migrate import VERSION_TABLE, migrate
from broker.store.place import Place, place_of

log = structlog.get_logger(__name__)

SCRUBBED_AGAIN_SECONDS = 2.0

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

    def __init__(self, place: Place) -> None:
        """`place` is held already, and let go by `close`."""
        self.where = place.where
        """The database, for messages to people."""
        self._place = place
        self._dialect = place.engine.dialect
        self._driver_error: type[Exception] = self._dialect.loaded_dbapi.Error
        self._storages_error: type[Exception] = self._dialect.loaded_dbapi.OperationalError
        self._connection: Connection | None = None
        self.is_scrubbed = False
        """Whether nothing of what has been deleted is left on disk. Whoever had it before may have been killed."""
        self._scrub_at = time.monotonic()

    @classmethod
    def open(cls, url: str) -> Self:
        """The outlet's database at `url`, brought to this version's tables.

        Raises one of this package's errors but NotCommittedError and DatabaseExistsError.
        """
        place = place_of(url)
        place.find()
        with cls(place)._coming_up() as database:
            if not database._has_tables():
                raise DatabaseMissingError(database.where)
            database._migrate()
        return database

    @classmethod
    def create(cls, url: str) -> Self:
        """A new, empty database at `url`: a file, readable by its owner only, or a server's that has no tables yet.

        Raises DatabaseExistsError too.
        """
        place = place_of(url)
        place.make()
        with cls(place)._coming_up() as database:
            if database._has_tables():
                raise DatabaseExistsError(database.where)
            database._migrate()
        return database

    @contextmanager
    def _coming_up(self) -> Iterator[Self]:
        """Connected and checked; closed again when anything is wrong."""
        try:
            self._place.check(self.connection)
            yield self
        except NotCommittedError as error:
            self.close()
            raise DatabaseUnreadableError(error.where, error.detail) from error
        except DBAPIError as error:
            self.close()
            raise self._unread(error) from error
        except BaseException:
            self.close()
            raise

    def _has_tables(self) -> bool:
        return inspect(self.connection).has_table(VERSION_TABLE)

    def _migrate(self) -> None:
        self.settle()
        with self.unhurried(), self.transaction():
            migrate(self.connection, self.where)

    def close(self) -> None:
        """Let go of the database."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._place.let_go()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def connection(self) -> Connection:
        """The present connection; not to be kept, after a failure it is another one.

        Raises DatabaseAwayError, and DatabaseInUseError where another broker has come meanwhile.
        """
        if self._connection is None:
            self._connection = self._place.connect()
        return self._connection

    @contextmanager
    def transaction(self) -> Iterator[Cursor]:
        """All or nothing, durable at the end. Raises NotCommittedError, and then the next connection is a new one."""
        try:
            connection = self.connection
        except DatabaseAwayError as error:
            raise StorageFailedError(error.where, error.detail) from error
        cursor = connection.connection.cursor()
        try:
            cursor.execute(self._place.begin)
            yield cursor
            cursor.execute("COMMIT")
        except BaseException as error:
            cursor.close()
            self._roll_back(connection)
            self.reopen()
            if isinstance(drivers_own(error), self._storages_error):
                raise StorageFailedError(self.where, said(error)) from error
            if isinstance(error, self._driver_error | DBAPIError):
                raise NotCommittedError(self.where, said(error)) from error
            raise
        cursor.close()

    def _roll_back(self, connection: Connection) -> None:
        """End the transaction: a closed SQLite connection keeps its lock while a statement of it is unfinished."""
        try:
            connection.connection.rollback()
        except (self._driver_error, SQLAlchemyError) as error:
            log.warning("the failed transaction could not be rolled back", error=said(error))

    def write(self, *statements: Executable) -> None:
        """Run the statements in a transaction of their own."""
        with self.transaction():
            for statement in statements:
                self.connection.execute(statement)

    def scrub(self) -> None:
        """Let nothing of what has been deleted stay on disk. While somebody else is reading, `scrub_if_due` does it.

        Raises NotCommittedError, DatabaseAwayError, and then that does it too.
        """
        self.is_scrubbed = False
        self._scrub_at = time.monotonic() + SCRUBBED_AGAIN_SECONDS
        try:
            self.is_scrubbed = self._place.scrub(self.connection)
        except NotCommittedError:
            self.reopen()
            raise

    def scrub_if_due(self) -> None:
        """Once more what `scrub` could not do a moment ago. To be called often, when everybody is answered."""
        if self.is_scrubbed or time.monotonic() < self._scrub_at:
            return
        try:
            self.scrub()
        except StoreError as error:
            log.error("something that was erased may still be on disk", error=str(error))

    def unhurried(self) -> AbstractContextManager[None]:
        """While this lasts, the database is given the time that much work takes, and not what a device waits."""
        return self._place.unhurried(self.connection)

    def settle(self) -> None:
        """Let whatever can be read stay for good. NotCommittedError: a power cut may still take it away."""
        self._place.settle(self.connection)

    def read(self, query: Select[*tuple[Any, ...]]) -> Iterator[AnyRow]:
        """The query's rows; none where it names a text that can't be stored. Raises DatabaseUnreadableError,
        DatabaseAwayError.
        """
        try:
            with self.connection.execute(query) as rows:
                yield from rows
        except (DBAPIError, UnicodeEncodeError) as error:
            self._raise_unless_nonsense(error)

    def fetch(self, sql: str, parameters: Row) -> tuple[Any, ...] | None:
        """One row by a compiled statement, or None. Otherwise as `read`."""
        cursor = self.connection.connection.cursor()
        try:
            cursor.execute(sql, parameters)
            row: tuple[Any, ...] | None = cursor.fetchone()
        except (self._driver_error, UnicodeEncodeError) as error:
            self._raise_unless_nonsense(error)
            return None
        return row

    def _raise_unless_nonsense(self, error: BaseException) -> None:
        """What a failed reading means: nothing where it names what is no text, or none that the engine has."""
        if not isinstance(error, UnicodeEncodeError) and not self._place.is_nonsense(drivers_own(error)):
            raise self._unread(error) from error

    def _unread(self, error: BaseException) -> StoreError:
        """What a failed reading means."""
        if not self._place.is_away(drivers_own(error)):
            return DatabaseUnreadableError(self.where, said(error))
        self.reopen()
        return DatabaseAwayError(self.where, said(error))

    def reopen(self) -> None:
        """Throw the connection away, with whatever it was in the middle of; what comes next makes a new one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()

    def sql(self, statement: UpdateBase | Select[Any], columns: Sequence[str] = ()) -> str:
        """The statement in the driver's own language, with named parameters; `columns` are those it sets."""
        return str(statement.compile(dialect=self._dialect, column_keys=list(columns)))
