"""What a scanned QR code leads to at a counter: a command, a question to the clerk, or a remark. Pure."""

from msgspec import Struct

from broker.domain.application import ApplicationStatus
from broker.domain.commands import (
    AnyCommand,
    BringPapers,
    CallTicket,
    ReinstateTicket,
    ResumeTicket,
    StartService,
)
from broker.domain.refusals import NotYourTicket, OutletClosed, UnknownAppointment
from broker.domain.roll import RollTicket
from broker.domain.state import State
from broker.domain.ticket import Ticket, TicketStatus
from broker.domain.values import (
    ApplicationId,
    AppointmentId,
    ChoiceReason,
    ClerkId,
    CounterNumber,
    HoldReason,
    Instant,
    TicketId,
)
from broker.protocol.messages import TokenAnswer, TokenKind
from counter.appointing import line_for
from counter.desk import number_of
from counter.office_sheets import CheckInSheet, RollSheet
from counter.oneday import FileLine, file_of
from counter.sheets import FileNotReady, NextInLine, Notice, Remark


class Do(Struct, frozen=True):
    """Send this; `then` is said once it is done."""

    command: AnyCommand
    then: Notice | None = None


_LONGEST_TOKEN = 200
"""Longer texts are no token of ours, and no message may hold them."""


def token_in(scanned: str) -> str | None:
    """The token in what a scanner read, bare or at the end of an address; None when there can be none."""
    token = scanned.strip().rpartition("/t/")[2]
    return token if 0 < len(token) <= _LONGEST_TOKEN else None


def after_scan(
    state: State, clerk: ClerkId, counter: CounterNumber, answer: TokenAnswer, now: Instant
) -> Do | FileLine | CheckInSheet | RollSheet | Notice:
    """What follows from the broker's word on a token. A file can be handed over."""
    match answer.kind:
        case TokenKind.APPLICATION if answer.application is not None:
            return _application(state, answer.application)
        case TokenKind.TICKET if answer.ticket is not None:
            return _ticket(state, clerk, counter, answer.ticket)
        case TokenKind.APPOINTMENT if answer.appointment is not None:
            return _appointment(state, answer.appointment, now)
        case TokenKind.ROLL if answer.roll is not None:
            return _roll(state, answer.roll)
        case TokenKind.ROLL if answer.ticket is not None:
            return _ticket(state, clerk, counter, answer.ticket)
        case TokenKind.ROLL:
            return Remark.NUMBER_ENDED
        case _:
            return Remark.CODE_UNKNOWN


def _appointment(state: State, wanted: AppointmentId, now: Instant) -> CheckInSheet | Notice:
    booked = state.appointments.get(wanted)
    line = line_for(state, booked, now) if booked is not None else None
    return CheckInSheet(line) if line is not None else UnknownAppointment(wanted)


def _roll(state: State, wanted: RollTicket) -> RollSheet | Notice:
    """On a day that is over its number would end unserved."""
    if state.day is None:
        return OutletClosed()
    services = tuple(each for each in state.services.values() if each.letter == wanted.letter)
    return RollSheet(wanted, number_of(state, wanted.letter, wanted.number), services)


def _application(state: State, wanted: ApplicationId) -> FileLine | Notice:
    application = state.applications.get(wanted)
    file = file_of(state, application) if application is not None else None
    if application is None or file is None:
        return Remark.FILE_ENDED
    if application.status is ApplicationStatus.READY:
        return file
    return FileNotReady(file, application.promised_at)


def _ticket(state: State, clerk: ClerkId, counter: CounterNumber, wanted: TicketId) -> Do | Notice:
    ticket = state.tickets.get(wanted)
    if ticket is None:
        return Remark.NUMBER_ENDED
    match ticket.status:
        case TicketStatus.WAITING:
            return Do(CallTicket(counter, ticket.id, ChoiceReason.SCANNED))
        case TicketStatus.CALLED if ticket.clerk == clerk:
            return Do(StartService(ticket.id))
        case TicketStatus.SERVING if ticket.clerk == clerk:
            return Remark.ALREADY_HERE
        case TicketStatus.CALLED | TicketStatus.SERVING if ticket.counter is not None:
            return NotYourTicket(ticket.counter)
        case TicketStatus.ON_HOLD if ticket.hold is HoldReason.COMPLETING_PAPERS:
            return _returned(state, ticket, BringPapers(ticket.id))
        case TicketStatus.ON_HOLD:
            return Do(ResumeTicket(ticket.id))
        case TicketStatus.NO_SHOW:
            return _returned(state, ticket, ReinstateTicket(ticket.id))
        case _:
            return Remark.NUMBER_ENDED


def _returned(state: State, ticket: Ticket, command: AnyCommand) -> Do:
    return Do(command, NextInLine(number_of(state, ticket.letter, ticket.number)))
