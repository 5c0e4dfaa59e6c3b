"""Which call has its turn in the large panel and the voice, and which ones still wait for theirs.

Pure: each call is announced exactly once, in the order of the journal. A display that starts or comes back
announces only what is fresh and still holds; what it shows in its list is the board's business.
"""

from collections.abc import Iterator

from msgspec import Struct

from broker.domain.events import Recorded, TicketCalled, TicketRecalled
from broker.domain.state import Announced, State
from broker.domain.ticket import TicketStatus
from broker.domain.values import Instant, TicketId

FRESH_MS = 60_000
"""An older call is not announced by a display that has just started or come back."""


class Announcer(Struct, frozen=True):
    """The announcements of one display."""

    turn: Announced | None = None
    """Being announced now."""
    queue: tuple[Announced, ...] = ()
    """Not announced yet, first come first."""
    known: frozenset[Announced] = frozenset()
    """Calls that this display has met: none of them is announced a second time."""


def hear(before: Announcer, state: State, records: tuple[Recorded, ...]) -> Announcer:
    """Queue the calls among events that `state` has just folded, while the display was connected."""
    queue = (*before.queue, *_calls_in(state, records))
    listed = {*state.recent_calls, *queue}
    return Announcer(before.turn, queue, (before.known | set(queue)) & listed)


def rejoin(before: Announcer, state: State, now: Instant) -> Announcer:
    """Start, or come back after a cut: of all that is not announced yet, queue what is fresh and still holds."""
    queue = tuple(
        call
        for call in reversed(state.recent_calls)
        if (call not in before.known or call in before.queue)
        and now - call.at < FRESH_MS
        and _is_awaited(state, call)
    )
    return Announcer(before.turn, queue, frozenset(state.recent_calls))


def take_turn(before: Announcer) -> Announcer:
    """The first of the queue gets the panel and the voice, unless somebody has them or nobody waits."""
    if before.turn is not None or not before.queue:
        return before
    return Announcer(before.queue[0], before.queue[1:], before.known)


def end_turn(before: Announcer) -> Announcer:
    """The announcement is over."""
    return Announcer(None, before.queue, before.known)


def _calls_in(state: State, records: tuple[Recorded, ...]) -> Iterator[Announced]:
    for record in records:
        match record.event:
            case TicketCalled(ticket=ticket):
                call = _find(state, ticket, 1, record.at)
            case TicketRecalled(ticket=ticket, call=number):
                call = _find(state, ticket, number, record.at)
            case _:
                continue
        if call is not None:
            yield call


def _find(state: State, ticket_id: TicketId, number: int, at: Instant) -> Announced | None:
    """The call with its number and counter; None for one that later events of the same batch have undone."""
    for call in state.recent_calls:
        if (call.ticket, call.call, call.at) == (ticket_id, number, at):
            return call
    ticket = state.tickets.get(ticket_id)
    if ticket is None or ticket.counter is None or ticket.call is None or ticket.call.number != number:
        return None
    return Announced(ticket.id, ticket.letter, ticket.number, ticket.counter, at, number)


def _is_awaited(state: State, call: Announced) -> bool:
    ticket = state.tickets.get(call.ticket)
    return (
        ticket is not None
        and ticket.status is TicketStatus.CALLED
        and ticket.call is not None
        and (ticket.call.number, ticket.call.at) == (call.call, call.at)
    )
