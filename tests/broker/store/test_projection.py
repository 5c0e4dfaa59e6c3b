"""The projections say what the journal says, and the database itself refuses what may not be."""

from typing import Any

import pytest
from sqlalchemy import insert, select

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.codec import KINDS
from broker.store import schema
from broker.store.database import Database
from broker.store.errors import NotCommittedError
from broker.store.journal import Journal
from tests.support.journal import busy_morning, commit
from tests.support.morning import ONE, TWO, Morning


def rows(database: Database, table: Any) -> dict[object, Any]:
    return {row[0]: row for row in database.read(select(table))}


def test_open_tickets_stand_in_their_table_as_in_the_state(database: Database) -> None:
    outlet = busy_morning()
    commit(Journal(database), outlet.journal)
    tickets = rows(database, schema.ticket)
    assert outlet.state.tickets
    for ticket in outlet.state.tickets.values():
        row = tickets[ticket.id]
        assert (row.status, row.clerk, row.counter) == (ticket.status, ticket.clerk, ticket.counter)
        assert (row.letter, row.number, row.copy, row.day) == (ticket.letter, ticket.number, 0, ticket.day)
        assert (row.queue, row.delivery) == (outlet.state.queue_of[ticket.id], ticket.delivery)
        assert (row.issued_at, row.arrived_at) == (ticket.issued_at, ticket.arrived_at)
        assert (row.first_called_at, row.started_at) == (ticket.first_called_at, ticket.started_at)


def test_ended_tickets_keep_their_end(database: Database) -> None:
    outlet = busy_morning()
    commit(Journal(database), outlet.journal)
    tickets = rows(database, schema.ticket)
    completed = tickets["20260714-A001"]
    assert (completed.status, completed.clerk, completed.start_unknown) == ("completed", "sri", False)
    assert completed.ended_at > completed.started_at
    assert "cancelled" in {row.status for row in tickets.values()}


def test_the_day_close_reaches_every_open_ticket(database: Database) -> None:
    outlet = Morning()
    outlet.clerk("sri", c.OpenCounter(ONE))
    for _ in range(3):
        outlet.take("A")
    outlet.serving("sri", ONE)
    outlet.advance(minutes=24 * 60)
    commit(Journal(database), outlet.journal)
    tickets = rows(database, schema.ticket)
    assert sorted((row.status, row.unfinished) for row in tickets.values()) == [
        ("completed", True),
        ("expired", False),
        ("expired", False),
    ]
    assert rows(database, schema.seat) == {}


def test_applications_and_seats_stand_in_their_tables(database: Database) -> None:
    outlet = busy_morning()
    commit(Journal(database), outlet.journal)
    (application,) = rows(database, schema.application).values()
    assert (application.status, application.ticket) == ("handed-over", "20260714-A001")
    assert application.overdue
    assert application.accepted_at < application.ready_at <= application.ended_at
    (seat,) = rows(database, schema.seat).values()
    assert (seat.counter, seat.clerk) == (TWO, "ratna")


def test_one_group_may_take_a_clerk_from_one_ticket_to_the_next(database: Database) -> None:
    outlet = Morning()
    outlet.clerk("sri", c.OpenCounter(ONE))
    for _ in range(3):
        outlet.take("A")
        outlet.clerk("sri", c.CompleteTicket(outlet.serving("sri", ONE)))
    outlet.take("A")
    outlet.serving("sri", ONE)
    commit(Journal(database), outlet.journal, size=len(outlet.journal))
    in_hand = [row.status for row in rows(database, schema.ticket).values() if row.status == "serving"]
    assert in_hand == ["serving"]


def ticket_row(**different: object) -> dict[str, object]:
    return {
        "id": "20260714-A001",
        "day": "2026-07-14",
        "letter": "A",
        "number": 1,
        "copy": 0,
        "queue": "A",
        "status": "waiting",
        "channel": "walk-in",
        "language": "id",
        "device": "kiosk-1",
        "delivery": "paper",
        "issued_at": 1,
        "start_unknown": False,
        "unfinished": False,
    } | different


def test_the_database_refuses_a_number_twice_on_a_day(database: Database) -> None:
    database.write(insert(schema.ticket).values(ticket_row()))
    database.write(insert(schema.ticket).values(ticket_row(id="next-day", day="2026-07-15")))
    database.write(insert(schema.ticket).values(ticket_row(id="a-copy", copy=1)))
    with pytest.raises(NotCommittedError, match="UNIQUE"):
        database.write(insert(schema.ticket).values(ticket_row(id="again")))


@pytest.mark.parametrize("status", ["called", "serving"])
def test_the_database_refuses_two_tickets_in_a_clerks_hand(database: Database, status: str) -> None:
    database.write(insert(schema.ticket).values(ticket_row(status=status, clerk="sri")))
    database.write(
        insert(schema.ticket).values(ticket_row(id="2", number=2, status="completed", clerk="sri"))
    )
    with pytest.raises(NotCommittedError, match="UNIQUE"):
        database.write(
            insert(schema.ticket).values(ticket_row(id="3", number=3, status="called", clerk="sri"))
        )


def test_the_database_refuses_a_clerk_at_two_counters_and_two_clerks_at_one(database: Database) -> None:
    database.write(insert(schema.seat).values(counter=1, clerk="sri", since=1))
    with pytest.raises(NotCommittedError, match="UNIQUE"):
        database.write(insert(schema.seat).values(counter=2, clerk="sri", since=1))
    with pytest.raises(NotCommittedError, match="UNIQUE"):
        database.write(insert(schema.seat).values(counter=1, clerk="budi", since=1))


def test_the_busy_morning_is_as_busy_as_it_says() -> None:
    outlet = busy_morning()
    occurred = {type(record.event) for record in outlet.journal}
    rare = {e.DayClosed, e.CounterPaused, e.CounterResumed, e.TicketResumed, e.TicketTransferred}
    rare |= {e.TicketForgotten, e.ServiceSet, e.TicketExpired, e.ApplicationRejected}
    assert set(KINDS.values()) - occurred <= rare
    assert None in {
        record.event.delivery for record in outlet.journal if isinstance(record.event, e.TicketDelivered)
    }
