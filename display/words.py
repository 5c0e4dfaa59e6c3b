"""The display's sentences, from what the board holds. Pure; the parts only set them in type."""

from datetime import date, timedelta
from typing import assert_never

from msgspec import Struct

from broker.domain.rules import Bilingual
from broker.domain.values import BusinessDay, ClosingReason, Instant
from display.board import Closed, Counters, CountersFrom, Halt, NobodyCalled, Notice, NumbersFrom, Outlet
from wording import Language, Wording
from wording.refusals import CLOSING_REASONS


class NoticeWords(Struct, frozen=True):
    """A panel without a call: what holds, and below it a line with a time, where there is one."""

    title: str
    line: str
    time: str = ""


def wording_of(outlet: Outlet, language: Language) -> Wording:
    """The wording in the outlet's local time."""
    return Wording(language, timedelta(minutes=outlet.utc_offset_minutes))


def notice_words(notice: Notice, wording: Wording) -> NoticeWords:
    """What the panel says while there is no call to show."""
    match notice:
        case NumbersFrom(at=at):
            return NoticeWords(wording.t("Welcome"), wording.t("Numbers from"), clock(at, wording))
        case CountersFrom(at=at):
            return NoticeWords(
                wording.t("Please take a number"), wording.t("Counters open"), clock(at, wording)
            )
        case NobodyCalled():
            return NoticeWords(wording.t("Please wait"), wording.t("Your number will appear here"))
        case Closed():
            return _closed_words(notice.opens_at, wording)
        case _:
            assert_never(notice)


def _closed_words(opens_at: Instant | None, wording: Wording) -> NoticeWords:
    if opens_at is None:
        return NoticeWords(wording.t("We are closed"), wording.t("Thank you for your visit"))
    day = wording.weekday_date(wording.local(opens_at))
    return NoticeWords(
        wording.t("We are closed"), wording.t("Open again\n{day}", day=day), clock(opens_at, wording)
    )


def closed_counters(counters: Counters, wording: Wording) -> str:
    """Instead of the expected waits while nobody serves; empty while somebody does."""
    match counters:
        case Counters.OPEN:
            return ""
        case Counters.ON_BREAK:
            return wording.t("The counters are having a break")
        case Counters.NONE:
            return wording.t("No counter is open yet")
        case _:
            assert_never(counters)


def halted(halt: Halt, wording: Wording) -> str:
    """Instead of a queue's expected wait, in a word."""
    match halt:
        case Halt.PAUSED:
            return wording.tp("queue", "Paused")
        case Halt.CLOSED:
            return wording.tp("queue", "Closed")
        case _:
            assert_never(halt)


def closed_early(reason: ClosingReason, wording: Wording) -> str:
    """Instead of the waiting figures when the doors have closed early and nobody waits any more."""
    return wording.t(
        "No more numbers are given out today: {reason}.", reason=wording.t(CLOSING_REASONS[reason])
    )


def running_text(announcement: Bilingual, language: Language) -> str:
    """The outlet's running text, first in the screen's language, then in the other."""
    first = announcement.in_language(language)
    other = announcement.id if language is Language.EN else announcement.en
    return "   ◆   ".join(dict.fromkeys(text for text in (first, other) if text))


def clock(at: Instant, wording: Wording) -> str:
    """The time of an instant at the outlet."""
    return wording.clock(wording.local(at))


def date_lines(at: Instant, wording: Wording) -> tuple[str, ...]:
    """The date in two lines, the weekday first; then, each shorter, as it may stand where that is too wide."""
    local = wording.local(at)
    weekday, _, full = wording.weekday_date(local).partition(", ")
    short = wording.short_date(local)
    return f"{weekday},\n{full}", f"{weekday},\n{short}", short


def short_day(day: BusinessDay, wording: Wording) -> str:
    """An earlier day, where its year goes without saying."""
    return wording.short_date(date.fromisoformat(day))
