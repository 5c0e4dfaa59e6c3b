"""What a clerk sees and may do now: the outlet's state as one counter's desk.

Pure: state, clerk, counter and time in, frozen values out. Words are chosen in words.py, commands sent by the
presenter, and the broker has the last word on every act.
"""

from enum import Enum, auto

from msgspec import Struct

from broker.domain.calls import SECOND_MS, no_show_possible_at, recall_possible_at, recalls_used_up
from broker.domain.day import MINUTE_MS, hours_of, instant_of
from broker.domain.queue import calling_order
from broker.domain.rules import Clerk, Counter, Fairness, OutletRules, Queue, Service
from broker.domain.state import Ended, Seat, State, Tally
from broker.domain.ticket import TRANSITIONS, Sender, Ticket, TicketAct, TicketStatus
from broker.domain.values import (
    ApplicationId,
    ClerkId,
    ClerkRole,
    CounterNumber,
    HoldReason,
    Instant,
    NoteId,
    PauseReason,
    Priority,
    TicketId,
)
from counter.why import Why, why


class DeskStatus(Enum):
    """How the counter stands."""

    CLOSED = auto()
    FREE = auto()
    CALLED = auto()
    SERVING = auto()
    ON_BREAK = auto()


class Act(Enum):
    """What a clerk can do at a desk."""

    OPEN = auto()
    CALL_NEXT = auto()
    START = auto()
    COMPLETE = auto()
    END_BREAK = auto()
    RECALL = auto()
    NO_SHOW = auto()
    REFUTE_PRIORITY = auto()
    HOLD = auto()
    TRANSFER = auto()
    CHANGE_SERVICE = auto()
    ACCEPT = auto()
    SCAN = auto()
    CANCEL = auto()
    PLAN_STEPS = auto()
    WHY = auto()
    UNDO = auto()
    RESUME = auto()
    BREAK = auto()
    SIGN_OUT = auto()


PRIMARY = {
    DeskStatus.CLOSED: Act.OPEN,
    DeskStatus.FREE: Act.CALL_NEXT,
    DeskStatus.CALLED: Act.START,
    DeskStatus.SERVING: Act.COMPLETE,
    DeskStatus.ON_BREAK: Act.END_BREAK,
}
"""What comes next: the one filled button."""


class Number(Struct, frozen=True):
    """A ticket's number as it is shown."""

    letter: str
    digits: str


class AcceptedFile(Struct, frozen=True):
    """A file taken in during this visit."""

    application: ApplicationId
    service: Service
    promised_at: Instant | None


class InHand(Struct, frozen=True):
    """The ticket called or in service."""

    ticket: TicketId
    number: Number
    queue: Queue
    """The queue it was called from: after a transfer not its letter's."""
    service: Service | None
    priority: Priority | None
    arrived_at: Instant
    waited_minutes: int
    why: Why
    call: int
    """1 for the first call, 2 for its first recall, and so on."""
    serving_seconds: int | None
    """None until the service has started."""
    files: tuple[AcceptedFile, ...]
    steps: tuple[Queue, ...]
    """The queues that the visit has still to go through."""
    sender: Sender | None
    """The colleague who sent it on."""
    note: NoteId | None
    """What that colleague has written to go with it."""


class QueueLine(Struct, frozen=True):
    """How many of a queue wait for this clerk here."""

    letter: str
    waiting: int
    longest_minutes: int
    late: bool


class NextLine(Struct, frozen=True):
    """One who waits, in the order of the calling rule. Who it is stays hidden."""

    number: Number
    priority: Priority | None
    waited_minutes: int
    late: bool


class HeldLine(Struct, frozen=True):
    """A service that this clerk has interrupted."""

    ticket: TicketId
    number: Number
    reason: HoldReason
    until: Instant | None
    """Until when whoever completes papers is next in line."""


class Undoable(Enum):
    """What a clerk can take back."""

    CALL = auto()
    COMPLETION = auto()
    TRANSFER = auto()


class Undo(Struct, frozen=True):
    """What can be taken back now."""

    what: Undoable
    ticket: TicketId
    number: Number
    seconds: int | None
    """For so long; None: while nothing follows."""


class Today(Struct, frozen=True):
    """The clerk's day in numbers."""

    served: int
    mean_seconds: int | None
    missed: int
    accepted: int
    since: Instant | None


class Desk(Struct, frozen=True):
    """One counter, now, as its clerk sees it."""

    status: DeskStatus
    acts: frozenset[Act]
    """What is possible now."""
    in_hand: InHand | None
    recall_in_seconds: int
    """Until a recall is possible; 0: now, or not at all."""
    no_show_in_seconds: int
    queues: tuple[QueueLine, ...]
    next: tuple[NextLine, ...]
    held: tuple[HeldLine, ...]
    today: Today
    undo: Undo | None = None
    pause: PauseReason | None = None

    @property
    def waiting(self) -> int:
        """How many wait for this clerk here."""
        return len(self.next)

    @property
    def primary(self) -> Act:
        return PRIMARY[self.status]


