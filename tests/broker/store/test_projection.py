"""The projections say what the journal says, and the database itself refuses what may not be."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from sqlalchemy import insert, select

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.codec import KINDS
from broker.domain.evolve import evolve
from broker.domain.state import State
from broker.domain.ticket import ToQueue
from broker.domain.values import ChoiceReason
from broker.store import schema
from broker.store.database import Database
from broker.store.errors import NotCommittedError
from broker.store.journal import Group, Journal
from broker.store.projection import changes_of
from tests.support import sample
from tests.support.journal import busy_day, busy_morning, commit
from tests.support.morning import ONE, TWO, Morning

PROJECTIONS = (
    schema.ticket,
    schema.application,
    schema.seat,
    schema.appointment,
    schema.pick_up,
    schema.clerk_day,
    schema.conduct,
)


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
    with pytest.raises(NotCommittedError, match=r"(?i)unique"):
        database.write(insert(schema.ticket).values(ticket_row(id="again")))


@pytest.mark.parametrize("status", ["called", "serving"])
def test_the_database_refuses_two_tickets_in_a_clerks_hand(database: Database, status: str) -> None:
    database.write(insert(schema.ticket).values(ticket_row(status=status, clerk="sri")))
    database.write(
        insert(schema.ticket).values(ticket_row(id="2", number=2, status="completed", clerk="sri"))
    )
    with pytest.raises(NotCommittedError, match=r"(?i)unique"):
        database.write(
            insert(schema.ticket).values(ticket_row(id="3", number=3, status="called", clerk="sri"))
        )


def test_the_database_refuses_a_clerk_at_two_counters_and_two_clerks_at_one(database: Database) -> None:
    database.write(insert(schema.seat).values(counter=1, clerk="sri", since=1))
    with pytest.raises(NotCommittedError, match=r"(?i)unique"):
        database.write(insert(schema.seat).values(counter=2, clerk="sri", since=1))
    with pytest.raises(NotCommittedError, match=r"(?i)unique"):
        database.write(insert(schema.seat).values(counter=1, clerk="budi", since=1))


def test_morning_and_day_together_hold_every_kind_of_event() -> None:
    occurred = {type(record.event) for outlet in (busy_morning(), busy_day()) for record in outlet.journal}
    assert set(KINDS.values()) - occurred == set()
    assert None in {
        record.event.delivery
        for record in busy_morning().journal
        if isinstance(record.event, e.TicketDelivered)
    }


@pytest.mark.parametrize("outlet", [busy_morning(), busy_day()])
def test_the_tables_are_the_same_however_the_events_were_grouped_and_in_either_engine(
    new_urls: dict[str, Callable[[], AbstractContextManager[str]]], outlet: Morning
) -> None:
    """So they can be rebuilt from the journal at any time."""
    written = []
    for new_url in new_urls.values():
        for size in (1, len(outlet.journal)):
            with new_url() as url, Database.create(url) as database:
                commit(Journal(database), outlet.journal, size)
                written.append([sorted(map(tuple, database.read(select(table)))) for table in PROJECTIONS])
    assert all(each == written[0] for each in written)


def test_why_a_ticket_was_called_is_kept_from_its_first_call(database: Database) -> None:
    outlet = Morning()
    outlet.clerk("sri", c.OpenCounter(ONE))
    outlet.clerk("ratna", c.OpenCounter(TWO))
    ticket = outlet.take("A")
    other = outlet.take("A")
    outlet.clerk("sri", c.CallTicket(ONE, other, ChoiceReason.SHORT_QUESTION))
    outlet.clerk("sri", c.TransferTicket(other, ToQueue("B")))
    outlet.serving("ratna", TWO)
    undone = outlet.call("sri", ONE)
    outlet.clerk("sri", c.UndoCall(undone))
    commit(Journal(database), outlet.journal)
    tickets = rows(database, schema.ticket)
    assert (tickets[other].because, tickets[other].chosen) == ("chosen", "short-question")
    assert (tickets[ticket].because, tickets[ticket].first_called_at) == (None, None)
    assert undone == ticket


def test_appointments_and_pick_ups_stand_in_their_tables(database: Database) -> None:
    outlet = busy_day()
    commit(Journal(database), outlet.journal)
    appointments = rows(database, schema.appointment)
    assert [(row.status, row.ticket) for _, row in sorted(appointments.items())] == [
        ("checked-in", "20260714-B001"),
        ("cancelled", None),
        ("missed", None),
    ]
    assert rows(database, schema.ticket)["20260714-B001"].appointment == "20260714-J001"
    fetched, unwanted = rows(database, schema.pick_up).values()
    assert (fetched.status, fetched.failed_visits, fetched.failure) == ("accepted", 1, "nobody-home")
    assert fetched.note == "a" * 32
    assert (unwanted.status, unwanted.application) == ("cancelled", None)
    delivered = rows(database, schema.application)[fetched.application]
    assert (delivered.pick_up, delivered.failed_deliveries, delivered.stage) == (fetched.id, 1, "received")


def test_a_number_handed_in_is_marked(database: Database) -> None:
    commit(Journal(database), busy_day().journal)
    handed_in = [row.id for row in rows(database, schema.ticket).values() if row.handed_in]
    assert handed_in == ["20260714-A702", "20260714-A801"]  # of the roll, and of a kiosk


def test_a_clerks_day_is_written_when_it_closes(database: Database) -> None:
    outlet = busy_day()
    closes = next(n for n, record in enumerate(outlet.journal) if isinstance(record.event, e.DayClosed))
    journal = Journal(database)
    state = commit(journal, outlet.journal[:closes])
    assert list(database.read(select(schema.clerk_day))) == []
    tally, conduct = state.tallies[sample.SRI], state.conduct[sample.SRI]
    group = Group(outlet.journal[closes].at)
    evolve(state, outlet.journal[closes])
    group.record(outlet.journal[closes], state)
    journal.commit(group)
    days = {row.clerk: row for row in database.read(select(schema.clerk_day))}
    sri = days["sri"]
    assert (sri.served, sri.missed, sri.idle_ms, sri.paused_ms) == (
        tally.served,
        tally.missed,
        tally.idle_ms,
        tally.paused_ms,
    )
    assert sri.skills == '["IUMK"]'
    assert days["dewi"].skills is None
    hours = {(row.clerk, row.hour): row.chosen for row in database.read(select(schema.conduct))}
    assert hours["sri", 7] == conduct[7].chosen == 1


def test_a_busy_command_writes_one_row_of_one_table() -> None:
    """The path of a command is short: what is rare may write more."""
    outlet = busy_morning()
    state = State()
    for record in outlet.journal:
        evolve(state, record)
        assert len(changes_of(state, record)) <= 1
