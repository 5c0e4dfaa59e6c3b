"""What the outlet offers a citizen at this moment: queues, services, and why one of them is closed.

Facts only, read from the replica and judged by the core's own rules, so that a screen never says other than the
broker; words for them are in `kiosk.words`. The broker decides again when a number is asked for.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from broker.domain.day import business_day, exception_on, hours_of, instant_of, ticket_window
from broker.domain.decide.issue import closed_now, unavailable_now
from broker.domain.expected_wait import expected_wait, ready_expected_at
from broker.domain.refusals import (
    AnyRefusal,
    DoorsClosedToday,
    NumbersUsedUp,
    OutletClosed,
    PastCutOff,
    QueueClosedToday,
    QuotaReached,
    TooEarly,
    TooLate,
)
from broker.domain.rules import Bilingual, OutletRules, Queue, Service
from broker.domain.state import State
from broker.domain.ticket import Expected
from broker.domain.values import BusinessDay, ClosingReason, Instant, Letter, ServiceCode

_DAYS_AHEAD = 60
"""How far the next opening is looked for: past the longest holidays."""


class Closure(Struct, frozen=True):
    """That no numbers are given out, and why."""

    refusal: AnyRefusal
    """What the broker would answer."""
    until: Instant | None
    """When numbers are given out again; None: nobody can tell."""
    exception: Bilingual | None = None
    """The holiday, or the weeks with other hours, that today belongs to."""

    @property
    def is_over_today(self) -> bool:
        """Whether nothing will change before tomorrow."""
        return isinstance(
            self.refusal,
            OutletClosed
            | TooLate
            | PastCutOff
            | QuotaReached
            | NumbersUsedUp
            | QueueClosedToday
            | DoorsClosedToday,
        )


class ServiceOffer(Struct, frozen=True):
    """A service as it can be had now."""

    service: Service
    queue: Queue
    waiting: int
    wait: Expected | None
    """For who takes a number now; None: nobody knows."""
    cut_off_at: Instant | None
    ready_at: Instant | None
    """For a one-day service, for who takes a number now; None while it is closed."""
    closure: Closure | None


class QueueOffer(Struct, frozen=True):
    """A queue as it can be joined now."""

    queue: Queue
    waiting: int
    wait: Expected | None
    closure: Closure | None


class Doors(Struct, frozen=True):
    """The outlet's own hours today."""

    opens_at: Instant
    close_at: Instant


class Today(Struct, frozen=True):
    """The outlet's day as a whole."""

    doors: Doors | None
    """None: it does not open today, or has closed its day."""
    opens_next: Instant | None
    """When its doors open next; None: nobody can tell."""
    exception: Bilingual | None
    """The holiday, or the weeks with other hours, that today belongs to."""
    closed_early: ClosingReason | None
    """Why it gives out no more numbers today."""
    last_number_at: Instant | None
    """When the last of its queues ceased to give out numbers, while its doors are open yet; None: one does."""


def queues_on_offer(state: State, now: Instant) -> tuple[QueueOffer, ...]:
    """All queues, in the outlet's order."""
    if state.rules is None:
        return ()
    return tuple(_queue_offer(state, state.rules, queue, now) for queue in state.rules.queues)


def queue_closure(state: State, letter: Letter, now: Instant) -> Closure | None:
    """Why the queue gives out no numbers now; None when it does."""
    queue = state.queue(letter)
    if state.rules is None or queue is None:
        return None
    return _closure(state.rules, queue, closed_now(state, queue, now), now)


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
    wait = expected_wait(state, queue.letter, None, now)
    today = business_day(now, state.rules.utc_offset_minutes)
    cut_off_at = None
    if service.one_day is not None:
        cut_off_at = instant_of(today, service.one_day.cut_off, state.rules.utc_offset_minutes)
    refusal = closed_now(state, queue, now) or unavailable_now(state, service, now)
    closure = _closure(state.rules, queue, refusal, now)
    return ServiceOffer(
        service=service,
        queue=queue,
        waiting=state.waiting_count(queue.letter),
        wait=wait,
        cut_off_at=cut_off_at,
        ready_at=ready_expected_at(service, wait, now) if closure is None else None,
        closure=closure,
    )


def outlet_today(state: State, now: Instant) -> Today:
    """The outlet's day as its start page tells it."""
    rules = state.rules
    if rules is None:
        return Today(None, None, None, None, None)
    open_doors = doors(state, now)
    return Today(
        doors=open_doors,
        opens_next=_opens_next(rules, now),
        exception=_exception(rules, now),
        closed_early=state.doors_closed,
        last_number_at=None if open_doors is None else _last_number_at(state, rules, now),
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


def _opens_next(rules: OutletRules, now: Instant) -> Instant | None:
    for day in _days_from(rules, now, 0):
        hours = hours_of(rules, day)
        if hours is not None:
            opens = instant_of(day, hours.opens, rules.utc_offset_minutes)
            if opens > now:
                return opens
    return None


def _last_number_at(state: State, rules: OutletRules, now: Instant) -> Instant | None:
    refusals = [closed_now(state, queue, now) for queue in rules.queues]
    ends = [refusal.last_ticket_at for refusal in refusals if isinstance(refusal, TooLate)]
    return max(ends) if ends and len(ends) == len(refusals) else None


def _queue_offer(state: State, rules: OutletRules, queue: Queue, now: Instant) -> QueueOffer:
    return QueueOffer(
        queue=queue,
        waiting=state.waiting_count(queue.letter),
        wait=expected_wait(state, queue.letter, None, now),
        closure=_closure(rules, queue, closed_now(state, queue, now), now),
    )


def _closure(rules: OutletRules, queue: Queue, refusal: AnyRefusal | None, now: Instant) -> Closure | None:
    if refusal is None:
        return None
    closure = Closure(refusal, None, _exception(rules, now))
    match refusal:
        case TooEarly(first_ticket_at):
            return replace(closure, until=first_ticket_at)
        case OutletClosed():
            return replace(closure, until=_next_first_ticket(rules, queue, now, 0))
        case _ if closure.is_over_today:
            return replace(closure, until=_next_first_ticket(rules, queue, now, 1))
        case _:
            return closure


def _next_first_ticket(rules: OutletRules, queue: Queue, now: Instant, days_ahead: int) -> Instant | None:
    """When the queue next begins to give out numbers, from so many days ahead on."""
    for day in _days_from(rules, now, days_ahead):
        window = ticket_window(rules, queue, day)
        if window is not None and window[0] > now:
            return window[0]
    return None


def _exception(rules: OutletRules, now: Instant) -> Bilingual | None:
    exception = exception_on(rules, business_day(now, rules.utc_offset_minutes))
    return exception.name if exception is not None else None


def _days_from(rules: OutletRules, now: Instant, days_ahead: int) -> Iterator[BusinessDay]:
    today = date.fromisoformat(business_day(now, rules.utc_offset_minutes))
    for ahead in range(days_ahead, _DAYS_AHEAD + 1):
        yield BusinessDay((today + timedelta(days=ahead)).isoformat())


def _one_day_codes(state: State, letter: Letter) -> tuple[ServiceCode, ...]:
    return tuple(
        service.code
        for service in state.services.values()
        if service.letter == letter and service.one_day is not None
    )


def _urgency(offer: ServiceOffer) -> tuple[bool, Instant]:
    return offer.closure is not None, offer.cut_off_at or Instant(0)
