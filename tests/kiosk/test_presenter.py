"""The presenter over a real core: when numbers are asked for, and what happens when answers do not come."""

import pytest
from msgspec.structs import replace

from broker.client import Link
from broker.domain.appointment import Wanted
from broker.domain.commands import AdoptCatalogue, BookAppointments, ConfigureOutlet, IssueTicket, PauseQueue
from broker.domain.events import AppointmentBooked, TicketIssued
from broker.domain.refusals import AppointmentOtherDay, SlotFull, UnknownAppointment
from broker.domain.values import (
    AppointmentId,
    Channel,
    ClosingReason,
    Delivery,
    DeviceRole,
    Instant,
    Language,
    Priority,
    ServiceCode,
)
from broker.protocol.messages import TokenKind
from hardware.job import Printed
from kiosk import events as e
from kiosk import flow as f
from kiosk.check_in import is_too_late
from kiosk.flow import Page
from kiosk.presenter import Presenter
from tests.kiosk.support import HandPrinter, delivered, issued, open_outlet
from tests.support import sample
from tests.support.morning import Morning
from tests.support.outlet import LocalSession, token_of
from tests.support.sample import at

WEDNESDAY = sample.BusinessDay("2026-07-15")


class Desk:
    """A presenter with its session and printer, and how often it told of a change."""

    def __init__(self, outlet: Morning) -> None:
        self.outlet = outlet
        self.printer = HandPrinter()
        self.session: LocalSession = outlet.session(DeviceRole.KIOSK, "kiosk-1")
        self.changes = 0
        self.presenter = Presenter(self.session, self.printer, self._changed, doubts_last_seconds=600)

    def _changed(self) -> None:
        self.changes += 1

    @property
    def page(self) -> Page:
        return self.presenter.visit.page

    def happen(self, *events: e.Event) -> None:
        for event in events:
            self.presenter.happen(event)


@pytest.fixture
def desk() -> Desk:
    return Desk(open_outlet())


TO_ISSUE = (e.Begun(Language.INDONESIAN), e.QueueChosen("B"), e.PriorityAnswered(None))


def test_touches_before_the_answer_issue_nothing_more(desk: Desk) -> None:
    desk.outlet.paused = True
    desk.happen(*TO_ISSUE, e.PriorityAnswered(None), e.PriorityAnswered(None))
    assert desk.page is Page.ISSUING
    desk.outlet.deliver()
    assert desk.page is Page.PRINTING
    assert len(issued(desk.outlet)) == 1


def test_the_print_job_carries_the_commands_id(desk: Desk) -> None:
    desk.happen(*TO_ISSUE)
    record = next(each for each in desk.outlet.journal if isinstance(each.event, TicketIssued))
    assert desk.printer.commands == [record.command]


def test_delivery_is_reported_only_when_the_printer_has_said_so(desk: Desk) -> None:
    desk.happen(*TO_ISSUE)
    assert delivered(desk.outlet) == {}
    desk.printer.end(Printed())
    assert list(delivered(desk.outlet).values()) == [Delivery.PAPER]


def test_a_printer_that_fails_after_the_question_does_not_send_the_number_astray(desk: Desk) -> None:
    desk.outlet.paused = True
    desk.happen(*TO_ISSUE)
    desk.printer.run_out_of_paper()
    desk.outlet.deliver()
    assert len(desk.printer.tickets) == 1  # the printer itself says how that ends


def test_a_lost_link_while_choosing_is_said_and_nothing_is_forgotten(desk: Desk) -> None:
    desk.happen(e.Begun(Language.ENGLISH), e.ServiceChosen("A", ServiceCode("IUMK")))
    desk.session.set_link(Link.STALE)
    assert desk.page is Page.AWAY
    assert desk.presenter.sight.lost_at is not None
    desk.session.set_link(Link.LIVE)
    assert desk.page is Page.SERVICE
    assert desk.presenter.visit.wish == f.Wish("A", ServiceCode("IUMK"))


def test_a_number_that_was_asked_for_but_not_answered_ends_on_a_clear_page(desk: Desk) -> None:
    class Silent(LocalSession):
        def send(self, command, on_answer, *, expires_after=None):  # type: ignore[no-untyped-def]
            assert isinstance(command, IssueTicket)
            self.link = Link.STALE
            return super().send(command, on_answer, expires_after=expires_after)

    session = Silent(desk.outlet, DeviceRole.KIOSK, "kiosk-1", None)
    presenter = Presenter(session, desk.printer, lambda: None, doubts_last_seconds=600)
    for event in TO_ISSUE:
        presenter.happen(event)
    assert presenter.visit.page is Page.UNANSWERED
    presenter.happen(e.Done())
    assert presenter.visit.page is Page.AWAY
    session.set_link(Link.LIVE)
    assert presenter.visit.page is Page.CHOOSE


