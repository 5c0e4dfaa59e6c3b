"""What an event changes in the projections' tables. Pure: from the state just after the event to rows.

The rows of one transaction are written in the order of their events, so that each constraint is asked only about
what was true at that moment.
"""

from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple, assert_never

import msgspec
from sqlalchemy import Table

from broker.domain import events as e
from broker.domain.application import Application, ApplicationStatus
from broker.domain.appointment import AppointmentStatus
from broker.domain.events import Recorded
from broker.domain.pick_up import PickUp, PickUpStatus
from broker.domain.queue import skills_of
from broker.domain.rules import Clerk
from broker.domain.state import Seat, State, Tally
from broker.domain.ticket import Ticket, TicketStatus
from broker.domain.values import (
    ApplicationId,
    AppointmentId,
    BusinessDay,
    ClerkRole,
    Instant,
    PickUpId,
    RejectReason,
    ServiceCode,
    TicketId,
)
from broker.store import schema

Row = dict[str, object]


class Write(Enum):
    """One prepared statement for each way in which a projection changes."""

    ADD_TICKET = auto()
    SET_TICKET = auto()
    END_TICKET = auto()
    ADD_APPLICATION = auto()
    SET_APPLICATION = auto()
    END_APPLICATION = auto()
    FAIL_DELIVERY = auto()
    ADD_APPOINTMENT = auto()
    END_APPOINTMENT = auto()
    ADD_PICK_UP = auto()
    SET_PICK_UP = auto()
    END_PICK_UP = auto()
    ADD_CLERK_DAY = auto()
    ADD_CONDUCT = auto()
    ADD_SEAT = auto()
    SET_SEAT = auto()
    DROP_SEAT = auto()


class Change(NamedTuple):
    """One row to be written."""

    write: Write
    row: Row


def changes_of(state: State, recorded: Recorded) -> tuple[Change, ...]:
    """The rows that the event just folded into `state` has changed: one at most for what happens all day long."""
    event, at = recorded.event, recorded.at
    match event:
        case e.TicketIssued():
            added = Change(Write.ADD_TICKET, _new_ticket(state, event))
            if event.appointment is None:
                return (added,)
            checked_in = AppointmentStatus.CHECKED_IN
            return added, _end_appointment(event.appointment, checked_in, at, event.ticket)
        case (
            e.TicketDelivered()
            | e.TicketCalled()
            | e.ServiceStarted()
            | e.TicketMissed()
            | e.TicketReinstated()
            | e.TicketTransferred()
            | e.TicketHeld()
            | e.TicketResumed()
            | e.PapersBrought()
            | e.PriorityRefuted()
            | e.ServiceSet()
            | e.CallUndone()
            | e.TicketReopened()
            | e.TicketMoved()
            | e.PriorityCorrected()
            | e.TicketReassigned()
        ):
            return (Change(Write.SET_TICKET, _ticket(state, state.tickets[event.ticket])),)
        case e.TicketCompleted():
            ended = _ended(event.ticket, TicketStatus.COMPLETED, at, event.assumed_at)
            ended |= {"start_unknown": event.start_unknown, "unfinished": event.unfinished}
            return (Change(Write.END_TICKET, ended),)
        case e.TicketCancelled() | e.TicketVoided():
            return (Change(Write.END_TICKET, _ended(event.ticket, TicketStatus.CANCELLED, at)),)
        case e.TicketExpired():
            return (
                Change(Write.END_TICKET, _ended(event.ticket, TicketStatus.EXPIRED, at, event.assumed_at)),
            )
        case e.ApplicationAccepted():
            application = state.applications[event.application]
            taken_in = Change(Write.ADD_APPLICATION, _application(application))
            if event.pick_up is None:
                return (taken_in,)
            return taken_in, _end_pick_up(event.pick_up, PickUpStatus.ACCEPTED, at, application.id)
        case e.ApplicationCompleted() | e.ApplicationOverdue() | e.StageReached() | e.ApplicationReopened():
            return (Change(Write.SET_APPLICATION, _application(state.applications[event.application])),)
        case e.ApplicationRejected():
            return (_end_application(event, ApplicationStatus.REJECTED, at, event.reason),)
        case e.ApplicationHandedOver():
            return (_end_application(event, ApplicationStatus.HANDED_OVER, at, None),)
        case e.DeliveryFailed():
            return (Change(Write.FAIL_DELIVERY, {"key": event.application, "more": 1}),)
        case e.AppointmentBooked():
            return (Change(Write.ADD_APPOINTMENT, _appointment(event, at)),)
        case e.AppointmentCancelled():
            return (_end_appointment(event.appointment, AppointmentStatus.CANCELLED, at, None),)
        case e.AppointmentMissed():
            return (_end_appointment(event.appointment, AppointmentStatus.MISSED, at, None),)
        case e.PickUpRequested():
            return (Change(Write.ADD_PICK_UP, _pick_up(state.pick_ups[event.pick_up])),)
        case e.PickUpAssigned() | e.FileFetched() | e.PickUpFailed():
            return (Change(Write.SET_PICK_UP, _pick_up(state.pick_ups[event.pick_up])),)
        case e.PickUpCancelled():
            return (_end_pick_up(event.pick_up, PickUpStatus.CANCELLED, at, None),)
        case e.CounterOpened():
            return (Change(Write.ADD_SEAT, _seat(state.seats[event.counter])),)
        case e.CounterPaused() | e.CounterResumed():
            return (Change(Write.SET_SEAT, _seat(state.seats[event.counter])),)
        case e.CounterClosed() | e.CounterReleased():
            return (Change(Write.DROP_SEAT, {"key": event.counter}),)
        case e.DayClosed():
            return (*_clerk_days(state, event.day), *_conduct(state, event.day))
        case (
            e.OutletConfigured()
            | e.CatalogueAdopted()
            | e.DayOpened()
            | e.CallAnnounced()
            | e.TicketRecalled()
            | e.TicketForgotten()
            | e.StepsPlanned()
            | e.QueuePaused()
            | e.QueueResumed()
            | e.QueueClosed()
            | e.QueueReopened()
            | e.DoorsClosed()
            | e.DoorsReopened()
            | e.MachineReported()
            | e.PrinterReported()
            | e.DisplayReported()
            | e.NumbersPassed()
            | e.RollPrinted()
            | e.SkillsAssigned()
            | e.ForecastReported()
            | e.ClockSetForward()
        ):
            return ()
        case _:
            assert_never(event)


