"""Who is next, told once more in the plainest way, and that nobody starves: DESIGN.md's bound, call by call.

The rule is computed here from the tickets alone, without the state's lines. Calls by choice, by scan and of papers
brought to the counter that holds them are never asked about: only those that the rule makes.
"""

from broker.domain import events as e
from broker.domain.state import State
from broker.domain.ticket import Ticket, TicketStatus
from broker.domain.values import ClerkId, CounterNumber, Instant, TicketId

MINUTE_MS = 60_000
Key = tuple[int, int]
"""Virtual arrival and order of issue."""


def _key(ticket: Ticket) -> Key:
    assert ticket.virtual_arrival is not None
    return ticket.virtual_arrival, ticket.order


class Turns:
    """For everybody who waits, how many may still come first."""

    def __init__(self) -> None:
        self.places: dict[TicketId, Key] = {}
        self.ahead: dict[TicketId, int] = {}

    def entering(self, state: State) -> dict[TicketId, Key]:
        """Who has come into a line, or to another place, since it was last asked."""
        return {each: key for each, key in _waiting(state).items() if self.places.get(each) != key}

    def note(self, state: State) -> None:
        """Whoever comes in before somebody may be called before them, once more."""
        entering = self.entering(state)
        self.places = _waiting(state)
        self.ahead = {each: ahead for each, ahead in self.ahead.items() if each in self.places}
        for name, key in entering.items():
            for other, place in self.places.items():
                if key < place and other not in entering:
                    self.ahead[other] += 1
            self.ahead[name] = sum(place < key for place in self.places.values())


def _waiting(state: State) -> dict[TicketId, Key]:
    return {
        each.id: _key(each)
        for each in state.tickets.values()
        if each.status is TicketStatus.WAITING and each.virtual_arrival is not None
    }


def _callable(
    state: State, counter: CounterNumber, clerk: ClerkId, now: Instant
) -> dict[TicketId, tuple[int, Key]]:
    """Everybody whom this clerk may call there, with what the rule sorts by: the tier, 0 after too long a wait."""
    assert state.rules is not None
    tiers = next(each.tiers for each in state.rules.counters if each.number == counter)
    tier_of = {letter: place for place, tier in enumerate(tiers, start=1) for letter in tier}
    longest_ms = state.rules.fairness.longest_wait_minutes * MINUTE_MS
    found: dict[TicketId, tuple[int, Key]] = {}
    for name, key in _waiting(state).items():
        ticket, letter = state.tickets[name], state.queue_of[name]
        if letter in state.paused:
            continue
        if ticket.only_counter is not None or ticket.only_clerk is not None:
            if ticket.only_counter != counter and ticket.only_clerk != clerk:
                continue
            tier = 1
        elif letter in tier_of and _skilled(state, clerk, ticket, letter):
            tier = tier_of[letter]
        else:
            continue
        found[name] = (0 if now - key[0] > longest_ms else tier, key)
    return found


def _skilled(state: State, clerk: ClerkId, ticket: Ticket, letter: str) -> bool:
    """What was assigned last up to today holds; where nothing was, what the rules say. In other queues than the
    service's own, anybody may."""
    assert state.rules is not None
    assert state.day is not None
    assigned = [each for each in state.assignments.get(clerk, ()) if each.first_day <= state.day]
    configured = next(each.skills for each in state.rules.clerks if each.id == clerk)
    skills = max(assigned, key=lambda each: each.first_day).services if assigned else configured
    if skills is None or ticket.service is None or ticket.service in skills:
        return True
    return ticket.service not in state.services or state.services[ticket.service].letter != letter


def nobody_starves(turns: Turns, state: State, called: e.TicketCalled, now: Instant) -> None:
    """I am called at the latest by the (P+1)-th call of counters that may serve me, and nobody issued later than
    my virtual arrival and H comes before me; across tiers, once I have waited too long."""
    assert state.rules is not None
    longest_ms = state.rules.fairness.longest_head_start_minutes * MINUTE_MS
    first = state.tickets[called.ticket]
    for name, (tier, key) in _callable(state, called.counter, called.clerk, now).items():
        if name != first.id and tier <= 1:
            assert first.issued_at <= key[0] + longest_ms, f"{first.id} was issued too late for {name}"
            turns.ahead[name] -= 1
            assert turns.ahead[name] >= 0, f"{name} had its turn, not {first.id}"


def the_rule_calls_whom_it_says(turns: Turns, state: State, called: e.TicketCalled, now: Instant) -> None:
    candidates = _callable(state, called.counter, called.clerk, now)
    assert called.ticket in candidates, f"{called.ticket} may not be called there"
    first = min(candidates, key=candidates.__getitem__)
    assert called.ticket == first, f"{called.ticket} before {first}"


def every_call_says_why(turns: Turns, state: State, called: e.TicketCalled, now: Instant) -> None:
    assert called.because is not None, f"{called} does not say why"


CALLS = (nobody_starves, the_rule_calls_whom_it_says, every_call_says_why)


def nobody_comes_in_before_the_head_start(turns: Turns, state: State) -> None:
    """Whoever comes in before somebody was issued at most H after that one's virtual arrival."""
    assert state.rules is not None
    longest_ms = state.rules.fairness.longest_head_start_minutes * MINUTE_MS
    waiting = _waiting(state)
    for name, key in turns.entering(state).items():
        issued_at = state.tickets[name].issued_at
        for other, place in waiting.items():
            assert key >= place or issued_at <= place[0] + longest_ms, f"{name} before {other}"