def test_the_ticket_in_hand_is_confirmed_even_when_the_link_was_lost_meanwhile(desk: Desk) -> None:
    desk.happen(*TO_ISSUE)
    desk.session.set_link(Link.STALE)
    assert desk.page is Page.PRINTING
    desk.printer.end(Printed())
    assert desk.page is Page.TAKING
    desk.happen(e.Done())
    assert desk.page is Page.AWAY


def test_a_service_that_leaves_the_catalogue_leaves_the_screen(desk: Desk) -> None:
    desk.happen(e.Begun(Language.INDONESIAN), e.ServiceChosen("A", ServiceCode("IUMK")))
    desk.outlet.do(AdoptCatalogue(sample.SERVICES[1:]), DeviceRole.OPERATOR)
    assert desk.page is Page.START


def test_a_service_whose_queue_leaves_the_outlet_leaves_the_screen(desk: Desk) -> None:
    desk.happen(e.Begun(Language.INDONESIAN), e.ServiceChosen("A", ServiceCode("IUMK")))
    counters = tuple(replace(each, tiers=(("B", "C", "D", "E"),)) for each in sample.RULES.counters)
    without = replace(sample.RULES, queues=sample.QUEUES[1:], counters=counters)
    desk.outlet.do(ConfigureOutlet(without), DeviceRole.OPERATOR)
    assert desk.page is Page.START


def test_a_day_that_closes_while_a_ticket_comes_out_leaves_no_page_standing(desk: Desk) -> None:
    desk.happen(*TO_ISSUE)
    desk.outlet.advance(minutes=11 * 60)
    assert desk.outlet.state.day is None
    desk.printer.end(Printed())
    assert desk.page is Page.TAKING
    assert not desk.outlet.state.tickets, "the day's close has ended it"
    desk.happen(e.Done())
    assert desk.page is Page.START


def test_the_day_that_turns_while_a_number_is_asked_for_begins_with_its_own_numbers(desk: Desk) -> None:
    """Whatever the hour, an answer that comes in another day's morning is that ticket's and no other's."""
    desk.outlet.paused = True
    desk.happen(*TO_ISSUE)
    desk.outlet.advance(minutes=24 * 60)
    desk.outlet.deliver()
    assert desk.page is Page.PRINTING
    desk.printer.end(Printed())
    desk.outlet.paused = False
    desk.happen(e.Done(), *TO_ISSUE)
    assert [each.ticket for each in issued(desk.outlet)] == ["20260714-B001", "20260715-B001"]
    desk.printer.end(Printed())
    assert delivered(desk.outlet)[issued(desk.outlet)[1].ticket] is Delivery.PAPER


def test_every_change_of_the_outlet_is_told(desk: Desk) -> None:
    before = desk.changes
    desk.outlet.take("B")
    assert desk.changes > before


# Appointments


def past_the_cut_off(desk: Desk) -> None:
    """At 11.30 nobody is served the same day any more."""
    desk.outlet.advance(minutes=240)
    desk.happen(e.Begun(Language.INDONESIAN), e.ServiceChosen("A", sample.MICRO_BUSINESS))


def test_who_comes_too_late_reserves_a_place_for_the_next_day(desk: Desk) -> None:
    past_the_cut_off(desk)
    desk.happen(e.PlaceChosen(at(8, day=WEDNESDAY)))
    assert desk.page is Page.PRINTING
    (appointment,) = desk.outlet.state.appointments.values()
    assert (appointment.slot_at, appointment.service) == (at(8, day=WEDNESDAY), sample.MICRO_BUSINESS)
    (paper,) = desk.printer.appointments
    fields = paper.fields
    assert (fields["day"], fields["clock"]) == ("Rabu, 15 Juli 2026", "08.00")
    assert "08.10" in fields["closing"]
    assert fields["token"] == token_of(appointment.id)
    assert fields["bring"]
    desk.printer.end(Printed())
    assert desk.page is Page.TAKING
    assert issued(desk.outlet) == []
    assert delivered(desk.outlet) == {}


def test_a_place_that_somebody_else_has_taken_is_refused_in_words(desk: Desk) -> None:
    past_the_cut_off(desk)
    slot_at = at(7, 30, day=WEDNESDAY)
    wanted = Wanted(WEDNESDAY, slot_at, sample.MICRO_BUSINESS)
    desk.outlet.kiosk(BookAppointments((wanted, wanted)))
    desk.happen(e.PlaceChosen(slot_at))
    assert desk.page is Page.REFUSED
    assert desk.presenter.visit.refusal == SlotFull(slot_at)


