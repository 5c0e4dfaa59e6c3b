"""A scanner that types like a keyboard: tells its scans from a person's typing, which goes where it was meant."""

import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow

from hardware.scanner import Heard, Scan, Typed, WedgeDetector

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NO_CHARACTER = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class Wedge(QObject):
    """Hears every key of one window before its widgets do."""

    scanned = Signal(str)

    def __init__(self, handle: QWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._handle = handle
        self._detector = WedgeDetector()
        self._handing_on = False
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.timeout.connect(lambda: self._heard(self._detector.silence(time.monotonic())))
        handle.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if self._handing_on or event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        char = _character(event)
        if not char or (char == "\r" and self._detector.due_at is None):
            return False  # an Enter with nothing before it is a person's
        self._heard(self._detector.character(char, time.monotonic()))
        return True

    def _heard(self, heard: tuple[Heard, ...]) -> None:
        for each in heard:
            match each:
                case Scan(text=text):
                    self.scanned.emit(text)
                case Typed(text=text):
                    self._hand_on(text)
        due_at = self._detector.due_at
        if due_at is None:
            self._silence.stop()
        else:
            self._silence.start(max(1, round((due_at - time.monotonic()) * 1000) + 1))

    def _hand_on(self, text: str) -> None:
        self._handing_on = True
        try:
            for char in text:
                key = Qt.Key.Key_Return if char == "\r" else Qt.Key(ord(char.upper()))
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    pressed = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, char)
                    QCoreApplication.sendEvent(self._handle, pressed)
        finally:
            self._handing_on = False


def _character(event: QKeyEvent) -> str:
    """What a scanner could have typed; empty for any other key."""
    if event.key() in _ENTER:
        return "\r"
    text = event.text()
    is_one = (
        len(text) == 1 and text.isascii() and text.isprintable() and not event.modifiers() & _NO_CHARACTER
    )
    return text if is_one else ""
