"""Commands over appointments: places reserved and given back. Checking in is in issue.py: it gives out a number."""

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.appointment import Wanted, appointment_id, slot_key
from broker.domain.day import DAY_MS, business_day, cut_off_on, hours_of, instant_of
from broker.domain.decide.checks import Decision, rules_of
from broker.domain.refusals import (
    NoSuchSlot,
    SlotFull,
    UnknownAppointment,
    UnknownQueue,
    UnknownService,
)
from broker.domain.rules import OutletRules, Service
from broker.domain.state import State
from broker.domain.values import BusinessDay, Instant, Letter


def book(state: State, _envelope: c.Envelope, command: c.BookAppointments, now: Instant) -> Decision:
    """Reserve places, all of them or none."""
    booked: list[e.AppointmentBooked] = []
    for wanted in command.wanted:
        service = state.services.get(wanted.service)
        if service is None:
            return UnknownService(wanted.service)
        if state.queue(service.letter) is None:
            return UnknownQueue(service.letter)
        if not _is_ahead(state, wanted, now) or wanted.slot_at not in slots_for(
            rules_of(state), service, wanted.day
        ):
            return NoSuchSlot(wanted.slot_at)
        earlier = sum(each.letter == service.letter and each.slot_at == wanted.slot_at for each in booked)
        if reserved(state, service.letter, wanted.slot_at) + earlier >= rules_of(state).appointments.per_slot:
            return SlotFull(wanted.slot_at)
        serial = state.booked.get(wanted.day, 0) + sum(each.day == wanted.day for each in booked) + 1
        booked.append(
            e.AppointmentBooked(
                appointment_id(wanted.day, serial), wanted.day, wanted.slot_at, service.letter, service.code
            )
        )
    return tuple(booked)


def slots_on(rules: OutletRules, day: BusinessDay) -> tuple[Instant, ...]:
    """When appointments can begin on that day: from the opening on, not in a break, before the doors close."""
    hours = hours_of(rules, day)
    if hours is None:
        return ()
    return tuple(
        instant_of(day, minute, rules.utc_offset_minutes)
        for minute in range(hours.opens, hours.doors_close, rules.appointments.slot_minutes)
        if not any(begins <= minute < ends for begins, ends in hours.breaks)
    )


def slots_for(rules: OutletRules, service: Service, day: BusinessDay) -> tuple[Instant, ...]:
    """When appointments for the service can begin on that day: a one-day service's before its cut-off."""
    slots = slots_on(rules, day)
    if service.one_day is None:
        return slots
    return tuple(slot for slot in slots if slot < cut_off_on(rules, service.one_day, day))


def reserved(state: State, letter: Letter, slot_at: Instant) -> int:
    """How many places of a queue's slot are taken."""
    return state.reserved.get(slot_key(letter, slot_at), 0)


def _is_ahead(state: State, wanted: Wanted, now: Instant) -> bool:
    """Whether the slot has not begun yet, is on the day that it says, and not too far ahead."""
    rules = rules_of(state)
    at_most = now + rules.appointments.days_ahead * DAY_MS
    return (
        now < wanted.slot_at <= at_most
        and business_day(wanted.slot_at, rules.utc_offset_minutes) == wanted.day
    )


def cancel(state: State, _envelope: c.Envelope, command: c.CancelAppointment, _now: Instant) -> Decision:
    """The place is free again."""
    if command.appointment not in state.appointments:
        return UnknownAppointment(command.appointment)
    return (e.AppointmentCancelled(command.appointment),)
