"""A part of a page that holds more than fits: it scrolls down. For counters, never for a kiosk."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Theme


class Scroll(QScrollArea):
    """Its content goes into `rows`, from the top, and has the whole width: the handle lies over it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.viewport().setAutoFillBackground(False)
        inner = QWidget()
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.rows = QVBoxLayout()
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(0)
        whole.addLayout(self.rows)
        whole.addStretch(1)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)  # which setWidget has switched on
        self._handle = Handle(theme, self)

    def clear(self) -> None:
        """Empty again, from the top."""
        while (item := self.rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.verticalScrollBar().setValue(0)


class RowScroll(Scroll):
    """For rows with borders: while there is a handle, they make room for it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._room = theme.px(14)
        self._wanted: int | None = None
        self.verticalScrollBar().rangeChanged.connect(self._make_room)

    def want_height(self, height: int) -> None:
        """So high, or lower where there is no room for that: it is the first to give way."""
        self._wanted = height
        self.setMaximumHeight(height)

    def sizeHint(self) -> QSize:
        usual = super().sizeHint()
        return usual if self._wanted is None else QSize(usual.width(), self._wanted)

    def _make_room(self, _least: int, most: int) -> None:
        self.rows.setContentsMargins(0, 0, self._room if most > 0 else 0, 0)


class Handle(QWidget):
    """At the right edge: how much is in view, and where. It can be drawn; hidden while all is in view."""

    def __init__(self, theme: Theme, area: QScrollArea) -> None:
        super().__init__(area)
        self._theme = theme
        self._area = area
        self._bar = area.verticalScrollBar()
        self._bar.valueChanged.connect(self.update)
        self._bar.rangeChanged.connect(self._place)
        area.installEventFilter(self)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._draw_to(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._draw_to(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        width, height = self._theme.px(6), self._length
        way = self._bar.value() / max(1, self._bar.maximum())
        left = self.width() - width - self._theme.px(3)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.palette.control))
        top = (self.height() - height) * way
        painter.drawRoundedRect(QRectF(left, top, width, height), width / 2, width / 2)
        painter.end()

    @property
    def _length(self) -> float:
        extent = self._bar.maximum() + self._bar.pageStep()
        return max(self._theme.px(32), self.height() * self._bar.pageStep() / extent)

    def _place(self) -> None:
        width = self._theme.px(16)
        self.setGeometry(self._area.width() - width, 0, width, self._area.height())
        self.setVisible(self._bar.maximum() > 0)
        self.raise_()
        self.update()

    def _draw_to(self, event: QMouseEvent) -> None:
        room = self.height() - self._length
        way = (event.position().y() - self._length / 2) / max(1.0, room)
        self._bar.setValue(round(min(max(way, 0.0), 1.0) * self._bar.maximum()))
