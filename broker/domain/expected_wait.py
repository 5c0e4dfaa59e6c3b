"""The expected wait as an honest range, from what the outlet itself has measured.

The work that comes first by the calling rule at each counter open now, shared among the counters that serve it. A
range, never a bare figure; None when no open counter serves the queue.
"""

from collections.abc import Iterator
from math import ceil

from broker.domain.day import MINUTE_MS, next_quarter
from broker.domain.queue import ahead_of
from broker.domain.rules import Counter, Service
from broker.domain.state import Seat, State
from broker.domain.ticket import Estimate, TicketStatus
from broker.domain.values import Instant, Letter

STEP_MINUTES = 5
"""Ranges are told in steps of five minutes: finer would promise what nobody knows."""

LOW, HIGH = 0.6, 1.4
"""The range around the middle until an outlet's own figures calibrate it."""


def mean_service_ms(state: State, letter: str) -> int:
    """The queue's mean service time in milliseconds: measured, else the configured standard."""
    measured = state.service_ms.get(letter)
    if measured is not None:
        return measured
    queue = state.queue(letter)
    return queue.standard_minutes * MINUTE_MS if queue else 0


def expected_wait(state: State, letter: Letter, virtual: Instant, now: Instant) -> Estimate | None:
    """The wait to expect for a ticket with this virtual arrival, in whole minutes; None: no counter open."""
    open_counters = _open_counters(state)
    serving = [(seat, counter) for seat, counter in open_counters if counter.serves(letter)]
    if not serving:
        return None
    work = 0.0
    for _, counter in serving:
        for each, ahead in _ahead_at(state, counter, letter, virtual):
            sharing = sum(other.serves(each) for _, other in open_counters)
            work += ahead * mean_service_ms(state, each) / sharing
    if not work and any(seat.ticket is None for seat, _ in serving):
        return Estimate(0, STEP_MINUTES)
    work += sum(_left_in_hand(state, seat, now) for seat, _ in serving) / len(serving)
    middle = work / len(serving) / MINUTE_MS
    low = int(middle * LOW) // STEP_MINUTES * STEP_MINUTES
    high = ceil(middle * HIGH / STEP_MINUTES) * STEP_MINUTES
    return Estimate(low, max(high, low + STEP_MINUTES))


def _ahead_at(
    state: State, counter: Counter, letter: Letter, virtual: Instant
) -> Iterator[tuple[Letter, int]]:
    """Whom this counter takes first, by queue: all of better tiers, of the same tier who came before."""
    for tier in counter.tiers:
        if letter in tier:
            yield from ((each, ahead_of(state, each, virtual)) for each in tier)
            return
        yield from ((each, state.waiting_count(each)) for each in tier)


def ready_expected_at(service: Service | None, estimate: Estimate | None, now: Instant) -> Instant | None:
    """When a one-day service will be ready for who takes a number now; None for any other.

    Wait at its longest, the counter's work and the promise's time, rounded up to a quarter hour.
    """
    if service is None or service.one_day is None:
        return None
    wait = estimate.to_minutes if estimate else 0
    minutes = wait + service.counter_minutes + service.one_day.promise_minutes
    return next_quarter(now + minutes * MINUTE_MS)


def _open_counters(state: State) -> list[tuple[Seat, Counter]]:
    if state.rules is None:
        return []
    return [
        (seat, counter)
        for counter in state.rules.counters
        if (seat := state.seats.get(counter.number)) is not None and seat.pause is None
    ]


def _left_in_hand(state: State, seat: Seat, now: Instant) -> int:
    """What the service in hand is likely to need yet; half the mean once it has outlasted it."""
    if seat.ticket is None:
        return 0
    ticket = state.tickets[seat.ticket]
    mean = mean_service_ms(state, state.queue_of[ticket.id])
    if ticket.status is not TicketStatus.SERVING or ticket.started_at is None:
        return mean
    return max(mean - (now - ticket.started_at), mean // 2)
