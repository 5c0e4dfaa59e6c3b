"""The counter's buttons: icon, word, and the key that does the same."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QKeySequence, QPainter
from PySide6.QtWidgets import QWidget

from ui.icons import Icon, paint_icon
from ui.text import UNBOUNDED, Align, Paragraph, Words, fitted
from ui.theme import Hex, Role, Theme, Type, Weight
from ui.widgets.box import Box, paint_box
from ui.widgets.pressable import Pressable, State


class KeyButton(Pressable):
    """Pressed by pointer or by its key, at once. `key` is a QKeySequence's portable text ("F2", "Ctrl+Return").

    The cap on the button shows the key as the system writes it, or `cap` where the design has a word for it.
    Can't be used now: `setEnabled(False)`.
    """

    def __init__(
        self,
        theme: Theme,
        words: Words,
        icon: Icon,
        key: str,
        cap: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self.sign = icon
        sequence = QKeySequence(key)
        self.cap = sequence.toString(QKeySequence.SequenceFormat.NativeText) if cap is None else cap
        super().__init__(theme, words, parent)
        self.setShortcut(sequence)

    def box(self, state: State) -> Box:
        palette = self.theme.palette
        line = self.theme.line(palette.control_px)
        match state:
            case State.REST:
                return Box(palette.card, palette.ink, palette.control, line)
            case State.PRESSED:
                return Box(palette.pressed, palette.on_pressed, inner_line=palette.on_pressed)
            case State.CHOSEN:
                return Box(
                    palette.chosen, palette.on_chosen, palette.accent, self.theme.line(palette.chosen_px)
                )
            case State.UNAVAILABLE:
                return Box(palette.page, palette.disabled, palette.hairline, line)

    @property
    def least_height(self) -> int:
        return self.theme.px(self.theme.surface.value.control_height)

    def height_for(self, width: int) -> int:
        return max(self.least_height, round(self._set(width).height + self._type.px * 0.8))

    def design_width(self) -> int:
        natural = Paragraph(self.words, self._type).width
        return round(natural + self._left_room() + self._cap_room() + self._padding)

    def paint_words(self, painter: QPainter, box: Box) -> None:
        height = self.height()
        icon_px = self._icon_px
        paint_icon(
            painter, self.sign, QRectF(self._padding, (height - icon_px) / 2, icon_px, icon_px), box.ink
        )
        text = self._set(self.width(), height)
        text.draw(painter, self._left_room(), (height - text.height) / 2, box.ink)
        self._paint_cap(painter, box)

    @property
    def is_cut(self) -> bool:
        text = self._set(self.width(), self.height())
        return text.is_cut or text.height > self.height()

    @property
    def _type(self) -> Type:
        return self.theme.type(Role.LEAD)

    @property
    def _icon_px(self) -> int:
        return round(self._type.px * 1.4)

    @property
    def _padding(self) -> int:
        return round(self._type.px * 0.9)

    @property
    def _cap_type(self) -> Type:
        return Type(self.theme.type(Role.LEAST).px, Weight.MEDIUM)

    def _left_room(self) -> int:
        return self._padding + self._icon_px + round(self._type.px * 0.7)

    def _cap_room(self) -> float:
        """The cap with a gap before it."""
        return self._cap_width() + self._padding if self.cap else 0

    def _cap_width(self) -> float:
        px = self._cap_type.px
        return max(px * 2.1, Paragraph(self.cap, self._cap_type).width + px * 1.2)

    def _set(self, width: int, height: float = UNBOUNDED) -> Paragraph:
        room = width - self._left_room() - self._cap_room() - self._padding * 0.5
        return fitted(self.words, self._type, room, height, max_lines=2)

    def _cap_box(self, box: Box) -> Box:
        palette = self.theme.palette
        line = self.theme.line(palette.control_px)
        match self.state:
            case State.REST | State.CHOSEN:
                return Box(palette.page, palette.ink, palette.control, line)
            case State.PRESSED | State.UNAVAILABLE:
                return Box(box.fill, box.ink, box.border or box.ink, line)

    def _paint_cap(self, painter: QPainter, box: Box) -> None:
        if not self.cap:
            return
        px = self._cap_type.px
        width, height = self._cap_width(), px * 1.8
        middle = self.height() / 2
        rect = QRectF(self.width() - self._padding - width, middle - height / 2, width, height)
        look = self._cap_box(box)
        paint_box(painter, rect, self.theme.key_radius, look, self.theme)
        text = Paragraph(self.cap, self._cap_type)
        text.draw(painter, rect.center().x(), middle - text.height / 2, look.ink, Align.CENTRE)


class KeyPrimaryButton(KeyButton):
    """What comes next at this counter: the one filled button."""

    def box(self, state: State) -> Box:
        palette = self.theme.palette
        match state:
            case State.REST | State.CHOSEN:
                return Box(palette.accent, palette.on_accent)
            case State.PRESSED:
                return Box(palette.pressed, palette.on_pressed, inner_line=palette.on_pressed)
            case State.UNAVAILABLE:
                return super().box(state)

    @property
    def least_height(self) -> int:
        return self.theme.px(self.theme.surface.value.primary_height)

    @property
    def _type(self) -> Type:
        return self.theme.type(Role.BUTTON)

    def _cap_box(self, box: Box) -> Box:
        filled: Hex = self.theme.palette.pressed if self.state is State.REST else box.fill
        return Box(filled, box.ink, box.ink, self.theme.line(2))
