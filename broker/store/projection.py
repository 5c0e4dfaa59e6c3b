"""What an event changes in the projections' tables. Pure: from the state just after the event to rows.

The rows of one transaction are written in the order of their events, so that each constraint is asked only about
what was true at that moment.
"""

from enum import Enum, auto
from typing import NamedTuple, assert_never

from broker.domain import events as e
from broker.domain.application import Application, ApplicationStatus
from broker.domain.events import Recorded
from broker.domain.state import Seat, State
from broker.domain.ticket import Ticket, TicketStatus
from broker.domain.values import Instant, RejectReason

Row = dict[str, object]


class Write(Enum):
    """One prepared statement for each way in which a projection changes."""

    ADD_TICKET = auto()
    SET_TICKET = auto()
    END_TICKET = auto()
    ADD_APPLICATION = auto()
    SET_APPLICATION = auto()
    END_APPLICATION = auto()
    ADD_SEAT = auto()
    SET_SEAT = auto()
    DROP_SEAT = auto()


class Change(NamedTuple):
    """One row to be written."""

    write: Write
    row: Row


def change_of(state: State, recorded: Recorded) -> Change | None:
    """The row that the event just folded into `state` has changed; None when it changed none."""
    event = recorded.event
    match event:
        case e.TicketIssued():
            return Change(Write.ADD_TICKET, _ticket(state, state.tickets[event.ticket]))
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
            | e.TicketReassigned()
        ):
            return Change(Write.SET_TICKET, _ticket(state, state.tickets[event.ticket]))
        case e.TicketCompleted():
            ended = _ended(event.ticket, TicketStatus.COMPLETED, recorded.at)
            ended |= {"start_unknown": event.start_unknown, "unfinished": event.unfinished}
            return Change(Write.END_TICKET, ended)
        case e.TicketCancelled() | e.TicketVoided():
            return Change(Write.END_TICKET, _ended(event.ticket, TicketStatus.CANCELLED, recorded.at))
        case e.TicketExpired():
            return Change(Write.END_TICKET, _ended(event.ticket, TicketStatus.EXPIRED, recorded.at))
        case e.ApplicationAccepted():
            return Change(Write.ADD_APPLICATION, _application(state.applications[event.application]))
        case e.ApplicationCompleted() | e.ApplicationOverdue() | e.StageReached() | e.ApplicationReopened():
            return Change(Write.SET_APPLICATION, _application(state.applications[event.application]))
        case e.ApplicationRejected():
            return _end_application(event, ApplicationStatus.REJECTED, recorded.at, event.reason)
        case e.ApplicationHandedOver():
            return _end_application(event, ApplicationStatus.HANDED_OVER, recorded.at, None)
        case e.CounterOpened():
            return Change(Write.ADD_SEAT, _seat(state.seats[event.counter]))
        case e.CounterPaused() | e.CounterResumed():
            return Change(Write.SET_SEAT, _seat(state.seats[event.counter]))
        case e.CounterClosed() | e.CounterReleased():
            return Change(Write.DROP_SEAT, {"key": event.counter})
        case (
            e.OutletConfigured()
            | e.CatalogueAdopted()
            | e.DayOpened()
            | e.DayClosed()
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
            | e.SkillsAssigned()
            | e.ForecastReported()
            | e.AppointmentBooked()
            | e.AppointmentCancelled()
            | e.AppointmentMissed()
            | e.DeliveryFailed()
            | e.PickUpRequested()
            | e.PickUpAssigned()
            | e.FileFetched()
            | e.PickUpFailed()
            | e.PickUpCancelled()
        ):
            return None
        case _:
            assert_never(event)


def subject_of(event: e.AnyEvent) -> str | None:
    """The application or ticket whose story the event belongs to."""
    application: str | None = getattr(event, "application", None)
    ticket: str | None = getattr(event, "ticket", None)
    return application or ticket


def _ticket(state: State, ticket: Ticket) -> Row:
    estimate = ticket.estimate
    return {
        "key": ticket.id,
        "id": ticket.id,
        "day": ticket.day,
        "letter": ticket.letter,
        "number": ticket.number,
        "copy": ticket.copy,
        "queue": state.queue_of[ticket.id],
        "status": ticket.status,
        "channel": ticket.channel,
        "language": ticket.language,
        "device": ticket.device,
        "service": ticket.service,
        "priority": ticket.priority,
        "delivery": ticket.delivery,
        "counter": ticket.counter,
        "clerk": ticket.clerk,
        "issued_at": ticket.issued_at,
        "arrived_at": ticket.arrived_at,
        "first_called_at": ticket.first_called_at,
        "started_at": ticket.started_at,
        "ended_at": ticket.ended_at,
        "estimate_from": estimate.from_minutes if estimate else None,
        "estimate_to": estimate.to_minutes if estimate else None,
        "start_unknown": False,
        "unfinished": False,
    }


def _ended(ticket: str, status: TicketStatus, at: Instant) -> Row:
    return {"key": ticket, "status": status, "ended_at": at, "start_unknown": False, "unfinished": False}


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
