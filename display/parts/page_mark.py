"""Which of several pages a list shows: a row of short lines, the present one in the accent and thicker."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from ui.theme import Theme

_THIN_PX, _THICK_PX = 4, 10
_LONGEST_PX, _GAP_PX = 96, 8


def paint_page_mark(painter: QPainter, rect: QRectF, page: int, pages: int, theme: Theme) -> None:
    """Along the middle of `rect`, up to its right end; nothing where there is one page only."""
    if pages < 2:
        return
    gap = theme.px(_GAP_PX)
    width = min(theme.px(_LONGEST_PX), (rect.width() + gap) / pages - gap)
    for index in range(pages):
        here = index == page
        height = theme.px(_THICK_PX if here else _THIN_PX)
        left = rect.right() - (pages - index) * (width + gap) + gap
        colour = theme.palette.accent if here else theme.palette.control
        painter.fillRect(QRectF(left, rect.center().y() - height / 2, width, height), QColor(colour))
