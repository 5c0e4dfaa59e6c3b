"""Numbers given out and places reserved at this counter: told on paper where it has a printer, else on the screen.

A number may be called once its citizen has it: the printer says so, or the clerk.
"""

from collections.abc import Callable

import structlog
from msgspec.structs import replace

from broker.client import CommandAnswer
from broker.domain import commands as c
from broker.domain.appointment import Wanted
from broker.domain.rules import Service
from broker.domain.values import (
    AppointmentId,
    BusinessDay,
    Channel,
    Delivery,
    Instant,
    Language,
    Letter,
    Priority,
    ServiceCode,
    TicketId,
)
from broker.protocol import messages as m
from counter.appointing import reference
from counter.desk import Number, number_of
from counter.errands import SessionFace
from counter.lent import Lent
from counter.office_sheets import BookedSheet, GivenSheet
from counter.paper import CounterPrinter, Printing, Printout, print_out
from counter.sheets import NotPrinted
from hardware.job import Printed
from papers.appointment import appointment_page
from papers.ticket import Asked, ticket_page

log = structlog.get_logger(__name__)

ToldSheet = GivenSheet | BookedSheet


class Giving:
    """One counter's."""

    def __init__(self, session: SessionFace, lent: Lent, printer: CounterPrinter | None) -> None:
        self._session = session
        self._lent = lent
        self._printer = printer

    def give(
        self,
        letter: Letter,
        service: ServiceCode | None,
        channel: Channel,
        priority: Priority | None,
        language: Language,
    ) -> None:
        """Give out a number; whose it is has to be told."""
        asked = Asked(service, priority, language)
        self._send(
            c.IssueTicket(letter, service, priority, channel, language),
            lambda answer: self._given(answer, asked),
        )

    def check_in(self, appointment: AppointmentId, priority: Priority | None, language: Language) -> None:
        """It becomes a number, which has to be told."""
        booked = self._session.state.appointments.get(appointment)
        asked = Asked(booked.service if booked is not None else None, priority, language)
        self._send(c.CheckIn(appointment, priority, language), lambda answer: self._given(answer, asked))

    def book(self, service: Service, day: BusinessDay, slot_at: Instant) -> None:
        """Reserve a place; the citizen is told its reference."""

        def booked(answer: m.Accepted) -> None:
            assert isinstance(answer.outcome, m.AppointmentsOutcome)
            (reserved,) = answer.outcome.reserved
            state, now = self._session.state, self._session.now()
            # In Indonesian: nobody has been asked for their language.
            page = appointment_page(reserved, Language.INDONESIAN, state, now)
            self._tell(BookedSheet(reserved, service, Printout((page,), answer.id)))

        self._send(c.BookAppointments((Wanted(day, slot_at, service.code),)), booked)

    def told(self, ticket: TicketId) -> None:
        """The citizen has been shown or told the number: it may be called."""
        self._send(c.ConfirmDelivery(ticket, Delivery.SCREEN), None)

    def print_again(self) -> None:
        """Another attempt to bring what is shown onto paper."""
        sheet = self._lent.sheet()
        if isinstance(sheet, ToldSheet):
            self._print(sheet)

    def _given(self, answer: m.Accepted, asked: Asked) -> None:
        given, state = answer.outcome, self._session.state
        assert isinstance(given, m.TicketOutcome)
        number = number_of(state, given.letter, given.number)
        printout = Printout((ticket_page(given, asked, state),), answer.id, given.ticket)
        self._tell(GivenSheet(given.ticket, number, given.token, given.code, given.estimate, printout))

    def _tell(self, sheet: ToldSheet) -> None:
        self._lent.open_sheet(sheet)
        self._print(sheet)

    def _print(self, sheet: ToldSheet) -> None:
        print_out(self._printer, sheet.printout, lambda now: self._fares(replace(sheet, printout=now)))

    def _fares(self, sheet: ToldSheet) -> None:
        paper, shown = sheet.printout.paper, self._lent.sheet()
        if isinstance(paper, Printed) and isinstance(sheet, GivenSheet):
            self._session.send(c.ConfirmDelivery(sheet.ticket, Delivery.PAPER), _answered)
        if isinstance(shown, ToldSheet) and _about(shown) == _about(sheet):
            self._lent.change_sheet(sheet)
        elif isinstance(paper, Printed | Printing):
            return
        elif shown is None and self._lent.profile() is not None:
            self._lent.open_sheet(sheet)
        else:
            (page,) = sheet.printout.pages
            self._lent.say(NotPrinted(page.kind, _about(sheet)))

    def _send(self, command: c.AnyCommand, done: Callable[[m.Accepted], None] | None) -> None:
        if self._lent.takes_acts():
            self._lent.send(command, done)


def _about(sheet: ToldSheet) -> Number:
    match sheet:
        case GivenSheet(number=number):
            return number
        case BookedSheet(reserved=reserved):
            return Number(reserved.letter, reference(reserved.appointment))


def _answered(answer: CommandAnswer) -> None:
    """A number that nobody confirms counts as told after a while; so nothing is lost here."""
    if not isinstance(answer, m.Accepted):
        log.info("delivery not taken", answer=answer)
