"""Commands that give out numbers: issued, checked in, handed in, delivered."""

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.appointment import Appointment
from broker.domain.day import MINUTE_MS, business_day, instant_of, ticket_window
from broker.domain.decide.checks import Decision, missing_queue, rules_of, stopped_machine
from broker.domain.expected_wait import expected_wait, ready_expected_at
from broker.domain.queue import ahead_of, slot_arrival, virtual_arrival, virtual_arrival_of
from broker.domain.refusals import (
    AlreadyDelivered,
    AnyRefusal,
    AppointmentOtherDay,
    CommandReplaced,
    DoorsClosedToday,
    NumberNotYours,
    NumbersUsedUp,
    OutletClosed,
    PastCutOff,
    QueueClosedToday,
    QueueOnPause,
    QuotaReached,
    ServiceElsewhere,
    TooEarly,
    TooLate,
    UnknownAppointment,
    UnknownQueue,
    UnknownService,
    UnknownTicket,
)
from broker.domain.rules import Queue, Service
from broker.domain.state import State
from broker.domain.ticket import TRANSITIONS, TicketAct, ticket_id
from broker.domain.values import (
    ActReason,
    Channel,
    CommandId,
    Instant,
    Language,
    Letter,
    Priority,
    ServiceCode,
)


def issue(state: State, envelope: c.Envelope, command: c.IssueTicket, now: Instant) -> Decision:
    """Give out the queue's next number, with what the citizen is told about the wait."""
    if envelope.id in state.replaced:
        return CommandReplaced(state.replaced[envelope.id])
    queue = state.queue(command.letter)
    if queue is None:
        return UnknownQueue(command.letter)
    closed = closed_now(state, queue, now)
    if closed is not None:
        return closed
    service = _service_for(state, command.service, command.letter)
    if isinstance(service, UnknownService | ServiceElsewhere):
        return service
    if service is not None:
        unavailable = unavailable_now(state, service, now)
        if unavailable is not None:
            return unavailable
    steps = command.steps if command.steps is not None else service.steps if service is not None else ()
    unknown = missing_queue(state, steps)
    if unknown is not None:
        return unknown
    virtual = virtual_arrival(now, command.priority, rules_of(state).fairness)
    return _next_number(
        state, queue, service, command.channel, command.language, command.priority, steps, virtual, now
    )


def check_in(state: State, _envelope: c.Envelope, command: c.CheckIn, now: Instant) -> Decision:
    """The appointment becomes a ticket; too late for it, a walk-in's.

    Whoever has reserved a place is let in whatever the hours of the queue, its quota or a closing say: the place
    was given before.
    """
    appointment = state.appointments.get(command.appointment)
    if appointment is None:
        return UnknownAppointment(command.appointment)
    if state.day is None:
        return OutletClosed()
    if appointment.day != state.day:
        return AppointmentOtherDay(appointment.slot_at)
    queue, service = state.queue(appointment.letter), state.services.get(appointment.service)
    if queue is None:
        return UnknownQueue(appointment.letter)
    if queue.letter in state.paused:
        return QueueOnPause(queue.letter, state.paused[queue.letter])
    if service is not None:
        stopped = stopped_machine(state, service)
        if stopped is not None:
            return stopped
    rules = rules_of(state)
    in_time = now <= appointment.slot_at + rules.appointments.late_minutes * MINUTE_MS
    virtual = virtual_arrival(now, command.priority, rules.fairness)
    if in_time:
        longest = now - rules.fairness.longest_head_start_minutes * MINUTE_MS
        virtual = Instant(max(min(virtual, slot_arrival(appointment.slot_at, rules.appointments)), longest))
    return _next_number(
        state,
        queue,
        service,
        Channel.APPOINTMENT if in_time else Channel.WALK_IN,
        command.language,
        command.priority,
        service.steps if service is not None else (),
        virtual,
        now,
        appointment,
    )


def _next_number(
    state: State,
    queue: Queue,
    service: Service | None,
    channel: Channel,
    language: Language,
    priority: Priority | None,
    steps: tuple[Letter, ...],
    virtual: Instant,
    now: Instant,
    appointment: Appointment | None = None,
) -> Decision:
    """The queue's next number for a visit; a full range is a refusal, never a repeat."""
    assert state.day is not None
    number = state.numbers.get(queue.letter, queue.first_number - 1) + 1
    while (taken := _range_end(state, queue.letter, number)) is not None:
        number = taken + 1
    if number > queue.greatest_number:
        return NumbersUsedUp(queue.letter)
    estimate = expected_wait(state, queue.letter, virtual, now)
    return (
        e.TicketIssued(
            ticket=ticket_id(state.day, queue.letter, number, copy=0),
            day=state.day,
            letter=queue.letter,
            number=number,
            copy=0,
            channel=channel,
            language=language,
            service=service.code if service is not None else None,
            priority=priority,
            ahead=ahead_of(state, queue.letter, virtual),
            estimate=estimate,
            ready_expected_at=ready_expected_at(service, estimate, now),
            steps=steps,
            appointment=appointment.id if appointment is not None else None,
            slot_at=appointment.slot_at
            if appointment is not None and channel is Channel.APPOINTMENT
            else None,
        ),
    )


