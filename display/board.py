"""What the lobby sees, as one frozen value: made from the outlet's state, the announcer and the time.

Pure. In which words is told in words.py, how it looks in parts/ and layouts/.
"""

from collections.abc import Iterator
from enum import Enum, auto

from msgspec import Struct

from broker.domain.application import Application, ApplicationStatus
from broker.domain.day import MINUTE_MS, business_day, hours_of, instant_of, next_open_day
from broker.domain.expected_wait import expected_wait
from broker.domain.rules import Bilingual, DayHours, OutletRules
from broker.domain.state import Announced, State
from broker.domain.ticket import Expected, TicketStatus
from broker.domain.values import BusinessDay, ClosingReason, CounterNumber, Instant, Letter
from display.announcer import Announcer

# The large panel


class NowCalled(Struct, frozen=True):
    """The call in the panel: being announced while `is_new`, else the last one that was."""

    call: Announced
    digits: str
    is_new: bool


class NumbersFrom(Struct, frozen=True):
    """Before the first number of the day."""

    at: Instant


class CountersFrom(Struct, frozen=True):
    """Numbers are given out, the counters are not open yet."""

    at: Instant


class NobodyCalled(Struct, frozen=True):
    """Nobody has been called today; it may happen at any moment."""


class Closed(Struct, frozen=True):
    """A day off, or the end of a day. `opens_at` is the next opening; None: none is planned."""

    opens_at: Instant | None


Notice = NumbersFrom | CountersFrom | NobodyCalled | Closed
Panel = NowCalled | Notice


# What stands around it


class CallRow(Struct, frozen=True):
    """A call in the list; `is_next` while its turn in the panel is still to come."""

    call: Announced
    digits: str
    is_next: bool


class Counters(Enum):
    """Whether anybody serves."""

    OPEN = auto()
    ON_BREAK = auto()
    NONE = auto()


class Halt(Enum):
    """That a queue gives out no numbers at a time when it usually does."""

    PAUSED = auto()
    CLOSED = auto()


class QueueCell(Struct, frozen=True):
    """A queue and how many wait in it. No expected wait: nobody knows."""

    letter: Letter
    name: Bilingual
    waiting: int
    expected: Expected | None
    halt: Halt | None = None


class ReadyNumber(Struct, frozen=True):
    """What is to be collected, by its ticket's number."""

    letter: Letter
    digits: str


class ReadyDay(Struct, frozen=True):
    """The numbers of one day; `day` is None for today."""

    day: BusinessDay | None
    numbers: tuple[ReadyNumber, ...]


class Outlet(Struct, frozen=True):
    """What is always on the screen, as far as it is known."""

    name: str
    utc_offset_minutes: int
    announcement: Bilingual


class Board(Struct, frozen=True):
    """Everything on the screen of a connected display."""

    outlet: Outlet
    minute: Instant
    """The time to show, in whole minutes."""
    panel: Panel
    calls: tuple[CallRow, ...]
    """Newest first, without the one in the panel."""
    awaited: int
    """So many rows of `calls`, from the top, reach to the last one whose ticket is still expected."""
    counters: Counters
    queues: tuple[QueueCell, ...]
    closed_early: ClosingReason | None
    """Why nobody gets a number any more today; None as long as somebody waits."""
    ready: tuple[ReadyDay, ...]
    """Today first, then the latest day first."""
    collection_counter: CounterNumber | None


class Cut(Struct, frozen=True):
    """Instead of a board while there is no connection: old numbers are never shown as current."""

    outlet: Outlet
    minute: Instant
    lost_at: Instant


class Connecting(Struct, frozen=True):
    """A display that has just started and knows nothing yet."""


Scene = Board | Cut | Connecting


def cut(state: State, lost_at: Instant | None, now: Instant) -> Cut | Connecting:
    """What a display without a connection shows; `lost_at` is its last sign of life, None before the first."""
    if state.rules is None or lost_at is None:
        return Connecting()
    return Cut(_outlet(state.rules), _whole_minutes(now), lost_at)


def board(state: State, announcer: Announcer, now: Instant) -> Board:
    """The board of a configured outlet."""
    rules = state.rules
    assert rules is not None
    today = business_day(now, rules.utc_offset_minutes)
    calls = state.recent_calls if state.day == today else []
    panel = _panel(state, rules, announcer, calls, now)
    rows = _rows(state, announcer, calls, panel)
    return Board(
        outlet=_outlet(rules),
        minute=_whole_minutes(now),
        panel=panel,
        calls=rows,
        awaited=_awaited(state, rows),
        counters=_counters(state),
        queues=tuple(
            QueueCell(
                queue.letter,
                queue.name,
                state.waiting_count(queue.letter),
                expected_wait(state, queue.letter, None, now),
                _halt(state, queue.letter),
            )
            for queue in rules.queues
        ),
        closed_early=_closed_early(state, rules),
        ready=tuple(_ready(state, today)),
        collection_counter=rules.collection_counter,
    )


