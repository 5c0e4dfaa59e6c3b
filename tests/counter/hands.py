"""A clerk's hands: real touches, keys and scans on a counter's real window, and eyes on what it shows."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from counter.app import CounterProgram
from tests.counter.support import Tray
from tests.support.morning import Morning
from tests.support.outlet import LocalSession
from tests.support.touch import is_on_top, middle_of, touch_at
from ui.legibility import cut_words

PATIENCE_MS = 15_000


@dataclass
class Hands:
    """One counter, as the clerk in front of it has it."""

    program: CounterProgram
    morning: Morning
    session: LocalSession
    tray: Tray
    qtbot: QtBot

    @property
    def window(self) -> QWidget:
        return self.program.window

    # Hands

    def touch(self, *names: str) -> None:
        """Touch widgets by their object names, one after the other, each as soon as it can be touched."""
        for name in names:
            self.qtbot.waitUntil(lambda name=name: self._can_touch(name), timeout=PATIENCE_MS)
            widget = self.find(name)
            assert widget is not None
            touch_at(self.window, middle_of(widget))

    def press(self, *keys: str) -> None:
        """Press keys or combinations as the caps say: "F2", "Ctrl+Return"."""
        for each in keys:
            combination = QKeySequence(each)[0]
            QTest.keyClick(self.receiver, combination.key(), combination.keyboardModifiers())

    def type_pin(self, digits: str) -> None:
        QTest.keyClicks(self.receiver, digits)

    def write(self, text: str) -> None:
        """Type into the field that has the keyboard, as a person does: it is there a moment later."""
        QTest.keyClicks(self.receiver, text)
        field = self.receiver
        assert isinstance(field, QLineEdit)
        self.qtbot.waitUntil(lambda: field.text() == text, timeout=PATIENCE_MS)

    def scan(self, text: str) -> None:
        """What a scanner does: all at once, and Enter."""
        QTest.keyClicks(self.receiver, text)
        QTest.keyClick(self.receiver, Qt.Key.Key_Return)

    def wait_seconds(self, seconds: float) -> None:
        """Let the outlet's clock and the counter's timer go on."""
        self.morning.advance(seconds=seconds)
        self.program.presenter.time_passed()

    def _can_touch(self, name: str) -> bool:
        widget = self.find(name)
        return widget is not None and is_on_top(widget)

    # Eyes

    @property
    def receiver(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def find(self, name: str) -> QWidget | None:
        """The widget of that name that can be seen and used now."""
        for widget in self.window.findChildren(QWidget, name):
            if widget.isVisible() and widget.isEnabled():
                return widget
        return None

    def sees(self, name: str) -> bool:
        return any(widget.isVisible() for widget in self.window.findChildren(QWidget, name))

    def reads(self, name: str) -> str:
        """What the widget of that name says."""
        widget = next(each for each in self.window.findChildren(QWidget, name) if each.isVisible())
        return widget.accessibleName()

    def assert_legible(self) -> None:
        """Nothing that is in view is cut. What is scrolled away is not in view."""
        QApplication.processEvents()
        scrolled = {
            child.accessibleName()
            for area in self.window.findChildren(QScrollArea)
            for child in area.findChildren(QWidget)
        }
        assert [words for words in cut_words(self.window) if words not in scrolled] == []
