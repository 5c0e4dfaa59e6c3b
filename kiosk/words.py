"""What the kiosk says about facts: waits, closings, services and priorities, in the citizen's language."""

from datetime import timedelta
from typing import assert_never

from msgspec import Struct

from broker.domain.day import business_day
from broker.domain.rules import Bilingual, Service
from broker.domain.state import State
from broker.domain.ticket import Estimate
from broker.domain.values import Instant, Language, Priority
from kiosk.offer import Closure, Doors, Why
from wording import Language as WordingLanguage
from wording import Wording


class Name(Struct, frozen=True):
    """A service's name: its heading, and what sets it apart from others of the same heading (or nothing)."""

    heading: str
    detail: str


class PriorityWords(Struct, frozen=True):
    name: str
    note: str


def wording_for(state: State, language: Language) -> Wording:
    """The citizen's language in the outlet's local time."""
    offset = state.rules.utc_offset_minutes if state.rules is not None else 0
    return Wording(WordingLanguage(language.value), timedelta(minutes=offset))


def said(text: Bilingual, w: Wording) -> str:
    """A configured text in the citizen's language."""
    return text.in_language(w.language.value)


def clock(at: Instant, w: Wording) -> str:
    """The time of day of an instant at the outlet."""
    return w.clock(w.local(at))


def name_of(service: Service, w: Wording) -> Name:
    """The service's full name, in two parts."""
    heading, _, detail = said(service.name, w).partition(": ")
    return Name(heading, detail)


def short_name(service: Service, w: Wording) -> str:
    """The name that fits a button."""
    return said(service.short_name or service.name, w)


def waiting(count: int, w: Wording) -> str:
    return w.tn("{n} waiting", "{n} waiting", count)


def wait(estimate: Estimate | None, w: Wording) -> str:
    if estimate is None:
        return w.t("No counter open yet")
    return w.minutes_range(estimate.from_minutes, estimate.to_minutes)


def closed(closure: Closure, w: Wording) -> str:
    """In two or three words, for a button."""
    match closure.why:
        case Why.NOT_YET if closure.until is not None:
            return w.t("Opens {time}", time=clock(closure.until, w))
        case Why.OVER | Why.PAST_CUT_OFF if closure.since is not None:
            return w.t("Closed {time}", time=clock(closure.since, w))
        case _:
            return w.t("Closed today")


def why_closed(closure: Closure, w: Wording) -> str:
    """The reason as a sentence."""
    match closure.why:
        case Why.NOT_YET:
            return w.t("No numbers are given out yet.")
        case Why.OVER:
            assert closure.since is not None
            return w.t("Numbers were given out until {time} today.", time=clock(closure.since, w))
        case Why.PAST_CUT_OFF:
            assert closure.since is not None
            return w.t(
                "Files that are ready the same day were accepted until {time}.", time=clock(closure.since, w)
            )
        case Why.NOT_TODAY:
            return w.t("The outlet is closed today.")
        case _:
            assert_never(closure.why)


def opens(at: Instant, now: Instant, w: Wording) -> str:
    """When something opens, with its day when that is not today."""
    offset = int(w.utc_offset.total_seconds() // 60)
    if business_day(at, offset) == business_day(now, offset):
        return w.t("Opens today at {time}.", time=clock(at, w))
    return w.t("Opens again {day} at {time}.", day=w.weekday_date(w.local(at)), time=clock(at, w))


def hours(doors: Doors | None, next_at: Instant | None, now: Instant, w: Wording) -> str:
    """The outlet's hours as the start page tells them."""
    if doors is not None and doors.opens_at <= now:
        return w.t("Open until {time}", time=clock(doors.close_at, w))
    if next_at is None:
        return w.t("Closed today")
    return opens(next_at, now, w).rstrip(".")


def priority(value: Priority, w: Wording) -> PriorityWords:
    match value:
        case Priority.ELDERLY:
            return PriorityWords(w.t("Elderly"), w.t("Aged 60 and over"))
        case Priority.DISABILITY:
            return PriorityWords(w.t("Person with a disability"), w.t("Visible or not"))
        case Priority.PREGNANT:
            return PriorityWords(w.t("Pregnant"), w.t("At any stage"))
        case Priority.INFANT:
            return PriorityWords(w.t("Nursing, or with a baby or toddler"), w.t("Children under five"))
        case _:
            assert_never(value)
