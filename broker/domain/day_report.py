"""What one business day came to, in figures: what a supervisor is asked for in the evening.

Values only. They are counted from the journal's tables (broker/store/reports.py). Times are milliseconds.
"""

from msgspec import Struct

from broker.domain.state import Conduct, Tally
from broker.domain.values import BusinessDay, Channel, ClerkId, Letter, ServiceCode


class OneDayFigures(Struct, frozen=True):
    """What became of the one-day applications that were accepted on the day."""

    service: ServiceCode | None
    """None: all of them together."""
    accepted: int
    """How many they are."""
    completed_same_day: int
    """Ready before the day was over."""
    kept: int
    """Ready by the time that was promised."""
    overdue: int
    """Not ready by the time that was promised."""
    carried_over: int
    """Neither ready nor rejected when the day was over; of the open day, now."""
    rejected: int
    """Ended without a permit, then or later."""
    median_ms: int | None
    """From acceptance to readiness, of those that are ready by now; None: none is."""
    p90_ms: int | None
    """Nine of ten took no longer."""


class WaitFigures(Struct, frozen=True):
    """How long those waited who took numbers of one queue, came one way, and had a priority or none."""

    letter: Letter
    """Of the number."""
    channel: Channel
    with_priority: bool
    """Whether those who have one."""
    issued: int
    """Numbers given out."""
    served: int
    """Visits completed."""
    missed: int
    """Called in vain and not back in time."""
    mean_ms: int | None
    """From arrival to the first call, of those who were called; None: nobody was."""
    p90_ms: int | None
    """Nine of ten waited no longer."""
    judged: int = 0
    """Called, or still waiting when the day closed, where the channel has a standard."""
    within: int = 0
    """Of the judged, called within the channel's standard."""


class ForecastFigures(Struct, frozen=True):
    """How good the expected waits were that citizens were told."""

    at_once: int
    """Called within a minute of arrival: nothing to forecast."""
    judged: int
    """All others who were told a wait and called."""
    covered: int
    """Of the judged, those whose wait was within the range."""
    median_width_minutes: int | None
    """Of the judged ranges; None: there are none."""
    median_error_ms: int | None
    """Between the middle of the range and the wait that came true."""


class ClerkFigures(Struct, frozen=True):
    """A clerk's day."""

    clerk: ClerkId
    skills: tuple[ServiceCode, ...] | None
    """What the clerk could serve on that day; None: everything."""
    tally: Tally
    hours: dict[int, Conduct]
    """What changed somebody's turn, by the hour of local time."""


class DayFigures(Struct, frozen=True):
    """One business day."""

    day: BusinessDay
    one_day: tuple[OneDayFigures, ...]
    """All services together first, then each; empty: none was accepted."""
    waits: tuple[WaitFigures, ...]
    """By queue, channel and priority."""
    forecast: ForecastFigures
    clerks: tuple[ClerkFigures, ...]
    """By id."""
