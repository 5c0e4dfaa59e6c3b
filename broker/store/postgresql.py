"""An outlet's database on a PostgreSQL server: alone by an advisory lock of the very session that writes.

The server makes the database and keeps its disk; ours is what a session can see to. The lock falls with the session:
so a connection is never made anew without taking it again, and then the old session has ended, its last commit decided.
"""

import hashlib
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast
from urllib.parse import unquote

import psycopg
from psycopg.errors import LockNotAvailable
from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from broker.store.driver import said
from broker.store.errors import (
    DatabaseAwayError,
    DatabaseInUseError,
    DatabaseUnsuitableError,
    NotCommittedError,
)
from broker.store.patience import UNHURRIED_SECONDS, Session

LOCK = int.from_bytes(hashlib.blake2b(b"antrean", digest_size=8).digest(), signed=True)
"""Advisory locks are a database's own: an outlet has one to itself."""

NOTICED = {
    "connect_timeout": 2,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""How soon we notice that the server's machine is gone, in seconds and, the last, milliseconds; a URL may say other."""

SESSION = """
SET lock_timeout = '2s';
SET tcp_keepalives_idle = 5;
SET tcp_keepalives_interval = 2;
SET tcp_keepalives_count = 3;
SET tcp_user_timeout = '10s';
SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') <> 'remote_apply'
"""
"""Durable at each commit whatever the server's default. The server notices as soon as we do when our machine is gone:
else another could not take the outlet over for hours. Nothing waits longer for a lock than screens wait for the broker.
"""

ITSELF = "SELECT pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()"

END = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = %(pid)s AND backend_start = %(since)s"
)

HOLDER = """
SELECT pid, backend_start, concat_ws(', ', nullif(application_name, ''), host(client_addr), 'session ' || pid)
FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND (classid::bigint << 32 | objid::bigint) = %(lock)s
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""

OTHERS_AT_WORK = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()
"""

DEMANDS = """
SELECT 'fsync is off' WHERE current_setting('fsync') <> 'on' UNION ALL
SELECT 'full_page_writes is off' WHERE current_setting('full_page_writes') <> 'on' UNION ALL
SELECT 'its encoding is not UTF8' WHERE current_setting('server_encoding') <> 'UTF8' UNION ALL
SELECT 'its order of texts is not C' WHERE 'a' < 'B'
"""
"""What it must have to keep what it has acknowledged, and to compare ids as we do. (An order by a language's rules also
changes with the system's libraries, and leaves indexes wrong.)"""


class PostgresqlPlace:
    """A database of a server, made by its administrator."""

    begin = "BEGIN"

    def __init__(self, url: URL) -> None:
        self.where = _shown(url)
        self.engine = _engine(url.set(drivername="postgresql+psycopg"))
        self._session: dict[str, object] | None = None

    def find(self) -> None:
        """Connecting tells whether it is there."""

    def make(self) -> None:
        """The administrator has."""

    def connect(self) -> Connection:
        """A session that holds the lock; the one before it is ended where the server has not noticed its end."""
        try:
            connection = self.engine.connect()
        except SQLAlchemyError as error:
            raise DatabaseAwayError(self.where, said(error)) from error
        try:
            self._hold(connection)
        except DBAPIError as error:
            connection.close()
            raise DatabaseAwayError(self.where, said(error)) from error
        except BaseException:
            connection.close()
            raise
        return connection

    def _hold(self, connection: Connection) -> None:
        pid, since = connection.exec_driver_sql(ITSELF).one()
        if not connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({LOCK})").scalar_one():
            if self._session is not None:
                connection.exec_driver_sql(END, self._session)
            self._await_lock(connection)
        self._session = {"pid": pid, "since": since}

    def _await_lock(self, connection: Connection) -> None:
        """A killed broker's session ends a moment after it; ours not while the server's process for it hangs."""
        try:
            connection.exec_driver_sql(f"SELECT pg_advisory_lock({LOCK})")
        except DBAPIError as error:
            if not isinstance(error.orig, LockNotAvailable):
                raise
            pid, since, told = connection.exec_driver_sql(HOLDER, {"lock": LOCK}).first() or (None, None, "")
            if self._session == {"pid": pid, "since": since}:
                raise DatabaseAwayError(self.where, "our last session does not end") from error
            raise DatabaseInUseError(self.where, told) from error

    def check(self, connection: Connection) -> None:
        """Whether the server keeps what it says it keeps. Its own checksums are what guards its pages."""
        found = connection.exec_driver_sql(DEMANDS).scalars().all()
        if found:
            raise DatabaseUnsuitableError(self.where, ", ".join(found))

    def settle(self, connection: Connection) -> None:
        """What a session can read of others has been synced before: PostgreSQL shows no commit earlier."""

    def scrub(self, connection: Connection) -> bool:
        """Notes are written anew to another file. The server's log keeps their text until it is used again, archives
        and copies of the server longer. Whoever reads may still see what has been deleted, and it would be kept.
        """
        try:
            if connection.exec_driver_sql(OTHERS_AT_WORK).scalar_one():
                return False
            connection.exec_driver_sql("VACUUM (FULL, SKIP_LOCKED) note, clerk_profile")
        except DBAPIError as error:
            raise NotCommittedError(self.where, said(error)) from error
        return True

    def let_go(self) -> None:
        """The lock has gone with the session."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A session of its own, with one snapshot of everything."""
        try:
            connection = self.engine.connect()
        except SQLAlchemyError as error:
            raise DatabaseAwayError(self.where, said(error)) from error
        with (
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True),
            self.unhurried(connection),
        ):
            yield connection

    @contextmanager
    def unhurried(self, connection: Connection) -> Iterator[None]:
        """The session has more patience for a while."""
        session = cast(Session, connection.connection.dbapi_connection)
        before, session.patience_seconds = session.patience_seconds, UNHURRIED_SECONDS
        try:
            yield
        finally:
            session.patience_seconds = before

    def is_away(self, error: BaseException) -> bool:
        """The server has gone, restarts, is full, or lets us wait for a lock."""
        return isinstance(error, psycopg.OperationalError)

    def is_nonsense(self, error: BaseException) -> bool:
        """The driver itself refuses a text with a NUL in it: the server has said nothing."""
        return isinstance(error, psycopg.DataError) and error.sqlstate is None


def _engine(url: URL) -> Engine:
    noticed: dict[str, Any] = {name: value for name, value in NOTICED.items() if name not in url.query}
    engine = create_engine(
        url,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,  # an error's text goes into logs, and what was to be stored may be a note
        use_native_hstore=False,
        connect_args={
            "application_name": f"antrean, {socket.gethostname()}, process {os.getpid()}",
            "client_encoding": "utf8",  # else a server without an encoding answers in bytes
        }
        | noticed,
    )

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: Dialect, _record: object, _named: list[str], wanted: dict[str, Any]) -> Session:
        return Session.connect(**wanted)

    @event.listens_for(engine, "connect")
    def _set_up(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute(SESSION)
        cursor.close()

    return engine


def _shown(url: URL) -> str:
    """Without its password, wherever in the URL it stands."""
    reached = {name: value for name, value in url.query.items() if name in ("host", "port")}
    shown = URL.create("postgresql", url.username, None, url.host, url.port, url.database, reached)
    return unquote(shown.render_as_string())
