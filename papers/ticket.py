"""A number's ticket: what was answered to the issue, with the outlet's own names and times."""

import datetime as dt

from msgspec import Struct

from broker.domain.state import State
from broker.domain.values import Language, Priority, ServiceCode
from broker.protocol.messages import TicketOutcome
from broker.protocol.token import spaced
from hardware.layout.content import ExpectedCall, TicketContent, ticket_fields
from hardware.page import JobKind, Page
from papers.words import outlet_name, priority, said, to_bring, wording_of


class Asked(Struct, frozen=True):
    """What the citizen wanted, as far as the ticket tells it."""

    service: ServiceCode | None
    priority: Priority | None
    language: Language


def ticket_page(given: TicketOutcome, asked: Asked, state: State) -> Page:
    """In the citizen's language."""
    w = wording_of(state, asked.language)
    at = w.local(given.at).replace(tzinfo=None)
    queue = state.queue(given.letter)
    service = state.services.get(asked.service) if asked.service is not None else None
    content = TicketContent(
        language=w.language,
        outlet_name=outlet_name(state),
        letter=given.letter,
        number=state.digits(given.letter, given.number),
        queue_name=said(queue.name, w) if queue is not None else "",
        token=given.token,
        code=spaced(given.code),
        people_ahead=given.ahead,
        issued_at=at,
        service_name=said(service.name, w) if service is not None else None,
        expected=_expected(given, at),
        bring=to_bring(service, w),
        ready_at=w.local(given.ready_expected_at).time() if given.ready_expected_at is not None else None,
        priority_name=priority(asked.priority, w) if asked.priority is not None else None,
    )
    return Page(JobKind.TICKET, ticket_fields(content))


def _expected(given: TicketOutcome, at: dt.datetime) -> ExpectedCall | None:
    if given.estimate is None:
        return None
    earliest = at + dt.timedelta(minutes=given.estimate.from_minutes)
    latest = at + dt.timedelta(minutes=given.estimate.to_minutes)
    return ExpectedCall(earliest.time(), latest.time())
