"""What the outlet offers a citizen at this moment: queues, services, and why one of them is closed.

Facts only, read from the replica; words for them are in `kiosk.words`. The broker decides again when a number is
asked for.
"""

from datetime import date, timedelta
from enum import Enum, auto

from msgspec import Struct

from broker.domain.day import business_day, hours_of, instant_of, ticket_window
from broker.domain.expected_wait import expected_wait, ready_expected_at
from broker.domain.rules import OutletRules, Queue, Service
from broker.domain.state import State
from broker.domain.ticket import Estimate
from broker.domain.values import BusinessDay, Instant, Letter, ServiceCode

_DAYS_AHEAD = 14
"""How far the next opening is looked for."""


class Why(Enum):
    """Why no number is given."""

    NOT_YET = auto()
    OVER = auto()
    PAST_CUT_OFF = auto()
    NOT_TODAY = auto()


class Closure(Struct, frozen=True):
    """That something is closed, and for how long."""

    why: Why
    since: Instant | None
    """When it closed today; None where it has not been open today."""
    until: Instant | None
    """When numbers are given out again; None: not within two weeks."""


class ServiceOffer(Struct, frozen=True):
    """A service as it can be had now."""

    service: Service
    queue: Queue
    waiting: int
    wait: Estimate | None
    """For who takes a number now; None: no counter serves the queue at present."""
    cut_off_at: Instant | None
    ready_at: Instant | None
    """For a one-day service, for who takes a number now; None while it is closed."""
    closure: Closure | None


class QueueOffer(Struct, frozen=True):
    """A queue as it can be joined now."""

    queue: Queue
    waiting: int
    wait: Estimate | None
    closure: Closure | None


class Doors(Struct, frozen=True):
    """The outlet's own hours today."""

    opens_at: Instant
    close_at: Instant


def queues_on_offer(state: State, now: Instant) -> tuple[QueueOffer, ...]:
    """All queues, in the outlet's order."""
    if state.rules is None:
        return ()
    return tuple(_queue_offer(state, state.rules, queue, now) for queue in state.rules.queues)


def one_day_services(state: State, letter: Letter, now: Instant) -> tuple[ServiceOffer, ...]:
    """The queue's one-day services: those that can still be had first, and of these the soonest to close."""
    offers = (service_on_offer(state, code, now) for code in _one_day_codes(state, letter))
    return tuple(sorted((offer for offer in offers if offer is not None), key=_urgency))


def has_one_day_services(state: State, letter: Letter) -> bool:
    """Whether choosing the queue leads to a choice among its one-day services."""
    return bool(_one_day_codes(state, letter))


def service_on_offer(state: State, code: ServiceCode, now: Instant) -> ServiceOffer | None:
    """One service; None when the outlet does not offer it (any more)."""
    service = state.services.get(code)
    queue = state.queue(service.letter) if service is not None else None
    if state.rules is None or service is None or queue is None:
        return None
    wait = expected_wait(state, queue.letter, now, now)
    today = business_day(now, state.rules.utc_offset_minutes)
    cut_off_at = None
    if service.one_day is not None:
        cut_off_at = instant_of(today, service.one_day.cut_off, state.rules.utc_offset_minutes)
    closure = _queue_closure(state, state.rules, queue, now)
    if closure is None and cut_off_at is not None and now >= cut_off_at:
        closure = Closure(Why.PAST_CUT_OFF, cut_off_at, _next_first_ticket(state.rules, queue, now))
    return ServiceOffer(
        service=service,
        queue=queue,
        waiting=state.waiting_count(queue.letter),
        wait=wait,
        cut_off_at=cut_off_at,
        ready_at=ready_expected_at(service, wait, now) if closure is None else None,
        closure=closure,
    )


def doors(state: State, now: Instant) -> Doors | None:
    """When the outlet opens and closes today; None when it does not, or has closed its day."""
    if state.rules is None or state.day is None:
        return None
    hours = hours_of(state.rules, state.day)
    if hours is None:
        return None
    offset = state.rules.utc_offset_minutes
    closes = instant_of(state.day, hours.doors_close, offset)
    return Doors(instant_of(state.day, hours.opens, offset), closes) if now < closes else None


def opens_next(state: State, now: Instant) -> Instant | None:
    """When the outlet's doors open next."""
    if state.rules is None:
        return None
    for day in _days_from(state.rules, now):
        hours = hours_of(state.rules, day)
        if hours is not None:
            opens = instant_of(day, hours.opens, state.rules.utc_offset_minutes)
            if opens > now:
                return opens
    return None


def _queue_offer(state: State, rules: OutletRules, queue: Queue, now: Instant) -> QueueOffer:
    return QueueOffer(
        queue=queue,
        waiting=state.waiting_count(queue.letter),
        wait=expected_wait(state, queue.letter, now, now),
        closure=_queue_closure(state, rules, queue, now),
    )


def _queue_closure(state: State, rules: OutletRules, queue: Queue, now: Instant) -> Closure | None:
    window = ticket_window(rules, queue, state.day) if state.day is not None else None
    if window is None:
        return Closure(Why.NOT_TODAY, None, _next_first_ticket(rules, queue, now))
    first_at, last_at = window
    if now < first_at:
        return Closure(Why.NOT_YET, None, first_at)
    if now >= last_at:
        return Closure(Why.OVER, last_at, _next_first_ticket(rules, queue, now))
    return None


def _next_first_ticket(rules: OutletRules, queue: Queue, now: Instant) -> Instant | None:
    for day in _days_from(rules, now):
        window = ticket_window(rules, queue, day)
        if window is not None and window[0] > now:
            return window[0]
    return None


def _days_from(rules: OutletRules, now: Instant) -> tuple[BusinessDay, ...]:
    today = date.fromisoformat(business_day(now, rules.utc_offset_minutes))
    return tuple(BusinessDay((today + timedelta(days=ahead)).isoformat()) for ahead in range(_DAYS_AHEAD + 1))


def _one_day_codes(state: State, letter: Letter) -> tuple[ServiceCode, ...]:
    return tuple(
        service.code
        for service in state.services.values()
        if service.letter == letter and service.one_day is not None
    )


def _urgency(offer: ServiceOffer) -> tuple[bool, Instant]:
    return offer.closure is not None, offer.cut_off_at or Instant(0)
