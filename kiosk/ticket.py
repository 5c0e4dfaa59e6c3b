"""A ticket as it goes onto paper: what was answered to the issue, with the outlet's own names and times."""

from datetime import datetime, timedelta

from broker.domain.state import State
from broker.domain.values import Language
from broker.protocol.messages import TicketOutcome
from broker.protocol.token import spaced
from hardware.layout.content import ExpectedCall, TicketContent
from kiosk.flow import Wish
from kiosk.words import priority, said, wording_for


def digits(ticket: TicketOutcome, state: State) -> str:
    """The number as its queue writes it: ``019``."""
    queue = state.queue(ticket.letter)
    return f"{ticket.number:0{queue.digits if queue else 3}d}"


def content(ticket: TicketOutcome, wish: Wish, language: Language, state: State) -> TicketContent:
    """What the paper says."""
    w = wording_for(state, language)
    issued_at = w.local(ticket.at).replace(tzinfo=None)
    queue = state.queue(ticket.letter)
    service = state.services.get(wish.service) if wish.service is not None else None
    return TicketContent(
        language=w.language,
        outlet_name=state.rules.name if state.rules else "",
        letter=ticket.letter,
        number=digits(ticket, state),
        queue_name=said(queue.name, w) if queue else "",
        token=ticket.token,
        code=spaced(ticket.code),
        people_ahead=ticket.ahead,
        issued_at=issued_at,
        service_name=said(service.name, w) if service else None,
        expected=_expected_call(ticket, issued_at),
        bring=tuple(said(each, w) for each in service.requirements) if service else (),
        ready_at=w.local(ticket.ready_expected_at).time() if ticket.ready_expected_at else None,
        priority_name=priority(wish.priority, w).name if wish.priority else None,
    )


def _expected_call(ticket: TicketOutcome, issued_at: datetime) -> ExpectedCall | None:
    if ticket.estimate is None:
        return None
    earliest = issued_at + timedelta(minutes=ticket.estimate.from_minutes)
    latest = issued_at + timedelta(minutes=ticket.estimate.to_minutes)
    return ExpectedCall(earliest.time(), latest.time())
