"""The call panel without a call: a picture in the badge's place, and what holds, in large words."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import Icon, paint_icon
from ui.text import Paragraph, fitted
from ui.theme import Role, Theme
from ui.widgets.box import Box, paint_box

_RADIUS_PX = 42
_ICON_OF_SIDE = 0.5
_MOST_LINES = 3


class NoticePane(QWidget):
    """As high as a number plate."""

    def __init__(self, theme: Theme, side_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._side = theme.px(side_px)
        self._icon = Icon.CLOCK
        self._title = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_notice(self, icon: Icon, title: str) -> None:
        if (icon, title) != (self._icon, self._title):
            self._icon, self._title = icon, title
            self.setAccessibleName(title)
            self.update()

    @property
    def is_cut(self) -> bool:
        return self._set().is_cut

    def sizeHint(self) -> QSize:
        return QSize(self._side * 3, self._side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self._theme.palette
        tile = QRectF(0, 0, self._side, self._side)
        paint_box(painter, tile, self._theme.px(_RADIUS_PX), Box(palette.krem, palette.on_krem), self._theme)
        px = round(self._side * _ICON_OF_SIDE)
        corner = (self._side - px) / 2
        paint_icon(painter, self._icon, QRectF(corner, corner, px, px), palette.on_krem)
        title = self._set()
        title.draw(painter, self._left, (self.height() - title.height) / 2, palette.on_panel)
        painter.end()

    @property
    def _left(self) -> int:
        return self._side + self._theme.px(64)

    def _set(self) -> Paragraph:
        type = self._theme.type(Role.TITLE).spaced(1.1)
        return fitted(self._title, type, self.width() - self._left, self.height(), _MOST_LINES)
