"""What the glass itself tells: that somebody is there, and that a second touch at once is none."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QWindow
from PySide6.QtWidgets import QWidget


class Glass(QObject):
    """Sees every touch and key on a window; `place` is where the last touch was."""

    touched = Signal()

    def __init__(self, handle: QWindow, parent: QObject) -> None:
        super().__init__(parent)
        self.place: QPoint | None = None
        handle.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.MouseButtonPress if isinstance(event, QMouseEvent):
                self.place = event.position().toPoint()
                self.touched.emit()
            case QEvent.Type.KeyPress:
                self.place = None
                self.touched.emit()
            case _:
                pass
        return False


class DoubleTouchShield(QWidget):
    """Lies over the place of a touch for a moment, so that its echo does not choose on the page that it opened."""

    def __init__(self, window: QWidget, lasts_ms: int) -> None:
        super().__init__(window)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(lasts_ms)
        self._timer.timeout.connect(self.hide)
        self.setObjectName("double-touch-shield")
        self.hide()

    def cover(self, place: QPoint, reach: int) -> None:
        """Keep touches off within `reach` pixels of the place."""
        if not self._timer.interval():
            return
        self.setGeometry(QRect(place.x() - reach, place.y() - reach, 2 * reach, 2 * reach))
        self.show()
        self.raise_()
        self._timer.start()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()
