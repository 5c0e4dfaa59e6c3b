"""What the kiosk says about facts: waits, closings, services and priorities, in the citizen's language."""

from typing import assert_never

from msgspec import Struct
from msgspec.structs import asdict

from broker.domain import refusals as r
from broker.domain.appointment import Appointment
from broker.domain.day import business_day
from broker.domain.rules import AppointmentRules, Bilingual, Service
from broker.domain.state import State
from broker.domain.ticket import Estimate, Expected
from broker.domain.values import ClosingReason, Instant, MachineState, Priority
from broker.protocol.messages import TokenKind
from kiosk.check_in import is_too_late
from kiosk.events import NotFound
from kiosk.offer import Closure, Today
from wording import Wording
from wording.refusals import CLOSING_REASONS, sentence


class Name(Struct, frozen=True):
    """A service's name: its heading, and what sets it apart from others of the same heading (or nothing)."""

    heading: str
    detail: str


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


def wait(expected: Expected | None, w: Wording) -> str:
    """Empty while nobody knows."""
    if expected is None:
        return ""
    return w.t("No counter open yet") if expected.estimate is None else minutes(expected.estimate, w)


def minutes(estimate: Estimate, w: Wording) -> str:
    """The range of an expected wait."""
    return w.minutes_range(estimate.from_minutes, estimate.to_minutes)


def closed(closure: Closure, w: Wording) -> str:
    """In a few words, for a button."""
    match closure.refusal:
        case r.TooEarly(first_ticket_at):
            return w.t("Opens {time}", time=clock(first_ticket_at, w))
        case r.TooLate(since) | r.PastCutOff(since):
            return w.t("Closed {time}", time=clock(since, w))
        case r.QueueOnPause(_, reason):
            return w.t("Paused: {reason}", reason=_in_short(reason, w))
        case r.QueueClosedToday(_, reason) | r.DoorsClosedToday(reason):
            return w.t("Closed: {reason}", reason=_in_short(reason, w))
        case r.QuotaReached() | r.NumbersUsedUp():
            return w.t("Taken up today")
        case r.MachineNotReady(state=MachineState.OUT_OF_CARDS):
            return w.t("Out of cards")
        case r.MachineNotReady():
            return w.t("Machine out of order")
        case _:
            return w.t("Closed today")


def _in_short(reason: ClosingReason, w: Wording) -> str:
    match reason:
        case ClosingReason.SYSTEM_FAULT:
            return w.t("system fault")
        case ClosingReason.NO_CLERK:
            return w.t("no clerk")
        case ClosingReason.FULL:
            return w.t("full")
        case ClosingReason.CEREMONY:
            return w.t("official event")
        case ClosingReason.EMERGENCY:
            return w.t("emergency")
        case _:
            assert_never(reason)


def why_closed(closure: Closure, w: Wording) -> str:
    """The reason as a sentence."""
    refusal, exception = closure.refusal, closure.exception
    special = "" if exception is None else w.t("Special hours: {name}.", name=said(exception, w))
    match refusal:
        case r.TooEarly():
            return _joined(w.t("No numbers are given out yet."), special)
        case r.TooLate(since):
            return _joined(w.t("Numbers were given out until {time} today.", time=clock(since, w)), special)
        case r.PastCutOff(since):
            return w.t("Files that are ready the same day were accepted until {time}.", time=clock(since, w))
        case r.QuotaReached(quota):
            return w.t("The numbers for this service are used up for today: {n} a day.", n=w.number(quota))
        case r.QueueOnPause(_, reason):
            return w.t("This queue is paused for now: {reason}.", reason=_because(reason, w))
        case r.QueueClosedToday(_, reason):
            return w.t("This queue gives out no more numbers today: {reason}.", reason=_because(reason, w))
        case r.DoorsClosedToday(reason):
            return closed_early(reason, w)
        case r.OutletClosed() if exception is not None:
            return w.t("The outlet is closed today: {name}.", name=said(exception, w))
        case r.OutletClosed():
            return w.t("The outlet is closed today.")
        case _:
            return sentence(refusal.code, asdict(refusal), w)


def closed_early(reason: ClosingReason, w: Wording) -> str:
    """Why nobody gets a number any more today."""
    return w.t("No more numbers are given out today: {reason}.", reason=_because(reason, w))


def _because(reason: ClosingReason, w: Wording) -> str:
    return w.t(CLOSING_REASONS[reason])


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def opens(at: Instant, now: Instant, w: Wording) -> str:
    """When something opens, with its day when that is not today."""
    offset = int(w.utc_offset.total_seconds() // 60)
    if business_day(at, offset) == business_day(now, offset):
        return w.t("Opens today at {time}.", time=clock(at, w))
    return w.t("Opens again {day} at {time}.", day=w.weekday_date(w.local(at)), time=clock(at, w))


def hours(today: Today, now: Instant, w: Wording) -> str:
    """What the start page tells of the outlet's hours: until when it is open, or why it is not and until when."""
    name = "" if today.exception is None else said(today.exception, w)
    again = "" if today.opens_next is None else opens(today.opens_next, now, w)
    if today.doors is None:
        why = w.t("Closed today: {name}.", name=name) if name else "" if again else w.t("Closed today")
        return _joined(why, again).removesuffix(".")
    if today.closed_early is not None:
        return closed_early(today.closed_early, w)
    if today.last_number_at is not None:
        return w.t("Numbers were given out until {time} today.", time=clock(today.last_number_at, w))
    if now < today.doors.opens_at:
        return again.removesuffix(".")
    closes = clock(today.doors.close_at, w)
    if name:
        return w.t("Open until {time} ({name})", time=closes, name=name)
    return w.t("Open until {time}", time=closes)


def not_found(why: NotFound, w: Wording) -> str:
    """Why nobody is checked in with this code."""
    match why:
        case TokenKind.TICKET:
            return w.t("This is a queue ticket. Please wait until its number is called.")
        case TokenKind.APPLICATION:
            return w.t("This is the receipt for a file. Please show it at a counter.")
        case TokenKind.ROLL:
            return w.t("This is an emergency ticket. Please show it at a counter.")
        case TokenKind.APPOINTMENT:
            raise AssertionError(why)
        case _:
            return sentence(why.code, asdict(why), w)


def checking_in(appointment: Appointment, state: State, now: Instant, w: Wording) -> str:
    """Which appointment it is, and whether it comes too late."""
    at = clock(appointment.slot_at, w)
    if is_too_late(state, appointment.id, now):
        return w.t("Your appointment was at {time}. You get an ordinary number now.", time=at)
    service = state.services.get(appointment.service)
    return w.t("Your appointment: {time}, {name}", time=at, name=short_name(service, w) if service else "")


def on_arrival(w: Wording) -> str:
    """What to do with an appointment's code."""
    return w.t("Scan this code when you arrive.")


def if_late(rules: AppointmentRules, w: Wording) -> str:
    """How long a place is kept."""
    return w.tn(
        "More than {n} minute late, you get an ordinary number.",
        "More than {n} minutes late, you get an ordinary number.",
        rules.late_minutes,
    )


def priority_note(value: Priority, w: Wording) -> str:
    """Who has it; what it is called stands on the ticket, too."""
    match value:
        case Priority.ELDERLY:
            return w.t("Aged 60 and over")
        case Priority.DISABILITY:
            return w.t("Visible or not")
        case Priority.PREGNANT:
            return w.t("At any stage")
        case Priority.INFANT:
            return w.t("Children under five")
        case _:
            assert_never(value)
