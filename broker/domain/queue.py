"""Who is next: virtual arrivals and the calling rule.

Among the tickets that a clerk may serve, a counter takes first those whose virtual arrival is longer ago than the
longest allowed wait, whatever their tier; then by the counter's tier of the queue, virtual arrival, order of issue.
"""

from bisect import bisect_right
from collections.abc import Iterator

from broker.domain.day import MINUTE_MS
from broker.domain.state import State, Waiting
from broker.domain.ticket import Ticket
from broker.domain.values import Clerk, Counter, Fairness, Instant, Place, Priority


def virtual_arrival(arrived_at: Instant, priority: Priority | None, fairness: Fairness) -> Instant:
    """The arrival less the priority's head start, never more than the longest head start."""
    minutes = fairness.head_start_minutes.get(priority, 0) if priority else 0
    return Instant(arrived_at - min(minutes, fairness.longest_head_start_minutes) * MINUTE_MS)


def virtual_arrival_at(place: Place, ticket: Ticket, now: Instant, fairness: Fairness) -> Instant:
    """The virtual arrival that puts a returned ticket at `place`.

    No place is before the ticket's arrival less the longest head start; that is what "front" means.
    """
    arrived_at = ticket.came_at
    match place:
        case Place.BY_ARRIVAL:
            return virtual_arrival(arrived_at, ticket.priority, fairness)
        case Place.FRONT:
            return Instant(arrived_at - fairness.longest_head_start_minutes * MINUTE_MS)
        case Place.END:
            return max(now, virtual_arrival(arrived_at, ticket.priority, fairness))


def next_for(state: State, counter: Counter, clerk: Clerk, now: Instant) -> Ticket | None:
    """The ticket that this clerk at this counter calls next; None when nobody waits whom the clerk may serve."""
    assert state.rules is not None
    overdue_before = now - state.rules.fairness.longest_wait_minutes * MINUTE_MS
    first_of_tiers: Waiting | None = None
    longest: Waiting | None = None
    for tier in counter.tiers:
        first_of_tier: Waiting | None = None
        for letter in tier:
            head = next(_servable(state, letter, clerk), None)
            if head is not None and (first_of_tier is None or head < first_of_tier):
                first_of_tier = head
        if first_of_tier is None:
            continue
        if first_of_tiers is None:
            first_of_tiers = first_of_tier
        if first_of_tier.virtual_arrival < overdue_before and (longest is None or first_of_tier < longest):
            longest = first_of_tier
    chosen = longest or first_of_tiers
    return state.tickets[chosen.ticket] if chosen else None


def calling_order(state: State, counter: Counter, clerk: Clerk, now: Instant) -> list[Ticket]:
    """Everybody who waits for this clerk at this counter, in the order in which the rule calls them now."""
    assert state.rules is not None
    overdue_before = now - state.rules.fairness.longest_wait_minutes * MINUTE_MS
    ordered = sorted(
        (0 if place.virtual_arrival < overdue_before else tier, place)
        for tier, letters in enumerate(counter.tiers, start=1)
        for letter in letters
        for place in _servable(state, letter, clerk)
    )
    return [state.tickets[place.ticket] for _, place in ordered]


def _servable(state: State, letter: str, clerk: Clerk) -> Iterator[Waiting]:
    for place in state.waiting.get(letter, ()):
        if clerk.can_serve(state.tickets[place.ticket].service):
            yield place


def ahead_of(state: State, letter: str, virtual: Instant) -> int:
    """How many tickets of the queue come before one that would have this virtual arrival."""
    return bisect_right(state.waiting.get(letter, ()), virtual, key=_virtual)


def _virtual(place: Waiting) -> Instant:
    return place.virtual_arrival
