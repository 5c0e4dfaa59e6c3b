"""The rounded box behind buttons and cards: fill, border inside its rectangle, and the marks of its state."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from ui.theme import Hex, Theme


@dataclass(frozen=True)
class Box:
    """How a box is drawn; widths in device-independent pixels."""

    fill: Hex
    ink: Hex
    border: Hex | None = None
    border_px: int = 0
    dashed: bool = False
    inner_line: Hex | None = None


def paint_box(painter: QPainter, rect: QRectF, radius: float, box: Box, theme: Theme) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(box.fill))
    painter.setPen(Qt.PenStyle.NoPen)
    if box.border is None:
        painter.drawRoundedRect(rect, radius, radius)
    else:
        pen = QPen(QColor(box.border), box.border_px)
        if box.dashed:
            pen.setDashPattern([3.2, 2.2])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        _outline(painter, rect, radius, box.border_px)
    if box.inner_line is not None:
        inset = theme.line(10)
        painter.setPen(QPen(QColor(box.inner_line), theme.line(4)))
        painter.setBrush(QBrush())
        inside = rect.adjusted(inset, inset, -inset, -inset)
        _outline(painter, inside, max(2.0, radius - inset), theme.line(4))


def _outline(painter: QPainter, rect: QRectF, radius: float, line_px: float) -> None:
    half = line_px / 2
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half)
