"""What every button shares: its states, its box, touch, keyboard and a name for screen readers."""

from enum import Enum, auto

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.text import Words, plain
from ui.theme import Theme
from ui.widgets.box import Box, paint_box

_KEYBOARD_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)

_LEAST_SHARE = 0.65
"""Of an ordinary control's height: 20 mm on a kiosk."""


class State(Enum):
    REST = auto()
    PRESSED = auto()
    CHOSEN = auto()
    UNAVAILABLE = auto()


class Pressable(QAbstractButton):
    """A painted button. A kind of button says how its box looks in each state and paints its words.

    `clicked` fires when finger, mouse or key comes up on it. A button that can't be used now stays in its
    place: `set_unavailable(reason)` where a citizen stands, `setEnabled(False)` at the counter.
    """

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.words = words
        self.reason: str | None = None
        self.has_keyboard_focus = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.set_words(words)

    # What a kind of button says

    @property
    def radius(self) -> int:
        return self.theme.control_radius

    def box(self, state: State) -> Box:
        raise NotImplementedError

    def paint_words(self, painter: QPainter, box: Box) -> None:
        raise NotImplementedError

    def height_for(self, width: int) -> int:
        """The height at which nothing is cut."""
        raise NotImplementedError

    def design_width(self) -> int:
        """The width it asks for where nobody gives it one."""
        raise NotImplementedError

    @property
    def is_cut(self) -> bool:
        """Whether some of its words can't be read at its present size."""
        raise NotImplementedError

    # What all share

    def set_words(self, words: Words) -> None:
        self.words = words
        self._say()

    def set_unavailable(self, reason: str) -> None:
        """Dashed, locked, with the reason in words; not to be pressed until `set_available`."""
        self.reason = reason
        self.setEnabled(False)
        self._say()

    def set_closed(self, reason: str) -> None:
        """Looks the same, but a touch tells more about it."""
        self.reason = reason
        self.setEnabled(True)
        self._say()

    def set_available(self) -> None:
        self.reason = None
        self.setEnabled(True)
        self._say()

    @property
    def state(self) -> State:
        if self.isDown():
            return State.PRESSED
        if self.reason is not None or not self.isEnabled():
            return State.UNAVAILABLE
        return State.CHOSEN if self.isChecked() else State.REST

    def _say(self) -> None:
        said = plain(self.words).replace("\n", " ")
        self.setAccessibleName(said if self.reason is None else f"{said}, {self.reason}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = self.design_width()
        return QSize(width, self.height_for(width))

    def minimumSizeHint(self) -> QSize:
        side = round(self.theme.px(self.theme.surface.value.control_height) * _LEAST_SHARE)
        return QSize(side, side)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.height_for(width)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = self.box(self.state)
        paint_box(painter, QRectF(self.rect()), self.radius, box, self.theme)
        self.paint_words(painter, box)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Shortcut:
            # QAbstractButton would show itself pressed for 100 ms and act only then.
            self.click()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.has_keyboard_focus = event.reason() in _KEYBOARD_REASONS
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.has_keyboard_focus = False
        super().focusOutEvent(event)
