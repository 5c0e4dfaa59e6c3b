"""Commands over tickets: issue, call, serve, and every way in which a visit goes on or ends."""

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.calls import no_show_possible_at, recall_possible_at, recalls_used_up
from broker.domain.day import instant_of, ticket_window
from broker.domain.decide.counters import configured_clerk, counter_of, own_seat
from broker.domain.expected_wait import expected_wait, ready_expected_at
from broker.domain.queue import ahead_of, next_for, virtual_arrival, virtual_arrival_at
from broker.domain.refusals import (
    AlreadyDelivered,
    AnyRefusal,
    CounterOnBreak,
    NobodyWaiting,
    NoPriority,
    NoShowTooSoon,
    NotCurrentCall,
    NotDelivered,
    NotYourTicket,
    NumbersUsedUp,
    OutletClosed,
    PastCutOff,
    QueueNotHere,
    RecallsUsedUp,
    RecallTooSoon,
    ServiceElsewhere,
    SkillMissing,
    TicketInHand,
    TooEarly,
    TooLate,
    UnknownQueue,
    UnknownService,
    UnknownTicket,
    WrongStatus,
)
from broker.domain.state import Seat, State
from broker.domain.ticket import IN_HAND, TRANSITIONS, Ticket, TicketAct, ticket_id
from broker.domain.values import Instant, OutletRules, Place, Queue, Service, TicketId

Decision = tuple[e.AnyEvent, ...] | AnyRefusal


# Issue and delivery


def issue(state: State, _envelope: c.Envelope, command: c.IssueTicket, now: Instant) -> Decision:
    """Give out the queue's next number, with what the citizen is told about the wait."""
    rules = _rules(state)
    queue = state.queue(command.letter)
    if queue is None:
        return UnknownQueue(command.letter)
    if state.day is None:
        return OutletClosed()
    closed = _outside_window(rules, state, queue, now)
    if closed is not None:
        return closed
    service = _service_for(state, command)
    if isinstance(service, UnknownService | ServiceElsewhere):
        return service
    if service is not None and service.one_day is not None:
        cut_off_at = instant_of(state.day, service.one_day.cut_off, rules.utc_offset_minutes)
        if now >= cut_off_at:
            return PastCutOff(cut_off_at)
    number = state.numbers.get(queue.letter, 0) + 1
    if number >= 10**queue.digits:
        return NumbersUsedUp(queue.letter)
    virtual = virtual_arrival(now, command.priority, rules.fairness)
    estimate = expected_wait(state, queue.letter, virtual, now)
    return (
        e.TicketIssued(
            ticket=ticket_id(state.day, queue.letter, number, copy=0),
            day=state.day,
            letter=queue.letter,
            number=number,
            copy=0,
            channel=command.channel,
            language=command.language,
            service=command.service,
            priority=command.priority,
            ahead=ahead_of(state, queue.letter, virtual),
            estimate=estimate,
            ready_expected_at=ready_expected_at(service, estimate, now),
        ),
    )


def _outside_window(
    rules: OutletRules, state: State, queue: Queue, now: Instant
) -> OutletClosed | TooEarly | TooLate | None:
    assert state.day is not None
    window = ticket_window(rules, queue, state.day)
    if window is None:
        return OutletClosed()
    first_at, last_at = window
    if now < first_at:
        return TooEarly(first_at)
    return TooLate(last_at) if now >= last_at else None


def _service_for(state: State, command: c.IssueTicket) -> Service | UnknownService | ServiceElsewhere | None:
    if command.service is None:
        return None
    service = state.services.get(command.service)
    if service is None:
        return UnknownService(command.service)
    return service if service.letter == command.letter else ServiceElsewhere(service.letter)


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
    virtual = virtual_arrival(arrived_at, ticket.priority, _rules(state).fairness)
    return (e.TicketDelivered(ticket.id, command.delivery, virtual),)


# Calling


def call_next(state: State, envelope: c.Envelope, command: c.CallNext, now: Instant) -> Decision:
    """Call the ticket that the rule puts first."""
    seat = _free_seat(state, envelope, command)
    if not isinstance(seat, Seat):
        return seat
    counter = counter_of(state, seat.counter)
    assert counter is not None
    ticket = next_for(state, counter, configured_clerk(state, seat.clerk), now)
    if ticket is None:
        return NobodyWaiting()
    return (e.TicketCalled(ticket.id, seat.counter, seat.clerk),)


