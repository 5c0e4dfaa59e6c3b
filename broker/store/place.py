"""What a database's engine decides: where it is, how it is held alone, set up, checked, cleaned and copied.

`sqlite` and `postgresql` are the two; nothing else of the store asks which one it has.
"""

from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError

from broker.store.errors import DatabaseUnknownError
from broker.store.postgresql import PostgresqlPlace
from broker.store.sqlite import SqlitePlace


class Place(Protocol):
    """Where one outlet's database is. Errors are this package's."""

    where: str
    """For messages to people."""
    begin: str
    """The statement that begins a transaction that writes."""
    engine: Engine

    def find(self) -> None:
        """Hold the database that is there, until `let_go`."""

    def make(self) -> None:
        """Hold a new, empty one, until `let_go`."""

    def connect(self) -> Connection:
        """The one connection that writes, in place of whatever was connected before; it commits by itself."""

    def check(self, connection: Connection) -> None:
        """Whether what is stored can be trusted, and what will be stored is kept; before anything is written."""

    def settle(self, connection: Connection) -> None:
        """Let whatever can be read stay for good."""

    def scrub(self, connection: Connection) -> bool:
        """Let nothing of the notes that have been deleted stay on disk. False: something may, as others are reading;
        nobody is waited for.
        """

    def unhurried(self, connection: Connection) -> AbstractContextManager[None]:
        """While this lasts, a server is given the time that much work takes, and not what a device waits."""

    def let_go(self) -> None:
        """Let others have it."""

    def reading(self) -> AbstractContextManager[Connection]:
        """Another connection, that reads everything as it was at one moment, and writes nothing."""

    def is_away(self, error: BaseException, /) -> bool:
        """Whether the driver's error means that the database can't be asked now, and nothing of what is in it."""

    def is_nonsense(self, error: BaseException, /) -> bool:
        """Whether the driver's error means that no row could be as the question has it."""


def place_of(url: str) -> Place:
    """Where the URL says. Raises DatabaseUnknownError."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseUnknownError(url) from error
    return _place_of(parsed)


def _place_of(parsed: URL) -> Place:
    if parsed.database:
        if parsed.get_backend_name() == "sqlite":
            return SqlitePlace(parsed)
        if parsed.drivername in ("postgresql", "postgresql+psycopg"):
            return PostgresqlPlace(parsed)
    raise DatabaseUnknownError(parsed.render_as_string(hide_password=True))
