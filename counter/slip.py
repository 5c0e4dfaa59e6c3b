"""The slip that a citizen gets for a file of a one-day service, from the outlet's state. Pure.

A file just accepted may not be in the state yet; one accepted before is, while its ticket may have gone.
"""

import datetime as dt

from msgspec import Struct

from broker.domain.application import Application
from broker.domain.day import hours_of
from broker.domain.rules import OutletRules, Service
from broker.domain.state import State
from broker.domain.values import BusinessDay, ServiceCode, TicketId
from broker.protocol.messages import ApplicationOutcome
from broker.protocol.token import spaced
from counter.desk import Number, number_of
from counter.oneday import file_of
from hardware.layout.content import SlipContent
from wording import Language, Wording


class Filed(Struct, frozen=True):
    """What was filed, and in which visit."""

    number: Number
    service: Service
    received: tuple[int, ...]
    """Places in the service's list of requirements."""
    language: Language
    """The citizen's."""
    day: BusinessDay | None
    ticket: TicketId | None


def filed_now(
    state: State, ticket_id: TicketId, service_code: ServiceCode, received: tuple[int, ...]
) -> Filed:
    """A file that is just being accepted for the ticket in hand."""
    ticket = state.tickets[ticket_id]
    return Filed(
        number=number_of(state, ticket.letter, ticket.number),
        service=state.services[service_code],
        received=received,
        language=Language(ticket.language.value),
        day=ticket.day,
        ticket=ticket_id,
    )


def filed_before(state: State, application: Application) -> Filed | None:
    """A file of the state; None when the outlet does not offer its service any more."""
    file = file_of(state, application)
    if file is None:
        return None
    ticket = state.tickets.get(application.ticket) if application.ticket is not None else None
    return Filed(
        number=file.number,
        service=file.service,
        received=application.received,
        language=Language(ticket.language.value) if ticket is not None else Language.ID,
        day=application.day,
        ticket=application.ticket,
    )


def slip_content(rules: OutletRules | None, filed: Filed, outcome: ApplicationOutcome) -> SlipContent | None:
    """What goes on the slip, in the citizen's language; None where nothing is promised for a day of the outlet."""
    hours = hours_of(rules, filed.day) if rules is not None and filed.day is not None else None
    if rules is None or hours is None or outcome.promised_at is None:
        return None
    wording = Wording(filed.language, dt.timedelta(minutes=rules.utc_offset_minutes))
    at = rules.collection_counter
    return SlipContent(
        language=filed.language,
        outlet_name=rules.name,
        letter=filed.number.letter,
        number=filed.number.digits,
        application_number=outcome.application,
        service_name=filed.service.name.in_language(filed.language),
        ready_by=wording.local(outcome.promised_at).time(),
        received=_names(filed),
        token=outcome.token,
        code=spaced(outcome.code),
        collect_at=wording.t("any counter") if at is None else wording.t("Counter {number}", number=at),
        open_until=_clock(hours.doors_close),
        accepted_at=wording.local(outcome.at).replace(tzinfo=None),
    )


def _names(filed: Filed) -> tuple[str, ...]:
    """What was handed in; the list may have become shorter since."""
    requirements = filed.service.requirements
    return tuple(
        requirements[place].in_language(filed.language)
        for place in filed.received
        if place < len(requirements)
    )


def _clock(minute: int) -> dt.time:
    return dt.time(minute // 60 % 24, minute % 60)
