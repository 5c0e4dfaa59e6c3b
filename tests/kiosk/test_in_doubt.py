"""After a power cut: whoever stood there is shown the number first, and nothing is printed again unasked."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from broker.client import Link
from broker.domain.commands import CancelTicket
from broker.domain.values import CancelReason, Delivery, DeviceRole, Language, TicketId
from hardware.job import Failed, Printed, PrinterState, Unknown
from hardware.page import JobKind
from hardware.print_journal import Doubt
from kiosk import events as e
from kiosk.flow import Page
from kiosk.in_doubt import in_doubt
from kiosk.presenter import Presenter
from kiosk.settings import WaitSettings
from tests.kiosk.conftest import Stand
from tests.kiosk.cut_off import CODE, number_in_doubt, place_in_doubt
from tests.kiosk.support import HandPrinter, delivered, open_outlet, read_qr
from tests.support.morning import ONE, Morning
from tests.support.outlet import token_of

KEPT_SECONDS = 600.0


class Start:
    """A kiosk that starts with doubts."""

    def __init__(self, outlet: Morning, *doubts: Doubt) -> None:
        self.outlet = outlet
        self.printer = HandPrinter()
        self.printer.doubts = list(doubts)
        session = outlet.session(DeviceRole.KIOSK, "kiosk-1")
        self.presenter = Presenter(session, self.printer, lambda: None, KEPT_SECONDS)

    @property
    def page(self) -> Page:
        return self.presenter.visit.page

    def happen(self, *events: e.Event) -> None:
        for event in events:
            self.presenter.happen(event)


@pytest.fixture
def doubt(outlet: Morning) -> Doubt:
    return number_in_doubt(outlet)


@pytest.fixture
def ticket(doubt: Doubt) -> TicketId:
    assert doubt.ticket_id is not None
    return TicketId(doubt.ticket_id)


def test_the_number_is_shown_before_anybody_is_served(outlet: Morning, doubt: Doubt) -> None:
    start = Start(outlet, doubt)
    assert start.page is Page.IN_DOUBT
    start.happen(e.Begun(Language.INDONESIAN), e.Scanned("7K4M2P"), e.AppointmentClaimed())
    assert start.page is Page.IN_DOUBT
    assert (start.printer.printed_again, start.printer.settled) == ([], [])


def test_it_is_printed_again_when_somebody_asks_for_it(
    outlet: Morning, doubt: Doubt, ticket: TicketId
) -> None:
    start = Start(outlet, doubt)
    start.happen(e.AgainWanted(), e.AgainWanted())
    assert (start.page, start.printer.printed_again) == (Page.PRINTING, [doubt])
    start.printer.end(Printed())
    assert start.page is Page.TAKING
    assert delivered(outlet) == {ticket: Delivery.PAPER}
    assert start.printer.settled == []  # its end closes it


@pytest.mark.parametrize("ended", [Failed(PrinterState.PAPER_OUT), Unknown(PrinterState.SILENT)])
def test_a_reprint_that_fails_leaves_the_number_on_the_screen(
    outlet: Morning, doubt: Doubt, ticket: TicketId, ended: Failed | Unknown
) -> None:
    start = Start(outlet, doubt)
    start.happen(e.AgainWanted())
    start.printer.end(ended)
    assert start.page is Page.ON_SCREEN
    assert delivered(outlet) == {ticket: Delivery.SCREEN}


@pytest.mark.parametrize(
    ("touch", "expected"), [(e.PaperInHand(), Delivery.PAPER), (e.Done(), Delivery.SCREEN)]
)
def test_who_has_it_says_so(
    outlet: Morning, doubt: Doubt, ticket: TicketId, touch: e.Event, expected: Delivery
) -> None:
    start = Start(outlet, doubt)
    start.happen(touch)
    assert (start.page, start.printer.settled) == (Page.START, [doubt])
    assert delivered(outlet) == {ticket: expected}


def test_where_nobody_is_the_brokers_time_out_decides(outlet: Morning, doubt: Doubt) -> None:
    start = Start(outlet, doubt)
    start.happen(e.TimeIsUp())
    assert (start.page, start.printer.settled) == (Page.START, [doubt])
    assert delivered(outlet) == {}


def test_one_after_the_other_is_asked_about(outlet: Morning, doubt: Doubt) -> None:
    place = place_in_doubt(outlet)
    start = Start(outlet, doubt, place)
    start.happen(e.PaperInHand())
    assert start.page is Page.IN_DOUBT
    start.happen(e.AgainWanted())
    start.printer.end(Printed())
    assert start.printer.printed_again == [place]
    start.happen(e.Done())
    assert start.page is Page.START


def test_doubts_wait_for_the_broker(outlet: Morning, doubt: Doubt) -> None:
    session, printer = outlet.session(DeviceRole.KIOSK, "kiosk-1"), HandPrinter()
    printer.doubts = [doubt]
    session.set_link(Link.STALE)
    presenter = Presenter(session, printer, lambda: None, KEPT_SECONDS)
    assert presenter.visit.page is Page.AWAY
    session.set_link(Link.LIVE)
    assert presenter.visit.page is Page.IN_DOUBT


def test_a_number_of_no_use_any_more_is_settled(outlet: Morning) -> None:
    old = number_in_doubt(outlet, age_seconds=KEPT_SECONDS + 1)
    cancelled = number_in_doubt(outlet)
    assert cancelled.ticket_id is not None
    outlet.clerk("sri", CancelTicket(TicketId(cancelled.ticket_id), CancelReason.CITIZEN_LEFT))
    unknown = replace(number_in_doubt(outlet), ticket_id="20260713-A001")
    unreadable = replace(number_in_doubt(outlet), page=None)
    other = replace(number_in_doubt(outlet), kind=JobKind.TEST_PAGE)
    doubts = [
        replace(each, number=at) for at, each in enumerate((old, cancelled, unknown, unreadable, other))
    ]
    start = Start(outlet, *doubts)
    assert (start.page, start.printer.settled) == (Page.START, doubts)


def test_a_number_that_was_called_meanwhile_is_not_asked_about(outlet: Morning, doubt: Doubt) -> None:
    outlet.advance(minutes=3)
    outlet.tick()
    outlet.call("sri", ONE)
    assert in_doubt(doubt, outlet.state, outlet.now, KEPT_SECONDS) is None


# On the glass


def test_what_holds_is_said_first_and_can_be_copied(
    stand: Stand, outlet: Morning, doubt: Doubt, ticket: TicketId
) -> None:
    citizen = stand(doubts=[doubt])
    assert citizen.page == "in-doubt"
    for words in ("Nomor Anda tetap berlaku", "Karcis ini mungkin belum keluar", "A 001", CODE):
        assert citizen.reads(words)
    assert read_qr(citizen.kiosk.window) == [token_of(ticket)]
    citizen.touch("again")
    assert citizen.reads("CETAK ULANG")
    citizen.printer.end(Printed())
    citizen.touch("done")
    assert citizen.page == "start"


def test_what_had_not_begun_is_surely_not_out(stand: Stand, outlet: Morning) -> None:
    citizen = stand(doubts=[number_in_doubt(outlet, began=False)])
    assert citizen.reads("sebelum mencetak karcis ini")
    citizen.touch("again")
    assert not citizen.reads("CETAK ULANG")


def test_without_paper_the_number_is_copied(stand: Stand, outlet: Morning, doubt: Doubt) -> None:
    citizen = stand(doubts=[doubt])
    citizen.printer.run_out_of_paper()
    assert not citizen.sees("again")
    citizen.touch("copied")
    assert list(delivered(outlet).values()) == [Delivery.SCREEN]


def test_the_page_goes_when_nobody_is_there(
    stand: Stand, outlet: Morning, doubt: Doubt, qtbot: QtBot
) -> None:
    citizen = stand(waits=WaitSettings(reading=0.3), doubts=[doubt])
    qtbot.waitUntil(lambda: citizen.page == "start", timeout=5_000)
    assert citizen.printer.settled == [doubt]


def test_it_speaks_the_language_of_the_paper(stand: Stand) -> None:
    outlet = open_outlet()
    doubt = number_in_doubt(outlet, Language.ENGLISH)
    start = Start(outlet, doubt)
    assert start.presenter.visit.language is Language.ENGLISH
