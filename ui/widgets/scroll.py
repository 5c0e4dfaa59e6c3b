"""A part of a page that holds more than fits: it scrolls down, with a thin bar. For counters, never for a kiosk."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Theme


class ThinBar(QScrollBar):
    """Only a handle, in the colour of what can be touched; nothing while all is in view."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = theme

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(12), self._theme.px(48))

    def paintEvent(self, _event: QPaintEvent) -> None:
        extent = self.maximum() - self.minimum() + self.pageStep()
        if self.maximum() <= self.minimum():
            return
        height = max(self._theme.px(32), self.height() * self.pageStep() / extent)
        way = (self.value() - self.minimum()) / (self.maximum() - self.minimum())
        width = self._theme.px(6)
        handle = QRectF(self.width() - width, (self.height() - height) * way, width, height)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.palette.control))
        painter.drawRoundedRect(handle, width / 2, width / 2)
        painter.end()


class Scroll(QScrollArea):
    """Its content goes into `rows`, from the top. What gets the keyboard's focus comes into view."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ThinBar(theme, self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.viewport().setAutoFillBackground(False)
        inner = QWidget()
        inner.setAutoFillBackground(False)
        self.rows = QVBoxLayout(inner)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(0)
        self.rows.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(inner)

    def clear(self) -> None:
        """Empty again, from the top."""
        while (item := self.rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.verticalScrollBar().setValue(0)
