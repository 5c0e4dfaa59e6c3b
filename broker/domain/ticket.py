"""A ticket and its life, as one literal table.

A ticket begins WAITING. Each act leads from one status to the next as TRANSITIONS says; an act that the table
does not hold for a status is refused and changes nothing. The diagram in docs/ is made from this table.
"""

import re
from enum import StrEnum

from msgspec import Struct

from broker.domain.values import (
    ApplicationId,
    BusinessDay,
    Channel,
    ChoiceReason,
    ClerkId,
    CounterNumber,
    Delivery,
    DeviceId,
    HoldReason,
    Instant,
    Language,
    Letter,
    Priority,
    ServiceCode,
    TicketId,
)


class TicketStatus(StrEnum):
    """Where in its life a ticket is."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    ON_HOLD = "on-hold"
    COMPLETED = "completed"
    NO_SHOW = "no-show"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class TicketAct(StrEnum):
    """What can be done to a ticket after its issue."""

    CALL = "call"
    MOVE = "move"
    START = "start"
    RECALL = "recall"
    RETURN = "return"
    NO_SHOW = "no-show"
    REINSTATE = "reinstate"
    COMPLETE = "complete"
    TRANSFER = "transfer"
    HOLD = "hold"
    RESUME = "resume"
    PAPERS_BROUGHT = "papers-brought"
    CANCEL = "cancel"
    EXPIRE = "expire"
    CLOSE_UNFINISHED = "close-unfinished"


_S, _A = TicketStatus, TicketAct

TRANSITIONS: dict[TicketAct, dict[TicketStatus, TicketStatus]] = {
    _A.CALL: {_S.WAITING: _S.CALLED},
    _A.MOVE: {_S.WAITING: _S.WAITING},
    _A.START: {_S.CALLED: _S.SERVING},
    _A.RECALL: {_S.CALLED: _S.CALLED},
    _A.RETURN: {_S.CALLED: _S.WAITING},
    _A.NO_SHOW: {_S.CALLED: _S.NO_SHOW},
    _A.REINSTATE: {_S.NO_SHOW: _S.WAITING},
    _A.COMPLETE: {_S.CALLED: _S.COMPLETED, _S.SERVING: _S.COMPLETED},
    _A.TRANSFER: {_S.CALLED: _S.WAITING, _S.SERVING: _S.WAITING},
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
    announced_at: Instant | None = None


class Estimate(Struct, frozen=True):
    """An expected wait: whole minutes, from and to."""

    from_minutes: int
    to_minutes: int


class Ticket(Struct, frozen=True):
    """A place in a queue for one visit."""

    id: TicketId
    day: BusinessDay
    letter: Letter
    number: int
    copy: int
    order: int
    """The order of issue within the day: the last tie-breaker of the calling rule."""
    status: TicketStatus
    channel: Channel
    language: Language
    device: DeviceId
    issued_at: Instant
    service: ServiceCode | None = None
    priority: Priority | None = None
    estimate: Estimate | None = None
    delivery: Delivery = Delivery.PENDING
    arrived_at: Instant | None = None
    virtual_arrival: Instant | None = None
    """What the calling rule sorts by; None until the ticket may be called."""
    first_called_at: Instant | None = None
    call: Call | None = None
    chosen: ChoiceReason | None = None
    """Why it was called out of order; None when the rule chose it."""
    counter: CounterNumber | None = None
    clerk: ClerkId | None = None
    started_at: Instant | None = None
    hold: HoldReason | None = None
    ended_at: Instant | None = None
    applications: tuple[ApplicationId, ...] = ()


def ticket_id(day: BusinessDay, letter: str, number: int, copy: int) -> TicketId:
    """The id that a ticket has by nature: ``20260714-A012``, and ``20260714-A012.1`` for its first copy."""
    base = f"{day.replace('-', '')}-{letter}{number:03d}"
    return TicketId(f"{base}.{copy}" if copy else base)


def plate(letter: str, number: int, digits: int = 3) -> str:
    """The number as people say and read it: ``A012``."""
    return f"{letter}{number:0{digits}d}"


def read_plate(text: str) -> tuple[Letter, int] | None:
    """The letter and number of a plate as people write it (``A012``, ``a 12``); None when it is no plate."""
    plate_form = re.fullmatch(r"\s*([A-Za-z])[\s-]*(\d{1,5})\s*", text)
    return (plate_form[1].upper(), int(plate_form[2])) if plate_form else None
