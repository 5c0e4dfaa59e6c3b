"""The outlet's calendar: which business day an instant belongs to, and the times of that day.

Pure arithmetic over a fixed offset from UTC (Asia/Jakarta has no summer time), so that the core reads no zone data.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from broker.domain.rules import DatedWeek, DayHours, OneDay, OutletRules, Queue
from broker.domain.values import BusinessDay, DayMinute, Instant

DAY_TURNS = timedelta(hours=3)
"""The business day is the date of local time less three hours."""

MINUTE_MS = 60_000

DAY_MS = 24 * 60 * MINUTE_MS

QUARTER_MS = 15 * MINUTE_MS


def local_time(at: Instant, utc_offset_minutes: int) -> datetime:
    """The outlet's local time of an instant, without zone."""
    return datetime.fromtimestamp(at / 1000, UTC).replace(tzinfo=None) + timedelta(minutes=utc_offset_minutes)


def business_day(at: Instant, utc_offset_minutes: int) -> BusinessDay:
    """The business day to which an instant belongs."""
    return BusinessDay((local_time(at, utc_offset_minutes) - DAY_TURNS).date().isoformat())


def instant_of(day: BusinessDay, minute: DayMinute, utc_offset_minutes: int) -> Instant:
    """The instant of a minute of a business day."""
    return Instant(_midnight(day) + (minute - utc_offset_minutes) * MINUTE_MS)


@lru_cache(maxsize=64)
def _midnight(day: BusinessDay) -> int:
    """The day's beginning in UTC; asked for many times on the same day."""
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() * 1000)


def day_ends_at(day: BusinessDay, utc_offset_minutes: int) -> Instant:
    """The instant in which a business day turns into the next."""
    return Instant(instant_of(day, 24 * 60, utc_offset_minutes) + DAY_TURNS // timedelta(milliseconds=1))


def is_date(day: str) -> bool:
    """Whether the text is a day as they are written here: ``2026-07-14``, and no other way."""
    try:
        return date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False


def hours_of(rules: OutletRules, day: BusinessDay) -> DayHours | None:
    """The times of that day; None when the outlet is closed. Of dated exceptions the last listed counts."""
    exception = exception_on(rules, day)
    week = rules.week if exception is None else exception.week
    return week[date.fromisoformat(day).weekday()]


def exception_on(rules: OutletRules, day: BusinessDay) -> DatedWeek | None:
    """The dated exception that holds on that day, if any."""
    holding = (each for each in reversed(rules.dated) if each.first_day <= day <= each.last_day)
    return next(holding, None)


def next_open_day(rules: OutletRules, after: BusinessDay, days_ahead: int = 60) -> BusinessDay | None:
    """The first day after that one on which the outlet works; None when there is none so soon."""
    for ahead in range(1, days_ahead + 1):
        day = BusinessDay((date.fromisoformat(after) + timedelta(days=ahead)).isoformat())
        if hours_of(rules, day) is not None:
            return day
    return None


def ticket_window(rules: OutletRules, queue: Queue, day: BusinessDay) -> tuple[Instant, Instant] | None:
    """From when until when the queue gives out numbers on that day; None when not at all."""
    hours = hours_of(rules, day)
    if hours is None:
        return None
    first = hours.first_ticket if queue.first_ticket is None else queue.first_ticket
    last = hours.last_ticket if queue.last_ticket is None else queue.last_ticket
    for window in hours.windows:
        if window.letter == queue.letter:
            first, last = window.first_ticket, window.last_ticket
    offset = rules.utc_offset_minutes
    return instant_of(day, first, offset), instant_of(day, min(last, hours.doors_close), offset)


def cut_off_on(rules: OutletRules, one_day: OneDay, day: BusinessDay) -> Instant:
    """From when on a one-day service takes no more files of that day."""
    return instant_of(day, one_day.cut_off, rules.utc_offset_minutes)


def next_quarter(at: int) -> Instant:
    """The instant, rounded up to a quarter hour: so citizens are told when something will be ready."""
    return Instant(-(-at // QUARTER_MS) * QUARTER_MS)
