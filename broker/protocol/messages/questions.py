"""Questions that no replica can answer, each with its answer."""

from enum import StrEnum

from broker.domain.day_report import DayFigures
from broker.domain.events import Recorded
from broker.domain.roll import RollTicket
from broker.domain.values import ApplicationId, AppointmentId, BusinessDay, TicketId
from broker.protocol.messages.commands import ApplicationOutcome
from broker.protocol.messages.message import Message, RequestId, ShortText


class AskToken(Message, frozen=True, tag="ask-token"):
    """What a scanned token stands for; only the broker can verify one."""

    id: RequestId
    token: ShortText
    """As scanned, with or without an address before it; or a short code as typed."""


class TokenKind(StrEnum):
    """What a token stands for."""

    TICKET = "ticket"
    APPLICATION = "application"
    APPOINTMENT = "appointment"
    ROLL = "roll"


class TokenAnswer(Message, frozen=True, tag="token"):
    """A verified token, or None fields when it is not ours, has ended, or belongs to another outlet."""

    id: RequestId
    kind: TokenKind | None = None
    ticket: TicketId | None = None
    application: ApplicationId | None = None
    appointment: AppointmentId | None = None
    roll: RollTicket | None = None
    """A ticket of the emergency roll that nobody has entered yet; of one that was, `ticket` says what became of it."""


class AskHistory(Message, frozen=True, tag="ask-history"):
    """The events of a ticket, by its number as people say it (``A012``); `day` None: the latest."""

    id: RequestId
    number: ShortText
    """Letter and number as on the ticket."""
    day: BusinessDay | None = None


class History(Message, frozen=True, tag="history"):
    """A ticket's events and those of its applications, oldest first; empty: no such ticket."""

    id: RequestId
    ticket: TicketId | None
    """Its id; None: no such ticket."""
    records: tuple[Recorded, ...]


class AskSlip(Message, frozen=True, tag="ask-slip"):
    """What the slip of an application says, once more: for a counter that lost the answer to its acceptance."""

    id: RequestId
    application: ApplicationId


class Slip(Message, frozen=True, tag="slip"):
    """What the slip of an application says, with the same token and code as long as the broker's key is the same."""

    id: RequestId
    outcome: ApplicationOutcome | None = None
    """None: no such application, or its life has ended: handed over, or rejected."""


class AskDayReport(Message, frozen=True, tag="ask-day-report"):
    """What a business day came to, in figures; the day that is open comes with what there is so far."""

    id: RequestId
    day: BusinessDay | None = None
    """None: the open day, else the last one."""


class DayReport(Message, frozen=True, tag="day-report"):
    """What a business day came to, in figures."""

    id: RequestId
    figures: DayFigures | None = None
    """None: the outlet has not worked on that day."""
