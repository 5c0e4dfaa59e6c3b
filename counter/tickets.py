"""What stands on the papers of numbers given out and places reserved at a counter, in the citizen's language. Pure."""

import datetime as dt

from msgspec import Struct

from broker.domain.rules import Service
from broker.domain.state import State
from broker.domain.values import Instant, Language, Priority, ServiceCode
from broker.protocol.messages import Reserved, TicketOutcome
from broker.protocol.token import spaced
from counter import words
from counter.desk import number_of
from hardware.layout.content import (
    AppointmentContent,
    ExpectedCall,
    TicketContent,
    appointment_fields,
    ticket_fields,
)
from hardware.page import JobKind, Page
from wording import Language as WordingLanguage
from wording import Wording


class Asked(Struct, frozen=True):
    """What the citizen wanted, as far as the paper tells it."""

    service: ServiceCode | None
    priority: Priority | None
    language: Language


def ticket_page(given: TicketOutcome, asked: Asked, state: State) -> Page:
    """A number's."""
    w = _wording(state, asked.language)
    at = w.local(given.at).replace(tzinfo=None)
    queue = state.queue(given.letter)
    service = state.services.get(asked.service) if asked.service is not None else None
    content = TicketContent(
        language=w.language,
        outlet_name=state.rules.name if state.rules is not None else "",
        letter=given.letter,
        number=number_of(state, given.letter, given.number).digits,
        queue_name=words.said(queue.name, w) if queue is not None else "",
        token=given.token,
        code=spaced(given.code),
        people_ahead=given.ahead,
        issued_at=at,
        service_name=words.said(service.name, w) if service is not None else None,
        expected=_expected(given, at),
        bring=_bring(service, w),
        ready_at=w.local(given.ready_expected_at).time() if given.ready_expected_at is not None else None,
        priority_name=words.priority(asked.priority, w) if asked.priority is not None else None,
    )
    return Page(JobKind.TICKET, ticket_fields(content))


def appointment_page(reserved: Reserved, state: State, now: Instant) -> Page:
    """A reserved place's, in the outlet's own language: nobody has been asked for theirs."""
    w = _wording(state, Language.INDONESIAN)
    service = state.services.get(reserved.service)
    at = w.local(reserved.slot_at).replace(tzinfo=None)
    late = dt.timedelta(minutes=state.rules.appointments.late_minutes if state.rules is not None else 0)
    content = AppointmentContent(
        language=w.language,
        outlet_name=state.rules.name if state.rules is not None else "",
        service_name=words.said(service.name, w) if service is not None else "",
        at=at,
        until=(at + late).time(),
        token=reserved.token,
        code=spaced(reserved.code),
        printed_at=w.local(now).replace(tzinfo=None),
        bring=_bring(service, w),
    )
    return Page(JobKind.APPOINTMENT, appointment_fields(content))


def _wording(state: State, language: Language) -> Wording:
    minutes = state.rules.utc_offset_minutes if state.rules is not None else 0
    return Wording(WordingLanguage(language.value), dt.timedelta(minutes=minutes))


def _bring(service: Service | None, w: Wording) -> tuple[str, ...]:
    return tuple(words.said(each, w) for each in service.requirements) if service is not None else ()


def _expected(given: TicketOutcome, at: dt.datetime) -> ExpectedCall | None:
    if given.estimate is None:
        return None
    earliest = at + dt.timedelta(minutes=given.estimate.from_minutes)
    latest = at + dt.timedelta(minutes=given.estimate.to_minutes)
    return ExpectedCall(earliest.time(), latest.time())