def call_chosen(state: State, envelope: c.Envelope, command: c.CallTicket, _now: Instant) -> Decision:
    """Call one ticket out of order, marked with the reason."""
    seat = _free_seat(state, envelope, command)
    if not isinstance(seat, Seat):
        return seat
    ticket = _acting(state, command.ticket, TicketAct.CALL)
    if not isinstance(ticket, Ticket):
        return ticket
    if ticket.virtual_arrival is None:
        return NotDelivered(ticket.id)
    counter = counter_of(state, seat.counter)
    assert counter is not None
    letter = state.queue_of[ticket.id]
    if not counter.serves(letter):
        return QueueNotHere(letter)
    if not configured_clerk(state, seat.clerk).can_serve(ticket.service):
        return SkillMissing(ticket.service or "")
    return (e.TicketCalled(ticket.id, seat.counter, seat.clerk, command.reason),)


def _free_seat(state: State, envelope: c.Envelope, command: c.CallNext | c.CallTicket) -> Seat | AnyRefusal:
    seat = own_seat(state, envelope, command.counter)
    if not isinstance(seat, Seat):
        return seat
    if seat.pause is not None:
        return CounterOnBreak(seat.counter)
    return TicketInHand(seat.ticket) if seat.ticket is not None else seat


def report_announced(
    state: State, _envelope: c.Envelope, command: c.ReportAnnounced, _now: Instant
) -> Decision:
    """The lobby has seen and heard the call. Intervals count from here; a second report changes nothing."""
    ticket = state.tickets.get(command.ticket)
    if ticket is None or ticket.call is None or ticket.call.number != command.call:
        return NotCurrentCall(command.call)
    return () if ticket.call.announced_at is not None else (e.CallAnnounced(ticket.id, command.call),)


def recall(state: State, envelope: c.Envelope, command: c.Recall, now: Instant) -> Decision:
    """Announce the same ticket once more."""
    ticket = own_ticket(state, envelope, command.ticket, TicketAct.RECALL)
    if not isinstance(ticket, Ticket):
        return ticket
    assert ticket.call is not None
    patience = _rules(state).patience
    if recalls_used_up(ticket.call, patience):
        return RecallsUsedUp(patience.recalls_at_most)
    possible_at = recall_possible_at(ticket.call, patience)
    if now < possible_at:
        return RecallTooSoon(possible_at)
    return (e.TicketRecalled(ticket.id, ticket.call.number + 1),)


def mark_no_show(state: State, envelope: c.Envelope, command: c.MarkNoShow, now: Instant) -> Decision:
    """Nobody came, long enough after the last announcement."""
    ticket = own_ticket(state, envelope, command.ticket, TicketAct.NO_SHOW)
    if not isinstance(ticket, Ticket):
        return ticket
    assert ticket.call is not None
    possible_at = no_show_possible_at(ticket.call, _rules(state).patience)
    if now < possible_at:
        return NoShowTooSoon(possible_at)
    return (e.TicketMissed(ticket.id),)


def reinstate(state: State, _envelope: c.Envelope, command: c.ReinstateTicket, now: Instant) -> Decision:
    """Whoever missed the call is back in time: next in line."""
    ticket = _acting(state, command.ticket, TicketAct.REINSTATE)
    if not isinstance(ticket, Ticket):
        return ticket
    virtual = virtual_arrival_at(Place.FRONT, ticket, now, _rules(state).fairness)
    return (e.TicketReinstated(ticket.id, virtual),)


def refute_priority(state: State, envelope: c.Envelope, command: c.RefutePriority, _now: Instant) -> Decision:
    """Back to its place, without the head start."""
    ticket = own_ticket(state, envelope, command.ticket, TicketAct.RETURN)
    if not isinstance(ticket, Ticket):
        return ticket
    if ticket.priority is None:
        return NoPriority(ticket.id)
    return (e.PriorityRefuted(ticket.id, ticket.came_at),)


# Serving


def start(state: State, envelope: c.Envelope, command: c.StartService, _now: Instant) -> Decision:
    """The citizen is at the counter."""
    ticket = own_ticket(state, envelope, command.ticket, TicketAct.START)
    return (e.ServiceStarted(ticket.id),) if isinstance(ticket, Ticket) else ticket


