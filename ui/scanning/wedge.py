"""Hears the keys of one window before its widgets do, and tells scans from typing.

Keys are held for a moment while they may be a scanner's, and handed on exactly as they came when they are not. Keys
that no scanner presses pass at once, after those that are held. The time of a key is when it was pressed: a screen
that was busy for a while does not make a scan of a person's typing.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from ui.scanning.detector import LONGEST_GAP_SECONDS, Scan, Typed, WedgeDetector

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_MODIFIERS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
)
_CONTROL, _ALT, _META = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.MetaModifier,
)
_POINTING = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.TouchBegin)
_WATCHED = (*_POINTING, QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)


class Wedge(QObject):
    """Watches `window` while `listens` says so; `on_scan` is given the text of each scan. `seconds` is a clock for
    keys of which nobody says when they were pressed.
    """

    def __init__(
        self,
        window: QWidget,
        on_scan: Callable[[str], None],
        listens: Callable[[], bool] = lambda: True,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._on_scan = on_scan
        self._listens = listens
        self._seconds = seconds
        self._detector: WedgeDetector[tuple[bool, QKeyEvent]] = WedgeDetector()
        self._alt_digits = ""
        self._handing_on = False
        self._looked_again = False
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.timeout.connect(self._fell_silent)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _WATCHED or self._handing_on or not self._is_ours(watched):
            return False
        if not isinstance(event, QKeyEvent):
            self._hear(self._detector.quiet())
            return False
        to_window = isinstance(watched, QWindow)
        match event.type():
            case QEvent.Type.KeyPress:
                return self._pressed(event, to_window)
            case QEvent.Type.KeyRelease:
                return self._released(event, to_window)
            case _:
                return self._may_be_shortcut(event)

    def _is_ours(self, watched: QObject) -> bool:
        if isinstance(watched, QWidget):
            return watched.window() is self._window
        return isinstance(watched, QWindow) and watched is self._window.windowHandle()

    def _may_be_shortcut(self, event: QKeyEvent) -> bool:
        """Shortcuts are looked up before a key is pressed for anybody: what came before them is to be there."""
        if event.key() not in _MODIFIERS and not _character(event) and event.key() not in _ENDS:
            self._hear(self._detector.quiet())
        return False

    def _pressed(self, event: QKeyEvent, to_window: bool) -> bool:
        if not self._listens() or event.isAutoRepeat():
            self._hear(self._detector.quiet())
            return False
        if event.key() in _MODIFIERS:
            return False
        key, at = (to_window, event.clone()), self._time_of(event)
        if event.key() in _ENDS and not event.modifiers() & (_CONTROL | _ALT | _META):
            if not self._detector.holds:
                return False  # with nothing before it, it is a person's
            self._hear(self._detector.ended(key, at))
            return True
        digit = _alt_digit(event)
        char = _character(event)
        if not digit and not char:
            self._hear(self._detector.quiet())
            return False
        self._alt_digits += digit
        self._hear(self._detector.pressed(char, key, at))
        return True

    def _released(self, event: QKeyEvent, to_window: bool) -> bool:
        """The end of a key that is held is held with it. The end of Alt completes a character given by its code."""
        key = (to_window, event.clone())
        if event.key() == Qt.Key.Key_Alt and self._alt_digits:
            code, self._alt_digits = int(self._alt_digits), ""
            if self._detector.holds and 32 <= code < 127:
                self._hear(self._detector.pressed(chr(code), key, self._time_of(event)))
                return True
        if not self._detector.holds or event.key() in _MODIFIERS:
            return False
        self._detector.beside(key)
        return True

    def _time_of(self, event: QKeyEvent) -> float:
        """In seconds, by the window system where it tells."""
        return event.timestamp() / 1000 if event.timestamp() else self._seconds()

    def _fell_silent(self) -> None:
        """Keys may have been pressed in time and wait to be seen: they are let in first, once."""
        if self._looked_again:
            self._hear(self._detector.quiet())
        else:
            self._looked_again = True
            self._silence.start(0)

    def _hear(self, heard: tuple[Scan | Typed[tuple[bool, QKeyEvent]], ...]) -> None:
        for each in heard:
            match each:
                case Scan(text=text):
                    self._on_scan(text)
                case Typed(keys=keys):
                    self._hand_on(keys)
        if not self._detector.holds:
            self._silence.stop()
            self._alt_digits = ""
        else:
            self._looked_again = False
            self._silence.start(round(LONGEST_GAP_SECONDS * 1000) + 1)

    def _hand_on(self, keys: tuple[tuple[bool, QKeyEvent], ...]) -> None:
        """To whoever has the keyboard now, on the way on which they came."""
        self._handing_on = True
        try:
            for to_window, event in keys:
                handle = self._window.windowHandle() if to_window else None
                QCoreApplication.sendEvent(handle or self._window.focusWidget() or self._window, event)
        finally:
            self._handing_on = False


def _character(event: QKeyEvent) -> str:
    """What a scanner could have typed; empty for any other key."""
    text = event.text()
    with_control = event.modifiers() & (_CONTROL | _ALT | _META)
    return text if len(text) == 1 and text.isascii() and text.isprintable() and not with_control else ""


def _alt_digit(event: QKeyEvent) -> str:
    """A digit of a character's code, typed with Alt held; empty for any other key."""
    is_digit = Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9
    with_alt = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == _ALT
    return chr(event.key()) if is_digit and with_alt else ""