def desk_of(state: State, clerk_id: ClerkId, number: CounterNumber, now: Instant) -> Desk | None:
    """The desk of this clerk at this counter; None while the outlet knows neither of them (yet)."""
    rules = state.rules
    counter = _counter(rules, number)
    clerk = _clerk(rules, clerk_id)
    if rules is None or counter is None or clerk is None:
        return None
    seat = state.seats.get(number)
    own = seat if seat is not None and seat.clerk == clerk_id else None
    ticket = state.tickets[own.ticket] if own is not None and own.ticket is not None else None
    status = _status(own, ticket)
    waiting = calling_order(state, counter, clerk, now)
    held = _held(state, clerk_id)
    recall_in, no_show_in = _countdowns(ticket, rules, now)
    undo = _undo(state, own, ticket, clerk, now)
    acts = _possible(state, status, seat, ticket, bool(waiting), bool(held), now)
    return Desk(
        status=status,
        acts=frozenset(acts if undo is None else acts | {Act.UNDO}),
        in_hand=_in_hand(state, ticket, now) if ticket is not None else None,
        recall_in_seconds=recall_in,
        no_show_in_seconds=no_show_in,
        queues=_queues(state, counter, waiting, now),
        next=tuple(_next(state, each, rules.fairness, now) for each in waiting),
        held=held,
        today=_today(state, clerk_id),
        undo=undo,
        pause=own.pause if own is not None else None,
    )


def number_of(state: State, letter: str, number: int) -> Number:
    """The number with as many digits as its queue writes."""
    return Number(letter, state.digits(letter, number))


def _counter(rules: OutletRules | None, number: CounterNumber) -> Counter | None:
    counters = rules.counters if rules else ()
    return next((counter for counter in counters if counter.number == number), None)


def _clerk(rules: OutletRules | None, clerk_id: ClerkId) -> Clerk | None:
    clerks = rules.clerks if rules else ()
    return next((clerk for clerk in clerks if clerk.id == clerk_id), None)


def _status(own: Seat | None, ticket: Ticket | None) -> DeskStatus:
    if own is None:
        return DeskStatus.CLOSED
    if own.pause is not None:
        return DeskStatus.ON_BREAK
    if ticket is None:
        return DeskStatus.FREE
    return DeskStatus.SERVING if ticket.status is TicketStatus.SERVING else DeskStatus.CALLED


# What is possible


_ON_TICKET = {
    Act.START: TicketAct.START,
    Act.COMPLETE: TicketAct.COMPLETE,
    Act.RECALL: TicketAct.RECALL,
    Act.NO_SHOW: TicketAct.NO_SHOW,
    Act.REFUTE_PRIORITY: TicketAct.RETURN,
    Act.HOLD: TicketAct.HOLD,
    Act.TRANSFER: TicketAct.TRANSFER,
    Act.CANCEL: TicketAct.CANCEL,
}


def _possible(
    state: State,
    status: DeskStatus,
    seat: Seat | None,
    ticket: Ticket | None,
    anybody: bool,
    anything_held: bool,
    now: Instant,
) -> set[Act]:
    acts = {Act.SCAN}
    match status:
        case DeskStatus.CLOSED:
            acts |= {Act.SIGN_OUT}
            acts |= {Act.OPEN} if seat is None and state.day is not None else set()
        case DeskStatus.FREE:
            acts |= {Act.BREAK, Act.SIGN_OUT}
            acts |= {Act.CALL_NEXT} if anybody else set()
            acts |= {Act.RESUME} if anything_held else set()
        case DeskStatus.ON_BREAK:
            acts |= {Act.END_BREAK, Act.SIGN_OUT}
        case DeskStatus.CALLED | DeskStatus.SERVING:
            assert ticket is not None
            acts |= _possible_in_hand(state, ticket, now)
    return acts


def _possible_in_hand(state: State, ticket: Ticket, now: Instant) -> set[Act]:
    acts = {act for act, step in _ON_TICKET.items() if ticket.status in TRANSITIONS[step]}
    acts |= {Act.CHANGE_SERVICE, Act.PLAN_STEPS, Act.WHY}
    if ticket.status is TicketStatus.SERVING:
        acts.add(Act.ACCEPT)
    else:
        acts.discard(Act.COMPLETE)  # a service is started before it is completed
    if ticket.priority is None:
        acts.discard(Act.REFUTE_PRIORITY)
    assert state.rules is not None
    assert ticket.call is not None
    patience = state.rules.patience
    if recalls_used_up(ticket.call, patience) or now < recall_possible_at(ticket.call, patience):
        acts.discard(Act.RECALL)
    if now < no_show_possible_at(ticket.call, patience):
        acts.discard(Act.NO_SHOW)
    return acts


def _countdowns(ticket: Ticket | None, rules: OutletRules, now: Instant) -> tuple[int, int]:
    """Seconds until a recall and until a no-show are possible."""
    if ticket is None or ticket.status is not TicketStatus.CALLED:
        return 0, 0
    assert ticket.call is not None
    recall_in = _seconds_until(recall_possible_at(ticket.call, rules.patience), now)
    no_show_in = _seconds_until(no_show_possible_at(ticket.call, rules.patience), now)
    return (0 if recalls_used_up(ticket.call, rules.patience) else recall_in), no_show_in


