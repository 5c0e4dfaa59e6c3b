"""Scans are told from typing, a held key acts once, and a double click is one click."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from broker.domain.ticket import TicketStatus
from tests.counter.conftest import Open
from tests.counter.hands import Hands
from tests.support import sample
from tests.support.morning import ONE, Morning
from tests.support.outlet import token_of


@pytest.fixture
def at_work(open_counter: Open) -> Hands:
    morning = Morning()
    hands = open_counter(morning)
    hands.touch("clerk-sri")
    hands.type_pin("1234")
    hands.press("Return")
    return hands


def status(hands: Hands) -> TicketStatus:
    seat = hands.morning.state.seats[ONE]
    assert seat.ticket is not None
    return hands.morning.state.tickets[seat.ticket].status


def test_a_scan_reaches_nobody_but_the_queue_even_while_somebody_types(at_work: Hands) -> None:
    ticket = at_work.morning.take("D")
    at_work.press("F9")
    field = at_work.receiver
    assert isinstance(field, QLineEdit)
    at_work.scan(token_of(ticket))
    assert at_work.morning.state.seats[ONE].ticket == ticket
    assert field.text() == ""


def test_a_code_that_is_typed_is_looked_up_like_a_scan(at_work: Hands) -> None:
    ticket = at_work.morning.take("D")
    at_work.press("F9")
    at_work.write(token_of(ticket))
    at_work.press("Return")
    assert at_work.morning.state.seats[ONE].ticket == ticket


def test_a_scan_does_not_press_the_button_that_has_the_focus(at_work: Hands) -> None:
    at_work.morning.take("A")
    at_work.press("Tab", "Tab", "Tab")
    at_work.scan("TEST:nobody-knows")
    assert at_work.morning.state.seats[ONE].ticket is None
    assert at_work.reads("said") == "Kode ini tidak dikenal di sini, atau sudah tidak berlaku."


def test_a_scan_at_the_sign_in_page_goes_nowhere(open_counter: Open) -> None:
    hands = open_counter(Morning())
    hands.scan("TEST:12345678")
    assert hands.sees("sign-in")


def test_a_scanned_slip_is_taken_on_the_one_day_board_too(at_work: Hands) -> None:
    at_work.morning.take("A", sample.MICRO_BUSINESS)
    at_work.press("Ctrl+Return", "Ctrl+Return", "F8", "Ctrl+Return", "Ctrl+Return", "Ctrl+Return", "Ctrl+2")
    (application,) = at_work.morning.state.applications
    at_work.touch(f"file-{application}", "mark-complete")
    at_work.scan(f"https://antrean.example/t/{token_of(application)}")
    assert at_work.sees("hand-over-confirm")


def hold_down(hands: Hands, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
    """One repetition of a key held down; whether it may become a shortcut."""
    override = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers, "", True)
    override.ignore()
    QApplication.sendEvent(hands.receiver, override)
    return not override.isAccepted()


def test_a_key_held_down_acts_once(at_work: Hands) -> None:
    at_work.morning.take("A")
    at_work.press("Ctrl+Return")
    assert not hold_down(at_work, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not hold_down(at_work, Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier)
    assert status(at_work) is TicketStatus.CALLED


def test_a_double_click_on_what_comes_next_is_one_click(at_work: Hands) -> None:
    at_work.morning.take("A")
    button = at_work.find("call-next")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    assert status(at_work) is TicketStatus.CALLED


def test_two_quick_touches_on_two_buttons_are_both_taken(at_work: Hands) -> None:
    at_work.morning.take("A")
    at_work.touch("scan", "back", "call-next")
    assert status(at_work) is TicketStatus.CALLED


def test_the_number_pads_enter_does_what_return_does(at_work: Hands) -> None:
    at_work.morning.take("A")
    at_work.press("Ctrl+Enter")
    assert status(at_work) is TicketStatus.CALLED


def test_the_desks_keys_do_nothing_under_a_sheet(at_work: Hands) -> None:
    at_work.morning.take("A")
    at_work.press("Ctrl+Return", "F4", "Ctrl+Return", "F7", "Ctrl+2")
    assert status(at_work) is TicketStatus.CALLED
    assert at_work.sees("transfer-confirm")
    at_work.press("Escape", "Ctrl+Return")
    assert status(at_work) is TicketStatus.SERVING
