"""The presenter over a real core: when numbers are asked for, and what happens when answers do not come."""

import pytest
from msgspec.structs import replace

from broker.client import Link
from broker.domain.commands import AdoptCatalogue, ConfigureOutlet, IssueTicket
from broker.domain.events import TicketIssued
from broker.domain.values import Delivery, DeviceRole, Language, ServiceCode
from hardware.job import Printed
from kiosk import flow as f
from kiosk.flow import Page
from kiosk.presenter import Presenter
from tests.kiosk.support import HandPrinter, delivered, issued, open_outlet
from tests.support import sample
from tests.support.morning import Morning
from tests.support.outlet import LocalSession


class Desk:
    """A presenter with its session and printer, and how often it told of a change."""

    def __init__(self, outlet: Morning) -> None:
        self.outlet = outlet
        self.printer = HandPrinter()
        self.session: LocalSession = outlet.session(DeviceRole.KIOSK, "kiosk-1")
        self.changes = 0
        self.presenter = Presenter(self.session, self.printer, self._changed)

    def _changed(self) -> None:
        self.changes += 1

    @property
    def page(self) -> Page:
        return self.presenter.visit.page

    def happen(self, *events: f.Event) -> None:
        for event in events:
            self.presenter.happen(event)


@pytest.fixture
def desk() -> Desk:
    return Desk(open_outlet())


TO_ISSUE = (f.Begun(Language.INDONESIAN), f.QueueChosen("B"), f.PriorityAnswered(None))


def test_touches_before_the_answer_issue_nothing_more(desk: Desk) -> None:
    desk.outlet.paused = True
    desk.happen(*TO_ISSUE, f.PriorityAnswered(None), f.PriorityAnswered(None))
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
    desk.happen(f.Begun(Language.ENGLISH), f.ServiceChosen("A", ServiceCode("IUMK")))
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
    presenter = Presenter(session, desk.printer, lambda: None)
    for event in TO_ISSUE:
        presenter.happen(event)
    assert presenter.visit.page is Page.UNANSWERED
    presenter.happen(f.Done())
    assert presenter.visit.page is Page.AWAY
    session.set_link(Link.LIVE)
    assert presenter.visit.page is Page.CHOOSE


def test_the_ticket_in_hand_is_confirmed_even_when_the_link_was_lost_meanwhile(desk: Desk) -> None:
    desk.happen(*TO_ISSUE)
    desk.session.set_link(Link.STALE)
    assert desk.page is Page.PRINTING
    desk.printer.end(Printed())
    assert desk.page is Page.TAKING
    desk.happen(f.Done())
    assert desk.page is Page.AWAY


def test_a_service_that_leaves_the_catalogue_leaves_the_screen(desk: Desk) -> None:
    desk.happen(f.Begun(Language.INDONESIAN), f.ServiceChosen("A", ServiceCode("IUMK")))
    desk.outlet.do(AdoptCatalogue(sample.SERVICES[1:]), DeviceRole.OPERATOR)
    assert desk.page is Page.START


def test_a_service_whose_queue_leaves_the_outlet_leaves_the_screen(desk: Desk) -> None:
    desk.happen(f.Begun(Language.INDONESIAN), f.ServiceChosen("A", ServiceCode("IUMK")))
    counters = tuple(replace(each, tiers=(("B",),)) for each in sample.RULES.counters)
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
    desk.happen(f.Done())
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
    desk.happen(f.Done(), *TO_ISSUE)
    assert [each.ticket for each in issued(desk.outlet)] == ["20260714-B001", "20260715-B001"]
    desk.printer.end(Printed())
    assert delivered(desk.outlet)[issued(desk.outlet)[1].ticket] is Delivery.PAPER


def test_every_change_of_the_outlet_is_told(desk: Desk) -> None:
    before = desk.changes
    desk.outlet.take("B")
    assert desk.changes > before
