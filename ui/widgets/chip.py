"""A small pill that tells a state or an attribute: "Serving", "Priority: elder". It can't be touched."""

from enum import Enum, auto

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import Icon, paint_icon
from ui.text import Paragraph
from ui.theme import Role, Theme, Type
from ui.widgets.box import Box, paint_box


class ChipKind(Enum):
    FILLED = auto()
    OUTLINED = auto()
    DANGER = auto()


class Chip(QWidget):
    def __init__(
        self,
        theme: Theme,
        words: str,
        icon: Icon | None = None,
        kind: ChipKind = ChipKind.OUTLINED,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._kind = kind
        self._words = words
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_chip(words, icon, kind)

    def set_chip(self, words: str, icon: Icon | None, kind: ChipKind) -> None:
        self._words, self._icon, self._kind = words, icon, kind
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px = self._type.px
        width = Paragraph(self._words, self._type).width + self._icon_room + 1.5 * px
        return QSize(round(width), round(px * 1.9))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = self._box()
        paint_box(painter, QRectF(self.rect()), self.height() / 2, box, self._theme)
        px = self._type.px
        left = px * 0.75
        if self._icon is not None:
            side = round(px * 1.25)
            paint_icon(painter, self._icon, QRectF(left, (self.height() - side) / 2, side, side), box.ink)
        text = Paragraph(self._words, self._type)
        text.draw(painter, left + self._icon_room, (self.height() - text.height) / 2, box.ink)
        painter.end()

    def _box(self) -> Box:
        palette = self._theme.palette
        match self._kind:
            case ChipKind.FILLED:
                return Box(palette.accent, palette.on_accent)
            case ChipKind.OUTLINED:
                return Box(palette.card, palette.ink, palette.control, self._theme.line(2))
            case ChipKind.DANGER:
                return Box(palette.danger, palette.on_danger)

    @property
    def _type(self) -> Type:
        return self._theme.type(Role.SMALL)

    @property
    def _icon_room(self) -> float:
        return 0 if self._icon is None else self._type.px * 1.65
