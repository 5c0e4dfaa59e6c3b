"""Commands over applications: accepted with a promise, further on their way, complete, rejected, handed over."""

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.application import TRANSITIONS, Application, ApplicationAct, application_id
from broker.domain.calls import SECOND_MS
from broker.domain.day import MINUTE_MS, business_day, hours_of, instant_of, next_open_day, next_quarter
from broker.domain.decide.checks import (
    Decision,
    clerk_of,
    is_supervisor,
    own_ticket,
    rules_of,
    stopped_machine,
)
from broker.domain.decide.issue import past_cut_off
from broker.domain.queue import can_serve
from broker.domain.refusals import (
    AnyRefusal,
    ApplicantQuotaReached,
    NotFetched,
    NotOneOfRequirements,
    OutletClosed,
    SkillMissing,
    StageNotAhead,
    UndoTooLate,
    UnknownApplication,
    UnknownService,
    WrongApplicationStatus,
)
from broker.domain.rules import Service
from broker.domain.state import State
from broker.domain.ticket import Ticket, TicketAct
from broker.domain.values import ApplicantId, ApplicationId, Instant, Stage


def accept(state: State, envelope: c.Envelope, command: c.AcceptApplication, now: Instant) -> Decision:
    """Take the file in. Who came before the cut-off is served, however long the wait was."""
    assert envelope.clerk is not None
    ticket = own_ticket(state, envelope, command.ticket, TicketAct.COMPLETE)
    if not isinstance(ticket, Ticket):
        return ticket
    if state.day is None:
        return OutletClosed()
    service = state.services.get(command.service)
    if service is None:
        return UnknownService(command.service)
    clerk = clerk_of(state, envelope.clerk)
    if clerk is not None and not can_serve(state, clerk, service.code, service.letter):
        return SkillMissing(service.code)
    refusal = refuse_filing(state, service, command.received, command.applicant) or past_cut_off(
        state, service, _in_time_since(ticket)
    )
    if refusal is not None:
        return refusal
    return (
        e.ApplicationAccepted(
            application=application_id(rules_of(state).code, state.day, state.serials + 1),
            service=service.code,
            received=command.received,
            clerk=envelope.clerk,
            ticket=ticket.id,
            day=ticket.day,
            letter=ticket.letter,
            number=ticket.number,
            promised_at=promise(state, service, now),
            stage=first_stage(service),
            applicant=command.applicant,
        ),
    )


def _in_time_since(ticket: Ticket) -> Instant:
    """What the cut-off is judged by: when the number was given out, or the time that was reserved, if earlier."""
    return ticket.issued_at if ticket.slot_at is None else min(ticket.issued_at, ticket.slot_at)


def refuse_filing(
    state: State, service: Service, received: tuple[int, ...], applicant: ApplicantId | None
) -> AnyRefusal | None:
    """Why no file of this applicant can be taken in for the service now."""
    for position in received:
        if not 0 <= position < len(service.requirements):
            return NotOneOfRequirements(position)
    quota = rules_of(state).applicant_quota
    if applicant is not None and quota is not None and len(state.filings.get(applicant, ())) >= quota.files:
        return ApplicantQuotaReached(quota.files, quota.days)
    return stopped_machine(state, service)


def promise(state: State, service: Service, accepted_at: Instant) -> Instant | None:
    """By when a one-day service accepted now will be ready; None for any other.

    Nobody can collect it after the doors close: what is ready only then is promised for the next day's opening.
    """
    if service.one_day is None:
        return None
    rules = rules_of(state)
    ready_at = next_quarter(accepted_at + service.one_day.promise_minutes * MINUTE_MS)
    today = business_day(accepted_at, rules.utc_offset_minutes)
    hours = hours_of(rules, today)
    if hours is None or ready_at <= instant_of(today, hours.doors_close, rules.utc_offset_minutes):
        return ready_at
    next_day = next_open_day(rules, today)
    opens = hours_of(rules, next_day) if next_day is not None else None
    if next_day is None or opens is None:
        return ready_at
    return max(ready_at, instant_of(next_day, opens.opens, rules.utc_offset_minutes))


