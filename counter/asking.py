"""Which sheet asks for the rest of an act, filled with what there is to choose from. Pure."""

from collections.abc import Mapping

from broker.domain.day import MINUTE_MS
from broker.domain.queue import can_serve
from broker.domain.rules import Service
from broker.domain.state import Seat, State
from broker.domain.ticket import Ticket
from broker.domain.values import ClerkId, Instant
from counter.desk import Act, InHand
from counter.sheets import (
    AcceptSheet,
    CancelSheet,
    Colleague,
    HoldSheet,
    PlanSheet,
    ServiceSheet,
    Sheet,
    TransferSheet,
    WhySheet,
)


def sheet_about(act: Act, hand: InHand, state: State, names: Mapping[ClerkId, str], now: Instant) -> Sheet:
    """The sheet that an act on the ticket in hand asks with."""
    service = hand.service.code if hand.service is not None else None
    match act:
        case Act.TRANSFER:
            return _transfer(hand, state, names)
        case Act.PLAN_STEPS:
            assert state.rules is not None
            steps = tuple(queue.letter for queue in hand.steps)
            return PlanSheet(hand.ticket, hand.number, hand.queue, state.rules.queues, steps)
        case Act.WHY:
            return WhySheet(hand.ticket, hand.number, hand.why, names, state.tickets[hand.ticket].language)
        case Act.HOLD:
            assert state.rules is not None
            until = Instant(now + state.rules.patience.papers_minutes * MINUTE_MS)
            return HoldSheet(hand.ticket, hand.number, until)
        case Act.CANCEL:
            return CancelSheet(hand.ticket, hand.number)
        case Act.CHANGE_SERVICE:
            return ServiceSheet(hand.ticket, hand.number, _services(hand, state), service)
        case Act.ACCEPT:
            return AcceptSheet(hand.ticket, hand.number, _services(hand, state), service)
        case _:
            raise AssertionError(f"{act} needs no sheet")


def _services(hand: InHand, state: State) -> tuple[Service, ...]:
    """All services, those of the ticket's queue first."""
    return tuple(sorted(state.services.values(), key=lambda service: service.letter != hand.queue.letter))


def _transfer(hand: InHand, state: State, names: Mapping[ClerkId, str]) -> TransferSheet:
    ticket = state.tickets[hand.ticket]
    seats = [seat for seat in state.seats.values() if seat.clerk != ticket.clerk]
    colleagues = tuple(
        _colleague(seat, names)
        for seat in sorted(seats, key=lambda seat: seat.counter)
        if _may_serve(state, seat, ticket)
    )
    senders = (
        _colleague(seat, names)
        for seat in seats
        if ticket.sender is not None and seat.clerk == ticket.sender.clerk
    )
    queues = tuple(
        (queue, state.waiting_count(queue.letter))
        for queue in (state.rules.queues if state.rules is not None else ())
        if queue.letter != hand.queue.letter
    )
    return TransferSheet(hand.ticket, hand.number, hand.queue, queues, colleagues, next(senders, None))


def _may_serve(state: State, seat: Seat, ticket: Ticket) -> bool:
    assert state.rules is not None
    clerk = next(each for each in state.rules.clerks if each.id == seat.clerk)
    return can_serve(state, clerk, ticket.service, state.queue_of[ticket.id])


def _colleague(seat: Seat, names: Mapping[ClerkId, str]) -> Colleague:
    return Colleague(seat.clerk, names.get(seat.clerk, seat.clerk), seat.counter)
