"""Appointments as a counter sees them: who is expected on a day, and which times are still free. Pure, as desk.py."""

from datetime import date, timedelta

from msgspec import Struct

from broker.domain.appointment import Appointment
from broker.domain.day import DAY_MS, MINUTE_MS, hours_of
from broker.domain.decide.appointments import reserved, slots_for
from broker.domain.rules import OutletRules, Service
from broker.domain.state import State
from broker.domain.values import AppointmentId, BusinessDay, Instant
from counter.desk import Number
from counter.supervising import today_of


class AppointmentLine(Struct, frozen=True):
    """Somebody who is expected."""

    appointment: AppointmentId
    number: Number
    """Its letter and the reference that the citizen has: "J003"."""
    service: Service
    slot_at: Instant
    is_late: bool
    """So late that it would become a walk-in's number."""


class AppointmentDay(Struct, frozen=True):
    """The appointments of a day on which the outlet works."""

    day: BusinessDay
    is_today: bool
    before: BusinessDay | None
    """The working day before it; None: it is over, or there is none."""
    after: BusinessDay | None
    """The next day for which places can be reserved."""
    lines: tuple[AppointmentLine, ...]


def appointment_day(state: State, day: BusinessDay | None, now: Instant) -> AppointmentDay | None:
    """The appointments of that day (None: today, or the next working day); None before there are any rules."""
    today = today_of(state, now)
    if state.rules is None or today is None:
        return None
    days = working_days(state.rules, today)
    shown = day if day in days else days[0] if days else today
    lines = [line_for(state, each, now) for each in state.appointments.values() if each.day == shown]
    return AppointmentDay(
        day=shown,
        is_today=shown == today,
        before=max((each for each in days if each < shown), default=None),
        after=min((each for each in days if each > shown), default=None),
        lines=tuple(
            sorted(
                (each for each in lines if each is not None),
                key=lambda each: (each.slot_at, each.appointment),
            )
        ),
    )


def working_days(rules: OutletRules, today: BusinessDay) -> tuple[BusinessDay, ...]:
    """The days on which the outlet works, from today on as far ahead as places can be reserved."""
    start = date.fromisoformat(today)
    days = (
        BusinessDay((start + timedelta(days=ahead)).isoformat())
        for ahead in range(rules.appointments.days_ahead + 1)
    )
    return tuple(day for day in days if hours_of(rules, day) is not None)


def free_slots(state: State, service: Service, day: BusinessDay, now: Instant) -> tuple[Instant, ...]:
    """The times of that day at which somebody can still come for the service."""
    if state.rules is None:
        return ()
    booking = state.rules.appointments
    return tuple(
        at
        for at in slots_for(state.rules, service, day)
        if now < at <= now + booking.days_ahead * DAY_MS
        and reserved(state, service.letter, at) < booking.per_slot
    )


def reference(appointment: AppointmentId) -> str:
    """What the citizen keeps of its id: the day is said beside it."""
    return appointment.rpartition("-")[2]


def line_for(state: State, booked: Appointment, now: Instant) -> AppointmentLine | None:
    """The appointment as a counter shows it; None when the outlet does not offer its service any more."""
    service = state.services.get(booked.service)
    if service is None or state.rules is None:
        return None
    late_after = booked.slot_at + state.rules.appointments.late_minutes * MINUTE_MS
    number = Number(booked.letter, reference(booked.id))
    return AppointmentLine(booked.id, number, service, booked.slot_at, now > late_after)
