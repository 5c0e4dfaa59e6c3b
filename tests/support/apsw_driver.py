"""Python's `sqlite3` again, over apsw: the product's store unchanged on top of a file system made of Python.

As much of the DB-API as SQLAlchemy's own SQLite dialect and the store ask for. Importing this module teaches
SQLAlchemy the URLs that begin with ``sqlite+disk://``; the file system is the one that `Disk` has registered.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import apsw
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from tests.support.disk import VFS_NAME

Binary = memoryview
apilevel, threadsafety, paramstyle = "2.0", 1, "qmark"
sqlite_version = apsw.sqlite_lib_version()
sqlite_version_info = tuple(int(part) for part in sqlite_version.split("."))


class Error(Exception):
    """The root, as in PEP 249."""


class DatabaseError(Error): ...


class OperationalError(DatabaseError): ...


class IntegrityError(DatabaseError): ...


class InternalError(DatabaseError): ...


class ProgrammingError(DatabaseError): ...


class DataError(DatabaseError): ...


class NotSupportedError(DatabaseError): ...


class InterfaceError(Error): ...


OF_APSW: tuple[tuple[type[Exception], type[Error]], ...] = (
    (apsw.ConstraintError, IntegrityError),
    (apsw.CorruptError, DatabaseError),
    (apsw.NotADBError, DatabaseError),
    (apsw.MisuseError, ProgrammingError),
    (apsw.ConnectionClosedError, ProgrammingError),
    (apsw.CursorClosedError, ProgrammingError),
    (apsw.Error, OperationalError),
)
"""sqlite3's class for each of apsw's, the first that fits."""


@contextmanager
def as_sqlite3_says() -> Iterator[None]:
    try:
        yield
    except apsw.Error as error:
        kind = next(ours for theirs, ours in OF_APSW if isinstance(error, theirs))
        raise kind(str(error)) from error


class Cursor:
    """One statement at a time; sqlite3's own begins transactions by itself, the store has that switched off."""

    arraysize = 1

    def __init__(self, cursor: apsw.Cursor) -> None:
        self._cursor = cursor
        self._cursor.exec_trace = (
            self._begins
        )  # later, without a row, apsw does not tell the columns any more
        self._rows: list[tuple[Any, ...]] = []
        self.description: Sequence[Any] | None = None
        self.lastrowid: int | None = None
        self.rowcount = -1

    def _begins(self, cursor: apsw.Cursor, _sql: str, _parameters: Any) -> bool:
        self.description = [(name, *[None] * 6) for name, _ in cursor.get_description()] or None
        return True

    def execute(self, sql: str, parameters: Any = ()) -> "Cursor":
        with as_sqlite3_says():
            connection = self._cursor.get_connection()
            before = connection.total_changes()
            self._rows = list(self._cursor.execute(sql, parameters))[::-1]
            self.rowcount = -1 if self.description else connection.total_changes() - before
            self.lastrowid = connection.last_insert_rowid()
        return self

    def executemany(self, sql: str, rows: Iterable[Any]) -> "Cursor":
        with as_sqlite3_says():
            self._cursor.executemany(sql, list(rows))
            self._rows, self.rowcount = [], -1
        return self

    def fetchone(self) -> tuple[Any, ...] | None:
        return self._rows.pop() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[tuple[Any, ...]]:
        return [self._rows.pop() for _ in range(min(size or self.arraysize, len(self._rows)))]

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self.fetchmany(len(self._rows)) if self._rows else []

    def close(self) -> None:
        self._cursor.close()


class Connection:
    """An apsw connection that never begins a transaction by itself."""

    isolation_level: str | None = None

    def __init__(self, file: str) -> None:
        with as_sqlite3_says():
            self._connection = apsw.Connection(file, vfs=VFS_NAME)

    def cursor(self) -> Cursor:
        with as_sqlite3_says():
            return Cursor(self._connection.cursor())

    def create_function(self, name: str, arguments: int, function: Callable[..., Any], **_: Any) -> None:
        self._connection.create_scalar_function(name, function, arguments)

    def commit(self) -> None:
        if self._connection.in_transaction:
            self.cursor().execute("COMMIT")

    def rollback(self) -> None:
        if self._connection.in_transaction:
            self.cursor().execute("ROLLBACK")

    def close(self) -> None:
        """SQLite itself closes without a word about a last checkpoint that failed; apsw raises what its disk raised."""
        with suppress(apsw.Error):
            self._connection.close()


def connect(file: str, **_options: Mapping[str, Any]) -> Connection:
    return Connection(file)


class Dialect(SQLiteDialect_pysqlite):
    """SQLAlchemy's own, with this module in the place of sqlite3."""

    driver = "disk"
    supports_statement_cache = True

    @classmethod
    def import_dbapi(cls) -> Any:
        from tests.support import apsw_driver

        return apsw_driver


registry.register("sqlite.disk", __name__, "Dialect")


def url_in(folder: Path) -> str:
    """The outlet's database in the folder, over the disk in use."""
    return f"sqlite+disk:///{folder / 'outlet.db'}"
