"""Rows that can be touched: a search result, a service, a choice with its pictogram."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from ui.icons import Icon, paint_icon
from ui.text import UNBOUNDED, Align, Paragraph, Words, fitted
from ui.theme import Ground, Hex, Role, Theme, Type
from ui.widgets.badge import badge_colours, paint_badge
from ui.widgets.box import Box
from ui.widgets.pressable import Pressable, State

_NAME_LINES = 4
_NOTE_LINES = 2


@dataclass(frozen=True)
class _Setting:
    """Name and note as they are set at one size."""

    name: Paragraph
    note: Paragraph | None
    is_beside: bool

    @property
    def height(self) -> float:
        if self.note is None:
            return self.name.height
        if self.is_beside:
            return max(self.name.height, self.note.height)
        return self.name.height + self.note.height


class Row(Pressable):
    """Something at the left, a name with a note under it, something at the right."""

    name_role = Role.NAME
    note_role = Role.BODY

    def __init__(self, theme: Theme, name: Words, note: str = "", parent: QWidget | None = None) -> None:
        self.note = note
        super().__init__(theme, name, parent)
        self.setAccessibleDescription(note)

    @property
    def radius(self) -> int:
        return self.theme.control_radius

    def box(self, state: State) -> Box:
        palette = self.theme.palette
        match state:
            case State.REST:
                return Box(self.ground, palette.ink, palette.control, self.theme.line(palette.control_px))
            case State.PRESSED:
                return Box(palette.pressed, palette.on_pressed, inner_line=palette.on_pressed)
            case State.CHOSEN:
                return Box(
                    palette.chosen, palette.on_chosen, palette.accent, self.theme.line(palette.chosen_px)
                )
            case State.UNAVAILABLE:
                line = self.theme.line(max(3, palette.control_px))
                return Box(palette.quiet, palette.ink, palette.control, line, dashed=True)

    # What a kind of row says

    @property
    def ground(self) -> Hex:
        return self.theme.palette.card

    @property
    def least_height(self) -> int:
        return self.theme.px(112)

    @property
    def padding(self) -> int:
        return self.theme.px(32)

    @property
    def left_room(self) -> int:
        """Of what stands at the left, with the gap after it."""
        return 0

    @property
    def right_room(self) -> int:
        """Of what stands at the right, with the gap before it."""
        return self._chevron_px + self.theme.px(16)

    def paint_left(self, painter: QPainter, box: Box) -> None:
        """Nothing, unless a kind of row has something there."""

    def paint_right(self, painter: QPainter, box: Box) -> None:
        px = self._chevron_px
        icon = Icon.LOCK if self.reason is not None else self._sign()
        left = self.width() - self.padding - px
        paint_icon(painter, icon, QRectF(left, (self.height() - px) / 2, px, px), box.ink)

    # What all rows share

    @property
    def stands_note_beside(self) -> bool:
        """Whether a short note stands at the right of the name instead of under it."""
        return False

    def height_for(self, width: int) -> int:
        return max(self.least_height, round(self._set(width).height) + 2 * self._air)

    def design_width(self) -> int:
        name = Paragraph(self.words, self._name_type).width
        note = Paragraph(self._note(), self._note_type).width
        return round(max(name, note) + self.left_room + self.right_room + 2 * self.padding) + 1

    @property
    def is_cut(self) -> bool:
        setting = self._set(self.width(), self.height())
        cut_note = setting.note is not None and setting.note.is_cut
        return setting.name.is_cut or cut_note or setting.height > self.height()

    def paint_words(self, painter: QPainter, box: Box) -> None:
        self.paint_left(painter, box)
        self.paint_right(painter, box)
        setting = self._set(self.width(), self.height())
        left = self.padding + self.left_room
        top = (self.height() - setting.height) / 2
        setting.name.draw(painter, left, top, box.ink)
        if setting.note is None:
            return
        faint = self.theme.palette.faint if box.ink == self.theme.palette.ink else box.ink
        if setting.is_beside:
            right = self.width() - self.padding - self.right_room
            setting.note.draw(painter, right, (self.height() - setting.note.height) / 2, faint, Align.RIGHT)
        else:
            setting.note.draw(painter, left, top + setting.name.height, faint)

    def _set(self, width: int, height: float = UNBOUNDED) -> _Setting:
        room = width - 2 * self.padding - self.left_room - self.right_room
        within = height - 2 * self._air
        if not self._note():
            return _Setting(fitted(self.words, self._name_type, room, within, _NAME_LINES), None, False)
        if self.stands_note_beside:
            note = Paragraph(self._note(), self._note_type)
            name = Paragraph(self.words, self._name_type)
            if name.width + note.width + self.padding <= room:
                return _Setting(name, note, True)
        note = self._note_in(room)
        name = fitted(self.words, self._name_type, room, within - note.height, _NAME_LINES)
        return _Setting(name, note, False)

    def _note_in(self, room: float) -> Paragraph:
        """The note set under the name."""
        return fitted(self._note(), self._note_type, room, max_lines=_NOTE_LINES)

    @property
    def _air(self) -> int:
        """Above and below the words."""
        return self.theme.px(12)

    @property
    def _name_type(self) -> Type:
        return self.theme.type(self.name_role)

    @property
    def _note_type(self) -> Type:
        return self.theme.type(self.note_role).spaced(1.28)

    def _note(self) -> str:
        return self.note if self.reason is None else self.reason

    def _sign(self) -> Icon:
        return Icon.CHECK if self.state is State.CHOSEN else Icon.CHEVRON_RIGHT

    @property
    def _chevron_px(self) -> int:
        return round(self.theme.type(Role.NAME).px * 1.15)


class ListRow(Row):
    """A service in a list, with its queue's badge where queues are mixed. In landscape, without a
    badge, a short note stands beside the name.
    """

    name_role = Role.NAME

    def __init__(
        self,
        theme: Theme,
        name: Words,
        note: str = "",
        letter: str | None = None,
        ground: Ground = Ground.CARD,
        parent: QWidget | None = None,
    ) -> None:
        self._letter = letter
        self._ground = ground
        super().__init__(theme, name, note, parent)

    @property
    def ground(self) -> Hex:
        return self.theme.palette.ground(self._ground)

    @property
    def left_room(self) -> int:
        return 0 if self._letter is None else self._side + self.theme.px(28)

    @property
    def padding(self) -> int:
        return self.theme.px(24 if self._letter is None else 32)

    @property
    def least_height(self) -> int:
        if self.stands_note_beside:
            return self.theme.px(104)
        return self.theme.px(128 if self._letter is None else 148)

    @property
    def stands_note_beside(self) -> bool:
        return self.theme.surface.is_landscape and self._letter is None

    @property
    def _side(self) -> int:
        return self.theme.px(80)

    @property
    def _name_type(self) -> Type:
        return self.theme.type(Role.NAME).at(round(self.theme.type(Role.NAME).px * 0.9))

    def paint_left(self, painter: QPainter, _box: Box) -> None:
        if self._letter is not None:
            rect = QRectF(self.padding, (self.height() - self._side) / 2, self._side, self._side)
            ground = Ground.PANEL if self.state is State.PRESSED else Ground.CARD
            paint_badge(painter, rect, self._letter, badge_colours(self.theme, self._letter, ground))


class ChoiceRow(Row):
    """One of a few answers, with its pictogram in a circle."""

    name_role = Role.HEADING
    note_role = Role.BODY

    def __init__(
        self, theme: Theme, icon: Icon, name: Words, note: str = "", parent: QWidget | None = None
    ) -> None:
        self.sign = icon
        super().__init__(theme, name, note, parent)

    @property
    def radius(self) -> int:
        return self.theme.card_radius

    @property
    def padding(self) -> int:
        return self.theme.px(40)

    @property
    def least_height(self) -> int:
        return self.theme.px(168)

    @property
    def left_room(self) -> int:
        return self._circle + self.theme.px(36)

    @property
    def _circle(self) -> int:
        return min(self.theme.px(148), max(self.theme.px(96), self.height() - self.theme.px(48)))

    def paint_left(self, painter: QPainter, box: Box) -> None:
        palette = self.theme.palette
        circle = self._circle
        rect = QRectF(self.padding, (self.height() - circle) / 2, circle, circle)
        quiet = self.state is State.REST
        painter.setBrush(QColor(palette.circle if quiet else box.fill))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(rect)
        px = round(circle * 0.66)
        middle = rect.center() - QPointF(px / 2, px / 2)
        colour = palette.accent if quiet else box.ink
        paint_icon(painter, self.sign, QRectF(middle.x(), middle.y(), px, px), colour)
