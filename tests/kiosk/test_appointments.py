"""Places for the next day and who comes back for them, by real touches, keys and a scanner that types."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from broker.domain.appointment import Wanted
from broker.domain.commands import BookAppointments
from broker.domain.values import AppointmentId, BusinessDay, Channel, Delivery, Instant
from hardware.job import Failed, Printed, PrinterState
from tests.kiosk.conftest import Stand
from tests.kiosk.support import PATIENCE_MS, Citizen, delivered, issued, read_qr
from tests.kiosk.test_touches import LANGUAGES, SIZES
from tests.support import sample
from tests.support.morning import Morning
from tests.support.outlet import token_of
from tests.support.sample import at

WEDNESDAY = BusinessDay("2026-07-15")


def reserve(outlet: Morning, slot_at: Instant, day: BusinessDay = sample.TUESDAY) -> AppointmentId:
    outlet.kiosk(BookAppointments((Wanted(day, slot_at, sample.DOCTOR),)))
    return list(outlet.state.appointments)[-1]


def scan(citizen: Citizen, text: str) -> None:
    """What the scanner under the screen does: it types, faster than anybody, and ends with Enter."""
    handle = citizen.kiosk.window.windowHandle()
    assert handle is not None
    for character in text:
        QTest.keyClick(handle, character)
    QTest.keyClick(handle, Qt.Key.Key_Return)


@SIZES
@LANGUAGES
def test_past_the_cut_off_one_touch_more_reserves_a_place_for_tomorrow(
    stand: Stand, outlet: Morning, size: tuple[int, int], begin: str
) -> None:
    outlet.advance(minutes=211)  # 11.01
    citizen = stand(size)
    citizen.touch(begin, "service-AK1", "place-2")
    assert citizen.touches == 3
    (appointment,) = outlet.state.appointments.values()
    assert (appointment.service, appointment.slot_at) == (sample.JOBSEEKER, at(8, day=WEDNESDAY))
    assert citizen.page == "printing"
    citizen.printer.end(Printed())
    assert [page.fields["token"] for page in citizen.printer.appointments] == [token_of(appointment.id)]
    citizen.touch("done")
    assert citizen.page == "start"
    assert issued(outlet) == []


@SIZES
def test_a_place_that_is_not_printed_is_shown_with_its_time_its_qr_and_its_code(
    stand: Stand, outlet: Morning, size: tuple[int, int]
) -> None:
    outlet.advance(minutes=211)
    citizen = stand(size)
    citizen.touch("begin", "service-AK1", "place-1")
    citizen.printer.end(Failed(PrinterState.PAPER_OUT))
    (appointment,) = outlet.state.appointments.values()
    assert citizen.reads("Rabu, 15 Juli 2026")
    assert citizen.reads("07.30")
    assert citizen.reads("9QH 5DC")
    assert read_qr(citizen.kiosk.window) == [token_of(appointment.id)]
    citizen.touch("copied")
    assert citizen.page == "start"


def test_taken_places_are_not_offered_while_the_page_stands(stand: Stand, outlet: Morning) -> None:
    outlet.advance(minutes=211)
    citizen = stand()
    citizen.touch("begin", "service-IUMK")
    assert citizen.button("place-1").accessibleName() == "07.30"
    wanted = Wanted(WEDNESDAY, at(7, 30, day=WEDNESDAY), sample.MICRO_BUSINESS)
    outlet.kiosk(BookAppointments((wanted, wanted)))
    assert citizen.button("place-1").accessibleName() == "08.00"


@SIZES
def test_a_scanned_appointment_is_checked_in(stand: Stand, outlet: Morning, size: tuple[int, int]) -> None:
    appointment = reserve(outlet, at(8))
    citizen = stand(size)
    scan(citizen, token_of(appointment))
    citizen.qtbot.waitUntil(lambda: citizen.page == "priority", timeout=PATIENCE_MS)
    assert citizen.reads("Janji temu Anda: pukul 08.00")
    citizen.touch("priority-none")
    citizen.printer.end(Printed())
    (ticket,) = issued(outlet)
    assert (ticket.appointment, ticket.channel) == (appointment, Channel.APPOINTMENT)
    assert delivered(outlet) == {ticket.ticket: Delivery.PAPER}


def test_a_scan_is_heard_whatever_page_one_chooses_on(stand: Stand, outlet: Morning) -> None:
    appointment = reserve(outlet, at(8))
    for way in ([], ["begin"], ["begin", "search"], ["begin", "service-IUMK"], ["appointment"]):
        citizen = stand()
        citizen.touch(*way)
        scan(citizen, token_of(appointment))
        citizen.qtbot.waitUntil(lambda here=citizen: here.page == "priority", timeout=PATIENCE_MS)  # type: ignore[misc]
        citizen.touch("footer-restart")


def test_who_comes_too_late_is_told_and_gets_an_ordinary_number(stand: Stand, outlet: Morning) -> None:
    appointment = reserve(outlet, at(8))
    outlet.advance(minutes=41)
    citizen = stand()
    scan(citizen, token_of(appointment))
    citizen.qtbot.waitUntil(lambda: citizen.page == "priority", timeout=PATIENCE_MS)
    assert citizen.reads("Janji temu Anda pukul 08.00 sudah lewat. Anda mendapat nomor antrean biasa.")
    citizen.touch("priority-none")
    assert [ticket.channel for ticket in issued(outlet)] == [Channel.WALK_IN]


def test_an_appointment_of_another_day_and_a_ticket_are_told_apart(stand: Stand, outlet: Morning) -> None:
    appointment = reserve(outlet, at(8, day=WEDNESDAY), WEDNESDAY)
    ticket = outlet.take("B")
    citizen = stand()
    scan(citizen, token_of(appointment))
    citizen.qtbot.waitUntil(lambda: citizen.reads("untuk hari lain: Rabu, 15 Juli 2026"), timeout=PATIENCE_MS)
    scan(citizen, token_of(ticket))
    citizen.qtbot.waitUntil(lambda: citizen.reads("Ini karcis antrean"), timeout=PATIENCE_MS)
    citizen.touch("choose-queue")
    assert citizen.page == "choose"


@SIZES
def test_a_code_is_typed_on_the_glass_where_nothing_scans(
    stand: Stand, outlet: Morning, size: tuple[int, int]
) -> None:
    reserve(outlet, at(8))
    citizen = stand(size)
    citizen.touch(
        "appointment", "key-7", "key-K", "key-A", "key-backspace", "key-4", "key-M", "key-2", "key-P"
    )
    field = citizen.find("code-field")
    assert isinstance(field, QLineEdit)
    assert field.text() == "7K4M2P"
    assert citizen.reads("tidak dikenal atau sudah dipakai")
    citizen.touch("key-backspace")
    assert not citizen.reads("tidak dikenal atau sudah dipakai")


def test_what_a_person_types_is_typed_and_not_scanned(stand: Stand, outlet: Morning) -> None:
    reserve(outlet, at(8))
    citizen = stand()
    citizen.touch("appointment")
    field = citizen.find("code-field")
    assert isinstance(field, QLineEdit)
    citizen.qtbot.waitUntil(field.hasFocus, timeout=PATIENCE_MS)
    handle = citizen.kiosk.window.windowHandle()
    assert handle is not None
    for character in "7k4":
        QTest.keyClick(handle, character)
    citizen.qtbot.waitUntil(lambda: field.text() == "7k4", timeout=PATIENCE_MS)
    assert citizen.page == "check-in"


def test_without_any_appointment_the_start_page_does_not_ask_for_one(stand: Stand, outlet: Morning) -> None:
    citizen = stand()
    assert not citizen.sees("appointment")
    reserve(outlet, at(8))
    assert citizen.sees("appointment")


@pytest.mark.parametrize("way", [["begin", "queue-B"], ["begin", "queue-B", "priority-none"]])
def test_a_scan_in_mid_question_disturbs_nobody(stand: Stand, outlet: Morning, way: list[str]) -> None:
    appointment = reserve(outlet, at(8))
    citizen = stand()
    citizen.touch(*way)
    page = citizen.page
    scan(citizen, token_of(appointment))
    assert citizen.page == page
