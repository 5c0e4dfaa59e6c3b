"""From touch to ticket, on the real window: what a citizen touches, in both languages, on both kinds of screen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from broker.domain.commands import CloseQueue, ConfigureOutlet, PauseQueue
from broker.domain.refusals import TooLate
from broker.domain.rules import AppointmentRules
from broker.domain.values import ClosingReason, Delivery, DeviceRole, Language, Priority
from hardware.job import Failed, Printed, PrinterState, Unknown
from kiosk.settings import WaitSettings
from tests.kiosk.conftest import LANDSCAPE, LONG, PORTRAIT, Stand
from tests.kiosk.support import PATIENCE_MS, delivered, issued, read_qr
from tests.support import sample
from tests.support.morning import Morning
from tests.support.touch import middle_of, touch_at

SIZES = pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE, (1024, 600), (1920, 1080)], ids=str)
LANGUAGES = pytest.mark.parametrize("begin", ["begin", "begin-english"])
_LANGUAGE = {"begin": Language.INDONESIAN, "begin-english": Language.ENGLISH}


@SIZES
@LANGUAGES
def test_from_a_queues_tile_three_touches_lead_to_a_ticket(
    stand: Stand, outlet: Morning, size: tuple[int, int], begin: str
) -> None:
    citizen = stand(size)
    citizen.touch(begin, "queue-B", "priority-none")
    assert citizen.touches == 3
    (ticket,) = issued(outlet)
    assert (ticket.letter, ticket.service, ticket.priority) == ("B", None, None)
    assert ticket.language is _LANGUAGE[begin]
    assert citizen.page == "printing"
    assert citizen.reads("B 001")
    citizen.printer.end(Printed())
    assert delivered(outlet) == {ticket.ticket: Delivery.PAPER}
    citizen.touch("done")
    assert citizen.page == "start"


@SIZES
@LANGUAGES
def test_from_a_one_day_service_in_front_four_touches_lead_to_a_ticket(
    stand: Stand, outlet: Morning, size: tuple[int, int], begin: str
) -> None:
    outlet.advance(minutes=1)
    citizen = stand(size)
    citizen.touch(begin, "service-AK1", "take", "priority-elderly")
    assert citizen.touches == 4
    (ticket,) = issued(outlet)
    assert (ticket.letter, ticket.service, ticket.priority) == ("A", "AK1", Priority.ELDERLY)
    paper = citizen.printer.tickets[0].fields
    assert paper["ready"]
    assert paper["bring"]
    assert paper["priority"] in ("Prioritas: Lansia", "Priority: Elderly")


def test_from_the_one_day_tile_never_more_than_four_touches_lead_to_a_ticket(
    stand: Stand, outlet: Morning
) -> None:
    citizen = stand()
    citizen.touch("begin")
    citizen.touches = 0
    citizen.touch("queue-A", "service-IUMK", "take", "priority-none")
    assert citizen.touches == 4
    assert [ticket.service for ticket in issued(outlet)] == ["IUMK"]


def test_who_does_not_know_which_one_day_service_gets_a_number_all_the_same(
    stand: Stand, outlet: Morning
) -> None:
    citizen = stand()
    citizen.touch("begin", "queue-A", "queue-A", "priority-none")
    assert [(ticket.letter, ticket.service) for ticket in issued(outlet)] == [("A", None)]


@pytest.mark.parametrize("priority", list(Priority))
def test_each_priority_can_be_chosen(stand: Stand, outlet: Morning, priority: Priority) -> None:
    citizen = stand()
    citizen.touch("begin", "queue-C", f"priority-{priority.value}")
    assert [ticket.priority for ticket in issued(outlet)] == [priority]


@SIZES
def test_a_double_touch_never_takes_two_numbers_and_never_chooses_for_the_citizen(
    stand: Stand, outlet: Morning, size: tuple[int, int]
) -> None:
    citizen = stand(size, double_touch_ms=400)
    citizen.touch_twice("begin")
    assert citizen.page == "choose"
    citizen.touch("service-AK1")
    citizen.touch_twice("take")
    assert citizen.page == "priority"
    citizen.touch_twice("priority-none")
    assert len(issued(outlet)) == 1
    assert len(citizen.printer.tickets) == 1
    citizen.printer.end(Printed())
    assert citizen.page == "taking"


def test_while_the_ticket_is_printed_the_page_can_be_touched(stand: Stand, outlet: Morning) -> None:
    citizen = stand()
    citizen.touch("begin", "queue-B", "priority-none", "footer-language")
    assert citizen.reads("Your ticket is being printed")
    citizen.touch("done")
    assert citizen.button("done").isChecked()
    assert not citizen.sees("begin")
    citizen.printer.end(Printed())
    assert citizen.page == "start"
    assert len(issued(outlet)) == 1


def test_a_ticket_that_fails_after_done_is_still_shown(stand: Stand, outlet: Morning) -> None:
    citizen = stand()
    citizen.touch("begin", "queue-B", "priority-none", "done")
    citizen.printer.end(Failed(PrinterState.CUTTER_ERROR))
    assert citizen.page == "on-screen"


@SIZES
@LANGUAGES
def test_a_ticket_that_does_not_come_out_is_shown_with_qr_and_code(
    stand: Stand, outlet: Morning, size: tuple[int, int], begin: str
) -> None:
    citizen = stand(size)
    citizen.touch(begin, "queue-B", "priority-none")
    citizen.printer.end(Failed(PrinterState.PAPER_OUT))
    (ticket,) = issued(outlet)
    assert delivered(outlet) == {ticket.ticket: Delivery.SCREEN}
    assert citizen.reads("B 001")
    assert citizen.reads("7K4 M2P")
    citizen.touch("copied")
    assert citizen.page == "start"
    assert len(issued(outlet)) == 1


@SIZES
def test_the_qr_on_the_screen_can_be_read_from_the_screen(
    stand: Stand, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    token = "https://antrean.example.go.id/t/" + "Aq9-" * 16
    monkeypatch.setattr("tests.support.outlet.token_of", lambda _: token)
    citizen = stand(size)
    citizen.printer.run_out_of_paper()
    citizen.touch("begin", "queue-B", "priority-none")
    assert read_qr(citizen.kiosk.window) == [token]


def test_when_nobody_knows_whether_it_came_out_the_words_say_so(stand: Stand, outlet: Morning) -> None:
    citizen = stand()
    citizen.touch("begin-english", "queue-B", "priority-none")
    citizen.printer.end(Unknown(PrinterState.SILENT))
    assert citizen.reads("If no ticket comes out")
    assert list(delivered(outlet).values()) == [Delivery.SCREEN]


def test_without_paper_the_citizen_is_told_before_the_number_is_given(stand: Stand, outlet: Morning) -> None:
    citizen = stand()
    citizen.printer.run_out_of_paper()
    said = "Nomor Anda akan tampil di layar"
    assert citizen.reads(said)
    citizen.touch("begin", "queue-B")
    assert citizen.reads(said)
    citizen.touch("priority-none")
    assert citizen.page == "on-screen"
    assert citizen.printer.tickets == []
    assert list(delivered(outlet).values()) == [Delivery.SCREEN]


def test_a_fresh_citizen_starts_in_indonesian_again(stand: Stand) -> None:
    citizen = stand()
    citizen.touch("begin-english")
    assert citizen.reads("What do you need?")
    citizen.touch("footer-restart")
    assert citizen.reads("Selamat datang")
    citizen.touch("begin")
    assert citizen.reads("Apa keperluan Anda?")


def test_the_language_can_be_changed_on_every_page_without_losing_the_way(
    stand: Stand, outlet: Morning
) -> None:
    citizen = stand()
    citizen.touch("begin", "service-IUMK", "footer-language")
    assert citizen.reads("Micro and Small Business Permit")
    citizen.touch("take", "footer-language")
    assert citizen.reads("Perlu didahulukan?")
    citizen.touch("footer-back")
    assert citizen.page == "service"
    citizen.touch("footer-back")
    assert citizen.page == "choose"
    citizen.touch("footer-back")
    assert citizen.page == "start"
    assert issued(outlet) == []


@SIZES
def test_a_service_is_found_by_what_it_sounds_like(
    stand: Stand, outlet: Morning, size: tuple[int, int]
) -> None:
    citizen = stand(size)
    citizen.touch("begin", "search")
    citizen.touch(*(f"key-{letter}" for letter in "praktekk"), "key-backspace")
    if citizen.sees("other-turn"):
        citizen.touch("other-turn")
    assert citizen.reads("1 layanan untuk “praktik”")
    citizen.touch("service-DOKTER", "take", "priority-none")
    assert [ticket.service for ticket in issued(outlet)] == ["DOKTER"]


def test_a_real_keyboard_types_into_the_search_too(stand: Stand) -> None:
    citizen = stand()
    citizen.touch("begin", "search")
    field = citizen.find("search-field")
    assert isinstance(field, QLineEdit)
    citizen.qtbot.waitUntil(field.hasFocus, timeout=PATIENCE_MS)
    QTest.keyClicks(field, "riset")
    citizen.qtbot.waitUntil(lambda: citizen.reads("Tidak ada layanan"), timeout=PATIENCE_MS)
    citizen.touch("key-clear")
    QTest.keyClicks(field, "peneliti")
    assert citizen.find("service-RISET")


def test_who_finds_nothing_is_led_back_to_the_queues(stand: Stand) -> None:
    citizen = stand()
    citizen.touch("begin", "search", "key-z", "key-z", "choose-queue")
    assert citizen.page == "choose"


def test_the_whole_way_can_be_gone_by_keyboard(stand: Stand, outlet: Morning) -> None:
    citizen = stand()
    for name in ("begin", "queue-B", "priority-none"):
        citizen.button(name).setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(citizen.button(name), Qt.Key.Key_Return)
    assert len(issued(outlet)) == 1


def test_a_closed_service_says_why_and_until_when(stand: Stand, outlet: Morning) -> None:
    outlet.advance(minutes=211)  # 11.01
    citizen = stand()
    citizen.touch("begin", "service-IUMK")
    assert citizen.reads("diterima sampai pukul 11.00")
    assert citizen.reads("Pesan tempat untuk Rabu, 15 Juli 2026")
    assert not citizen.sees("take")


def test_where_no_place_can_be_reserved_the_closed_service_says_until_when(
    stand: Stand, outlet: Morning
) -> None:
    without = sample.rules(appointments=AppointmentRules(per_slot=0))
    outlet.do(ConfigureOutlet(without), DeviceRole.OPERATOR)
    outlet.advance(minutes=211)
    citizen = stand()
    citizen.touch("begin", "service-IUMK")
    assert citizen.reads("Dibuka lagi Rabu, 15 Juli 2026 pukul 07.30")
    assert not citizen.button("take").isEnabled()
    assert citizen.reads("Tutup 11.00")
    citizen.touch("take")
    assert citizen.page == "service"
    assert issued(outlet) == []


def test_a_closed_queue_can_not_be_touched_and_says_until_when(stand: Stand, outlet: Morning) -> None:
    outlet.advance(minutes=361)  # 13.31
    citizen = stand()
    citizen.touch("begin")
    assert citizen.reads("Perizinan, Tutup 13.30")
    citizen.touch("queue-B")
    assert citizen.page == "choose"


def test_a_closed_queue_of_one_day_services_leads_to_their_places_for_tomorrow(
    stand: Stand, outlet: Morning
) -> None:
    outlet.advance(minutes=361)
    citizen = stand()
    citizen.touch("begin", "queue-A")
    assert citizen.page == "one-day"
    assert citizen.reads("Sentuh layanan untuk memesan tempat")
    assert not citizen.sees("queue-A")


def test_a_paused_queue_says_why_while_the_page_stands(stand: Stand, outlet: Morning) -> None:
    citizen = stand()
    citizen.touch("begin-english")
    outlet.clerk("ratna", PauseQueue("B", ClosingReason.SYSTEM_FAULT))
    outlet.clerk("ratna", CloseQueue("C", ClosingReason.CEREMONY))
    assert citizen.reads("Permits, Paused: system fault")
    assert citizen.reads("Non-permits, Closed: official event")
    citizen.touch("queue-B")
    assert citizen.page == "choose"


def test_a_refusal_is_said_in_the_citizens_language(stand: Stand, outlet: Morning) -> None:
    citizen = stand()
    citizen.touch("begin", "queue-B")
    outlet.now = sample.at(13, 31)  # closed since the page was opened, and the broker knows
    citizen.touch("priority-none")
    assert citizen.page == "refused"
    assert isinstance(citizen.kiosk.presenter.visit.refusal, TooLate)
    assert citizen.reads("Nomor diberikan sampai pukul 13.30")
    citizen.touch("footer-language")
    assert citizen.reads("Numbers were given out until 13:30")
    citizen.touch("choose-again")
    assert citizen.page == "choose"


def _waits(**seconds: float) -> WaitSettings:
    return WaitSettings(
        **{name: seconds.get(name, getattr(LONG, name)) for name in WaitSettings.__struct_fields__}
    )


def test_nobody_there_is_asked_first_and_then_the_page_returns_to_the_start(stand: Stand) -> None:
    citizen = stand(waits=_waits(touch=0.05, answer=0.3))
    citizen.touch("begin-english", "queue-B")
    citizen.find("still-here")
    assert citizen.page == "priority"
    assert citizen.reads("Are you still there?")
    citizen.qtbot.waitUntil(lambda: citizen.page == "start", timeout=PATIENCE_MS)
    assert citizen.reads("Selamat datang")


def test_a_touch_says_that_somebody_is_there_and_chooses_nothing(stand: Stand, outlet: Morning) -> None:
    citizen = stand(waits=_waits(touch=0.5))
    citizen.touch("begin", "queue-B")
    place = middle_of(citizen.find("priority-elderly"))
    citizen.find("still-here")
    touch_at(citizen.kiosk.window, place)
    citizen.qtbot.waitUntil(lambda: not citizen.sees("still-here"), timeout=PATIENCE_MS)
    assert citizen.page == "priority"
    assert issued(outlet) == []


def test_the_printed_ticket_stays_a_while_and_then_the_page_returns(stand: Stand) -> None:
    citizen = stand(waits=_waits(taking=0.1))
    citizen.touch("begin", "queue-B", "priority-none")
    citizen.printer.end(Printed())
    assert citizen.reads("Layar ini tetap terbuka")
    citizen.qtbot.waitUntil(lambda: citizen.page == "start", timeout=PATIENCE_MS)