def first_stage(service: Service) -> Stage | None:
    """The stage at which an application for the service begins."""
    return service.stages[0] if service.stages else None


def advance(state: State, _envelope: c.Envelope, command: c.AdvanceApplication, _now: Instant) -> Decision:
    """On to a stage further on its service's way; stages may be left out, never gone back to."""
    application = _acting(state, command.application, ApplicationAct.ADVANCE)
    if not isinstance(application, Application):
        return application
    service = state.services.get(application.service)
    stages = service.stages if service is not None else ()
    reached = stages.index(application.stage) if application.stage in stages else -1
    if command.stage not in stages[reached + 1 :]:
        return StageNotAhead(command.stage)
    return (e.StageReached(application.id, command.stage),)


def mark_complete(state: State, _envelope: c.Envelope, command: c.MarkComplete, _now: Instant) -> Decision:
    """The permit is ready for collection."""
    application = _acting(state, command.application, ApplicationAct.MARK_COMPLETE)
    return (e.ApplicationCompleted(application.id),) if isinstance(application, Application) else application


def reopen(state: State, envelope: c.Envelope, command: c.ReopenApplication, now: Instant) -> Decision:
    """It was marked complete by mistake: to be said at once, by a supervisor later too."""
    application = _acting(state, command.application, ApplicationAct.REOPEN)
    if not isinstance(application, Application):
        return application
    assert application.ready_at is not None
    seconds = rules_of(state).patience.undo_seconds
    if not is_supervisor(state, envelope) and now > application.ready_at + seconds * SECOND_MS:
        return UndoTooLate(seconds)
    return (e.ApplicationReopened(application.id),)


def reject(state: State, _envelope: c.Envelope, command: c.RejectApplication, _now: Instant) -> Decision:
    """The application ends without a permit."""
    application = _acting(state, command.application, ApplicationAct.REJECT)
    if not isinstance(application, Application):
        return application
    return (e.ApplicationRejected(application.id, command.reason),)


def hand_over(state: State, _envelope: c.Envelope, command: c.HandOver, _now: Instant) -> Decision:
    """The permit is in the citizen's hand."""
    application = _acting(state, command.application, ApplicationAct.HAND_OVER)
    return (e.ApplicationHandedOver(application.id),) if isinstance(application, Application) else application


def deliver(state: State, _envelope: c.Envelope, command: c.DeliverPermit, _now: Instant) -> Decision:
    """An officer has brought it to where the file was fetched."""
    application = _fetched(state, command.application, ApplicationAct.DELIVER)
    return (e.ApplicationHandedOver(application.id),) if isinstance(application, Application) else application


def fail_delivery(state: State, _envelope: c.Envelope, command: c.FailDelivery, _now: Instant) -> Decision:
    """An officer could not bring it; it stays ready."""
    application = _fetched(state, command.application, ApplicationAct.FAIL_DELIVERY)
    if not isinstance(application, Application):
        return application
    return (e.DeliveryFailed(application.id, command.reason),)


def _fetched(
    state: State, wanted: ApplicationId, act: ApplicationAct
) -> Application | UnknownApplication | WrongApplicationStatus | NotFetched:
    application = _acting(state, wanted, act)
    if isinstance(application, Application) and application.pick_up is None:
        return NotFetched(application.id)
    return application


def _acting(
    state: State, wanted: ApplicationId, act: ApplicationAct
) -> Application | UnknownApplication | WrongApplicationStatus:
    application = state.applications.get(wanted)
    if application is None:
        return UnknownApplication(wanted)
    if application.status not in TRANSITIONS[act]:
        return WrongApplicationStatus(application.id, application.status)
    return application