def _seconds_until(at: Instant, now: Instant) -> int:
    return max(0, -((now - at) // 1000))


def _undo(state: State, own: Seat | None, ticket: Ticket | None, clerk: Clerk, now: Instant) -> Undo | None:
    """The last act, for as long as it can be taken back."""
    assert state.rules is not None
    ended = state.last_ended.get(clerk.id)
    if ticket is not None and ticket.status is TicketStatus.CALLED:
        assert ticket.call is not None
        what, at, is_last = Undoable.CALL, ticket.call.at, ticket.call.number == 1
    elif ticket is None and own is not None and ended is not None:
        ticket, at = ended.ticket, ended.at
        what, is_last = _ending(ended), ticket.counter == own.counter and _nothing_followed(state, ended)
    else:
        return None
    left = _seconds_until(Instant(at + state.rules.patience.undo_seconds * SECOND_MS), now)
    is_supervisor = clerk.role is ClerkRole.SUPERVISOR
    if not is_last or (left == 0 and not is_supervisor):
        return None
    number = number_of(state, ticket.letter, ticket.number)
    return Undo(what, ticket.id, number, None if is_supervisor else left)


def _ending(ended: Ended) -> Undoable:
    """A visit that goes on to its next step was completed here: it has no sender."""
    return (
        Undoable.TRANSFER if ended.left is not None and ended.left.sender is not None else Undoable.COMPLETION
    )


def _nothing_followed(state: State, ended: Ended) -> bool:
    ticket = ended.ticket.id
    return state.tickets.get(ticket) == ended.left and state.queue_of.get(ticket) == ended.left_in


# What is seen


def _in_hand(state: State, ticket: Ticket, now: Instant) -> InHand:
    assert ticket.call is not None
    queue = state.queue(state.queue_of[ticket.id])
    assert queue is not None
    arrived_at = ticket.came_at
    first_called_at = ticket.first_called_at if ticket.first_called_at is not None else now
    started_at = ticket.started_at if ticket.status is TicketStatus.SERVING else None
    files = [state.applications[each] for each in ticket.applications if each in state.applications]
    return InHand(
        ticket=ticket.id,
        number=number_of(state, ticket.letter, ticket.number),
        queue=queue,
        service=state.services.get(ticket.service) if ticket.service is not None else None,
        priority=ticket.priority,
        arrived_at=arrived_at,
        waited_minutes=_minutes(first_called_at - arrived_at),
        why=why(state, ticket),
        call=ticket.call.number,
        serving_seconds=None if started_at is None else max(0, now - started_at) // 1000,
        files=tuple(AcceptedFile(each.id, state.services[each.service], each.promised_at) for each in files),
        steps=tuple(step for step in map(state.queue, ticket.steps) if step is not None),
        sender=ticket.sender,
        note=ticket.note,
    )


def _queues(state: State, counter: Counter, waiting: list[Ticket], now: Instant) -> tuple[QueueLine, ...]:
    assert state.rules is not None
    limit = state.rules.fairness.longest_wait_minutes
    lines = []
    for queue in state.rules.queues:
        if counter.serves(queue.letter):
            waits = [
                _minutes(now - ticket.came_at)
                for ticket in waiting
                if state.queue_of[ticket.id] == queue.letter
            ]
            longest = max(waits, default=0)
            lines.append(QueueLine(queue.letter, len(waits), longest, longest >= limit))
    return tuple(lines)


def _next(state: State, ticket: Ticket, fairness: Fairness, now: Instant) -> NextLine:
    waited = _minutes(now - ticket.came_at)
    return NextLine(
        number_of(state, ticket.letter, ticket.number),
        ticket.priority,
        waited,
        waited >= fairness.longest_wait_minutes,
    )


def _held(state: State, clerk: ClerkId) -> tuple[HeldLine, ...]:
    tickets = (state.tickets[each] for each, holder in state.on_hold.items() if holder == clerk)
    return tuple(
        HeldLine(ticket.id, number_of(state, ticket.letter, ticket.number), ticket.hold, ticket.hold_until)
        for ticket in tickets
        if ticket.hold is not None
    )


def _today(state: State, clerk: ClerkId) -> Today:
    tally = state.tallies.get(clerk, Tally())
    return Today(
        served=tally.served,
        mean_seconds=tally.service_ms // tally.timed // 1000 if tally.timed else None,
        missed=tally.missed,
        accepted=tally.accepted,
        since=_opening(state),
    )


def _opening(state: State) -> Instant | None:
    if state.rules is None or state.day is None:
        return None
    hours = hours_of(state.rules, state.day)
    return instant_of(state.day, hours.opens, state.rules.utc_offset_minutes) if hours else None


def _minutes(ms: int) -> int:
    return max(0, ms) // MINUTE_MS
