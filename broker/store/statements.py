"""The statements of a commit, compiled once: SQLAlchemy writes them, the driver's cursor runs them.

Half of SQLAlchemy's cost on the path of a command is spent on each execution anew; this leaves it out.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Case,
    Column,
    Table,
    bindparam,
    case,
    delete,
    insert,
    null,
    select,
    update,
)

from broker.store import schema
from broker.store.database import Database
from broker.store.projection import Write

TICKET_CHANGES = (
    "queue",
    "status",
    "service",
    "priority",
    "delivery",
    "counter",
    "clerk",
    "arrived_at",
    "first_called_at",
    "started_at",
    "ended_at",
    "start_unknown",
    "unfinished",
)
"""The columns that change in a ticket's life; no index but the one on `clerk` has any of them."""


class Statements:
    """SQL with named parameters, in the language of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        answer = schema.answer
        self.journal = self._add(schema.journal)
        self.answer = self._add(answer)
        self.answered = database.sql(
            select(answer.c.content, answer.c.body, answer.c.crc).where(
                answer.c.device == bindparam("from_device"), answer.c.command == bindparam("under")
            )
        )
        ended = ("status", "ended_at")
        self.writes = {
            Write.ADD_TICKET: self._add(schema.ticket),
            Write.SET_TICKET: self._set_ticket(),
            Write.END_TICKET: self._set(schema.ticket, *ended, "end_assumed", "start_unknown", "unfinished"),
            Write.ADD_APPLICATION: self._add(schema.application),
            Write.SET_APPLICATION: self._set(
                schema.application, *ended, "ready_at", "overdue", "stage", "reason"
            ),
            Write.END_APPLICATION: self._set(schema.application, *ended, "reason"),
            Write.FAIL_DELIVERY: self._count(schema.application, "failed_deliveries"),
            Write.ADD_APPOINTMENT: self._add(schema.appointment),
            Write.END_APPOINTMENT: self._set(schema.appointment, *ended, "ticket"),
            Write.ADD_PICK_UP: self._add(schema.pick_up),
            Write.SET_PICK_UP: self._set(schema.pick_up, "status", "officer", "failure", "failed_visits"),
            Write.END_PICK_UP: self._set(schema.pick_up, *ended, "application"),
            Write.ADD_CLERK_DAY: self._add(schema.clerk_day),
            Write.ADD_CONDUCT: self._add(schema.conduct),
            Write.ADD_SEAT: self._add(schema.seat),
            Write.SET_SEAT: self._set(schema.seat, "pause"),
            Write.DROP_SEAT: self._drop(schema.seat),
        }

    def _add(self, table: Table) -> str:
        return self._database.sql(insert(table), [column.name for column in table.columns])

    def _set(self, table: Table, *columns: str) -> str:
        """Set these columns of the row whose key is `key`."""
        return self._database.sql(update(table).where(_key_of(table) == bindparam("key")), columns)

    def _set_ticket(self) -> str:
        """Set what changes in a ticket's life; why it was called is kept from its first call, which ended its wait."""
        called = {name: _at_first_call(name) for name in ("because", "chosen")}
        statement = update(schema.ticket).where(schema.ticket.c.id == bindparam("key")).values(called)
        return self._database.sql(statement, [*TICKET_CHANGES, *called])

    def _count(self, table: Table, column: str) -> str:
        """Add `more` to this column of the row whose key is `key`."""
        counted = update(table).values({column: table.c[column] + bindparam("more")})
        return self._database.sql(counted.where(_key_of(table) == bindparam("key")), [column])

    def _drop(self, table: Table) -> str:
        return self._database.sql(delete(table).where(_key_of(table) == bindparam("key")))


def _key_of(table: Table) -> Column[Any]:
    return next(iter(table.primary_key))


def _at_first_call(column: str) -> Case[Any]:
    """The column's new value at the first call, its old one at later calls, none while there was no call.

    The parameters have names of their own: SQLAlchemy keeps the columns' names for itself in an update.
    """
    old = schema.ticket.c
    return case(
        (bindparam("called", type_=BigInteger).is_(null()), null()),
        (old.because.is_(null()), bindparam(f"{column}_now")),
        else_=old[column],
    )