def rows_of(state: State) -> Iterator[tuple[Table, object, Row]]:
    """What stands in the tables for all that is open: the table, the row's key, and its columns or some of them."""
    for ticket in state.tickets.values():
        numbered: Row = {
            "day": ticket.day,
            "letter": ticket.letter,
            "number": ticket.number,
            "copy": ticket.copy,
        }
        yield schema.ticket, ticket.id, _ticket(state, ticket) | numbered
    for application in state.applications.values():
        counted = {"failed_deliveries"}  # in the table alone
        row = _application(application)
        yield schema.application, application.id, {name: row[name] for name in row.keys() - counted}
    for appointment in state.appointments.values():
        booked: Row = {name: getattr(appointment, name) for name in ("day", "slot_at", "letter", "service")}
        yield schema.appointment, appointment.id, booked | {"status": AppointmentStatus.BOOKED}
    for pick_up in state.pick_ups.values():
        yield schema.pick_up, pick_up.id, _pick_up(pick_up)
    for seat in state.seats.values():
        yield schema.seat, seat.counter, _seat(seat)


def subject_of(event: e.AnyEvent) -> str | None:
    """The application or ticket whose story the event belongs to."""
    application: str | None = getattr(event, "application", None)
    ticket: str | None = getattr(event, "ticket", None)
    return application or ticket


def _new_ticket(state: State, event: e.TicketIssued) -> Row:
    ticket = state.tickets[event.ticket]
    estimate = ticket.estimate
    return _ticket(state, ticket) | {
        "id": ticket.id,
        "day": ticket.day,
        "letter": ticket.letter,
        "number": ticket.number,
        "copy": ticket.copy,
        "channel": ticket.channel,
        "language": ticket.language,
        "device": ticket.device,
        "issued_at": ticket.issued_at,
        "estimate_from": estimate.from_minutes if estimate else None,
        "estimate_to": estimate.to_minutes if estimate else None,
        "appointment": event.appointment,
        "slot_at": ticket.slot_at,
        "handed_in": ticket.handed_in,
        "because": None,
        "chosen": None,
        "end_assumed": False,
    }


def _ticket(state: State, ticket: Ticket) -> Row:
    """What changes in a ticket's life."""
    return {
        "key": ticket.id,
        "queue": state.queue_of[ticket.id],
        "status": ticket.status,
        "service": ticket.service,
        "priority": ticket.priority,
        "delivery": ticket.delivery,
        "counter": ticket.counter,
        "clerk": ticket.clerk,
        "arrived_at": ticket.arrived_at,
        "first_called_at": ticket.first_called_at,
        "started_at": ticket.started_at,
        "ended_at": ticket.ended_at,
        "start_unknown": False,
        "unfinished": False,
        "called": ticket.first_called_at,
        "because_now": ticket.because,
        "chosen_now": ticket.chosen,
    }


