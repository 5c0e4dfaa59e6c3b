"""Grounds that hold other widgets: a card, or a plain field of colour."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Ground, Theme
from ui.widgets.box import Box, paint_box


class Card(QWidget):
    """Rounded, with a hairline: it informs, and what can be touched lies on it. Takes any layout."""

    def __init__(self, theme: Theme, ground: Ground = Ground.CARD, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ground = ground

    def set_ground(self, ground: Ground) -> None:
        self._ground = ground
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = self._theme.palette
        painter = QPainter(self)
        line = self._theme.line(palette.hairline_px)
        box = Box(palette.ground(self._ground), palette.ink, palette.hairline, line)
        paint_box(painter, QRectF(self.rect()), self._theme.card_radius, box, self._theme)
        painter.end()


class Field(QWidget):
    """A ground without corners or border: the start page's upper part, the call panel, a bar."""

    def __init__(self, theme: Theme, ground: Ground, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ground = ground

    def set_ground(self, ground: Ground) -> None:
        self._ground = ground
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.palette.ground(self._ground)))
        painter.end()


class Rule(QWidget):
    """A hairline across, between rows."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(theme.line(2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.palette.hairline))
        painter.end()
