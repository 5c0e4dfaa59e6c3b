"""Before a broker serves, the tables must say what the journal says of all that is open."""

import pytest
from sqlalchemy import Executable, delete, insert, update

from broker.store import agreement, schema
from broker.store.database import Database
from broker.store.errors import DatabaseDamagedError
from broker.store.journal import Journal
from tests.support.journal import busy_day, busy_morning, commit

TICKET, SEAT, FILE = schema.ticket, schema.seat, schema.application
STRANGER = {"counter": 3, "clerk": "budi", "since": 1}


def test_a_busy_morning_and_a_whole_day_agree(database: Database) -> None:
    outlet = busy_morning()
    agreement.check(database, commit(Journal(database), outlet.journal))


def test_a_closed_day_agrees(database: Database) -> None:
    agreement.check(database, commit(Journal(database), busy_day().journal))


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (delete(schema.journal).where(schema.journal.c.seq == 3), "journal"),
        (delete(schema.journal).where(schema.journal.c.seq > 10), "journal: 10 events from 1 to 10"),
        (update(TICKET).where(TICKET.c.number == 3).values(number=77), "number is 77 in the table"),
        (update(TICKET).where(TICKET.c.status == "waiting").values(queue="E"), "queue is 'E' in the table"),
        (update(TICKET).where(TICKET.c.status == "cancelled").values(status="waiting"), "in the table alone"),
        (delete(TICKET).where(TICKET.c.status == "waiting"), "missing in the table"),
        (delete(SEAT), "seat 2: missing in the table"),
        (insert(SEAT).values(STRANGER), "seat 3: open in the table alone"),
        (update(SEAT).values(pause="prayer"), "pause is 'prayer' in the table, None by the journal"),
        (update(FILE).where(FILE.c.status == "handed-over").values(status="ready"), "in the table alone"),
    ],
)
def test_what_differs_is_told(database: Database, damage: Executable, told: str) -> None:
    state = commit(Journal(database), busy_morning().journal)
    database.write(damage)
    with pytest.raises(DatabaseDamagedError, match=told):
        agreement.check(database, state)
