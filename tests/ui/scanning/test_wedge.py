"""On a real window: scans go to who asked for them, and every key of a person's arrives as it would without a wedge."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.scanning import Wedge

CODE = "https://antrean.example/t/AQMxNzQwMTAwNzE0QTAxOVF4OVJ0"
NONE, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
KEYPAD = Qt.KeyboardModifier.KeypadModifier


class Counter:
    """A window with two fields, whose keys say when they were pressed."""

    def __init__(self) -> None:
        self.window = QWidget()
        self.window.resize(400, 100)
        self.fields = QLineEdit(self.window), QLineEdit(self.window)
        self.fields[1].move(0, 50)
        self.scans: list[str] = []
        self.listens = True
        self.wedge = Wedge(self.window, self.scans.append, lambda: self.listens)
        self.window.show()
        self.window.activateWindow()
        self.fields[0].setFocus()
        self._ms = 1_000_000

    def clear(self) -> None:
        self.scans.clear()
        for field in self.fields:
            field.clear()
        self.fields[0].setFocus()

    def press(
        self,
        key: int,
        text: str = "",
        modifiers: Qt.KeyboardModifier = NONE,
        after_ms: float = 10.0,
        releases: bool = True,
    ) -> None:
        """One key, as a window system delivers it, so long after the one before."""
        self._ms += round(after_ms)
        handle = self.window.windowHandle()
        assert handle is not None
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)[: 2 if releases else 1]:
            event = QKeyEvent(kind, key, modifiers, text)
            event.setTimestamp(self._ms)
            QCoreApplication.sendEvent(handle, event)

    def release(self, key: int) -> None:
        handle = self.window.windowHandle()
        assert handle is not None
        event = QKeyEvent(QEvent.Type.KeyRelease, key, NONE)
        event.setTimestamp(self._ms)
        QCoreApplication.sendEvent(handle, event)

    def char(self, char: str, after_ms: float = 10.0) -> None:
        """As keyboards and scanners do it: capitals with Shift pressed before and released after."""
        if char.isupper():
            self.press(Qt.Key.Key_Shift, "", SHIFT, after_ms, releases=False)
            self.press(ord(char), char, SHIFT, 0)
            self.release(Qt.Key.Key_Shift)
        else:
            self.press(ord(char.upper()), char, NONE, after_ms)

    def scan(self, text: str, gap_ms: float = 8.0, end: int = Qt.Key.Key_Return) -> None:
        for at, char in enumerate(text):
            self.char(char, gap_ms if at else 500)
        self.press(end, "\r" if end == Qt.Key.Key_Return else "\t", NONE, gap_ms)


@pytest.fixture
def counter(qtbot: QtBot) -> Counter:
    made = Counter()
    qtbot.addWidget(made.window)
    qtbot.waitUntil(made.fields[0].hasFocus)
    return made


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
@pytest.mark.parametrize("gap_ms", [1, 8, 20])
def test_a_scan_goes_to_nobody_else(counter: Counter, gap_ms: int, end: Qt.Key) -> None:
    counter.scan(CODE, gap_ms, end)
    assert counter.scans == [CODE]
    assert [field.text() for field in counter.fields] == ["", ""]
    assert counter.fields[0].hasFocus()


def test_characters_that_a_scanner_types_by_their_codes_are_understood(counter: Counter) -> None:
    for char in "TOKEN-0001":
        counter.press(Qt.Key.Key_Alt, "", ALT, releases=False)
        for digit in f"{ord(char):04d}":
            counter.press(ord(digit), "", ALT | KEYPAD, 3)
        counter.release(Qt.Key.Key_Alt)
    counter.press(Qt.Key.Key_Return, "\r")
    assert counter.scans == ["TOKEN-0001"]


def test_typing_arrives_when_no_more_of_it_comes(counter: Counter, qtbot: QtBot) -> None:
    for char in "Praktik":
        counter.char(char, 20)
    qtbot.waitUntil(lambda: counter.fields[0].text() == "Praktik")
    assert counter.scans == []


def test_a_screen_that_was_busy_makes_no_scan_of_typing(counter: Counter, qtbot: QtBot) -> None:
    for char in "nomor berkas":
        counter.char(char, 120)  # pressed so far apart, seen all at once
    counter.press(Qt.Key.Key_Return, "\r", after_ms=120)
    qtbot.waitUntil(lambda: counter.fields[0].text() == "nomor berkas")
    assert counter.scans == []


def test_a_key_that_no_scanner_presses_comes_after_those_before_it(counter: Counter) -> None:
    for char in "abc":
        counter.char(char)
    counter.press(Qt.Key.Key_Backspace, "\b")
    assert counter.fields[0].text() == "ab"


def test_a_shortcut_finds_what_was_typed_before_it(counter: Counter) -> None:
    seen: list[str] = []
    shortcut = QShortcut(QKeySequence("F9"), counter.window)
    shortcut.activated.connect(lambda: seen.append(counter.fields[0].text()))
    QTest.keyClicks(counter.fields[0], "ab")
    QTest.keyClick(counter.fields[0], Qt.Key.Key_F9)
    assert seen == ["ab"]


def test_a_tab_after_quick_typing_moves_on_behind_it(counter: Counter, qtbot: QtBot) -> None:
    for char in "123456":
        counter.char(char)
    counter.press(Qt.Key.Key_Tab, "\t")
    counter.char("7")
    qtbot.waitUntil(lambda: [field.text() for field in counter.fields] == ["123456", "7"])


def test_a_key_held_down_repeats_at_once(counter: Counter) -> None:
    counter.char("a")
    handle = counter.window.windowHandle()
    assert handle is not None
    for _ in range(3):
        QCoreApplication.sendEvent(handle, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, NONE, "a", True))
    assert counter.fields[0].text() == "aaaa"


def test_while_nobody_listens_keys_are_keys(counter: Counter) -> None:
    counter.listens = False
    counter.scan(CODE)
    assert counter.scans == []
    assert counter.fields[0].text() == CODE


@dataclass(frozen=True)
class Stroke:
    """A key of a person's, and how long after the one before."""

    key: int
    text: str
    modifiers: Qt.KeyboardModifier
    after_ms: int


