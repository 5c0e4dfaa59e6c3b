"""What the people at an outlet's devices would do next, as they see it: mostly what has sense, sometimes not."""

from random import Random

from msgspec import Struct

from broker.domain import commands as c
from broker.domain.commands import AnyCommand
from broker.domain.state import Seat, State
from broker.domain.ticket import Ticket, TicketStatus, ToQueue
from broker.domain.values import (
    ActReason,
    CancelReason,
    ClerkId,
    CounterNumber,
    Delivery,
    DeviceId,
    DeviceRole,
    HoldReason,
    PauseReason,
    Place,
    Priority,
)

PRIORITIES = (None, None, None, *Priority)


class Hand(Struct, frozen=True):
    """Somebody at a device."""

    device: DeviceId
    role: DeviceRole
    clerk: ClerkId | None = None
    counter: CounterNumber = CounterNumber(1)
    is_supervisor: bool = False

    def wish(self, state: State, chance: Random) -> AnyCommand | None:
        """The next command from here; None: nothing to be done."""
        match self.role:
            case DeviceRole.KIOSK:
                return self._at_the_kiosk(state, chance)
            case DeviceRole.DISPLAY:
                return _announced(state)
            case _:
                return self._at_the_counter(state, chance)

    def _at_the_kiosk(self, state: State, chance: Random) -> AnyCommand:
        mine = [each for each in state.undelivered if state.tickets[each].device == self.device]
        if mine and chance.random() < 0.9:
            return c.ConfirmDelivery(mine[0], chance.choice(list(Delivery)))
        letter = chance.choice("ABCDE")
        services = [None, *(each.code for each in state.services.values() if each.letter == letter)]
        return c.IssueTicket(letter, chance.choice(services), chance.choice(PRIORITIES))

    def _at_the_counter(self, state: State, chance: Random) -> AnyCommand:
        seat = next((each for each in state.seats.values() if each.clerk == self.clerk), None)
        if seat is None:
            return c.OpenCounter(self.counter)
        if seat.pause is not None:
            return c.ResumeCounter(self.counter)
        if self.is_supervisor and state.tickets and chance.random() < 0.3:
            return _from_above(state, chance)
        if seat.ticket is None:
            return self._free(state, seat, chance)
        return self._busy(state, state.tickets[seat.ticket], chance)

    def _free(self, state: State, seat: Seat, chance: Random) -> AnyCommand:
        held = [ticket for ticket, clerk in state.on_hold.items() if clerk == self.clerk]
        die = chance.random()
        if held and die < 0.5:
            return chance.choice((c.ResumeTicket, c.BringPapers))(held[0])
        if state.missed and die < 0.1:
            return c.ReinstateTicket(next(iter(state.missed)))
        if state.applications and die < 0.2:
            return chance.choice((c.MarkComplete, c.HandOver))(chance.choice(list(state.applications)))
        if die > 0.98:
            return c.PauseCounter(seat.counter, PauseReason.BREAK)
        return c.CloseCounter(seat.counter) if die > 0.97 else c.CallNext(seat.counter)

    def _busy(self, state: State, ticket: Ticket, chance: Random) -> AnyCommand:
        die = chance.random()
        if die < 0.05:
            return c.TransferTicket(ticket.id, ToQueue(chance.choice("ABCDE")), chance.choice(list(Place)))
        if ticket.status is TicketStatus.CALLED:
            if die < 0.3:
                return chance.choice((c.Recall, c.MarkNoShow, c.UndoCall, c.RefutePriority))(ticket.id)
            return c.StartService(ticket.id)
        if die < 0.15:
            return c.HoldTicket(ticket.id, chance.choice(list(HoldReason)))
        if die < 0.5 and ticket.service is not None:
            return c.AcceptApplication(ticket.id, ticket.service, (0,))
        if die < 0.52:
            return c.CancelTicket(ticket.id, CancelReason.CITIZEN_LEFT)
        return c.CompleteTicket(ticket.id)


def _from_above(state: State, chance: Random) -> AnyCommand:
    tickets = tuple(chance.sample(list(state.tickets), min(2, len(state.tickets))))
    match chance.randrange(4):
        case 0:
            return c.MoveTickets(tickets, chance.choice("ABCDE"), ActReason.SHARE_THE_LOAD)
        case 1:
            return c.VoidTickets(tickets[:1], ActReason.ISSUED_BY_MISTAKE)
        case 2:
            return c.ReassignTicket(tickets[0], ToQueue("B"), ActReason.CLERK_ABSENT)
        case _:
            return c.CorrectPriority(tickets[0], chance.choice(PRIORITIES))


def _announced(state: State) -> AnyCommand | None:
    for ticket in state.unannounced:
        call = state.tickets[ticket].call
        if call is not None:
            return c.ReportAnnounced(ticket, call.number)
    return None
