"""The slips given to citizens: each is printed where there is a printer, and kept to be shown whatever it does."""

from collections.abc import Callable
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from broker.domain.state import State
from broker.domain.values import ApplicationId, CommandId, ServiceCode, TicketId
from broker.protocol.messages import Accepted, ApplicationOutcome
from counter.desk import number_of
from counter.sheets import NoPrinter, Printing, SlipSheet
from counter.slip import slip_content
from hardware.job import Outcome
from hardware.layout.content import SlipContent


class SlipPrinter(Protocol):
    """Where slips come out."""

    def start(self) -> None:
        """Begin to look after the printer."""

    def stop(self) -> None:
        """Finish what is being printed, then let go of it."""

    def print_slip(
        self, slip: SlipContent, command: CommandId, ticket: TicketId, on_end: Callable[[Outcome], None]
    ) -> None:
        """Begin and return at once; `on_end` is called once, whatever happens to the printer."""


class _Receipt(Struct, frozen=True):
    """What one slip says, and whose it is."""

    content: SlipContent
    command: CommandId
    ticket: TicketId


class Slips:
    """All slips since the program began. `on_change` is told how each fares at the printer."""

    def __init__(self, printer: SlipPrinter | None, on_change: Callable[[SlipSheet], None]) -> None:
        self._printer = printer
        self._on_change = on_change
        self._sheets: dict[ApplicationId, SlipSheet] = {}
        self._receipts: dict[ApplicationId, _Receipt] = {}

    def of(self, application: ApplicationId) -> SlipSheet | None:
        """The slip as it stands, if it was given here."""
        return self._sheets.get(application)

    def give(
        self,
        state: State,
        answer: Accepted,
        ticket_id: TicketId,
        service_code: ServiceCode,
        received: tuple[int, ...],
    ) -> SlipSheet:
        """Make the slip of a file just accepted, and begin to print it. It is for a promise only."""
        outcome = answer.outcome
        assert isinstance(outcome, ApplicationOutcome)
        ticket, service = state.tickets[ticket_id], state.services[service_code]
        self._sheets[outcome.application] = SlipSheet(
            application=outcome.application,
            number=number_of(state, ticket.letter, ticket.number),
            service=service,
            promised_at=outcome.promised_at,
            token=outcome.token,
            code=outcome.code,
            paper=NoPrinter.NO_PRINTER,
        )
        content = slip_content(state, ticket, service, received, outcome)
        if content is not None:
            self._receipts[outcome.application] = _Receipt(content, answer.id, ticket_id)
            self.print(outcome.application)
        return self._sheets[outcome.application]

    def print(self, application: ApplicationId) -> None:
        """One attempt, unless one is on its way."""
        sheet, receipt = self._sheets[application], self._receipts.get(application)
        if self._printer is None or receipt is None or sheet.paper is Printing.PRINTING:
            return
        self._set(application, Printing.PRINTING)
        self._printer.print_slip(
            receipt.content,
            receipt.command,
            receipt.ticket,
            lambda outcome: self._set(application, outcome),
        )

    def _set(self, application: ApplicationId, paper: Outcome | Printing) -> None:
        sheet = self._sheets[application] = replace(self._sheets[application], paper=paper)
        self._on_change(sheet)
