"""The lives of tickets and applications as their tables tell them, and the pages of docs made from them."""

import pytest

from broker.domain import application, appointment, pick_up, ticket
from broker.domain.application import ApplicationStatus
from broker.domain.pick_up import PickUpStatus
from broker.domain.ticket import TRANSITIONS, TicketAct, TicketStatus


def test_every_act_of_a_ticket_has_its_row() -> None:
    assert set(TRANSITIONS) == set(TicketAct)


def test_every_act_of_an_application_has_its_row() -> None:
    assert set(application.TRANSITIONS) == set(application.ApplicationAct)


def test_every_act_of_an_appointment_and_of_a_pick_up_has_its_row() -> None:
    assert set(appointment.TRANSITIONS) == set(appointment.AppointmentAct)
    assert set(pick_up.TRANSITIONS) == set(pick_up.PickUpAct)


@pytest.mark.parametrize("ended", [TicketStatus.CANCELLED, TicketStatus.EXPIRED])
def test_what_has_ended_stays_ended(ended: TicketStatus) -> None:
    assert not [act for act, row in TRANSITIONS.items() if ended in row]


def test_what_is_completed_can_only_be_taken_up_again_by_its_clerk() -> None:
    after = {
        act: row[TicketStatus.COMPLETED] for act, row in TRANSITIONS.items() if TicketStatus.COMPLETED in row
    }
    assert after == {TicketAct.REOPEN: TicketStatus.SERVING}


@pytest.mark.parametrize("ended", [PickUpStatus.ACCEPTED, PickUpStatus.CANCELLED])
def test_a_pick_up_that_has_ended_stays_ended(ended: PickUpStatus) -> None:
    assert not [act for act, row in pick_up.TRANSITIONS.items() if ended in row]


def test_an_appointment_has_one_end() -> None:
    for row in appointment.TRANSITIONS.values():
        assert list(row) == [appointment.AppointmentStatus.BOOKED]


def test_only_a_no_show_can_come_back() -> None:
    back = {
        (act, start) for act, row in TRANSITIONS.items() for start in row if start is TicketStatus.NO_SHOW
    }
    assert back == {(TicketAct.REINSTATE, TicketStatus.NO_SHOW)}


def test_a_permit_once_handed_over_stays_handed_over() -> None:
    for row in application.TRANSITIONS.values():
        assert ApplicationStatus.HANDED_OVER not in row
        assert ApplicationStatus.REJECTED not in row


def test_every_status_of_a_ticket_can_be_reached() -> None:
    reached = {TicketStatus.WAITING} | {end for row in TRANSITIONS.values() for end in row.values()}
    assert reached == set(TicketStatus)


def test_every_status_of_a_pick_up_can_be_reached() -> None:
    ends = {end for row in pick_up.TRANSITIONS.values() for end in row.values()}
    assert {PickUpStatus.REQUESTED} | ends == set(PickUpStatus)


def test_ids_read_like_what_people_say() -> None:
    day = ticket.BusinessDay("2026-07-14")
    assert ticket.ticket_id(day, "A", 12, copy=0) == "20260714-A012"
    assert ticket.ticket_id(day, "A", 12, copy=1) == "20260714-A012.1"
    assert appointment.appointment_id(day, 3) == "20260714-J003"
    assert pick_up.pick_up_id(day, 2) == "20260714-P002"
    assert application.application_id("31.74", day, 17) == "31.74-20260714-0017"
    assert ticket.plate("B", 7) == "B007"
    assert ticket.plate("B", 12345, digits=5) == "B12345"
