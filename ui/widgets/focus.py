"""The keyboard's focus ring: kunyit, then tinta, drawn outside the focused widget and over its neighbours."""

import weakref

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.theme import Theme
from ui.widgets.pressable import Pressable

_NEAR_PX = 6
_FAR_PX = 5
_FOLLOWED = (
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ParentChange,
)


def paint_focus_ring(painter: QPainter, rect: QRectF, radius: float, theme: Theme) -> None:
    """Draws the ring around the rectangle, which stays uncovered."""
    near, far = theme.line(_NEAR_PX), theme.line(_FAR_PX)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, line, distance in (
        (theme.palette.focus_outer, far, near + far / 2),
        (theme.palette.focus, near, near / 2),
    ):
        painter.setPen(QPen(QColor(colour), line))
        around = rect.adjusted(-distance, -distance, distance, distance)
        painter.drawRoundedRect(around, radius + distance, radius + distance)


class FocusRing(QWidget):
    """Lies over a window and rings whatever `Pressable` in it was reached by keyboard."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._target: Pressable | None = None
        self._followed: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        _tell_of_focus(self)

    @property
    def target(self) -> Pressable | None:
        return self._target

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._follow()

    def follow_focus(self, now: QWidget | None) -> None:
        """Goes to what has the focus now, if it got it by keyboard and lies in this window."""
        for widget in self._followed:
            if isValid(widget):  # focus also leaves a widget because it is being deleted
                widget.removeEventFilter(self)
        self._followed = []
        self._target = None
        if isinstance(now, Pressable) and now.has_keyboard_focus and self._window.isAncestorOf(now):
            self._target = now
            step: QWidget | None = now
            while step is not None and step is not self._window:
                step.installEventFilter(self)
                self._followed.append(step)
                step = step.parentWidget()
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _FOLLOWED:
            self._follow()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        target = self._target
        if target is None or not target.isVisible() or not self._window.isAncestorOf(target):
            self.hide()
            return
        reach = self._theme.line(_NEAR_PX) + self._theme.line(_FAR_PX)
        corner = target.mapTo(self._window, target.rect().topLeft())
        around = target.rect().translated(corner).adjusted(-reach, -reach, reach, reach)
        self.setGeometry(around)
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._target is None:
            return
        reach = self._theme.line(_NEAR_PX) + self._theme.line(_FAR_PX)
        painter = QPainter(self)
        inside = QRectF(self.rect()).adjusted(reach, reach, -reach, -reach)
        paint_focus_ring(painter, inside, self._target.radius, self._theme)
        painter.end()


def _tell_of_focus(ring: FocusRing) -> None:
    """Connects without a bound method: one would still be called while its window is being collected."""
    kept = weakref.ref(ring)

    def on_focus(_old: QWidget | None, now: QWidget | None) -> None:
        alive = kept()
        if alive is not None and isValid(alive):
            alive.follow_focus(now)

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.focusChanged.connect(on_focus)
