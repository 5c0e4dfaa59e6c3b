"""Who is next: virtual arrivals, the calling rule, and why it chose this ticket.

Among the tickets that a clerk may serve, a counter takes first those whose virtual arrival is longer ago than the
longest allowed wait, whatever their tier; then by the counter's tier of the queue, virtual arrival, order of issue.
What a colleague has sent to this counter or clerk ranks with the first tier. A paused queue calls nobody.
"""

from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from broker.domain.day import MINUTE_MS
from broker.domain.line import Line, in_order, up_to
from broker.domain.rules import AppointmentRules, Clerk, Counter, Fairness, OutletRules
from broker.domain.state import State, Waiting
from broker.domain.ticket import Ticket
from broker.domain.values import (
    Because,
    BusinessDay,
    Channel,
    ClerkId,
    CounterNumber,
    Instant,
    Letter,
    Place,
    Priority,
    ServiceCode,
    TicketId,
)

# Virtual arrivals


def virtual_arrival(arrived_at: Instant, priority: Priority | None, fairness: Fairness) -> Instant:
    """The arrival less the priority's head start, never more than the longest head start."""
    minutes = fairness.head_start_minutes.get(priority, 0) if priority else 0
    return Instant(arrived_at - min(minutes, fairness.longest_head_start_minutes) * MINUTE_MS)


def virtual_arrival_of(ticket: Ticket, arrived_at: Instant, rules: OutletRules) -> Instant:
    """The virtual arrival of a ticket that arrived then."""
    return counts_as_come(arrived_at, ticket.priority, ticket.channel, ticket.slot_at, rules)


def counts_as_come(
    arrived_at: Instant,
    priority: Priority | None,
    channel: Channel,
    slot_at: Instant | None,
    rules: OutletRules,
) -> Instant:
    """The virtual arrival of a visit: the earliest that its priority, channel or slot gives it.

    Never before the arrival less the longest head start.
    """
    fairness = rules.fairness
    by_priority = virtual_arrival(arrived_at, priority, fairness)
    by_channel = arrived_at - channel_head_start(channel, rules) * MINUTE_MS
    by_slot = by_priority if slot_at is None else slot_arrival(slot_at, rules.appointments)
    longest = arrived_at - fairness.longest_head_start_minutes * MINUTE_MS
    return Instant(max(min(by_priority, by_channel, by_slot), longest))


def channel_head_start(channel: Channel, rules: OutletRules) -> int:
    """The channel's head start, in minutes."""
    return next((each.head_start_minutes for each in rules.channels if each.channel is channel), 0)


def slot_arrival(slot_at: Instant, appointments: AppointmentRules) -> int:
    """When whoever has reserved this slot counts as having come."""
    return slot_at - appointments.head_start_minutes * MINUTE_MS


def virtual_arrival_at(place: Place, ticket: Ticket, now: Instant, rules: OutletRules) -> Instant:
    """The virtual arrival that puts a returned ticket at `place`.

    No place is before the ticket's arrival less the longest head start; that is what "front" means.
    """
    match place:
        case Place.BY_ARRIVAL:
            return virtual_arrival_of(ticket, ticket.came_at, rules)
        case Place.FRONT:
            return Instant(ticket.came_at - rules.fairness.longest_head_start_minutes * MINUTE_MS)
        case Place.END:
            return now


# Where tickets wait


def waits_at(letter: str, counter: CounterNumber | None, clerk: ClerkId | None) -> str:
    """The key of a line: a queue's letter alone, or with the only counter or clerk who may call from it."""
    if counter is not None:
        return f"{letter}#{counter}"
    return letter if clerk is None else f"{letter}={clerk}"


def line_of(ticket: Ticket, letter: str) -> str:
    """The key of the line in which the ticket waits, in this queue."""
    return waits_at(letter, ticket.only_counter, ticket.only_clerk)


def sent_to(state: State, counter: CounterNumber, clerk: ClerkId) -> list[str]:
    """The keys of the lines of what was sent to this counter, or to this clerk."""
    to_counter, to_clerk = f"#{counter}", f"={clerk}"
    return [key for key in state.waiting if len(key) > 1 and key[1:] in (to_counter, to_clerk)]


def ahead_of(state: State, letter: str, virtual: Instant) -> int:
    """How many tickets of the queue come before one that would have this virtual arrival."""
    after_equals = Waiting(virtual, _AFTER_ALL, TicketId(""))
    return sum(up_to(line, after_equals) for line in state.waiting.get(letter, {}).values())


_AFTER_ALL = 1 << 62


# Skills


def skills_of(state: State, clerk: Clerk, day: BusinessDay | None) -> frozenset[ServiceCode] | None:
    """The services that the clerk may serve on that day; None: all."""
    services = clerk.skills
    for assignment in state.assignments.get(clerk.id, ()):
        if day is not None and assignment.first_day > day:
            break
        services = assignment.services
    return None if services is None else _as_set(services)


@lru_cache(maxsize=256)
def _as_set(services: tuple[ServiceCode, ...]) -> frozenset[ServiceCode]:
    return frozenset(services)


