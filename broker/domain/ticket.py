"""A ticket and its life, as one literal table.

A ticket begins WAITING. Each act leads from one status to the next as TRANSITIONS says; an act that the table
does not hold for a status is refused and changes nothing. The diagram in docs/ is made from this table.
"""

import re
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from broker.domain.values import (
    ApplicationId,
    Because,
    BusinessDay,
    Channel,
    ChoiceReason,
    ClerkId,
    CommandId,
    CounterNumber,
    Delivery,
    DeviceId,
    HoldReason,
    Instant,
    Language,
    Letter,
    NoteId,
    Priority,
    ServiceCode,
    TicketId,
)


class TicketStatus(StrEnum):
    """Where in its life a ticket is."""

    WAITING = "waiting"
    """In its queue, or on its way to the citizen."""
    CALLED = "called"
    """Called to a counter; the citizen is on the way there."""
    SERVING = "serving"
    """The citizen is at the counter."""
    ON_HOLD = "on-hold"
    """Its service is interrupted, the clerk is free."""
    COMPLETED = "completed"
    """The visit is over."""
    NO_SHOW = "no-show"
    """Called, and nobody came; may come back for a while."""
    CANCELLED = "cancelled"
    """Ended without being served."""
    EXPIRED = "expired"
    """Still open when the day closed."""


class TicketAct(StrEnum):
    """What can be done to a ticket after its issue."""

    CALL = "call"
    """A clerk calls the next ticket, or one chosen with a reason."""
    MOVE = "move"
    """A supervisor gives it another place, or whom it was sent to has left."""
    CORRECT_PRIORITY = "correct-priority"
    """Its priority is another, or none."""
    START = "start"
    """The citizen is at the counter."""
    RECALL = "recall"
    """It is announced once more."""
    RETURN = "return"
    """The priority does not hold: back without the head start."""
    UNDO_CALL = "undo-call"
    """The call was a mistake: back to its place, as if it had not been."""
    NO_SHOW = "no-show"
    """Nobody came, long enough after the last announcement."""
    REINSTATE = "reinstate"
    """Whoever missed the call is back in time."""
    COMPLETE = "complete"
    """The visit is over; straight from the call, its start is unknown."""
    REOPEN = "reopen"
    """It was completed, or sent on, by mistake."""
    TRANSFER = "transfer"
    """On to another queue, counter or clerk; the number stays."""
    REASSIGN = "reassign"
    """A supervisor takes it from a clerk and sends it on."""
    HOLD = "hold"
    """The service is interrupted, with a reason."""
    RESUME = "resume"
    """The service goes on at its clerk's counter."""
    PAPERS_BROUGHT = "papers-brought"
    """The missing papers are here: next in line."""
    CANCEL = "cancel"
    """It will not be served, for a reason."""
    EXPIRE = "expire"
    """The day closes."""
    CLOSE_UNFINISHED = "close-unfinished"
    """The day closes upon a service; marked as unfinished."""


_S, _A = TicketStatus, TicketAct

TRANSITIONS: dict[TicketAct, dict[TicketStatus, TicketStatus]] = {
    _A.CALL: {_S.WAITING: _S.CALLED},
    _A.MOVE: {_S.WAITING: _S.WAITING},
    _A.CORRECT_PRIORITY: {_S.WAITING: _S.WAITING},
    _A.START: {_S.CALLED: _S.SERVING},
    _A.RECALL: {_S.CALLED: _S.CALLED},
    _A.RETURN: {_S.CALLED: _S.WAITING},
    _A.UNDO_CALL: {_S.CALLED: _S.WAITING},
    _A.NO_SHOW: {_S.CALLED: _S.NO_SHOW},
    _A.REINSTATE: {_S.NO_SHOW: _S.WAITING},
    _A.COMPLETE: {_S.CALLED: _S.COMPLETED, _S.SERVING: _S.COMPLETED},
    _A.REOPEN: {_S.COMPLETED: _S.SERVING, _S.WAITING: _S.SERVING},
    _A.TRANSFER: {_S.CALLED: _S.WAITING, _S.SERVING: _S.WAITING},
    _A.REASSIGN: {_S.CALLED: _S.WAITING, _S.SERVING: _S.WAITING, _S.ON_HOLD: _S.WAITING},
    _A.HOLD: {_S.SERVING: _S.ON_HOLD},
    _A.RESUME: {_S.ON_HOLD: _S.SERVING},
    _A.PAPERS_BROUGHT: {_S.ON_HOLD: _S.WAITING},
    _A.CANCEL: {
        _S.WAITING: _S.CANCELLED,
        _S.CALLED: _S.CANCELLED,
        _S.SERVING: _S.CANCELLED,
        _S.ON_HOLD: _S.CANCELLED,
    },
    _A.EXPIRE: {_S.WAITING: _S.EXPIRED, _S.CALLED: _S.EXPIRED, _S.ON_HOLD: _S.EXPIRED},
    _A.CLOSE_UNFINISHED: {_S.SERVING: _S.COMPLETED},
}

IN_HAND = frozenset({TicketStatus.CALLED, TicketStatus.SERVING})
"""Statuses in which a ticket occupies its clerk: at most one per clerk."""


class Call(Struct, frozen=True):
    """One announcement of a ticket at a counter."""

    number: int
    """1 for the first call of the visit's present turn, 2 for its first recall, and so on."""
    at: Instant
    """When it was made."""
    announced_at: Instant | None = None
    """When it was shown and spoken, or counted as such; None: not yet."""


Minutes = Annotated[int, Meta(ge=0, le=100_000, description="Whole minutes, ten weeks at most.")]
"""A wait."""


