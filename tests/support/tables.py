"""Whether the projections' tables say what the state says, field by field."""

from typing import Any

from sqlalchemy import select

from broker.domain.state import State
from broker.store import schema
from broker.store.database import Database

TICKET = ("status", "service", "priority", "delivery", "counter", "clerk", "arrived_at", "first_called_at")
TICKET_TIMES = (
    "started_at",
    "ended_at",
    "issued_at",
    "slot_at",
    "handed_in",
    "day",
    "letter",
    "number",
    "copy",
)
APPLICATION = (
    "status",
    "service",
    "ticket",
    "accepted_at",
    "accepted_by",
    "promised_at",
    "ready_at",
    "overdue",
)
APPLICATION_WAY = ("stage", "applicant", "pick_up", "day", "letter", "number")
PICK_UP = ("status", "service", "requested_at", "note", "applicant", "officer", "failure")
APPOINTMENT = ("day", "slot_at", "letter", "service")
SEAT = ("counter", "clerk", "since", "pause")


def rows(database: Database, table: Any) -> dict[Any, Any]:
    return {row[0]: row for row in database.read(select(table))}


def agree(row: Any, kept: Any, names: tuple[str, ...]) -> None:
    for name in names:
        assert getattr(row, name) == getattr(kept, name), f"{name}: {row} and {kept}"


def the_tables_say_what_the_state_says(database: Database, state: State) -> None:
    tickets, applications = rows(database, schema.ticket), rows(database, schema.application)
    for ticket in state.tickets.values():
        agree(tickets[ticket.id], ticket, TICKET + TICKET_TIMES)
        assert tickets[ticket.id].queue == state.queue_of[ticket.id]
    for application in state.applications.values():
        agree(applications[application.id], application, APPLICATION + APPLICATION_WAY)
    pick_ups, appointments = rows(database, schema.pick_up), rows(database, schema.appointment)
    for pick_up in state.pick_ups.values():
        agree(pick_ups[pick_up.id], pick_up, PICK_UP)
        assert pick_ups[pick_up.id].failed_visits == pick_up.visits
    for appointment in state.appointments.values():
        agree(appointments[appointment.id], appointment, APPOINTMENT)
    seats = rows(database, schema.seat)
    assert seats.keys() == state.seats.keys()
    for seat in state.seats.values():
        agree(seats[seat.counter], seat, SEAT)
    assert {each.id for each in appointments.values() if each.status == "booked"} == state.appointments.keys()
    is_open = ("requested", "assigned", "fetched", "failed")
    assert {each.id for each in pick_ups.values() if each.status in is_open} == state.pick_ups.keys()
    in_office = ("in-process", "ready")
    assert {
        each.id for each in applications.values() if each.status in in_office
    } == state.applications.keys()
