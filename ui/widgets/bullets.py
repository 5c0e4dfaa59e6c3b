"""A list of things, each with a bullet and a hairline under it. Long ones wrap."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.text import Paragraph
from ui.theme import Role, Surface, Theme, Type


class Bullets(QWidget):
    def __init__(self, theme: Theme, items: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._items = items
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("; ".join(items))

    @property
    def is_cut(self) -> bool:
        return self.heightForWidth(self.width()) > self.height() + 1

    def sizeHint(self) -> QSize:
        width = max((Paragraph(item, self._type).width for item in self._items), default=0)
        return QSize(round(width) + self._left, self.heightForWidth(round(width) + self._left + 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self._theme.px(80))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(sum(paragraph.height + 2 * self._padding for paragraph in self._set(width)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self._theme.palette
        radius = self._theme.px(12) / 2
        y = 0.0
        for paragraph in self._set(self.width()):
            y += self._padding
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.accent))
            painter.drawEllipse(
                QPointF(self._theme.px(24), y + self._type.px * self._type.line_em / 2), radius, radius
            )
            paragraph.draw(painter, self._left, y, palette.ink)
            y += paragraph.height + self._padding
            painter.setPen(QPen(QColor(palette.hairline), self._theme.line(2)))
            painter.drawLine(QPointF(0, y), QPointF(self.width(), y))
        painter.end()

    def _set(self, width: int) -> list[Paragraph]:
        return [Paragraph(item, self._type, width - self._left) for item in self._items]

    @property
    def _type(self) -> Type:
        return self._theme.type(Role.BODY if self._theme.surface is Surface.KIOSK_SMALL else Role.LEAD)

    @property
    def _left(self) -> int:
        return self._theme.px(64)

    @property
    def _padding(self) -> int:
        match self._theme.surface:
            case Surface.KIOSK_SMALL:
                return self._theme.px(6)
            case surface if surface.is_landscape:
                return self._theme.px(10)
            case _:
                return self._theme.px(14)
