"""Whether the journal has all its events, and the projections' tables say what the state says of all that is open.

What SQLite's own check can't see: a page that is well-formed and not what was written.
"""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Table, func, select

from broker.domain.application import ApplicationStatus
from broker.domain.appointment import AppointmentStatus
from broker.domain.pick_up import PickUpStatus
from broker.domain.state import State
from broker.domain.ticket import TicketStatus
from broker.store import schema
from broker.store.database import Database
from broker.store.errors import DatabaseDamagedError
from broker.store.projection import Row, rows_of

OPEN: Mapping[Table, ColumnElement[bool]] = {
    schema.ticket: schema.ticket.c.status.in_(
        (TicketStatus.WAITING, TicketStatus.CALLED, TicketStatus.SERVING, TicketStatus.ON_HOLD)
    ),
    schema.application: schema.application.c.status.in_(
        (ApplicationStatus.IN_PROCESS, ApplicationStatus.READY)
    ),
    schema.appointment: schema.appointment.c.status == AppointmentStatus.BOOKED,
    schema.pick_up: schema.pick_up.c.status.in_(
        (PickUpStatus.REQUESTED, PickUpStatus.ASSIGNED, PickUpStatus.FETCHED, PickUpStatus.FAILED)
    ),
    schema.seat: schema.seat.c.counter.is_not(None),
}
"""Which rows stand for something open. No-shows that may come back are open too, and not told from those gone."""


def check(database: Database, state: State) -> None:
    """`state`: the fold of the journal. Raises DatabaseDamagedError with what differs, DatabaseUnreadableError."""
    _check_journal(database, state)
    wanted: dict[Table, dict[object, Row]] = {table: {} for table in OPEN}
    for table, key, row in rows_of(state):
        wanted[table][key] = row
    for table, is_open in OPEN.items():
        _check_table(database, table, is_open, wanted[table])


def _check_journal(database: Database, state: State) -> None:
    seq = schema.journal.c.seq
    for count, first, last in database.read(select(func.count(), func.min(seq), func.max(seq))):
        if (count, last or 0) != (state.seq, state.seq) or (count and first != 1):
            told = f"{count} events from {first} to {last}, and a state of {state.seq}"
            raise DatabaseDamagedError(database.where, f"journal: {told}")


def _check_table(
    database: Database, table: Table, is_open: ColumnElement[bool], wanted: Mapping[object, Row]
) -> None:
    key = next(iter(table.primary_key))
    found = {getattr(row, key.name): row for row in database.read(select(table).where(is_open))}
    no_shows = select(table).where(key.in_(wanted.keys() - found.keys()))
    found |= {getattr(row, key.name): row for row in database.read(no_shows)}
    for name in found.keys() ^ wanted.keys():
        told = "open in the table alone" if name in found else "missing in the table"
        raise DatabaseDamagedError(database.where, f"{table.name} {name}: {told}")
    columns = {each.name for each in table.columns}
    for name, row in wanted.items():
        for column in row.keys() & columns:
            kept = getattr(found[name], column)
            if kept != row[column]:
                told = f"{kept!r} in the table, {row[column]!r} by the journal"
                raise DatabaseDamagedError(database.where, f"{table.name} {name}: {column} is {told}")
