"""What an earlier run of the kiosk left in doubt: what may still be of use to the citizen who stood there. Pure."""

from datetime import UTC, datetime

from msgspec import Struct

from broker.domain.state import State
from broker.domain.ticket import TicketStatus
from broker.domain.values import Instant, Language, TicketId
from hardware.page import JobKind, Page
from hardware.print_journal import Doubt


class InDoubt(Struct, frozen=True):
    """A paper that may not have come out, in the words that stand on it."""

    job: int
    """Its number in the print journal."""
    language: Language
    may_be_out: bool
    """False: it surely is not."""
    token: str
    code: str
    what: str
    """The service, or else the queue."""
    ticket: TicketId | None = None
    """None: it is a reserved place."""
    letter: str = ""
    digits: str = ""
    day: str = ""
    clock: str = ""
    """The day and the time of a place."""


def in_doubt(doubt: Doubt, state: State, now: Instant, seconds: float) -> InDoubt | None:
    """What to show of it; None where it is of no use any more: too old, called already, or its page not known."""
    page, is_old = doubt.page, now - _instant(doubt.queued_at) > seconds * 1000
    if page is None or is_old:
        return None
    match doubt.kind:
        case JobKind.TICKET if doubt.ticket_id is not None:
            return _ticket(doubt, page, TicketId(doubt.ticket_id), state)
        case JobKind.APPOINTMENT:
            return _of(
                doubt, page, _text(page, "service"), day=_text(page, "day"), clock=_text(page, "clock")
            )
        case _:
            return None


def _ticket(doubt: Doubt, page: Page, ticket: TicketId, state: State) -> InDoubt | None:
    known = state.tickets.get(ticket)
    if known is None or known.status is not TicketStatus.WAITING:
        return None
    what = _text(page, "service") or _text(page, "queue")
    return _of(doubt, page, what, ticket=ticket, letter=_text(page, "letter"), digits=_text(page, "number"))


def _of(doubt: Doubt, page: Page, what: str, ticket: TicketId | None = None, **words: str) -> InDoubt:
    return InDoubt(
        job=doubt.number,
        language=Language(_text(page, "language")),
        may_be_out=doubt.began or doubt.is_repeat,
        token=_text(page, "token"),
        code=_text(page, "code").replace(" ", ""),  # on paper it stands in halves
        what=what,
        ticket=ticket,
        **words,
    )


def _text(page: Page, field: str) -> str:
    value = page.fields[field]
    assert isinstance(value, str)
    return value


def _instant(at: datetime) -> Instant:
    return Instant(int(at.astimezone(UTC).timestamp() * 1000))
