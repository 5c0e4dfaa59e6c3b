"""What a clerk's habits do before any widget gets it: a key that is held down repeats only where somebody writes, and
a double click on what comes next is one click.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ui.widgets.key_button import KeyPrimaryButton

_WATCHED = (
    QEvent.Type.KeyPress,
    QEvent.Type.ShortcutOverride,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonDblClick,
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Habits(QObject):
    """Watches one window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._pressed_last: QWidget | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _WATCHED:
            return False
        if not isinstance(watched, QWidget) or watched.window() is not self._window:
            return False
        match event.type():
            case QEvent.Type.MouseButtonPress | QEvent.Type.MouseButtonDblClick:
                return self._is_second_press(watched, event)
            case QEvent.Type.ShortcutOverride if isinstance(event, QKeyEvent):
                return self._overrides(event)
            case QEvent.Type.KeyPress if isinstance(event, QKeyEvent):
                return self._repeats(event)
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

    @staticmethod
    def _repeats(event: QKeyEvent) -> bool:
        """Whether it is a repetition that would act."""
        if not event.isAutoRepeat() or _writes():
            return False
        return event.key() in _ENTER or bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def _writes() -> bool:
    return isinstance(QApplication.focusWidget(), QLineEdit)
