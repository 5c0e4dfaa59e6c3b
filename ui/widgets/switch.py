"""A row that switches something on and off."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui.icons import Icon, paint_icon
from ui.text import Align, Paragraph, Words, plain
from ui.theme import Role, Theme, Type, Weight
from ui.widgets.box import Box
from ui.widgets.pressable import State
from ui.widgets.row import Row


class SwitchRow(Row):
    """Something that is on or off, and says so in a word. Checked is on."""

    name_role = Role.HEADING
    note_role = Role.BODY

    def __init__(
        self,
        theme: Theme,
        icon: Icon,
        name: Words,
        note: str,
        on_word: str,
        off_word: str,
        parent: QWidget | None = None,
    ) -> None:
        self.sign = icon
        self._on_word, self._off_word = on_word, off_word
        super().__init__(theme, name, note, parent)
        self.setCheckable(True)
        self.toggled.connect(self._say_state)
        self._say_state()

    def box(self, state: State) -> Box:
        return super().box(State.REST if state is State.CHOSEN else state)

    @property
    def least_height(self) -> int:
        return self.theme.px(170)

    @property
    def padding(self) -> int:
        return self.theme.px(40)

    @property
    def left_room(self) -> int:
        return self._icon_px + self.theme.px(36)

    @property
    def right_room(self) -> int:
        widest = max(Paragraph(word, self._word_type).width for word in (self._on_word, self._off_word))
        return self._track_width + round(widest) + self.theme.px(48)

    def paint_left(self, painter: QPainter, box: Box) -> None:
        px = self._icon_px
        colour = self.theme.palette.accent if box.inner_line is None else box.ink
        paint_icon(painter, self.sign, QRectF(self.padding, (self.height() - px) / 2, px, px), colour)

    def paint_right(self, painter: QPainter, box: Box) -> None:
        palette = self.theme.palette
        width, height = self._track_width, self.theme.px(76)
        track = QRectF(self.width() - self.padding - width, (self.height() - height) / 2, width, height)
        on = self.isChecked()
        line = self.theme.line(3)
        painter.setPen(QPen(QColor(palette.accent if on else palette.control), line))
        painter.setBrush(QColor(palette.accent if on else palette.card))
        half = line / 2
        inside = track.adjusted(half, half, -half, -half)
        painter.drawRoundedRect(inside, inside.height() / 2, inside.height() / 2)
        knob_px = height - 2 * self.theme.px(8)
        x = track.right() - self.theme.px(8) - knob_px if on else track.left() + self.theme.px(8)
        knob = QRectF(x, track.center().y() - knob_px / 2, knob_px, knob_px)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.on_accent if on else palette.control))
        painter.drawEllipse(knob)
        if on:
            inset = knob_px * 0.16
            paint_icon(painter, Icon.CHECK, knob.adjusted(inset, inset, -inset, -inset), palette.accent)
        word = Paragraph(self._on_word if on else self._off_word, self._word_type)
        x = track.left() - self.theme.px(20)
        word.draw(painter, x, (self.height() - word.height) / 2, box.ink, Align.RIGHT)

    def _say_state(self) -> None:
        word = self._on_word if self.isChecked() else self._off_word
        self.setAccessibleDescription(f"{word}. {plain(self.note)}")

    @property
    def _word_type(self) -> Type:
        return Type(self.theme.type(Role.BODY).px, Weight.MEDIUM)

    @property
    def _icon_px(self) -> int:
        return self.theme.px(72)

    @property
    def _track_width(self) -> int:
        return self.theme.px(136)
