"""The slip that a citizen gets for a file of a one-day service, from the outlet's state. Pure."""

import datetime as dt

from broker.domain.day import hours_of
from broker.domain.state import State
from broker.domain.ticket import Ticket
from broker.domain.values import Service
from broker.protocol.messages import ApplicationOutcome
from broker.protocol.token import spaced
from counter.desk import number_of
from hardware.layout.content import SlipContent
from wording import Language, Wording


def slip_content(
    state: State, ticket: Ticket, service: Service, received: tuple[int, ...], outcome: ApplicationOutcome
) -> SlipContent | None:
    """What goes on the slip, in the citizen's language; None where nothing is promised."""
    rules = state.rules
    if outcome.promised_at is None or rules is None:
        return None
    hours = hours_of(rules, ticket.day)
    assert hours is not None
    language = Language(ticket.language.value)
    wording = Wording(language, dt.timedelta(minutes=rules.utc_offset_minutes))
    number = number_of(state, ticket.letter, ticket.number)
    at = rules.collection_counter
    return SlipContent(
        language=language,
        outlet_name=rules.name,
        letter=number.letter,
        number=number.digits,
        application_number=outcome.application,
        service_name=service.name.in_language(language),
        ready_by=wording.local(outcome.promised_at).time(),
        received=tuple(service.requirements[place].in_language(language) for place in received),
        token=outcome.token,
        code=spaced(outcome.code),
        collect_at=wording.t("any counter") if at is None else wording.t("Counter {number}", number=at),
        open_until=_clock(hours.doors_close),
        accepted_at=wording.local(outcome.at).replace(tzinfo=None),
    )


def _clock(minute: int) -> dt.time:
    return dt.time(minute // 60 % 24, minute % 60)
