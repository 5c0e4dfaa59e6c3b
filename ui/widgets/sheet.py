"""A sheet over the page: from the foot of a kiosk, in the middle of a counter's window."""

from enum import Enum, auto

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Theme

_DIM = 150  # of 255


class Stand(Enum):
    FOOT = auto()
    MIDDLE = auto()


class Sheet(QWidget):
    """Dims its page and lies over it until `close_sheet`, Escape or a touch beside it; then tells `closed`.

    Its content goes into `content`. What is under the sheet can't be touched or reached by keyboard. With
    `above` the sheet ends over that widget (the footer), which stays in use.
    """

    closed = Signal()

    def __init__(self, theme: Theme, page: QWidget, stand: Stand, above: QWidget | None = None) -> None:
        super().__init__(page)
        self._theme = theme
        self._page = page
        self._stand = stand
        self._above = above
        self._before = page.window().focusWidget()
        self.panel = QWidget(self)
        self.content = QVBoxLayout(self.panel)
        margin = theme.margin if stand is Stand.FOOT else theme.margin + theme.px(12)
        self.content.setContentsMargins(margin, margin, margin, theme.px(24) if above else margin)
        self.content.setSpacing(theme.px(24 if stand is Stand.FOOT else 16))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        page.installEventFilter(self)
        self.panel.installEventFilter(self)

    def open_sheet(self) -> None:
        self._lay_out()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_sheet(self) -> None:
        """Goes away for good; keyboard focus returns to where it was."""
        self.hide()
        if self._before is not None and self._page.isAncestorOf(self._before):
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The panel grows with what is in it."""
        is_resized = watched is self._page and event.type() is QEvent.Type.Resize
        if is_resized or event.type() is QEvent.Type.LayoutRequest:
            self._lay_out()
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, next_one: bool) -> bool:
        """Keeps Tab within the sheet."""
        own = [child for child in self.panel.findChildren(QWidget) if _takes_focus(child)]
        if not own:
            return True
        now = self.window().focusWidget()
        index = own.index(now) if now in own else (-1 if next_one else 0)
        reason = Qt.FocusReason.TabFocusReason if next_one else Qt.FocusReason.BacktabFocusReason
        own[(index + (1 if next_one else -1)) % len(own)].setFocus(reason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.close_sheet()

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dim = QColor(palette.night)
        dim.setAlpha(_DIM)
        painter.fillRect(self.rect(), dim)
        painter.setPen(QColor(palette.hairline) if palette.page == palette.night else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.page))
        painter.drawPath(self._outline())
        painter.end()

    def _outline(self) -> QPainterPath:
        rect = QRectF(self.panel.geometry())
        radius = self._theme.card_radius * 1.5 if self._stand is Stand.FOOT else self._theme.card_radius
        path = QPainterPath()
        if self._stand is Stand.FOOT:
            rect.adjust(0, 0, 0, radius)  # its lower corners lie below the sheet's edge
        path.addRoundedRect(rect, radius, radius)
        return path

    def _lay_out(self) -> None:
        height = self._page.height() if self._above is None else self._above.y()
        self.setGeometry(0, 0, self._page.width(), height)
        match self._stand:
            case Stand.FOOT:
                wanted = self._wanted_height(self.width())
                self.panel.setGeometry(0, height - wanted, self.width(), wanted)
            case Stand.MIDDLE:
                width = min(self.panel.sizeHint().width(), self.width() - 2 * self._theme.margin)
                wanted = min(self._wanted_height(width), height - 2 * self._theme.margin)
                left, top = (self.width() - width) // 2, (height - wanted) // 2
                self.panel.setGeometry(QRect(left, top, width, wanted))
        self.update()

    def _wanted_height(self, width: int) -> int:
        if self.content.hasHeightForWidth():
            return self.content.totalHeightForWidth(width)
        return self.panel.sizeHint().height()


def _takes_focus(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.isVisible()
