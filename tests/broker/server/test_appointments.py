"""Appointments over the wire: booked with tokens, found by them, checked in for a ticket like any other."""

from broker.domain.appointment import Wanted
from broker.domain.commands import BookAppointments, CheckIn
from broker.domain.values import AppointmentId, BusinessDay
from broker.protocol import messages as m
from broker.protocol.identifiers import new_request_id
from tests.support import sample
from tests.support.broker import KIOSK, OFFICE, Device, HandClock, RunningBroker

WEDNESDAY = BusinessDay("2026-07-15")
WANTED = (
    Wanted(sample.TUESDAY, sample.at(8), sample.DOCTOR),
    Wanted(WEDNESDAY, sample.at(9, day=WEDNESDAY), sample.RESEARCH),
)


def booked(device: Device) -> tuple[m.Reserved, ...]:
    outcome = device.accepted(BookAppointments(WANTED)).outcome
    assert isinstance(outcome, m.AppointmentsOutcome)
    return outcome.reserved


def meant(device: Device, text: str) -> AppointmentId | None:
    answer = device.ask(m.AskToken(new_request_id(), text))
    assert isinstance(answer, m.TokenAnswer)
    assert (answer.kind is m.TokenKind.APPOINTMENT) is (answer.appointment is not None)
    return answer.appointment


def test_everybody_who_books_is_told_when_to_come_and_with_what(broker: RunningBroker) -> None:
    with broker.device(OFFICE) as office:
        first, second = booked(office)
    assert (first.appointment, first.letter, first.service, first.slot_at) == (
        "20260714-J001",
        "B",
        sample.DOCTOR,
        sample.at(8),
    )
    assert (second.appointment, second.letter) == ("20260715-J001", "C")
    assert first.token != second.token


def test_a_token_and_a_code_lead_to_the_appointment_until_its_day_is_over(
    broker: RunningBroker, clock: HandClock
) -> None:
    with broker.device(KIOSK) as kiosk:
        first, second = booked(kiosk)
        for text in (first.token, first.code, f"https://antrean.example/t/{first.token}"):
            assert meant(kiosk, text) == first.appointment
        assert meant(kiosk, second.token) == second.appointment
        clock.time = sample.at(3, day=WEDNESDAY)
        assert meant(kiosk, first.token) is None
        assert meant(kiosk, second.token) == second.appointment


def test_a_check_in_is_answered_with_a_ticket_and_its_token(broker: RunningBroker) -> None:
    with broker.device(KIOSK) as kiosk:
        first, _ = booked(kiosk)
        outcome = kiosk.accepted(CheckIn(first.appointment)).outcome
        assert isinstance(outcome, m.TicketOutcome)
        answer = kiosk.ask(m.AskToken(new_request_id(), outcome.token))
        assert isinstance(answer, m.TokenAnswer)
        assert answer.ticket == outcome.ticket == "20260714-B001"