def _ended(ticket: str, status: TicketStatus, at: Instant, assumed_at: Instant | None = None) -> Row:
    return {
        "key": ticket,
        "status": status,
        "ended_at": assumed_at or at,
        "end_assumed": assumed_at is not None,
        "start_unknown": False,
        "unfinished": False,
    }


def _application(application: Application) -> Row:
    return {
        "key": application.id,
        "id": application.id,
        "service": application.service,
        "status": application.status,
        "ticket": application.ticket,
        "day": application.day,
        "letter": application.letter,
        "number": application.number,
        "accepted_at": application.accepted_at,
        "accepted_by": application.accepted_by,
        "promised_at": application.promised_at,
        "ready_at": application.ready_at,
        "ended_at": None,
        "overdue": application.overdue,
        "reason": None,
        "stage": application.stage,
        "applicant": application.applicant,
        "pick_up": application.pick_up,
        "failed_deliveries": 0,
    }


def _end_application(
    event: e.ApplicationRejected | e.ApplicationHandedOver,
    status: ApplicationStatus,
    at: Instant,
    reason: RejectReason | None,
) -> Change:
    row: Row = {"key": event.application, "status": status, "ended_at": at, "reason": reason}
    return Change(Write.END_APPLICATION, row)


def _seat(seat: Seat) -> Row:
    return {
        "key": seat.counter,
        "counter": seat.counter,
        "clerk": seat.clerk,
        "since": seat.since,
        "pause": seat.pause,
    }


def _appointment(event: e.AppointmentBooked, at: Instant) -> Row:
    return {
        "id": event.appointment,
        "day": event.day,
        "slot_at": event.slot_at,
        "letter": event.letter,
        "service": event.service,
        "status": AppointmentStatus.BOOKED,
        "booked_at": at,
        "ended_at": None,
        "ticket": None,
    }


def _end_appointment(
    appointment: AppointmentId, status: AppointmentStatus, at: Instant, ticket: TicketId | None
) -> Change:
    row: Row = {"key": appointment, "status": status, "ended_at": at, "ticket": ticket}
    return Change(Write.END_APPOINTMENT, row)


def _pick_up(pick_up: PickUp) -> Row:
    return {
        "key": pick_up.id,
        "id": pick_up.id,
        "service": pick_up.service,
        "status": pick_up.status,
        "requested_at": pick_up.requested_at,
        "note": pick_up.note,
        "applicant": pick_up.applicant,
        "officer": pick_up.officer,
        "failure": pick_up.failure,
        "failed_visits": pick_up.visits,
        "ended_at": None,
        "application": None,
    }


def _end_pick_up(
    pick_up: PickUpId, status: PickUpStatus, at: Instant, application: ApplicationId | None
) -> Change:
    row: Row = {"key": pick_up, "status": status, "ended_at": at, "application": application}
    return Change(Write.END_PICK_UP, row)


def _clerk_days(state: State, day: BusinessDay) -> Iterator[Change]:
    """Every clerk's day as it was when it closed, with what they could serve; until then it is in the state alone."""
    for clerk in clerks_of(state):
        tally = msgspec.structs.asdict(state.tallies.get(clerk.id, Tally()))
        skills = skills_of(state, clerk, day)
        yield Change(Write.ADD_CLERK_DAY, {"day": day, "clerk": clerk.id, "skills": _listed(skills), **tally})


def clerks_of(state: State) -> list[Clerk]:
    """The configured clerks, and whoever has worked today and is configured no more."""
    configured = list(state.rules.clerks) if state.rules is not None else []
    known = {clerk.id for clerk in configured}
    gone = (
        Clerk(clerk, ClerkRole.CLERK) for clerk in {**state.tallies, **state.conduct} if clerk not in known
    )
    return [*configured, *gone]


def _listed(skills: frozenset[ServiceCode] | None) -> str | None:
    return None if skills is None else msgspec.json.encode(sorted(skills)).decode()


def _conduct(state: State, day: BusinessDay) -> Iterator[Change]:
    for clerk, hours in state.conduct.items():
        for hour, conduct in hours.items():
            row: Row = {"day": day, "clerk": clerk, "hour": hour, **msgspec.structs.asdict(conduct)}
            yield Change(Write.ADD_CONDUCT, row)
