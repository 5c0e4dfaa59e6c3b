"""What an accepted command's answer tells its sender beyond "done": the ticket to print, the slip, who was called."""

from collections.abc import Sequence

from broker.domain import events as e
from broker.domain.day import day_ends_at
from broker.domain.events import Recorded
from broker.domain.roll import RollTicket
from broker.domain.rules import OutletRules
from broker.domain.values import ApplicationId, Instant
from broker.protocol.messages import (
    ApplicationOutcome,
    AppointmentsOutcome,
    CallOutcome,
    Outcome,
    Reserved,
    RollOutcome,
    TicketOutcome,
)
from broker.server.tokens import Tokens


def outcome_of(records: Sequence[Recorded], rules: OutletRules | None, tokens: Tokens) -> Outcome | None:
    """The outcome of the events that one command has caused; None where "done" says it all."""
    if rules is None:
        return None
    for record in records:
        match record.event:
            case e.TicketIssued() as issued:
                ends_at = day_ends_at(issued.day, rules.utc_offset_minutes)
                return TicketOutcome(
                    ticket=issued.ticket,
                    letter=issued.letter,
                    number=issued.number,
                    at=record.at if issued.handed_in_at is None else issued.handed_in_at,
                    token=tokens.for_ticket(rules.code, issued.ticket, ends_at),
                    code=tokens.code(issued.ticket),
                    ahead=issued.ahead,
                    estimate=issued.estimate,
                    ready_expected_at=issued.ready_expected_at,
                )
            case e.ApplicationAccepted() as accepted:
                return slip_of(accepted.application, record.at, accepted.promised_at, rules, tokens)
            case e.RollPrinted() as printed:
                return _roll(printed, rules, tokens)
            case e.TicketCalled() as called:
                return CallOutcome(called.ticket)
            case e.AppointmentBooked():
                return AppointmentsOutcome(
                    tuple(
                        _reserved(each.event, rules, tokens)
                        for each in records
                        if isinstance(each.event, e.AppointmentBooked)
                    )
                )
            case _:
                continue
    return None


def _roll(printed: e.RollPrinted, rules: OutletRules, tokens: Tokens) -> RollOutcome:
    tickets = tuple(
        RollTicket(printed.letter, number, serial)
        for serial, number in enumerate(printed.numbers, start=printed.first)
    )
    signed = tuple(tokens.for_roll(rules.code, ticket, printed.ends_at) for ticket in tickets)
    return RollOutcome(tickets, signed, printed.ends_at)


def slip_of(
    application: ApplicationId,
    accepted_at: Instant,
    promised_at: Instant | None,
    rules: OutletRules,
    tokens: Tokens,
) -> ApplicationOutcome:
    """What the slip of an application says: as often as it is asked for the same, it is in no event."""
    return ApplicationOutcome(
        application=application,
        token=tokens.for_application(rules.code, application),
        at=accepted_at,
        code=tokens.code(application),
        promised_at=promised_at,
    )


def _reserved(booked: e.AppointmentBooked, rules: OutletRules, tokens: Tokens) -> Reserved:
    ends_at = day_ends_at(booked.day, rules.utc_offset_minutes)
    return Reserved(
        booked.appointment,
        booked.letter,
        booked.service,
        booked.slot_at,
        tokens.for_appointment(rules.code, booked.appointment, ends_at),
        tokens.code(booked.appointment),
    )
