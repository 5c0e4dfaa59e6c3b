"""The expected wait as people are told it: what the forecast has reported last, for as long as that is fresh.

How it comes about is the business of `forecast`, a process of its own; without one nothing is told.
"""

from broker.domain.day import MINUTE_MS, next_quarter
from broker.domain.rules import Service
from broker.domain.state import State
from broker.domain.ticket import Expected
from broker.domain.values import Instant, Letter, Priority

FRESH_MS = 3 * MINUTE_MS
"""The forecast reports at least every minute; figures older than this are nobody's."""


def expected_wait(state: State, letter: Letter, priority: Priority | None, now: Instant) -> Expected | None:
    """What to tell whoever takes a number of the queue now; None: nobody knows."""
    if state.expected_at is None or now - state.expected_at > FRESH_MS:
        return None
    figures = state.expected if priority is None else state.expected_with_priority
    return figures.get(letter)


def ready_expected_at(service: Service | None, expected: Expected | None, now: Instant) -> Instant | None:
    """When a one-day service will be ready for who takes a number now; None for any other.

    Wait at its longest, the counter's work and the promise's time, rounded up to a quarter hour.
    """
    if service is None or service.one_day is None:
        return None
    estimate = expected.estimate if expected is not None else None
    wait = estimate.to_minutes if estimate is not None else 0
    minutes = wait + service.counter_minutes + service.one_day.promise_minutes
    return next_quarter(now + minutes * MINUTE_MS)
