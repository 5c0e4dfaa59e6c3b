"""A command on its way to the broker, and what comes back: done, with what the sender needs besides, or refused."""

from typing import Annotated

from msgspec import Meta, Struct

from broker.domain.commands import AnyCommand
from broker.domain.refusals import AnyRefusal
from broker.domain.roll import RollTicket
from broker.domain.ticket import Estimate
from broker.domain.values import (
    ApplicationId,
    AppointmentId,
    CommandId,
    Instant,
    Letter,
    Seq,
    ServiceCode,
    TicketId,
)
from broker.protocol.messages.message import Message


class SendCommand(Message, frozen=True, tag="command", omit_defaults=True):
    """A command under an id that the client made: sent twice it acts once and is answered the same."""

    id: Annotated[CommandId, Meta(min_length=1, max_length=64, pattern="^[^\\x00-\\x1f\\x7f]*\\Z")]
    command: AnyCommand
    """What is asked for."""
    happened_at: Instant | None = None
    """Set for what happened while the device was cut off."""


class TicketOutcome(Struct, frozen=True, tag_field="kind", tag="ticket"):
    """What a kiosk prints: the ticket, its token, and what the citizen is told."""

    ticket: TicketId
    letter: Letter
    number: int
    """Within its queue and day, from 1."""
    at: Instant
    """When it was given out."""
    token: str
    """For the QR code."""
    code: str
    """Six characters to write down when there is no paper."""
    ahead: int
    """People before it in its queue."""
    estimate: Estimate | None = None
    """The expected wait; None: no counter was open, or nobody knew."""
    ready_expected_at: Instant | None = None
    """For a one-day service: when the permit is expected to be ready."""


class ApplicationOutcome(Struct, frozen=True, tag_field="kind", tag="application"):
    """What a counter prints on the slip."""

    application: ApplicationId
    token: str
    """For the QR code."""
    at: Instant
    """When it was accepted."""
    code: str
    """Six characters to write down when there is no paper."""
    promised_at: Instant | None = None
    """By when it will be ready; None: not a one-day service."""


class CallOutcome(Struct, frozen=True, tag_field="kind", tag="call"):
    """Which ticket was called."""

    ticket: TicketId


class Reserved(Struct, frozen=True):
    """One appointment as a citizen needs it."""

    appointment: AppointmentId
    letter: Letter
    """The queue in which the place is reserved."""
    service: ServiceCode
    slot_at: Instant
    """When to come."""
    token: str
    """For the QR code."""
    code: str
    """Six characters to write down when there is no paper."""


class AppointmentsOutcome(Struct, frozen=True, tag_field="kind", tag="appointments"):
    """The places that were reserved, in the order in which they were asked for."""

    reserved: tuple[Reserved, ...]


class RollOutcome(Struct, frozen=True, tag_field="kind", tag="roll"):
    """What an operator prints of the emergency roll."""

    tickets: tuple[RollTicket, ...]
    tokens: tuple[str, ...]
    """For their QR codes, in the same order."""
    ends_at: Instant
    """From then on they are no good any more."""


Outcome = TicketOutcome | ApplicationOutcome | CallOutcome | AppointmentsOutcome | RollOutcome
"""One of the outcomes."""


class Accepted(Message, frozen=True, tag="accepted"):
    """The command is on disk; `seq` is the last event that it caused (or the last before, if it caused none)."""

    id: CommandId
    seq: Seq
    outcome: Outcome | None = None
    """What the sender needs besides; None where "done" says it all."""


class Refused(Message, frozen=True, tag="refused"):
    """The queue's rules do not allow the command; nothing has changed."""

    id: CommandId
    refusal: AnyRefusal
    """Why not."""
