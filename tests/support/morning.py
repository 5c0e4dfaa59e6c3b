"""A morning at the sample outlet, told in the field's words: take, call, announce, serve."""

from typing import TypeVar

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as r
from broker.domain.commands import AnyCommand
from broker.domain.line import in_order
from broker.domain.ticket import Estimate, Expected, Ticket
from broker.domain.values import (
    ApplicationId,
    CommandId,
    CounterNumber,
    Delivery,
    DeviceId,
    DeviceRole,
    Instant,
    Priority,
    ServiceCode,
    TicketId,
)
from tests.support.outlet import LocalOutlet

Happened = TypeVar("Happened", bound=e.Event)

ONE, TWO, THREE = CounterNumber(1), CounterNumber(2), CounterNumber(3)


class Morning(LocalOutlet):
    """Shorthands in the field's words."""

    def take(self, letter: str, service: str | None = None, priority: Priority | None = None) -> TicketId:
        """A citizen takes a ticket and has it in hand."""
        command = c.IssueTicket(letter, None if service is None else ServiceCode(service), priority)
        (issued,) = self.do(command, DeviceRole.KIOSK, "kiosk-1")
        assert isinstance(issued, e.TicketIssued)
        self.do(c.ConfirmDelivery(issued.ticket, Delivery.PAPER), DeviceRole.KIOSK, "kiosk-1")
        return issued.ticket

    def clerk(self, clerk: str, command: AnyCommand) -> tuple[e.AnyEvent, ...]:
        return self.do(command, DeviceRole.COUNTER, f"pc-{clerk}", clerk)

    def refused(self, clerk: str, command: AnyCommand) -> r.AnyRefusal:
        before = self.state.seq
        decision = self.decide(command, DeviceRole.COUNTER, f"pc-{clerk}", clerk)
        assert isinstance(decision, r.Refusal), f"{command} was accepted"
        assert self.state.seq == before
        return decision

    def call(self, clerk: str, counter: CounterNumber) -> TicketId:
        (called,) = self.clerk(clerk, c.CallNext(counter))
        assert isinstance(called, e.TicketCalled)
        return called.ticket

    def forecast(self, letter: str, estimate: Estimate | None, *, with_priority: bool = False) -> None:
        """The forecast reports what it expects of a queue; None: no counter is open."""
        report = c.ReportForecast((Expected(letter, estimate, with_priority),))
        self.do(report, DeviceRole.FORECAST, "forecast")

    def announce(self, ticket: TicketId) -> None:
        call = self.state.tickets[ticket].call
        assert call is not None
        self.do(c.ReportAnnounced(ticket, call.number), DeviceRole.DISPLAY, "display-1")

    def serving(self, clerk: str, counter: CounterNumber) -> TicketId:
        ticket = self.call(clerk, counter)
        self.clerk(clerk, c.StartService(ticket))
        return ticket

    def accept(
        self, clerk: str, ticket: TicketId, service: str, received: tuple[int, ...] = (0, 1)
    ) -> ApplicationId:
        command = c.AcceptApplication(ticket, ServiceCode(service), received)
        (accepted,) = self.clerk(clerk, command)
        assert isinstance(accepted, e.ApplicationAccepted)
        return accepted.application

    def kiosk(self, command: AnyCommand) -> tuple[e.AnyEvent, ...]:
        return self.do(command, DeviceRole.KIOSK, "kiosk-1")

    def refused_at_kiosk(self, command: AnyCommand) -> r.AnyRefusal:
        before = self.state.seq
        decision = self.decide(command, DeviceRole.KIOSK, "kiosk-1")
        assert isinstance(decision, r.Refusal), f"{command} was accepted"
        assert self.state.seq == before
        return decision

    def issue(self, command: c.IssueTicket | c.CheckIn) -> e.TicketIssued:
        """A number is given out, and still on its way to the citizen."""
        (issued,) = self.kiosk(command)
        assert isinstance(issued, e.TicketIssued)
        return issued

    def delivered(self, ticket: TicketId) -> TicketId:
        """The citizen has it in hand."""
        self.kiosk(c.ConfirmDelivery(ticket, Delivery.PAPER))
        return ticket

    def hand_in(
        self,
        command: c.HandInTicket,
        happened_at: Instant,
        device: str = "kiosk-1",
        own_id: str = "handed-in",
    ) -> tuple[e.AnyEvent, ...] | r.AnyRefusal:
        """The kiosk brings in a number that it gave out by itself."""
        envelope = c.Envelope(
            CommandId(own_id), DeviceId(device), DeviceRole.KIOSK, command, happened_at=happened_at
        )
        decision = self.carry_out(envelope)
        return decision if isinstance(decision, r.Refusal) else tuple(each.event for each in decision)

    def serve(self, clerk: str, counter: CounterNumber) -> TicketId:
        """A whole visit: called, started, completed."""
        ticket = self.serving(clerk, counter)
        self.clerk(clerk, c.CompleteTicket(ticket))
        return ticket

    def now_is(self, ticket: TicketId) -> Ticket:
        """The ticket as it is now."""
        return self.state.tickets[ticket]

    def waiting(self, key: str) -> list[TicketId]:
        """Who waits in a line, from the front on."""
        places = (place for line in self.state.waiting.get(key, {}).values() for place in in_order(line))
        return [place.ticket for place in sorted(places)]

    def happened(self, kind: type[Happened]) -> list[Happened]:
        """All events of a kind, in order."""
        return [each.event for each in self.journal if isinstance(each.event, kind)]
