"""One of several answers at a counter: a row with a mark, perhaps a queue's badge, and words."""

from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui.icons import Icon, paint_icon
from ui.text import Align, Paragraph, Words
from ui.theme import Ground, Hex, Role, Theme, Type
from ui.widgets.badge import badge_colours, paint_badge
from ui.widgets.box import Box
from ui.widgets.pressable import State
from ui.widgets.row import Row


class Mark(Enum):
    """How many of the rows may be chosen together."""

    ONE = auto()
    MANY = auto()


class Option(Row):
    """Checkable. `aside` stands at the right: how many wait, when something is due."""

    name_role = Role.LEAD
    note_role = Role.SMALL

    def __init__(
        self,
        theme: Theme,
        mark: Mark,
        name: Words,
        note: str = "",
        letter: str | None = None,
        aside: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self._mark = mark
        self._letter = letter
        self._aside = aside
        super().__init__(theme, name, note, parent)
        self.setCheckable(True)
        self.setToolTip(note)

    def set_aside(self, said: str) -> None:
        """Something else at the right."""
        self._aside = said
        self.updateGeometry()
        self.update()

    def box(self, state: State) -> Box:
        palette = self.theme.palette
        if state is State.CHOSEN:
            return Box(palette.chosen, palette.ink, palette.accent, self.theme.line(palette.chosen_px))
        return super().box(state)

    @property
    def least_height(self) -> int:
        return self.theme.px(48)

    @property
    def padding(self) -> int:
        return self.theme.px(16)

    @property
    def left_room(self) -> int:
        badge = 0 if self._letter is None else self._badge_px + self.theme.px(12)
        return self._mark_px + self.theme.px(12) + badge

    @property
    def right_room(self) -> int:
        if not self._aside:
            return 0
        return round(Paragraph(self._aside, self._aside_type).width) + self.theme.px(12)

    def paint_left(self, painter: QPainter, box: Box) -> None:
        side = self._mark_px
        rect = QRectF(self.padding, (self.height() - side) / 2, side, side)
        pressed = self.state is State.PRESSED
        paint_mark(painter, rect, self._mark, self.isChecked(), self.theme, box.ink if pressed else None)
        if self._letter is not None:
            badge = self._badge_px
            left = rect.right() + self.theme.px(12)
            place = QRectF(left, (self.height() - badge) / 2, badge, badge)
            ground = Ground.PANEL if pressed else Ground.CARD
            paint_badge(painter, place, self._letter, badge_colours(self.theme, self._letter, ground))

    def paint_right(self, painter: QPainter, box: Box) -> None:
        text = Paragraph(self._aside, self._aside_type)
        top = (self.height() - text.height) / 2
        text.draw(painter, self.width() - self.padding, top, box.ink, Align.RIGHT)

    def _note_in(self, room: float) -> Paragraph:
        """A note from data may be long: it ends in an ellipsis, and whole where the pointer rests."""
        return Paragraph(self._note(), self._note_type, room, 2)

    @property
    def _air(self) -> int:
        return self.theme.px(8)

    @property
    def _aside_type(self) -> Type:
        return self.theme.type(Role.SMALL)

    @property
    def _mark_px(self) -> int:
        return self.theme.px(24)

    @property
    def _badge_px(self) -> int:
        return self.theme.px(28)


def paint_mark(
    painter: QPainter, rect: QRectF, mark: Mark, is_chosen: bool, theme: Theme, ink: Hex | None = None
) -> None:
    """A box to tick, or a ring of which one is filled. `ink` is given where the ground is not a card's."""
    palette = theme.palette
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = theme.line(4)
    inside = rect.adjusted(line / 2, line / 2, -line / 2, -line / 2)
    filled = ink or palette.accent
    painter.setPen(QPen(QColor(filled if is_chosen else ink or palette.control), line))
    match mark:
        case Mark.MANY:
            painter.setBrush(QColor(filled) if is_chosen else QColor(palette.card) if ink is None else _CLEAR)
            painter.drawRoundedRect(inside, theme.px(6), theme.px(6))
            if is_chosen:
                inset = rect.width() * 0.16
                check = palette.on_accent if ink is None else palette.pressed
                paint_icon(painter, Icon.CHECK, rect.adjusted(inset, inset, -inset, -inset), check)
        case Mark.ONE:
            painter.setBrush(QColor(palette.card) if ink is None else _CLEAR)
            painter.drawEllipse(inside)
            if is_chosen:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(filled))
                centre, radius = QPointF(rect.center()), rect.width() * 0.27
                painter.drawEllipse(centre, radius, radius)


_CLEAR = QColor(Qt.GlobalColor.transparent)