def _outlet(rules: OutletRules) -> Outlet:
    return Outlet(rules.name, rules.utc_offset_minutes, rules.announcement)


def _whole_minutes(now: Instant) -> Instant:
    return Instant(now // MINUTE_MS * MINUTE_MS)


def _panel(
    state: State, rules: OutletRules, announcer: Announcer, calls: list[Announced], now: Instant
) -> Panel:
    call = announcer.turn
    if call is None:
        today = business_day(now, rules.utc_offset_minutes)
        hours = hours_of(rules, today)
        if hours is None or _is_over(state, rules, today, hours, now):
            return Closed(_next_opening(rules, today))
        call = next((each for each in calls if each not in announcer.queue), None)
        if call is None:
            return _before_calls(rules, today, hours, now)
    return NowCalled(call, state.digits(call.letter, call.number), is_new=announcer.turn is not None)


def _before_calls(rules: OutletRules, today: BusinessDay, hours: DayHours, now: Instant) -> Notice:
    if now < (first_at := instant_of(today, hours.first_ticket, rules.utc_offset_minutes)):
        return NumbersFrom(first_at)
    if now < (opens_at := instant_of(today, hours.opens, rules.utc_offset_minutes)):
        return CountersFrom(opens_at)
    return NobodyCalled()


def _is_over(state: State, rules: OutletRules, today: BusinessDay, hours: DayHours, now: Instant) -> bool:
    """Whether nobody is served any more: the day is closed, or the doors are and nobody waits or is called."""
    if state.day is None and state.last_day == today:
        return True
    doors_close_at = instant_of(today, hours.doors_close, rules.utc_offset_minutes)
    return now >= doors_close_at and not any(
        ticket.status in (TicketStatus.WAITING, TicketStatus.CALLED) for ticket in state.tickets.values()
    )


def _next_opening(rules: OutletRules, today: BusinessDay) -> Instant | None:
    day = next_open_day(rules, today)
    hours = hours_of(rules, day) if day is not None else None
    if day is None or hours is None:
        return None
    return instant_of(day, min(hours.first_ticket, hours.opens), rules.utc_offset_minutes)


def _rows(state: State, announcer: Announcer, calls: list[Announced], panel: Panel) -> tuple[CallRow, ...]:
    if isinstance(panel, Closed):
        return ()
    in_panel = panel.call.ticket if isinstance(panel, NowCalled) else None
    return tuple(
        CallRow(call, state.digits(call.letter, call.number), is_next=call in announcer.queue)
        for call in calls
        if call.ticket != in_panel
    )


def _awaited(state: State, rows: tuple[CallRow, ...]) -> int:
    for place in range(len(rows), 0, -1):
        ticket = state.tickets.get(rows[place - 1].call.ticket)
        if ticket is not None and ticket.status is TicketStatus.CALLED:
            return place
    return 0


def _counters(state: State) -> Counters:
    if not state.seats:
        return Counters.NONE
    return Counters.ON_BREAK if all(seat.pause for seat in state.seats.values()) else Counters.OPEN


def _halt(state: State, letter: Letter) -> Halt | None:
    if letter in state.paused:
        return Halt.PAUSED
    return Halt.CLOSED if letter in state.closed else None


def _closed_early(state: State, rules: OutletRules) -> ClosingReason | None:
    somebody_waits = any(state.waiting_count(queue.letter) for queue in rules.queues)
    return None if somebody_waits else state.doors_closed


def _ready(state: State, today: BusinessDay) -> Iterator[ReadyDay]:
    numbers: dict[BusinessDay, set[tuple[str, int]]] = {}
    for application in state.applications.values():
        match application:
            case Application(
                status=ApplicationStatus.READY, day=str(day), letter=str(letter), number=int(number)
            ):
                numbers.setdefault(BusinessDay(day), set()).add((letter, number))
            case _:  # not ready yet; or fetched by an officer, who also brings it back
                pass
    for day in sorted(numbers, reverse=True):
        yield ReadyDay(
            None if day == today else day,
            tuple(ReadyNumber(letter, state.digits(letter, each)) for letter, each in sorted(numbers[day])),
        )
