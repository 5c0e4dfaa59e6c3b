"""The epochs: which history this journal is, and which it came from."""

from uuid import uuid4

from msgspec import Struct
from sqlalchemy import insert, select, update

from broker.domain.values import Instant, Seq
from broker.store import schema
from broker.store.database import Database
from broker.store.errors import DatabaseMissingError


class Epoch(Struct, frozen=True):
    """A history, by its random id."""

    epoch: str
    parent: str | None
    """The history that it goes on from; None: the outlet's first."""
    fork: Seq | None
    """The last event that it shares with its parent."""
    since: Instant
    is_confirmed: bool
    """False: there may be a newer history elsewhere; an operator is to say."""


class Epochs:
    """One outlet's epochs. What returns is on disk; NotCommittedError when it isn't."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def lineage(self) -> tuple[Epoch, ...]:
        """The outlet's first history and all that came of it, the present one last. DatabaseMissingError: none."""
        table = schema.epoch
        rows = self._database.read(select(table).order_by(table.c.number))
        found = tuple(
            Epoch(row.epoch, row.parent, row.fork, Instant(row.since), row.confirmed) for row in rows
        )
        if not found:
            raise DatabaseMissingError(self._database.where)
        return found

    def begin(self, at: Instant, parent: str | None = None, fork: Seq | None = None) -> Epoch:
        """A new history, confirmed."""
        epoch = Epoch(uuid4().hex, parent, fork, at, is_confirmed=True)
        values = {
            "epoch": epoch.epoch,
            "parent": parent,
            "fork": fork,
            "since": at,
            "confirmed": True,
        }
        self._database.write(insert(schema.epoch).values(values))
        return epoch

    def doubt(self) -> None:
        """The present history may be behind another one: it waits for an operator's word, also after a restart."""
        table = schema.epoch
        newest = select(table.c.number).order_by(table.c.number.desc()).limit(1).scalar_subquery()
        self._database.write(update(table).where(table.c.number == newest).values(confirmed=False))