def reserve(desk: Desk, *slots: Instant) -> list[AppointmentId]:
    """Places for a doctor's practice, today."""
    wanted = tuple(Wanted(sample.TUESDAY, slot_at, sample.DOCTOR) for slot_at in slots)
    booked = desk.outlet.kiosk(BookAppointments(wanted))
    return [each.appointment for each in booked if isinstance(each, AppointmentBooked)]


def test_a_scanned_appointment_becomes_a_ticket(desk: Desk) -> None:
    (appointment,) = reserve(desk, at(8))
    desk.happen(e.Scanned(token_of(appointment)))
    assert desk.page is Page.PRIORITY
    desk.happen(e.PriorityAnswered(Priority.ELDERLY))
    assert desk.page is Page.PRINTING
    (ticket,) = issued(desk.outlet)
    assert (ticket.appointment, ticket.service, ticket.priority) == (
        appointment,
        sample.DOCTOR,
        Priority.ELDERLY,
    )
    assert ticket.channel is Channel.APPOINTMENT
    assert desk.outlet.state.appointments == {}
    desk.printer.end(Printed())
    assert list(delivered(desk.outlet).values()) == [Delivery.PAPER]


def test_one_that_comes_too_late_is_a_walk_in_and_is_told_before(desk: Desk) -> None:
    (appointment,) = reserve(desk, at(8))
    desk.outlet.advance(minutes=40)
    assert not is_too_late(desk.session.state, appointment, desk.session.now())
    desk.outlet.advance(minutes=1)
    assert is_too_late(desk.session.state, appointment, desk.session.now())
    desk.happen(e.Scanned(token_of(appointment)), e.PriorityAnswered(None))
    assert [ticket.channel for ticket in issued(desk.outlet)] == [Channel.WALK_IN]


def test_codes_that_are_no_appointment_of_today_are_told_apart(desk: Desk) -> None:
    ticket = desk.outlet.take("B")
    slot_at = at(8, day=WEDNESDAY)
    desk.outlet.kiosk(BookAppointments((Wanted(WEDNESDAY, slot_at, sample.DOCTOR),)))
    (tomorrow,) = desk.outlet.state.appointments
    for code, why in (
        (token_of(ticket), TokenKind.TICKET),
        (token_of(tomorrow), AppointmentOtherDay(slot_at)),
        ("https://example.org", UnknownAppointment("")),
        ("7K4M2P", UnknownAppointment("")),
        ("x" * 4000, UnknownAppointment("")),
    ):
        desk.happen(e.Scanned(code))
        assert desk.page is Page.CHECK_IN
        assert desk.presenter.visit.not_found == why
    assert len(issued(desk.outlet)) == 1


def test_an_appointment_that_was_used_is_not_known_any_more(desk: Desk) -> None:
    (appointment,) = reserve(desk, at(8))
    desk.happen(e.Scanned(token_of(appointment)), e.PriorityAnswered(None))
    desk.printer.end(Printed())
    desk.happen(e.Done(), e.Scanned(token_of(appointment)))
    assert desk.presenter.visit.not_found == UnknownAppointment("")


def test_whose_queue_is_paused_can_check_in_and_wait(desk: Desk) -> None:
    (appointment,) = reserve(desk, at(8))
    desk.outlet.clerk("ratna", PauseQueue("B", ClosingReason.SYSTEM_FAULT))
    desk.happen(e.Scanned(token_of(appointment)))
    assert desk.page is Page.PRIORITY


def test_a_code_is_looked_up_once_it_is_whole(desk: Desk) -> None:
    desk.happen(e.AppointmentClaimed(), e.Typed("7K4M2"))
    assert desk.presenter.visit.not_found is None
    desk.happen(e.Typed("7K4M2P"))
    assert desk.presenter.visit.not_found == UnknownAppointment("")
    desk.happen(e.Typed("7K4M2"))
    assert desk.presenter.visit.not_found is None


def test_an_answer_about_a_code_typed_over_since_is_not_listened_to(desk: Desk) -> None:
    (appointment,) = reserve(desk, at(8))
    desk.outlet.paused = True
    desk.happen(e.Scanned(token_of(appointment)), e.Typed("7"))
    desk.outlet.deliver()
    assert desk.page is Page.CHECK_IN
    assert desk.presenter.visit.not_found is None