def complete(state: State, envelope: c.Envelope, command: c.CompleteTicket, _now: Instant) -> Decision:
    """The visit is over; from CALLED its start is unknown and its time counts nowhere."""
    ticket = own_ticket(state, envelope, command.ticket, TicketAct.COMPLETE)
    if not isinstance(ticket, Ticket):
        return ticket
    return (e.TicketCompleted(ticket.id, start_unknown=ticket.started_at is None),)


def transfer(state: State, envelope: c.Envelope, command: c.TransferTicket, now: Instant) -> Decision:
    """On to another queue; the number stays."""
    ticket = own_ticket(state, envelope, command.ticket, TicketAct.TRANSFER)
    if not isinstance(ticket, Ticket):
        return ticket
    if state.queue(command.letter) is None:
        return UnknownQueue(command.letter)
    virtual = virtual_arrival_at(command.place, ticket, now, _rules(state).fairness)
    return (e.TicketTransferred(ticket.id, command.letter, virtual),)


def hold(state: State, envelope: c.Envelope, command: c.HoldTicket, _now: Instant) -> Decision:
    """Interrupt the service; the clerk is free."""
    ticket = own_ticket(state, envelope, command.ticket, TicketAct.HOLD)
    return (e.TicketHeld(ticket.id, command.reason),) if isinstance(ticket, Ticket) else ticket


def resume(state: State, envelope: c.Envelope, command: c.ResumeTicket, _now: Instant) -> Decision:
    """Go on with an interrupted service at the clerk's own counter."""
    assert envelope.clerk is not None
    ticket = _acting(state, command.ticket, TicketAct.RESUME)
    if not isinstance(ticket, Ticket):
        return ticket
    if ticket.counter is not None and ticket.clerk != envelope.clerk:
        return NotYourTicket(ticket.counter)
    seat = state.seat_of(envelope.clerk)
    if seat is None:
        return NotYourTicket(ticket.counter) if ticket.counter is not None else UnknownTicket(ticket.id)
    if seat.ticket is not None:
        return TicketInHand(seat.ticket)
    return (e.TicketResumed(ticket.id, seat.counter, seat.clerk),)


def bring_papers(state: State, _envelope: c.Envelope, command: c.BringPapers, now: Instant) -> Decision:
    """The missing papers are here: next in line."""
    ticket = _acting(state, command.ticket, TicketAct.PAPERS_BROUGHT)
    if not isinstance(ticket, Ticket):
        return ticket
    virtual = virtual_arrival_at(Place.FRONT, ticket, now, _rules(state).fairness)
    return (e.PapersBrought(ticket.id, virtual),)


def cancel(state: State, envelope: c.Envelope, command: c.CancelTicket, _now: Instant) -> Decision:
    """End a ticket; one in somebody's hand only by that clerk."""
    ticket = _acting(state, command.ticket, TicketAct.CANCEL)
    if not isinstance(ticket, Ticket):
        return ticket
    if ticket.status in IN_HAND and ticket.clerk != envelope.clerk and ticket.counter is not None:
        return NotYourTicket(ticket.counter)
    return (e.TicketCancelled(ticket.id, command.reason),)


def set_service(state: State, envelope: c.Envelope, command: c.SetService, _now: Instant) -> Decision:
    """The clerk says what the visit is about."""
    ticket = own_ticket(state, envelope, command.ticket, TicketAct.COMPLETE)
    if not isinstance(ticket, Ticket):
        return ticket
    if command.service not in state.services:
        return UnknownService(command.service)
    return (e.ServiceSet(ticket.id, command.service),)


# Shared checks


def own_ticket(
    state: State, envelope: c.Envelope, wanted: TicketId, act: TicketAct
) -> Ticket | UnknownTicket | WrongStatus | NotYourTicket:
    """The ticket that the envelope's clerk has in hand, where `act` may begin; or why not."""
    ticket = _acting(state, wanted, act)
    if not isinstance(ticket, Ticket):
        return ticket
    if ticket.clerk != envelope.clerk:
        assert ticket.counter is not None
        return NotYourTicket(ticket.counter)
    return ticket


def _acting(state: State, wanted: TicketId, act: TicketAct) -> Ticket | UnknownTicket | WrongStatus:
    ticket = state.tickets.get(wanted)
    if ticket is None:
        return UnknownTicket(wanted)
    if ticket.status not in TRANSITIONS[act]:
        return WrongStatus(ticket.id, ticket.status)
    return ticket


def _rules(state: State) -> OutletRules:
    assert state.rules is not None
    return state.rules
