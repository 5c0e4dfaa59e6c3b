"""The time of arrival that an officer wrote on a ticket of the emergency roll, as a clerk types it. Pure.

The minutes need two digits, so that a time is never taken for one while it is still being typed.
"""

import re
from datetime import timedelta
from enum import Enum, auto

from broker.domain.day import DAY_TURNS, business_day, instant_of
from broker.domain.values import DayMinute, Instant

A_DAY_MINUTES = 24 * 60
DAY_TURNS_MINUTES = DAY_TURNS // timedelta(minutes=1)

_APART = re.compile(r"([01]?[0-9]|2[0-3])[.:, ]([0-5][0-9])")
"""A number pad may have a comma for its point."""

_TOGETHER = re.compile(r"([01][0-9]|2[0-3]|[3-9])([0-5][0-9])")
"""Of three digits, 1 and 2 begin an hour of two."""


class NoArrival(Enum):
    """Why what is typed is no time at which somebody who waits can have come."""

    NO_TIME = auto()
    """Nothing yet, or not a time (yet)."""
    TO_COME = auto()
    BEFORE_TODAY = auto()
    """Before the business day began."""


def arrival_typed(text: str, now: Instant, utc_offset_minutes: int) -> Instant | NoArrival:
    """The instant of today's business day that is meant, at the latest now."""
    minute = _minute(text.strip())
    if minute is None:
        return NoArrival.NO_TIME
    is_after_midnight = minute < DAY_TURNS_MINUTES
    today = business_day(now, utc_offset_minutes)
    at = instant_of(today, minute + A_DAY_MINUTES if is_after_midnight else minute, utc_offset_minutes)
    if at <= now:
        return at
    return NoArrival.BEFORE_TODAY if is_after_midnight else NoArrival.TO_COME


def day_began_at(now: Instant, utc_offset_minutes: int) -> Instant:
    """When the present business day began."""
    return instant_of(business_day(now, utc_offset_minutes), DAY_TURNS_MINUTES, utc_offset_minutes)


def _minute(text: str) -> DayMinute | None:
    """The minute of the day, however the time is written: 0915, 915, 9.15, 09:15."""
    written = _APART.fullmatch(text) or _TOGETHER.fullmatch(text)
    return int(written[1]) * 60 + int(written[2]) if written else None