def can_serve(state: State, clerk: Clerk, service: ServiceCode | None, letter: str) -> bool:
    """Whether the clerk may serve a ticket of this service that waits in this queue (None: not yet known).

    The skill is asked for in the service's own queue: where its visit goes on to pay or to collect, anybody may.
    """
    skills = skills_of(state, clerk, state.day)
    return skills is None or service is None or service in skills or not _is_at_home(state, service, letter)


def _is_at_home(state: State, service: ServiceCode | str, letter: str) -> bool:
    """Whether the queue is the service's own."""
    known = state.services.get(ServiceCode(service))
    return known is not None and known.letter == letter


# The calling rule


class Choice(Struct, frozen=True):
    """Who is next, and why."""

    ticket: Ticket
    because: Because


class _Tier(Struct):
    """The fronts of a tier's lines."""

    first: Waiting | None = None
    second: Waiting | None = None

    def add(self, line: Line[Waiting]) -> None:
        """Take the line's first two into account."""
        chunk = line[0]
        place = chunk[0]
        if self.first is None or place < self.first:
            self.second = self.first
            self.first = place
            after = chunk[1] if len(chunk) > 1 else line[1][0] if len(line) > 1 else None
            if after is not None and (self.second is None or after < self.second):
                self.second = after
        elif self.second is None or place < self.second:
            self.second = place


def next_for(state: State, counter: Counter, clerk: Clerk, now: Instant) -> Choice | None:
    """The ticket that this clerk at this counter calls next; None when nobody waits whom the clerk may serve."""
    assert state.rules is not None
    overdue_before = now - state.rules.fairness.longest_wait_minutes * MINUTE_MS
    best: _Tier | None = None
    longest: Waiting | None = None
    passed_over: Waiting | None = None
    for keys in _tiers(state, counter, clerk):
        tier = _Tier()
        for line in _servable(state, keys, clerk):
            tier.add(line)
        if tier.first is None:
            continue
        if best is None:
            best = tier
        elif passed_over is None or tier.first < passed_over:
            passed_over = tier.first
        if tier.first.virtual_arrival < overdue_before and (longest is None or tier.first < longest):
            longest = tier.first
    if best is None or best.first is None:
        return None
    if longest is not None and longest != best.first:
        return Choice(state.tickets[longest.ticket], Because.WAITED_TOO_LONG)
    ticket = state.tickets[best.first.ticket]
    return Choice(ticket, _because(ticket, best.first, best.second, passed_over, state.rules))


def _because(
    ticket: Ticket,
    place: Waiting,
    second: Waiting | None,
    passed_over: Waiting | None,
    rules: OutletRules,
) -> Because:
    """Why the first of the best tier is called: the strongest reason that made the difference."""
    if ticket.is_directed:
        return Because.SENT_HERE
    if second is not None and second.virtual_arrival < ticket.came_at:
        return _advantage(ticket, place, rules)
    if passed_over is not None and passed_over < place:
        return Because.BETTER_TIER
    return Because.CAME_FIRST


def _advantage(ticket: Ticket, place: Waiting, rules: OutletRules) -> Because:
    """What puts a ticket before somebody who came earlier."""
    if ticket.came_back:
        return Because.CAME_BACK
    if place.virtual_arrival < virtual_arrival_of(ticket, ticket.came_at, rules):
        return Because.PUT_FORWARD
    if ticket.slot_at is not None:
        return Because.APPOINTMENT
    by_priority = virtual_arrival(ticket.came_at, ticket.priority, rules.fairness)
    return Because.PRIORITY if place.virtual_arrival >= by_priority else Because.CHANNEL


def calling_order(state: State, counter: Counter, clerk: Clerk, now: Instant) -> list[Ticket]:
    """Everybody who waits for this clerk at this counter, in the order in which the rule calls them now."""
    assert state.rules is not None
    overdue_before = now - state.rules.fairness.longest_wait_minutes * MINUTE_MS
    ordered = sorted(
        (0 if place.virtual_arrival < overdue_before else tier, place)
        for tier, keys in enumerate(_tiers(state, counter, clerk), start=1)
        for line in _servable(state, keys, clerk)
        for place in in_order(line)
    )
    return [state.tickets[place.ticket] for _, place in ordered]


def _tiers(state: State, counter: Counter, clerk: Clerk) -> Iterator[list[str]]:
    """The keys of the lines that the counter serves, by tier; what was sent here comes with the first."""
    sent = sent_to(state, counter.number, clerk.id)
    for tier in counter.tiers or ((),):
        yield [*sent, *tier]
        sent = []


def _servable(state: State, keys: list[str], clerk: Clerk) -> Iterator[Line[Waiting]]:
    skills = skills_of(state, clerk, state.day)
    for key in keys:
        if key[0] in state.paused:
            continue
        for service, line in state.waiting.get(key, {}).items():
            if (
                skills is None
                or not service
                or service in skills
                or len(key) > 1
                or not _is_at_home(state, service, key)
            ):
                yield line


def serves(counter: Counter, clerk: Clerk, ticket: Ticket, letter: Letter) -> bool:
    """Whether the ticket, waiting in this queue, may be called at this counter by this clerk, skills apart."""
    if ticket.only_counter is not None:
        return ticket.only_counter == counter.number
    if ticket.only_clerk is not None:
        return ticket.only_clerk == clerk.id
    return counter.serves(letter)
