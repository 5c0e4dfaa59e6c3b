"""What becomes of applications, in the state."""

from msgspec.structs import replace

from broker.domain import events as e
from broker.domain.application import Application, ApplicationStatus
from broker.domain.evolve.places import add_to_tally
from broker.domain.line import enter, leave
from broker.domain.state import Promised, State, Tally


def application_accepted(state: State, event: e.ApplicationAccepted, recorded: e.Recorded) -> None:
    """The office works on it."""
    state.serials += 1
    application = Application(
        id=event.application,
        service=event.service,
        status=ApplicationStatus.IN_PROCESS,
        accepted_at=recorded.at,
        accepted_by=event.clerk,
        received=event.received,
        ticket=event.ticket,
        day=event.day,
        letter=event.letter,
        number=event.number,
        promised_at=event.promised_at,
        stage=event.stage,
        applicant=event.applicant,
        pick_up=event.pick_up,
    )
    state.applications[application.id] = application
    _promise(state, application)
    add_to_tally(state, event.clerk, Tally(accepted=1))
    if event.applicant is not None and state.day is not None:
        state.filings.setdefault(event.applicant, []).append(state.day)
    if event.pick_up is not None:
        state.pick_ups.pop(event.pick_up, None)
    ticket = state.tickets.get(event.ticket) if event.ticket else None
    if ticket is not None:
        state.tickets[ticket.id] = replace(ticket, applications=(*ticket.applications, event.application))


def stage_reached(state: State, event: e.StageReached, _: e.Recorded) -> None:
    """Further on its way."""
    state.applications[event.application] = replace(state.applications[event.application], stage=event.stage)


def application_completed(state: State, event: e.ApplicationCompleted, recorded: e.Recorded) -> None:
    """To be collected."""
    application = state.applications[event.application]
    _fulfil(state, application)
    state.applications[application.id] = replace(
        application, status=ApplicationStatus.READY, ready_at=recorded.at
    )


def application_reopened(state: State, event: e.ApplicationReopened, _: e.Recorded) -> None:
    """The office works on it again, with the promise that it had."""
    application = replace(
        state.applications[event.application], status=ApplicationStatus.IN_PROCESS, ready_at=None
    )
    state.applications[application.id] = application
    _promise(state, application)


def application_overdue(state: State, event: e.ApplicationOverdue, _: e.Recorded) -> None:
    """Marked, once."""
    application = state.applications[event.application]
    _fulfil(state, application)
    state.applications[application.id] = replace(application, overdue=True)


def delivery_failed(_state: State, _event: e.DeliveryFailed, _: e.Recorded) -> None:
    """It stays ready; that somebody was there in vain is for the journal."""


def application_ended(
    state: State, event: e.ApplicationHandedOver | e.ApplicationRejected, _: e.Recorded
) -> None:
    """Not in the live state any more."""
    _fulfil(state, state.applications[event.application])
    del state.applications[event.application]


def _promise(state: State, application: Application) -> None:
    if application.promised_at is not None and not application.overdue:
        enter(state.promises, Promised(application.promised_at, application.id))


def _fulfil(state: State, application: Application) -> None:
    """Time need not watch its promise any more."""
    if (
        application.promised_at is not None
        and not application.overdue
        and application.status is ApplicationStatus.IN_PROCESS
    ):
        leave(state.promises, Promised(application.promised_at, application.id))