class Estimate(Struct, frozen=True):
    """An expected wait: whole minutes, from and to."""

    from_minutes: Minutes
    """At least so long."""
    to_minutes: Minutes
    """At most so long."""


class Expected(Struct, frozen=True):
    """How long who takes a number of a queue now will wait."""

    letter: Letter
    estimate: Estimate | None
    """None: no counter is open for this queue."""
    with_priority: bool = False
    """Whether for who has a priority."""


class Sender(Struct, frozen=True):
    """Who sent a ticket on, and from where: so that it can go back."""

    clerk: ClerkId
    counter: CounterNumber
    letter: Letter
    """The queue from which it was called there."""


class ToQueue(Struct, frozen=True, tag_field="to", tag="queue"):
    """On to whoever serves a queue."""

    letter: Letter


class ToCounter(Struct, frozen=True, tag_field="to", tag="counter"):
    """On to one counter, whoever sits there."""

    counter: CounterNumber


class ToClerk(Struct, frozen=True, tag_field="to", tag="clerk"):
    """On to one clerk, wherever that clerk sits."""

    clerk: ClerkId


class ToSender(Struct, frozen=True, tag_field="to", tag="sender"):
    """Back to the clerk who sent it."""


Destination = ToQueue | ToCounter | ToClerk | ToSender
"""Where a ticket can be sent."""


class Ticket(Struct, frozen=True):
    """A place in a queue for one visit."""

    id: TicketId
    day: BusinessDay
    letter: Letter
    number: int
    """Within its queue and day, from 1."""
    copy: int
    """0 for all that the broker issues; counts up where a number was given out twice."""
    order: int
    """The order of issue within the day: the last tie-breaker of the calling rule."""
    status: TicketStatus
    channel: Channel
    language: Language
    device: DeviceId
    """The device that issued it."""
    issued_at: Instant
    """When the number was given out."""
    service: ServiceCode | None = None
    """What the visit is for; None: not known yet."""
    priority: Priority | None = None
    estimate: Estimate | None = None
    """The expected wait that the citizen was told."""
    delivery: Delivery | None = None
    """None while nobody has said so: on its way, or, once arrived, unconfirmed."""
    arrived_at: Instant | None = None
    """When it became callable: delivered, or counted as such."""
    virtual_arrival: Instant | None = None
    """What the calling rule sorts by; None until the ticket may be called."""
    first_called_at: Instant | None = None
    """When the wait of the visit ended."""
    call: Call | None = None
    """The last call of its present turn."""
    chosen: ChoiceReason | None = None
    """Why it was called out of order; None when the rule chose it."""
    counter: CounterNumber | None = None
    """The counter of its present or last call."""
    clerk: ClerkId | None = None
    """The clerk of its present or last call."""
    started_at: Instant | None = None
    """When its service began, later by as long as it was interrupted; None: it has not, in this turn."""
    hold: HoldReason | None = None
    ended_at: Instant | None = None
    """When it was marked a no-show."""
    applications: tuple[ApplicationId, ...] = ()
    """What was filed in this visit."""
    command: CommandId | None = None
    """The command that issued it."""
    because: Because | None = None
    """Why it, and no other, was called."""
    came_back: bool = False
    """Whether it waits to go on with something: reinstated, or with its papers complete."""
    steps: tuple[Letter, ...] = ()
    """The queues that its visit has still to go through."""
    only_counter: CounterNumber | None = None
    """The only counter that may call it; None: any that serves its queue."""
    only_clerk: ClerkId | None = None
    """The only clerk who may call it; None: any who may serve it."""
    sender: Sender | None = None
    """Who sent it on last."""
    note: NoteId | None = None
    """What the sender has written to go with it."""
    slot_at: Instant | None = None
    """The time reserved for it; None: it came without an appointment, or too late for it."""
    hold_until: Instant | None = None
    """Until when whoever completes papers is next in line."""
    held_at: Instant | None = None
    """Since when its service is interrupted; None: it is not."""
    handed_in: bool = False
    """Whether its device gave it out while the broker was away."""

    @property
    def is_directed(self) -> bool:
        """Whether a colleague has sent it to one counter or clerk alone."""
        return self.only_counter is not None or self.only_clerk is not None

    @property
    def came_at(self) -> Instant:
        """When it arrived; while nobody has said that it did, when it was issued."""
        return self.arrived_at if self.arrived_at is not None else self.issued_at


def ticket_id(day: BusinessDay, letter: str, number: int, copy: int) -> TicketId:
    """The id that a ticket has by nature: ``20260714-A012``, and ``20260714-A012.1`` for its first copy."""
    base = f"{day.replace('-', '')}-{letter}{number:03d}"
    return TicketId(f"{base}.{copy}" if copy else base)


def read_ticket_id(text: str) -> tuple[BusinessDay, Letter, int] | None:
    """The day, letter and number of a ticket's id; None when it is none."""
    form = re.fullmatch(r"(\d{4})(\d{2})(\d{2})-([A-Z])(\d{3,5})(?:\.\d+)?", text, re.ASCII)
    return (BusinessDay(f"{form[1]}-{form[2]}-{form[3]}"), form[4], int(form[5])) if form else None


def plate(letter: str, number: int, digits: int = 3) -> str:
    """The number as people say and read it: ``A012``."""
    return f"{letter}{number:0{digits}d}"


def read_plate(text: str) -> tuple[Letter, int] | None:
    """The letter and number of a plate as people write it (``A012``, ``a 12``); None when it is no plate."""
    plate_form = re.fullmatch(r"\s*([A-Za-z])[\s-]*(\d{1,5})\s*", text)
    return (plate_form[1].upper(), int(plate_form[2])) if plate_form else None
