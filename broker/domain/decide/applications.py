"""Commands over applications: accepted with their promise, complete, rejected, handed over."""

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.application import TRANSITIONS, Application, ApplicationAct, application_id
from broker.domain.day import MINUTE_MS, instant_of, next_quarter
from broker.domain.decide.tickets import own_ticket
from broker.domain.refusals import (
    AnyRefusal,
    NotOneOfRequirements,
    OutletClosed,
    PastCutOff,
    UnknownApplication,
    UnknownService,
    WrongApplicationStatus,
)
from broker.domain.state import State
from broker.domain.ticket import Ticket, TicketAct
from broker.domain.values import ApplicationId, Instant, Service

Decision = tuple[e.AnyEvent, ...] | AnyRefusal


def accept(state: State, envelope: c.Envelope, command: c.AcceptApplication, now: Instant) -> Decision:
    """Take the file in. Who came before the cut-off is served, however long the wait was."""
    assert envelope.clerk is not None
    assert state.rules is not None
    ticket = own_ticket(state, envelope, command.ticket, TicketAct.COMPLETE)
    if not isinstance(ticket, Ticket):
        return ticket
    if state.day is None:
        return OutletClosed()
    service = state.services.get(command.service)
    if service is None:
        return UnknownService(command.service)
    for position in command.received:
        if not 0 <= position < len(service.requirements):
            return NotOneOfRequirements(position)
    cut_off = past_cut_off(state, service, ticket.came_at)
    if cut_off is not None:
        return cut_off
    return (
        e.ApplicationAccepted(
            application=application_id(state.rules.code, state.day, state.serials + 1),
            service=service.code,
            received=command.received,
            clerk=envelope.clerk,
            ticket=ticket.id,
            day=ticket.day,
            letter=ticket.letter,
            number=ticket.number,
            promised_at=promise(service, now),
        ),
    )


def promise(service: Service, accepted_at: Instant) -> Instant | None:
    """By when a one-day service accepted now will be ready; None for any other."""
    if service.one_day is None:
        return None
    return next_quarter(accepted_at + service.one_day.promise_minutes * MINUTE_MS)


def past_cut_off(state: State, service: Service, arrived_at: Instant) -> PastCutOff | None:
    """The refusal of a one-day service for somebody who came after its cut-off."""
    if service.one_day is None or state.rules is None or state.day is None:
        return None
    cut_off_at = instant_of(state.day, service.one_day.cut_off, state.rules.utc_offset_minutes)
    return PastCutOff(cut_off_at) if arrived_at >= cut_off_at else None


def mark_complete(state: State, _envelope: c.Envelope, command: c.MarkComplete, _now: Instant) -> Decision:
    """The permit is ready for collection."""
    application = _application(state, command.application, ApplicationAct.MARK_COMPLETE)
    if not isinstance(application, Application):
        return application
    return (e.ApplicationCompleted(application.id),)


def reject(state: State, _envelope: c.Envelope, command: c.RejectApplication, _now: Instant) -> Decision:
    """The application ends without a permit."""
    application = _application(state, command.application, ApplicationAct.REJECT)
    if not isinstance(application, Application):
        return application
    return (e.ApplicationRejected(application.id, command.reason),)


def hand_over(state: State, _envelope: c.Envelope, command: c.HandOver, _now: Instant) -> Decision:
    """The permit is in the citizen's hand."""
    application = _application(state, command.application, ApplicationAct.HAND_OVER)
    if not isinstance(application, Application):
        return application
    return (e.ApplicationHandedOver(application.id),)


def _application(
    state: State, wanted: ApplicationId, act: ApplicationAct
) -> Application | UnknownApplication | WrongApplicationStatus:
    application = state.applications.get(wanted)
    if application is None:
        return UnknownApplication(wanted)
    if application.status not in TRANSITIONS[act]:
        return WrongApplicationStatus(application.id, application.status)
    return application
