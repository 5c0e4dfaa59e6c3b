"""A ticket of the emergency roll, printed beforehand."""

from datetime import timedelta

from broker.domain.roll import RollTicket
from broker.domain.state import State
from broker.domain.values import Instant, Language
from hardware.layout.content import RollTicketContent, roll_ticket_fields
from hardware.page import JobKind, Page
from papers.words import outlet_name, said, wording_of


def roll_ticket_page(ticket: RollTicket, token: str, ends_at: Instant, state: State) -> Page:
    """In the office's own language: nobody knows yet whose it will be. It is good until the day before `ends_at`."""
    w = wording_of(state, Language.INDONESIAN)
    queue = state.queue(ticket.letter)
    content = RollTicketContent(
        language=w.language,
        outlet_name=outlet_name(state),
        letter=ticket.letter,
        number=state.digits(ticket.letter, ticket.number),
        queue_name=said(queue.name, w) if queue is not None else "",
        token=token,
        good_until=(w.local(ends_at) - timedelta(days=1)).date(),
    )
    return Page(JobKind.ROLL_TICKET, roll_ticket_fields(content))
