"""An appointment: a place reserved for a time, which becomes a ticket at check-in. Its life as one literal table."""

from enum import StrEnum

from msgspec import Struct

from broker.domain.values import AppointmentId, BusinessDay, Instant, Letter, ServiceCode


class AppointmentStatus(StrEnum):
    """Where in its life an appointment is; only the first is kept in the live state."""

    BOOKED = "booked"
    """Reserved."""
    CHECKED_IN = "checked-in"
    """The citizen is here and has a ticket."""
    CANCELLED = "cancelled"
    """Given back."""
    MISSED = "missed"
    """Its day closed and nobody had come."""


class AppointmentAct(StrEnum):
    """What can become of an appointment."""

    CHECK_IN = "check-in"
    """The citizen is here."""
    CANCEL = "cancel"
    """It is not needed any more."""
    MISS = "miss"
    """The day closes."""


_S, _A = AppointmentStatus, AppointmentAct

TRANSITIONS: dict[AppointmentAct, dict[AppointmentStatus, AppointmentStatus]] = {
    _A.CHECK_IN: {_S.BOOKED: _S.CHECKED_IN},
    _A.CANCEL: {_S.BOOKED: _S.CANCELLED},
    _A.MISS: {_S.BOOKED: _S.MISSED},
}


class Wanted(Struct, frozen=True):
    """A place that somebody would like to reserve."""

    day: BusinessDay
    slot_at: Instant
    """When its slot begins."""
    service: ServiceCode


class Appointment(Struct, frozen=True):
    """A place reserved for a time."""

    id: AppointmentId
    day: BusinessDay
    slot_at: Instant
    """When its slot begins."""
    letter: Letter
    service: ServiceCode


def appointment_id(day: BusinessDay, serial: int) -> AppointmentId:
    """The id that an appointment has by nature: ``20260715-J003``."""
    return AppointmentId(f"{day.replace('-', '')}-J{serial:03d}")


def slot_key(letter: Letter, slot_at: Instant) -> str:
    """By what the reserved places of a queue's slot are counted."""
    return f"{letter}@{slot_at}"
