"""A morning at the sample outlet, told in the field's words: take, call, announce, serve."""

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as r
from broker.domain.commands import AnyCommand
from broker.domain.values import (
    ApplicationId,
    CounterNumber,
    Delivery,
    DeviceRole,
    Priority,
    ServiceCode,
    TicketId,
)
from tests.support.outlet import LocalOutlet

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
