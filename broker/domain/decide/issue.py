"""Commands that give out numbers: issued, checked in, handed in, delivered."""

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.appointment import Appointment
from broker.domain.day import DAY_MS, MINUTE_MS, business_day, cut_off_on, ticket_window
from broker.domain.decide.checks import Decision, missing_queue, rules_of, stopped_machine
from broker.domain.expected_wait import expected_wait, ready_expected_at
from broker.domain.numbers import next_number
from broker.domain.queue import ahead_of, counts_as_come, virtual_arrival_of
from broker.domain.refusals import (
    AlreadyDelivered,
    AnyRefusal,
    AppointmentOtherDay,
    CommandReplaced,
    DoorsClosedToday,
    NotPermitted,
    NumberNotPossible,
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
from broker.domain.state import HANDED_IN_DAYS, State
from broker.domain.ticket import TRANSITIONS, TicketAct, ticket_id
from broker.domain.values import (
    ActReason,
    Channel,
    CommandId,
    Delivery,
    Instant,
    Language,
    Letter,
    Priority,
    ServiceCode,
)


def issue(state: State, envelope: c.Envelope, command: c.IssueTicket, now: Instant) -> Decision:
    """Give out the queue's next number, with what the citizen is told about the wait."""
    replaced = _replaced(state, envelope)
    if replaced is not None:
        return replaced
    if command.channel not in (Channel.WALK_IN, Channel.DRIVE_THRU):
        return NotPermitted()
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
    steps = command.steps if command.steps is not None else steps_of(state, service)
    unknown = missing_queue(state, steps)
    if unknown is not None:
        return unknown
    return _next_number(
        state, queue, service, command.channel, command.language, command.priority, steps, now
    )


def steps_of(state: State, service: Service | None) -> tuple[Letter, ...]:
    """Where a visit for the service goes on to; a queue that is gone keeps nobody from a number."""
    return tuple(letter for letter in service.steps if state.queue(letter) is not None) if service else ()


def _replaced(state: State, envelope: c.Envelope) -> CommandReplaced | None:
    """Why a command that comes late is not carried out: its device has given out a number of its own instead."""
    return CommandReplaced(state.replaced[envelope.id]) if envelope.id in state.replaced else None


def check_in(state: State, envelope: c.Envelope, command: c.CheckIn, now: Instant) -> Decision:
    """The appointment becomes a ticket; too late for it, a walk-in's.

    Whoever has reserved a place is let in whatever the hours of the queue, its quota or a closing say: the place
    was given before, and while the queue is paused they wait. Only who comes too late for it is bound by a one-day
    service's cut-off.
    """
    replaced = _replaced(state, envelope)
    if replaced is not None:
        return replaced
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
    if service is not None:
        stopped = stopped_machine(state, service)
        if stopped is not None:
            return stopped
    in_time = now <= appointment.slot_at + rules_of(state).appointments.late_minutes * MINUTE_MS
    if service is not None and not in_time:
        too_late = past_cut_off(state, service, now)
        if too_late is not None:
            return too_late
    return _next_number(
        state,
        queue,
        service,
        Channel.APPOINTMENT if in_time else Channel.WALK_IN,
        command.language,
        command.priority,
        steps_of(state, service),
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
    now: Instant,
    appointment: Appointment | None = None,
) -> Decision:
    """The queue's next number for a visit; a full range is a refusal, never a repeat."""
    assert state.day is not None
    number = next_number(state, state.day, queue, after=state.numbers.get(queue.letter, 0))
    if number is None:
        return NumbersUsedUp(queue.letter)
    slot_at = appointment.slot_at if appointment is not None and channel is Channel.APPOINTMENT else None
    virtual = counts_as_come(now, priority, channel, slot_at, rules_of(state))
    expected = expected_wait(state, queue.letter, priority, now)
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
            estimate=expected.estimate if expected is not None else None,
            ready_expected_at=ready_expected_at(service, expected, now),
            steps=steps,
            appointment=appointment.id if appointment is not None else None,
            slot_at=slot_at,
        ),
    )


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
    if queue.letter in state.paused:
        return QueueOnPause(queue.letter, state.paused[queue.letter])
    left = next_number(state, state.day, queue, after=state.numbers.get(queue.letter, 0))
    return NumbersUsedUp(queue.letter) if left is None else None


