"""What a clerk's hands do before any widget gets it: scans are told from typing, habits act once.

A scanner types like a keyboard, so its characters are held back for a moment (hardware.scanner) and reach the
widgets only when a person typed them. A key that is held down repeats only where somebody writes, and a double
click on what comes next is one click.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from hardware.scanner import Heard, Scan, Typed, WedgeDetector
from ui.widgets.key_button import KeyPrimaryButton

_WATCHED = (
    QEvent.Type.KeyPress,
    QEvent.Type.ShortcutOverride,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonDblClick,
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Keyboard(QObject):
    """Watches one window while `listens` says so. `seconds` is a monotonic clock."""

    def __init__(
        self,
        window: QWidget,
        seconds: Callable[[], float],
        listens: Callable[[], bool],
        on_scan: Callable[[str], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._seconds = seconds
        self._listens = listens
        self._on_scan = on_scan
        self._detector = WedgeDetector()
        self._handing_on = False
        self._pressed_last: QWidget | None = None
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.timeout.connect(self._fell_silent)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _WATCHED or self._handing_on:
            return False
        if not isinstance(watched, QWidget) or watched.window() is not self._window:
            return False
        match event.type():
            case QEvent.Type.MouseButtonPress | QEvent.Type.MouseButtonDblClick:
                return self._is_second_press(watched, event)
            case QEvent.Type.ShortcutOverride if isinstance(event, QKeyEvent):
                return self._overrides(event)
            case QEvent.Type.KeyPress if isinstance(event, QKeyEvent):
                return self._pressed(watched, event)
            case _:
                return False

    def _is_second_press(self, watched: QWidget, event: QEvent) -> bool:
        """Whether a habitual double click would already mean the next act: it is one press of that button.

        Two quick touches make a double click wherever they are, so where the first one was is remembered here.
        """
        before, self._pressed_last = self._pressed_last, watched
        is_double = event.type() is QEvent.Type.MouseButtonDblClick
        return is_double and watched is before and isinstance(watched, KeyPrimaryButton)

    @staticmethod
    def _overrides(event: QKeyEvent) -> bool:
        """Whether the key is kept from being a shortcut: a held key's repetitions are."""
        if event.isAutoRepeat() and not _writes():
            event.accept()
            return True
        return False

    def _pressed(self, watched: QWidget, event: QKeyEvent) -> bool:
        if event.isAutoRepeat() and not _writes():
            return event.key() in _ENTER or bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not self._listens() or not _is_character(event):
            return False
        char = "\r" if event.key() in _ENTER else event.text()
        if watched not in (self._window.focusWidget(), self._window):
            return False  # passed on by a child, which did not want it
        if char == "\r" and self._detector.due_at is None:
            return False  # with nothing before it, it is a person's
        self._heard(self._detector.character(char, self._seconds()))
        return True

    def _fell_silent(self) -> None:
        self._heard(self._detector.silence(self._seconds()))

    def _heard(self, heard: tuple[Heard, ...]) -> None:
        for each in heard:
            match each:
                case Scan(text=text):
                    self._on_scan(text)
                case Typed(text=text):
                    self._hand_on(text)
        due_at = self._detector.due_at
        if due_at is None:
            self._silence.stop()
        else:
            self._silence.start(max(1, round((due_at - self._seconds()) * 1000) + 1))

    def _hand_on(self, text: str) -> None:
        """Give typed characters to the widget that has the focus now."""
        receiver = self._window.focusWidget() or self._window
        self._handing_on = True
        try:
            for char in text:
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    event = QKeyEvent(kind, _key_of(char), Qt.KeyboardModifier.NoModifier, char)
                    QCoreApplication.sendEvent(receiver, event)
        finally:
            self._handing_on = False


def _writes() -> bool:
    return isinstance(QApplication.focusWidget(), QLineEdit)


def _key_of(char: str) -> Qt.Key:
    if char == "\r":
        return Qt.Key.Key_Return
    return Qt.Key(ord(char.upper())) if char.isascii() else Qt.Key.Key_unknown


def _is_character(event: QKeyEvent) -> bool:
    """Something that a scanner could have typed; a space is, too."""
    if event.key() in _ENTER:
        return not event.modifiers() & Qt.KeyboardModifier.ControlModifier
    with_control = event.modifiers() & (
        Qt.KeyboardModifier.ControlModifier
        | Qt.KeyboardModifier.AltModifier
        | Qt.KeyboardModifier.MetaModifier
    )
    return len(event.text()) == 1 and event.text().isprintable() and not with_control
