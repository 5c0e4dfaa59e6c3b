"""The buttons with words in their middle: one filled primary per screen, and what stands beside it."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ui.icons import Icon, paint_icon
from ui.text import UNBOUNDED, Align, Paragraph, Words, fitted
from ui.theme import Role, Theme, Type, Weight
from ui.widgets.box import Box
from ui.widgets.pressable import Pressable, State

_ICON_EM = 1.25
_GAP_EM = 0.38


class WordButton(Pressable):
    """Words in the middle, on at most two lines, with an icon after (or before) them."""

    role = Role.NAME

    def __init__(
        self, theme: Theme, words: Words, icon: Icon | None = None, parent: QWidget | None = None
    ) -> None:
        self.sign = icon
        super().__init__(theme, words, parent)

    @property
    def least_height(self) -> int:
        return self.theme.px(self.theme.surface.value.control_height)

    def height_for(self, width: int) -> int:
        text = self._set(width)
        return max(self.least_height, round(text.height + self._type.px * 0.8))

    def design_width(self) -> int:
        text = Paragraph(self.words, self._type)
        return round(text.width + self._icon_room() + self._type.px * 2)

    def paint_words(self, painter: QPainter, box: Box) -> None:
        height = self.height()
        text = self._set(self.width(), height)
        left = (self.width() - text.width - self._icon_room()) / 2
        text.draw(painter, left + text.width / 2, (height - text.height) / 2, box.ink, Align.CENTRE)
        icon = self._shown_icon()
        if icon is not None:
            px = self._icon_px()
            start = left + text.width + self._icon_room() - px
            paint_icon(painter, icon, QRectF(start, (height - px) / 2, px, px), box.ink)

    @property
    def is_cut(self) -> bool:
        text = self._set(self.width(), self.height())
        return text.is_cut or text.height > self.height()

    @property
    def _type(self) -> Type:
        return self.theme.type(self.role)

    def _set(self, width: int, height: float = UNBOUNDED) -> Paragraph:
        words = self.words if self.reason is None else self.reason
        room = width - self._icon_room() - self._type.px * 0.8
        return fitted(words, self._type, room, height, max_lines=2)

    def _shown_icon(self) -> Icon | None:
        match self.state:
            case State.UNAVAILABLE if self.reason is not None:
                return Icon.LOCK
            case State.CHOSEN:
                return Icon.CHECK
            case _:
                return self.sign

    def _icon_px(self) -> int:
        return round(self._type.px * _ICON_EM)

    def _icon_room(self) -> int:
        return 0 if self._shown_icon() is None else self._icon_px() + round(self._type.px * _GAP_EM)

    @property
    def _outline_px(self) -> int:
        return self.theme.line(max(3, self.theme.palette.control_px))

    def _unavailable(self) -> Box:
        palette = self.theme.palette
        if self.reason is None:
            return Box(palette.page, palette.disabled, palette.hairline, self.theme.line(palette.hairline_px))
        return Box(palette.quiet, palette.faint, palette.control, self._outline_px, dashed=True)


class PrimaryButton(WordButton):
    """The one thing to do on this screen."""

    role = Role.BUTTON

    @property
    def least_height(self) -> int:
        return self.theme.px(self.theme.surface.value.primary_height)

    def box(self, state: State) -> Box:
        palette = self.theme.palette
        match state:
            case State.REST | State.CHOSEN:
                return Box(palette.accent, palette.on_accent)
            case State.PRESSED:
                return Box(palette.pressed, palette.on_pressed, inner_line=palette.on_pressed)
            case State.UNAVAILABLE:
                return self._unavailable()


class SecondaryButton(WordButton):
    """Outlined in the accent. Checkable where it is one of several choices."""

    def box(self, state: State) -> Box:
        palette = self.theme.palette
        match state:
            case State.REST:
                return Box(palette.card, palette.accent, palette.accent, self._outline_px)
            case State.PRESSED:
                return Box(palette.pressed, palette.on_pressed, inner_line=palette.on_pressed)
            case State.CHOSEN:
                return Box(
                    palette.chosen, palette.on_chosen, palette.accent, self.theme.line(palette.chosen_px)
                )
            case State.UNAVAILABLE:
                return self._unavailable()


class PlainButton(WordButton):
    """An ordinary control with an ordinary border: a key of a keyboard, "5 more", "Close" beside a primary."""

    @property
    def radius(self) -> int:
        return self.theme.key_radius

    def box(self, state: State) -> Box:
        palette = self.theme.palette
        match state:
            case State.REST:
                return Box(palette.card, palette.ink, palette.control, self.theme.line(palette.control_px))
            case State.PRESSED:
                return Box(palette.pressed, palette.on_pressed, inner_line=palette.on_pressed)
            case State.CHOSEN:
                return Box(
                    palette.chosen, palette.on_chosen, palette.accent, self.theme.line(palette.chosen_px)
                )
            case State.UNAVAILABLE:
                return self._unavailable()

    @property
    def _type(self) -> Type:
        return Type(self.theme.type(Role.NAME).px, Weight.MEDIUM)


class DangerButton(WordButton):
    """Something that can't be taken back lightly: outlined, with a triangle."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, words, Icon.ALERT, parent)

    def box(self, state: State) -> Box:
        palette = self.theme.palette
        match state:
            case State.REST | State.CHOSEN:
                return Box(palette.card, palette.danger, palette.danger, self._outline_px)
            case State.PRESSED:
                return Box(palette.danger, palette.on_danger, inner_line=palette.on_danger)
            case State.UNAVAILABLE:
                return self._unavailable()


class ConfirmDangerButton(DangerButton):
    """The same in its confirmation: filled."""

    def box(self, state: State) -> Box:
        palette = self.theme.palette
        match state:
            case State.REST | State.CHOSEN:
                return Box(palette.danger, palette.on_danger)
            case State.PRESSED:
                return Box(palette.danger, palette.on_danger, inner_line=palette.on_danger)
            case State.UNAVAILABLE:
                return self._unavailable()


class KremButton(WordButton):
    """The primary button on a manggis ground."""

    role = Role.BUTTON

    @property
    def least_height(self) -> int:
        return self.theme.px(188)

    def box(self, state: State) -> Box:
        palette = self.theme.palette
        match state:
            case State.REST | State.CHOSEN:
                return Box(palette.krem, palette.on_krem)
            case State.PRESSED:
                return Box(palette.pressed, palette.on_pressed, inner_line=palette.on_pressed)
            case State.UNAVAILABLE:
                return self._unavailable()


class OutlineKremButton(WordButton):
    """The second button on a manggis ground."""

    def box(self, state: State) -> Box:
        palette = self.theme.palette
        match state:
            case State.REST | State.CHOSEN:
                return Box(palette.panel, palette.on_panel, palette.on_panel, self._outline_px)
            case State.PRESSED:
                return Box(palette.pressed, palette.on_pressed, inner_line=palette.on_pressed)
            case State.UNAVAILABLE:
                return self._unavailable()