def _range_end(state: State, letter: Letter, number: int) -> int | None:
    """The last number of a device's own range that holds this number; None when no range does."""
    ranges = rules_of(state).ranges
    return next((each.last for each in ranges if each.holds(letter, number)), None)


# What keeps numbers from being given out


def closed_now(state: State, queue: Queue, now: Instant) -> AnyRefusal | None:
    """Why the queue gives out no numbers now; None when it does."""
    rules = rules_of(state)
    if state.day is None:
        return OutletClosed()
    window = ticket_window(rules, queue, state.day)
    if window is None:
        return OutletClosed()
    if state.doors_closed is not None:
        return DoorsClosedToday(state.doors_closed)
    if queue.letter in state.closed:
        return QueueClosedToday(queue.letter, state.closed[queue.letter])
    first_at, last_at = window
    if now < first_at:
        return TooEarly(first_at)
    if now >= last_at:
        return TooLate(last_at)
    return QueueOnPause(queue.letter, state.paused[queue.letter]) if queue.letter in state.paused else None


def unavailable_now(state: State, service: Service, now: Instant) -> AnyRefusal | None:
    """Why no numbers are given out for the service now, although its queue gives some; None when they are."""
    if service.one_day is not None and state.day is not None:
        cut_off_at = instant_of(state.day, service.one_day.cut_off, rules_of(state).utc_offset_minutes)
        if now >= cut_off_at:
            return PastCutOff(cut_off_at)
    if service.quota is not None and state.taken.get(service.code, 0) >= service.quota:
        return QuotaReached(service.quota)
    return stopped_machine(state, service)


def _service_for(
    state: State, code: ServiceCode | None, letter: Letter
) -> Service | UnknownService | ServiceElsewhere | None:
    if code is None:
        return None
    service = state.services.get(code)
    if service is None:
        return UnknownService(code)
    return service if service.letter == letter else ServiceElsewhere(service.letter)


# Numbers that a device gave out by itself


def hand_in(state: State, envelope: c.Envelope, command: c.HandInTicket, now: Instant) -> Decision:
    """Take over a number that is already in a citizen's hand: whatever the hours say, it is never refused for them.

    A number that came in before gets the next copy; one of a day that is over expires at once. What the command
    that it replaces has issued after all is cancelled.
    """
    rules = rules_of(state)
    queue = state.queue(command.letter)
    if queue is None:
        return UnknownQueue(command.letter)
    if not any(
        each.device == envelope.device and each.holds(command.letter, command.number) for each in rules.ranges
    ):
        return NumberNotYours(command.letter, command.number)
    if command.service is not None and command.service not in state.services:
        return UnknownService(command.service)
    happened_at = min(envelope.happened_at if envelope.happened_at is not None else now, now)
    day = business_day(happened_at, rules.utc_offset_minutes)
    copy = state.copies.get(ticket_id(day, command.letter, command.number, copy=0), 0)
    ticket = ticket_id(day, command.letter, command.number, copy)
    issued = e.TicketIssued(
        ticket=ticket,
        day=day,
        letter=command.letter,
        number=command.number,
        copy=copy,
        channel=Channel.WALK_IN,
        language=command.language,
        service=command.service,
        priority=command.priority,
        steps=_steps_of(state, command.service),
        handed_in_at=happened_at,
        replaces=command.replaces,
    )
    virtual = virtual_arrival(happened_at, command.priority, rules.fairness)
    delivered = e.TicketDelivered(ticket, command.delivery, virtual, arrived_at=happened_at)
    over = () if state.day == day else (e.TicketExpired(ticket),)
    return (issued, delivered, *over, *_voided(state, command.replaces))


def _steps_of(state: State, service: ServiceCode | None) -> tuple[Letter, ...]:
    return state.services[service].steps if service is not None else ()


def _voided(state: State, replaced: CommandId | None) -> tuple[e.AnyEvent, ...]:
    """The ticket that the replaced command issued after all, if it is still open."""
    ticket = state.tickets.get(state.issued_by[replaced]) if replaced in state.issued_by else None
    if ticket is None or ticket.status not in TRANSITIONS[TicketAct.CANCEL]:
        return ()
    return (e.TicketVoided(ticket.id, ActReason.TECHNICAL_FAULT),)


# Delivery


def confirm_delivery(
    state: State, envelope: c.Envelope, command: c.ConfirmDelivery, now: Instant
) -> Decision:
    """The ticket has reached the citizen: it may be called from now on."""
    ticket = state.tickets.get(command.ticket)
    if ticket is None:
        return UnknownTicket(command.ticket)
    if ticket.device != envelope.device:
        return UnknownTicket(command.ticket)
    if ticket.delivery is not None:
        return AlreadyDelivered(ticket.id)
    arrived_at = ticket.arrived_at if ticket.arrived_at is not None else now
    return (
        e.TicketDelivered(
            ticket.id, command.delivery, virtual_arrival_of(ticket, arrived_at, rules_of(state))
        ),
    )
