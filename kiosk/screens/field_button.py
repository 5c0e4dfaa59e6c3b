"""A button that looks like the search field it opens."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from ui.icons import Icon, paint_icon
from ui.text import Paragraph, fitted
from ui.theme import Role, Type, Weight
from ui.widgets.box import Box
from ui.widgets.pressable import Pressable, State


class FieldButton(Pressable):
    def box(self, state: State) -> Box:
        palette = self.theme.palette
        if state is State.PRESSED:
            return Box(palette.pressed, palette.on_pressed, inner_line=palette.on_pressed)
        return Box(palette.card, palette.faint, palette.accent, self.theme.line(4))

    def height_for(self, _width: int) -> int:
        return self.theme.px(self.theme.surface.value.control_height)

    def design_width(self) -> int:
        return round(self._left + Paragraph(self.words, self._type).width + self._type.px)

    @property
    def is_cut(self) -> bool:
        return self._set().is_cut

    def paint_words(self, painter: QPainter, box: Box) -> None:
        px = self._icon_px
        colour = self.theme.palette.accent if self.state is State.REST else box.ink
        icon = QRectF(self._type.px, (self.height() - px) / 2, px, px)
        paint_icon(painter, Icon.SEARCH, icon, colour)
        text = self._set()
        text.draw(painter, self._left, (self.height() - text.height) / 2, box.ink)

    def _set(self) -> Paragraph:
        return fitted(self.words, self._type, self.width() - self._left - self._type.px, max_lines=1)

    @property
    def _type(self) -> Type:
        return Type(self.theme.type(Role.LEAD).px, Weight.MEDIUM)

    @property
    def _icon_px(self) -> int:
        return round(self._type.px * 1.4)

    @property
    def _left(self) -> int:
        return round(self._type.px * 1.75) + self._icon_px
