"""An outlet's database as an SQLite file: alone by a lock beside it, durable by WAL with synchronous=FULL."""

import errno
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from broker.store import integrity
from broker.store.driver import said
from broker.store.errors import (
    DatabaseExistsError,
    DatabaseMissingError,
    DatabaseReadOnlyError,
    DatabaseUnreadableError,
    NotCommittedError,
    StoreError,
)
from broker.store.lock import OWNER_ONLY, FileLock

BUSY_MS = 5000
REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS)

PRAGMAS = (
    "page_size=2048",
    "journal_mode=WAL",
    "synchronous=FULL",
    f"busy_timeout={BUSY_MS}",
    "secure_delete=ON",
)
"""A commit writes whole pages, and ours touch few bytes of each: small pages make it a tenth faster.

What is deleted is overwritten: a note that was erased is to be nowhere in the file.
"""


class SqlitePlace:
    """A file on this machine."""

    begin = "BEGIN IMMEDIATE"

    def __init__(self, url: URL) -> None:
        self._file = Path(url.database or "")
        self.where = str(self._file)
        self.engine = _engine(url)
        self._lock: FileLock | None = None
        self._was_closed = False

    def find(self) -> None:
        """Hold the file, whose log is whole, and which can be written."""
        try:
            if not self._file.exists():
                raise DatabaseMissingError(self.where)
            for file in (
                self._file,
                integrity.log_of(self._file),
                self._file.with_name(self._file.name + "-shm"),
            ):
                if file.exists() and not os.access(file, os.W_OK):
                    raise DatabaseReadOnlyError(str(file))
        except OSError as error:
            raise self._closed_to_us(error) from error
        self._hold()

    def make(self) -> None:
        """Hold a new file that only its owner can read."""
        try:
            self._file.touch(OWNER_ONLY, exist_ok=False)
        except FileExistsError as error:
            raise DatabaseExistsError(self.where) from error
        except OSError as error:
            raise self._closed_to_us(error) from error
        self._hold()

    def _hold(self) -> None:
        try:
            self._lock = FileLock.take(self._file.with_name(self._file.name + ".lock"))
        except OSError as error:
            raise self._closed_to_us(error) from error
        self._was_closed = not integrity.log_of(self._file).exists()
        try:
            integrity.check_log(self._file)
        except BaseException:
            self.let_go()
            raise

    def _closed_to_us(self, error: OSError) -> StoreError:
        """What a file or folder that can't be used means."""
        kind = DatabaseReadOnlyError if error.errno in REFUSED else DatabaseUnreadableError
        return kind(self.where, str(error))

    def connect(self) -> Connection:
        """A connection; the lock stays what it was."""
        try:
            return self.engine.connect()
        except (SQLAlchemyError, UnicodeDecodeError) as error:  # SQLite quotes a damaged file's own texts
            raise DatabaseUnreadableError(self.where, said(error)) from error

    def check(self, connection: Connection) -> None:
        """Read the pages through."""
        integrity.check_pages(connection, self._file, was_closed=self._was_closed)

    def settle(self, connection: Connection) -> None:
        """A killed broker or a failed commit may have left what was never synced, and SQLite takes it for committed."""
        self._pragma(connection, "wal_checkpoint(PASSIVE)")

    def scrub(self, connection: Connection) -> bool:
        """The pages are overwritten already; the log is emptied, unless somebody reads in it, who is not waited for."""
        self._pragma(connection, "busy_timeout=0")
        is_busy = self._pragma(connection, "wal_checkpoint(TRUNCATE)")
        self._pragma(connection, f"busy_timeout={BUSY_MS}")
        return not is_busy

    def _pragma(self, connection: Connection, pragma: str) -> int:
        """The first figure that it answers."""
        try:
            return int(connection.exec_driver_sql(f"PRAGMA {pragma}").one()[0])
        except DBAPIError as error:
            raise NotCommittedError(self.where, said(error)) from error

    def unhurried(self, _connection: Connection) -> AbstractContextManager[None]:
        """A file takes the time that it takes."""
        return nullcontext()

    def let_go(self) -> None:
        """Give the lock up."""
        self.engine.dispose()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Within one read transaction, beside the broker's own connection."""
        if not self._file.is_file():
            raise DatabaseMissingError(self.where)
        engine = create_engine(
            f"sqlite:///file:{self._file}?mode=ro&uri=true",
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,
        )
        try:
            with engine.connect() as connection:
                connection.exec_driver_sql("BEGIN")
                yield connection
        finally:
            engine.dispose()

    def is_away(self, _error: BaseException) -> bool:
        """A file is never away: what can't be read is damage, or a broken disk."""
        return False

    def is_nonsense(self, _error: BaseException) -> bool:
        """A file is asked for anything."""
        return False


def _engine(url: URL) -> Engine:
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
