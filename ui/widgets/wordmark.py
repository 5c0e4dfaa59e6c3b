"""The wordmark: three pennants, the first filled (first in line), and the name."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.text import Paragraph
from ui.theme import Theme, Tone, Type, Weight

NAME = "Antrean"
_PENNANT = ((3.0, 3.0), (21.0, 3.0), (12.0, 25.0))
_PITCH = 24.0
_PENNANTS_WIDTH = 72.0
_PENNANTS_HEIGHT = 28.0
_TO_TYPE = 1.02  # the pennants' height, of the name's size
_GAP = 0.62  # of the name's size


class Wordmark(QWidget):
    """`name_px` is the name's size, a length of the design."""

    def __init__(
        self, theme: Theme, name_px: int, tone: Tone = Tone.ACCENT, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone = tone
        px = theme.px(name_px)
        self._name = Paragraph(NAME, Type(px, Weight.BOLD))
        self._factor = px * _TO_TYPE / _PENNANTS_HEIGHT
        self._gap = px * _GAP
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(NAME)

    def set_tone(self, tone: Tone) -> None:
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        width = _PENNANTS_WIDTH * self._factor + self._gap + self._name.width
        return QSize(round(width) + 1, round(self._name.height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._theme.palette.tone(self._tone)
        pen = QPen(QColor(colour), 3 * self._factor)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        top = (self.height() - _PENNANTS_HEIGHT * self._factor) / 2
        for index in range(3):
            painter.setBrush(QColor(colour) if index == 0 else Qt.BrushStyle.NoBrush)
            corners = [
                QPointF((x - 1.5 + index * _PITCH) * self._factor, top + y * self._factor)
                for x, y in _PENNANT
            ]
            painter.drawPolygon(QPolygonF(corners))
        left = (_PENNANTS_WIDTH - 3) * self._factor + self._gap
        self._name.draw(painter, left, (self.height() - self._name.height) / 2, colour)
        painter.end()
