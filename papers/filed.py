"""A file as its papers name it. One just accepted may not be in the state yet; of one accepted before, the ticket may
have gone.
"""

from msgspec import Struct

from broker.domain.application import Application
from broker.domain.rules import Service
from broker.domain.state import State
from broker.domain.values import BusinessDay, Language, ServiceCode, TicketId
from broker.protocol.messages import ApplicationOutcome
from broker.protocol.token import spaced
from hardware.layout.content import FileIdentity
from papers.words import outlet_name, said
from wording import Wording


class Filed(Struct, frozen=True):
    """What was filed, and in which visit."""

    letter: str
    digits: str
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
        letter=ticket.letter,
        digits=state.digits(ticket.letter, ticket.number),
        service=state.services[service_code],
        received=received,
        language=ticket.language,
        day=ticket.day,
        ticket=ticket_id,
    )


def filed_before(state: State, application: Application) -> Filed | None:
    """A file of the state; None when the outlet does not offer its service any more."""
    service = state.services.get(application.service)
    if service is None:
        return None
    letter, digits = plate_of(state, application)
    ticket = state.tickets.get(application.ticket) if application.ticket is not None else None
    return Filed(
        letter=letter,
        digits=digits,
        service=service,
        received=application.received,
        language=ticket.language if ticket is not None else Language.INDONESIAN,
        day=application.day,
        ticket=application.ticket,
    )


def plate_of(state: State, application: Application) -> tuple[str, str]:
    """Its ticket's letter and digits; of a file without a ticket no letter, and the serial of its own number."""
    if application.letter is None or application.number is None:
        return "", application.id.rpartition("-")[2]
    return application.letter, state.digits(application.letter, application.number)


def identity(filed: Filed, outcome: ApplicationOutcome, state: State, w: Wording) -> FileIdentity:
    """What each of its papers says, with its token as the broker makes it."""
    at = state.rules.collection_counter if state.rules is not None else None
    return FileIdentity(
        language=w.language,
        outlet_name=outlet_name(state),
        letter=filed.letter,
        number=filed.digits,
        application_number=outcome.application,
        service_name=said(filed.service.name, w),
        token=outcome.token,
        code=spaced(outcome.code),
        collect_at=w.t("any counter") if at is None else w.t("Counter {number}", number=at),
    )
