"""What a scanned or typed code stands for, and what would come of checking in with it. Pure: the core itself is asked.

The broker decides again when the citizen checks in.
"""

from broker.domain.commands import CheckIn, Envelope
from broker.domain.decide import decide
from broker.domain.events import TicketIssued
from broker.domain.refusals import AnyRefusal, Refusal, UnknownAppointment
from broker.domain.state import State
from broker.domain.values import AppointmentId, Channel, CommandId, DeviceId, DeviceRole, Instant
from broker.protocol.messages import TokenAnswer
from kiosk.events import AppointmentFound, AppointmentNotFound

_LONGEST_CODE = 200
"""What can be asked about; no code of ours comes near."""


def can_be_asked(code: str) -> bool:
    """Whether a code that was scanned may be one of ours at all."""
    return 0 < len(code.strip()) <= _LONGEST_CODE


def unknown(code: str) -> AppointmentNotFound:
    """Nobody knows the code."""
    return AppointmentNotFound(code, UnknownAppointment(""))


def judged(
    code: str, answer: TokenAnswer, state: State, now: Instant
) -> AppointmentFound | AppointmentNotFound:
    """The broker's word on a code, as an event of the flow."""
    if answer.appointment is None:
        return unknown(code) if answer.kind is None else AppointmentNotFound(code, answer.kind)
    outcome = _tried(state, answer.appointment, now)
    if isinstance(outcome, Refusal):
        return AppointmentNotFound(code, outcome)
    return AppointmentFound(code, state.appointments[answer.appointment])


def is_too_late(state: State, appointment: AppointmentId, now: Instant) -> bool:
    """Whether checking in now would give a walk-in's place only."""
    outcome = _tried(state, appointment, now)
    return isinstance(outcome, TicketIssued) and outcome.channel is Channel.WALK_IN


def _tried(state: State, appointment: AppointmentId, now: Instant) -> TicketIssued | AnyRefusal:
    """What the core would decide; deciding changes nothing."""
    envelope = Envelope(CommandId(""), DeviceId(""), DeviceRole.KIOSK, CheckIn(appointment))
    decision = decide(state, envelope, now)
    if isinstance(decision, Refusal):
        return decision
    (issued,) = decision
    assert isinstance(issued, TicketIssued)
    return issued
