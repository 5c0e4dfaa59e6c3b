"""The statements of a commit, compiled once: SQLAlchemy writes them, the driver's cursor runs them.

Half of SQLAlchemy's cost on the path of a command is spent on each execution anew; this leaves it out.
"""

from sqlalchemy import Table, bindparam, delete, insert, select, update

from broker.store import schema
from broker.store.database import Database
from broker.store.projection import Write


class Statements:
    """SQL with named parameters, in the language of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        answer = schema.answer
        self.journal = self._add(schema.journal)
        self.answer = self._add(answer)
        self.answered = database.sql(
            select(answer.c.content, answer.c.body).where(
                answer.c.device == bindparam("from_device"), answer.c.command == bindparam("under")
            )
        )
        ended = ("status", "ended_at")
        self.writes = {
            Write.ADD_TICKET: self._add(schema.ticket),
            Write.SET_TICKET: self._set(schema.ticket),
            Write.END_TICKET: self._set(schema.ticket, *ended, "start_unknown", "unfinished"),
            Write.ADD_APPLICATION: self._add(schema.application),
            Write.SET_APPLICATION: self._set(schema.application),
            Write.END_APPLICATION: self._set(schema.application, *ended, "reason"),
            Write.ADD_SEAT: self._add(schema.seat),
            Write.SET_SEAT: self._set(schema.seat),
            Write.DROP_SEAT: self._drop(schema.seat),
        }

    def _add(self, table: Table) -> str:
        return self._database.sql(insert(table), [column.name for column in table.columns])

    def _set(self, table: Table, *columns: str) -> str:
        """Set these columns, or all but the key, of the row whose key is `key`."""
        key = next(iter(table.primary_key))
        others = [column.name for column in table.columns if column is not key]
        return self._database.sql(update(table).where(key == bindparam("key")), columns or others)

    def _drop(self, table: Table) -> str:
        key = next(iter(table.primary_key))
        return self._database.sql(delete(table).where(key == bindparam("key")))
