"""What a supervisor sees of the outlet and may do about it: queues, counters, numbers, clerks. Pure, as desk.py."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum, auto

from msgspec import Struct

from broker.domain.day import MINUTE_MS, business_day, next_open_day
from broker.domain.queue import skills_of
from broker.domain.rules import Clerk, OutletRules, Queue
from broker.domain.state import Conduct, Seat, State
from broker.domain.ticket import Ticket, TicketStatus, ToCounter, ToQueue, ToSender
from broker.domain.values import (
    ActReason,
    BusinessDay,
    ClerkId,
    ClerkRole,
    ClosingReason,
    CounterNumber,
    Instant,
    PauseReason,
    ServiceCode,
    TicketId,
)
from counter.desk import Number, number_of

MOVE_REASONS = (
    ActReason.WRONG_QUEUE,
    ActReason.SHARE_THE_LOAD,
    ActReason.CLERK_ABSENT,
    ActReason.TECHNICAL_FAULT,
    ActReason.CITIZEN_ASKED,
)
VOID_REASONS = (ActReason.CITIZEN_LEFT, ActReason.ISSUED_BY_MISTAKE, ActReason.TECHNICAL_FAULT)
RELEASE_REASONS = (ActReason.CLERK_ABSENT, ActReason.TECHNICAL_FAULT)


class QueueCard(Struct, frozen=True):
    """A queue, now."""

    queue: Queue
    waiting: int
    longest_minutes: int
    late: bool
    """Whether somebody has waited longer than anybody should."""
    paused: ClosingReason | None
    closed: ClosingReason | None

    @property
    def letter(self) -> str:
        return self.queue.letter


class Doing(Enum):
    """What goes on at a counter."""

    NOBODY = auto()
    FREE = auto()
    CALLED = auto()
    SERVING = auto()
    ON_BREAK = auto()


class Held(Struct, frozen=True):
    """A number that a clerk has in hand or has interrupted."""

    ticket: TicketId
    number: Number


class CounterCard(Struct, frozen=True):
    """A counter, now."""

    counter: CounterNumber
    doing: Doing
    clerk: ClerkId | None = None
    since: Instant | None = None
    """When the clerk sat down."""
    for_seconds: int = 0
    """How long it has been doing what it does."""
    pause: PauseReason | None = None
    in_hand: Held | None = None
    can_undo_call: bool = False
    held: tuple[Held, ...] = ()
    """What its clerk has interrupted."""
    served: int = 0
    idle_minutes: int = 0
    """How long its clerk could have called somebody today, this moment included."""
    paused_minutes: int = 0


class ConductRow(Struct, frozen=True):
    """One clerk's acts that changed somebody's turn, by hour."""

    clerk: ClerkId
    hours: tuple[Conduct, ...]
    total: Conduct


class ConductTable(Struct, frozen=True):
    """All clerks who did any such thing today, whoever did most of it first."""

    hours: tuple[int, ...]
    rows: tuple[ConductRow, ...]


class Supervision(Struct, frozen=True):
    """The whole outlet, now."""

    queues: tuple[QueueCard, ...]
    counters: tuple[CounterCard, ...]
    doors_closed: ClosingReason | None
    is_open: bool
    """Whether it is a day at all."""
    conduct: ConductTable

    @property
    def waiting(self) -> int:
        """How many wait in all queues."""
        return sum(card.waiting for card in self.queues)


class WaitingNumber(Struct, frozen=True):
    """A number that waits. Whose it is stays hidden."""

    ticket: TicketId
    number: Number
    letter: str
    """The queue in which it waits."""
    waited_minutes: int
    late: bool
    counter: CounterNumber | None
    """The only counter that may call it."""
    clerk: ClerkId | None
    """The only clerk who may call it."""


class Period(Struct, frozen=True):
    """What a clerk may serve from a day on."""

    first_day: BusinessDay | None
    """None: from the beginning, as the outlet is configured."""
    services: tuple[ServiceCode, ...] | None
    """None: all."""
    is_now: bool


class ClerkCard(Struct, frozen=True):
    """A clerk with what they may serve."""

    clerk: ClerkId
    role: ClerkRole
    counter: CounterNumber | None
    services: frozenset[ServiceCode] | None
    """Today; None: all."""
    periods: tuple[Period, ...]
    """What held, holds and will hold, the latest first."""


# The outlet at a glance


def supervision_of(state: State, now: Instant) -> Supervision:
    """The outlet at `now`."""
    rules = state.rules
    if rules is None:
        return Supervision((), (), None, is_open=False, conduct=ConductTable((), ()))
    waiting = [ticket for ticket in state.tickets.values() if _waits(ticket)]
    return Supervision(
        queues=tuple(_queue_card(state, rules, queue, waiting, now) for queue in rules.queues),
        counters=tuple(_counter_card(state, counter.number, now) for counter in rules.counters),
        doors_closed=state.doors_closed,
        is_open=state.day is not None,
        conduct=conduct_of(state),
    )


def _waits(ticket: Ticket) -> bool:
    return ticket.status is TicketStatus.WAITING and ticket.virtual_arrival is not None


def _queue_card(
    state: State, rules: OutletRules, queue: Queue, waiting: Iterable[Ticket], now: Instant
) -> QueueCard:
    waits = [_minutes(now - each.came_at) for each in waiting if state.queue_of[each.id] == queue.letter]
    longest = max(waits, default=0)
    return QueueCard(
        queue,
        len(waits),
        longest,
        longest >= rules.fairness.longest_wait_minutes,
        state.paused.get(queue.letter),
        state.closed.get(queue.letter),
    )


def _counter_card(state: State, number: CounterNumber, now: Instant) -> CounterCard:
    seat = state.seats.get(number)
    if seat is None:
        return CounterCard(number, Doing.NOBODY)
    ticket = state.tickets.get(seat.ticket) if seat.ticket is not None else None
    tally = state.tally_until(now, seat.clerk)
    doing, since = _doing(seat, ticket)
    return CounterCard(
        counter=number,
        doing=doing,
        clerk=seat.clerk,
        since=seat.since,
        for_seconds=max(0, now - since) // 1000,
        pause=seat.pause,
        in_hand=_held(state, ticket) if ticket is not None else None,
        can_undo_call=doing is Doing.CALLED
        and ticket is not None
        and ticket.call is not None
        and ticket.call.number == 1,
        held=tuple(
            _held(state, each)
            for each in state.tickets.values()
            if each.status is TicketStatus.ON_HOLD and each.clerk == seat.clerk
        ),
        served=tally.served,
        idle_minutes=_minutes(tally.idle_ms),
        paused_minutes=_minutes(tally.paused_ms),
    )


def _doing(seat: Seat, ticket: Ticket | None) -> tuple[Doing, Instant]:
    """What goes on there, and since when."""
    if seat.pause is not None:
        return Doing.ON_BREAK, seat.paused_since if seat.paused_since is not None else seat.since
    if ticket is None:
        return Doing.FREE, seat.idle_since if seat.idle_since is not None else seat.since
    if ticket.status is TicketStatus.SERVING and ticket.started_at is not None:
        return Doing.SERVING, ticket.started_at
    return Doing.CALLED, ticket.call.at if ticket.call is not None else seat.since


def _held(state: State, ticket: Ticket) -> Held:
    return Held(ticket.id, number_of(state, ticket.letter, ticket.number))


# Numbers that wait


def waiting_numbers(state: State, now: Instant) -> tuple[WaitingNumber, ...]:
    """All that wait, by queue and then by who came first."""
    assert state.rules is not None
    limit = state.rules.fairness.longest_wait_minutes
    order = [queue.letter for queue in state.rules.queues]
    waiting = sorted(
        (ticket for ticket in state.tickets.values() if _waits(ticket)),
        key=lambda ticket: (order.index(state.queue_of[ticket.id]), ticket.came_at, ticket.order),
    )
    return tuple(
        WaitingNumber(
            ticket.id,
            number_of(state, ticket.letter, ticket.number),
            state.queue_of[ticket.id],
            waited := _minutes(now - ticket.came_at),
            waited >= limit,
            ticket.only_counter,
            ticket.only_clerk,
        )
        for ticket in waiting
    )


def still_waiting(state: State, wanted: Iterable[TicketId]) -> tuple[TicketId, ...]:
    """Those of them that nobody has called meanwhile."""
    return tuple(each for each in wanted if each in state.tickets and _waits(state.tickets[each]))


def destinations(state: State, ticket: TicketId) -> tuple[ToQueue | ToCounter | ToSender, ...]:
    """Where a number that is taken from a clerk can go: to a queue, to another open counter, back to its sender."""
    taken = state.tickets.get(ticket)
    if taken is None or state.rules is None:
        return ()
    queues = (ToQueue(queue.letter) for queue in state.rules.queues)
    counters = (
        ToCounter(number) for number, seat in sorted(state.seats.items()) if seat.clerk != taken.clerk
    )
    sender = taken.sender
    back = (ToSender(),) if sender is not None and state.seat_of(sender.clerk) is not None else ()
    return (*queues, *counters, *back)


# Clerks


def clerk_cards(state: State) -> tuple[ClerkCard, ...]:
    """Everybody, as configured."""
    return tuple(_clerk_card(state, clerk) for clerk in state.rules.clerks) if state.rules is not None else ()


def _clerk_card(state: State, clerk: Clerk) -> ClerkCard:
    seat = state.seat_of(clerk.id)
    day = state.day or state.last_day
    assigned = state.assignments.get(clerk.id, [])
    begun = [each.first_day for each in assigned if day is not None and each.first_day <= day]
    now = begun[-1] if begun else None
    periods = [
        Period(None, clerk.skills, now is None),
        *(Period(each.first_day, each.services, each.first_day == now) for each in assigned),
    ]
    return ClerkCard(
        clerk.id,
        clerk.role,
        seat.counter if seat is not None else None,
        skills_of(state, clerk, day),
        tuple(reversed(periods)),
    )


def first_days(rules: OutletRules, today: BusinessDay) -> tuple[BusinessDay, ...]:
    """From when an assignment can begin: today, the next working day, the next month, the next quarter."""
    start = date.fromisoformat(today)
    month = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
    quarter = month
    while quarter.month % 3 != 1:
        quarter = (quarter + timedelta(days=32)).replace(day=1)
    following = next_open_day(rules, today)
    days = (today, following, BusinessDay(month.isoformat()), BusinessDay(quarter.isoformat()))
    return tuple(sorted({day for day in days if day is not None}))


def today_of(state: State, now: Instant) -> BusinessDay | None:
    """The business day that it is; None while the outlet has no rules."""
    return business_day(now, state.rules.utc_offset_minutes) if state.rules is not None else None


# Conduct


def conduct_of(state: State) -> ConductTable:
    """The counts of the day by clerk and hour, over all hours from the first to the last of them."""
    noted = {clerk: hours for clerk, hours in state.conduct.items() if any(map(_any, hours.values()))}
    hours = [hour for hours in noted.values() for hour, conduct in hours.items() if _any(conduct)]
    shown = tuple(range(min(hours), max(hours) + 1)) if hours else ()
    rows = [
        ConductRow(clerk, tuple(done.get(hour, Conduct()) for hour in shown), _sum(done.values()))
        for clerk, done in noted.items()
    ]
    return ConductTable(shown, tuple(sorted(rows, key=lambda row: (-_count(row.total), row.clerk))))


def _any(conduct: Conduct) -> bool:
    return _count(conduct) > 0


def _count(conduct: Conduct) -> int:
    return conduct.refuted + conduct.chosen + conduct.quick_no_shows


def _sum(done: Iterable[Conduct]) -> Conduct:
    done = tuple(done)
    return Conduct(
        sum(each.refuted for each in done),
        sum(each.chosen for each in done),
        sum(each.quick_no_shows for each in done),
    )


def _minutes(ms: int) -> int:
    return max(0, ms) // MINUTE_MS
