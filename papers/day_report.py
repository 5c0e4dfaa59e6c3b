"""A clerk's day in figures, so far: what a screen shows before it is printed, and its page."""

from datetime import date

from broker.domain.day import MINUTE_MS, business_day
from broker.domain.state import State
from broker.domain.values import ClerkId, Instant, Language
from hardware.layout.office import DayReportContent, day_report_fields
from hardware.page import JobKind, Page
from papers.words import outlet_name, wording_of


def day_report(clerk: ClerkId, name: str, state: State, now: Instant, language: Language) -> DayReportContent:
    """The day that is open, or was last; the state keeps its figures until the next one opens."""
    w = wording_of(state, language)
    tally, seat = state.tally_until(now, clerk), state.seat_of(clerk)
    minutes = state.rules.utc_offset_minutes if state.rules is not None else 0
    return DayReportContent(
        language=w.language,
        outlet_name=outlet_name(state),
        clerk_name=name,
        counter_name=w.t("Counter {number}", number=seat.counter) if seat is not None else "",
        day=date.fromisoformat(state.last_day or business_day(now, minutes)),
        printed_at=w.local(now).replace(tzinfo=None),
        served=tally.served,
        missed=tally.missed,
        accepted=tally.accepted,
        mean_service_seconds=tally.service_ms // tally.timed // 1000 if tally.timed else None,
        idle_minutes=tally.idle_ms // MINUTE_MS,
        paused_minutes=tally.paused_ms // MINUTE_MS,
    )


def day_report_page(content: DayReportContent) -> Page:
    return Page(JobKind.DAY_REPORT, day_report_fields(content))