def unavailable_now(state: State, service: Service, now: Instant) -> AnyRefusal | None:
    """Why no numbers are given out for the service now, although its queue gives some; None when they are."""
    too_late = past_cut_off(state, service, now)
    if too_late is not None:
        return too_late
    if service.quota is not None and state.taken.get(service.code, 0) >= service.quota:
        return QuotaReached(service.quota)
    return stopped_machine(state, service)


def past_cut_off(state: State, service: Service, came_at: Instant) -> PastCutOff | None:
    """The refusal of a one-day service for somebody who came after its cut-off."""
    if service.one_day is None or state.day is None:
        return None
    cut_off_at = cut_off_on(rules_of(state), service.one_day, state.day)
    return PastCutOff(cut_off_at) if came_at >= cut_off_at else None


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

    A number that came in before gets the next copy. So does one that is not (any more) of the device's own range,
    and one of a day that is over, whose ranges nobody knows any more: somebody else may have given it out, too. Of a
    day that is over, it expires at once. What the command that it replaces has issued after all is cancelled. For a
    service that is gone, the clerk will ask.
    """
    rules = rules_of(state)
    queue = state.queue(command.letter)
    if queue is None:
        return UnknownQueue(command.letter)
    if not 1 <= command.number < 10**queue.digits:
        return NumberNotPossible(command.letter, command.number)
    service = state.services.get(command.service) if command.service is not None else None
    happened_at = lately(envelope.happened_at, now)
    day = business_day(happened_at, rules.utc_offset_minutes)
    is_own = day == state.day and any(
        each.device == envelope.device and each.holds(command.letter, command.number) for each in rules.ranges
    )
    copy = max(
        state.copies.get(ticket_id(day, command.letter, command.number, copy=0), 0), 0 if is_own else 1
    )
    issued = e.TicketIssued(
        ticket=ticket_id(day, command.letter, command.number, copy),
        day=day,
        letter=command.letter,
        number=command.number,
        copy=copy,
        channel=Channel.WALK_IN,
        language=command.language,
        service=service.code if service is not None else None,
        priority=command.priority,
        steps=steps_of(state, service),
        handed_in_at=happened_at,
        replaces=command.replaces,
    )
    taken_over = taken_over_as(state, issued, command.delivery, happened_at)
    return (*taken_over, *_voided(state, envelope, command.replaces))


def taken_over_as(
    state: State, issued: e.TicketIssued, delivery: Delivery, came_at: Instant
) -> tuple[e.AnyEvent, ...]:
    """A number that its citizen has had since then: it waits from that time on, or expires, if its day is over."""
    virtual = counts_as_come(came_at, issued.priority, Channel.WALK_IN, None, rules_of(state))
    delivered = e.TicketDelivered(issued.ticket, delivery, virtual, arrived_at=came_at)
    over = () if state.day == issued.day else (e.TicketExpired(issued.ticket),)
    return (issued, delivered, *over)


def lately(happened_at: Instant | None, now: Instant) -> Instant:
    """When a number was given out: not after now, nor before what is remembered of handed-in numbers."""
    if happened_at is None:
        return now
    return Instant(min(max(happened_at, now - HANDED_IN_DAYS * DAY_MS), now))


def _voided(state: State, envelope: c.Envelope, replaced: CommandId | None) -> tuple[e.AnyEvent, ...]:
    """The ticket that the replaced command of this device issued after all, if it is still open."""
    ticket = state.tickets.get(state.issued_by[replaced]) if replaced in state.issued_by else None
    if (
        ticket is None
        or ticket.device != envelope.device
        or ticket.status not in TRANSITIONS[TicketAct.CANCEL]
    ):
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
