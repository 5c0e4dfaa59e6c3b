"""The places that a citizen who came too late today can reserve for the next day: which, and when.

What a slot is and how many places it has is the core's; here is only which of them a kiosk offers. The broker decides
again when one is reserved.
"""

from datetime import date, timedelta

from broker.domain.day import DAY_MS, business_day, instant_of, ticket_window
from broker.domain.decide.appointments import reserved, slots_on
from broker.domain.rules import OutletRules
from broker.domain.state import State
from broker.domain.values import BusinessDay, Instant
from kiosk.offer import ServiceOffer

AT_ONCE = 4
"""So many places are offered to choose from."""


def places_ahead(state: State, offer: ServiceOffer, now: Instant) -> tuple[Instant, ...]:
    """The first free places of the first day after today that has any; none unless today is over for the service."""
    rules = state.rules
    if rules is None or offer.closure is None or not offer.closure.is_over_today:
        return ()
    at_most = now + rules.appointments.days_ahead * DAY_MS
    today = date.fromisoformat(business_day(now, rules.utc_offset_minutes))
    for ahead in range(1, rules.appointments.days_ahead + 1):
        day = BusinessDay((today + timedelta(days=ahead)).isoformat())
        free = [at for at in _slots(rules, offer, day) if at <= at_most and _is_free(state, rules, offer, at)]
        if free:
            return tuple(free[:AT_ONCE])
    return ()


def _slots(rules: OutletRules, offer: ServiceOffer, day: BusinessDay) -> tuple[Instant, ...]:
    """The slots in which the queue gives out numbers, before the service's cut-off."""
    window = ticket_window(rules, offer.queue, day)
    if window is None:
        return ()
    first_at, end_at = window
    if offer.service.one_day is not None:
        end_at = min(end_at, instant_of(day, offer.service.one_day.cut_off, rules.utc_offset_minutes))
    return tuple(at for at in slots_on(rules, day) if first_at <= at < end_at)


def _is_free(state: State, rules: OutletRules, offer: ServiceOffer, slot_at: Instant) -> bool:
    return reserved(state, offer.queue.letter, slot_at) < rules.appointments.per_slot