def _stroke(key: int, text: str = "", modifiers: Qt.KeyboardModifier = NONE) -> st.SearchStrategy[Stroke]:
    return st.integers(1, 400).map(lambda after: Stroke(key, text, modifiers, after))


STROKES = st.one_of(
    *(_stroke(ord(char.upper()), char) for char in "ab 7é"),
    _stroke(ord("K"), "K", SHIFT),
    *(_stroke(key) for key in (Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Right)),
    _stroke(Qt.Key.Key_Backspace, "\b"),
    _stroke(Qt.Key.Key_Delete, "\x7f"),
    _stroke(Qt.Key.Key_Tab, "\t"),
    _stroke(Qt.Key.Key_Shift, "", SHIFT),
    _stroke(ord("5"), "", ALT | KEYPAD),
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(strokes=st.lists(STROKES, max_size=40))
def test_whatever_is_typed_at_whatever_speed_arrives_as_without_a_wedge(
    counter: Counter, strokes: Sequence[Stroke]
) -> None:
    expected = _typed(counter, strokes, listens=False)
    assert _typed(counter, strokes, listens=True) == expected


def _typed(counter: Counter, strokes: Sequence[Stroke], *, listens: bool) -> tuple[list[str], int]:
    """What stands in the fields in the end, and in which of them the keyboard is."""
    counter.clear()
    counter.listens = listens
    for stroke in strokes:
        counter.press(stroke.key, stroke.text, stroke.modifiers, stroke.after_ms)
    counter.press(Qt.Key.Key_F12, "", NONE, 500)  # nothing is held any more
    assert counter.scans == []
    return [field.text() for field in counter.fields], int(QApplication.focusWidget() is counter.fields[1])
