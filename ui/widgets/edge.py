"""The one ornament: a row of gigi balang, the pointed eaves of Betawi houses."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Hex, Theme

_TOOTH_PX = 36
_BAND_PX = 8.5
HEIGHT_PX = 30


def paint_teeth(
    painter: QPainter, rect: QRectF, colour: Hex, theme: Theme, band_px: float = _BAND_PX
) -> None:
    """A band with pointed teeth below it, each a little wider or narrower so that whole ones fill the width."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    band = band_px * theme.scale
    count = max(1, round(rect.width() / (_TOOTH_PX * theme.scale)))
    tooth = rect.width() / count
    outline = [rect.topLeft(), rect.topRight(), QPointF(rect.right(), rect.top() + band)]
    for index in range(count, 0, -1):
        outline.append(QPointF(rect.left() + (index - 0.5) * tooth, rect.bottom()))
        outline.append(QPointF(rect.left() + (index - 1) * tooth, rect.top() + band))
    painter.drawPolygon(QPolygonF(outline))


class Edge(QWidget):
    """Along the top of a screen, or the foot of a panel (give the panel's colour)."""

    def __init__(self, theme: Theme, colour: Hex | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._colour = theme.palette.edge if colour is None else colour
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_colour(self, colour: Hex) -> None:
        self._colour = colour
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_TOOTH_PX * 3), self._theme.px(HEIGHT_PX))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_teeth(painter, QRectF(self.rect()), self._colour, self._theme)
        painter.end()
