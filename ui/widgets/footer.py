"""The kiosk's footer: six places that never move. A place may be empty."""

from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import Icon, paint_icon
from ui.text import Align, Paragraph, Words, fitted
from ui.theme import Role, Surface, Theme, Tone, Type
from ui.widgets.box import Box
from ui.widgets.label import TextLabel
from ui.widgets.pressable import Pressable, State


class Place(Enum):
    """The six places in reading order, each with its icon."""

    BACK = Icon.ARROW_LEFT
    RESTART = Icon.RESTART
    LANGUAGE = Icon.LANGUAGES
    VIEW = Icon.LETTERS
    LOW = Icon.LOWER
    SOUND = Icon.HEADPHONES


class Arrangement(Enum):
    ROW_STACKED = auto()  # portrait, and large text in landscape: icon over word
    ROW_INLINE = auto()  # landscape: icon beside word
    GRID = auto()  # large text in portrait, low reach: three by two


_HEIGHT_PX: Final = {Arrangement.ROW_STACKED: 196, Arrangement.ROW_INLINE: 156, Arrangement.GRID: 300}
_LARGER_TEXT_PX: Final = 28
"""What two lines of large text need more."""


class FooterButton(Pressable):
    """One place's button; checked while what it switches is on."""

    def __init__(self, theme: Theme, place: Place, arrangement: Arrangement, parent: QWidget) -> None:
        self._place = place
        self._arrangement = arrangement
        super().__init__(theme, "", parent)
        self.setCheckable(place in (Place.VIEW, Place.LOW, Place.SOUND))

    def nextCheckState(self) -> None:
        """What is on is the program's to say (`FooterBar.set_on`), not the touch's."""

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
                return Box(palette.quiet, palette.faint, palette.control, self.theme.line(3), dashed=True)

    def paint_words(self, painter: QPainter, box: Box) -> None:
        icon = Icon.CHECK if self.state is State.CHOSEN else self._place.value
        match self._arrangement:
            case Arrangement.ROW_STACKED:
                self._paint_stacked(painter, icon, box)
            case Arrangement.ROW_INLINE:
                self._paint_inline(painter, icon, box, Align.CENTRE)
            case Arrangement.GRID:
                self._paint_inline(painter, icon, box, Align.LEFT)

    def height_for(self, _width: int) -> int:
        return self.theme.px(80)

    def design_width(self) -> int:
        return self.theme.px(148)

    @property
    def _type(self) -> Type:
        return self.theme.type(Role.LEAST).spaced(1.15)

    @property
    def is_cut(self) -> bool:
        text = self._set()
        return text.is_cut or text.height > self._text_height

    @property
    def _text_height(self) -> int:
        if self._arrangement is Arrangement.ROW_STACKED:
            return self.height() - self._icon_px - 3 * self._gap
        return self.height() - self._gap

    @property
    def _icon_px(self) -> int:
        if self._arrangement is Arrangement.ROW_STACKED:
            return self.theme.px(44)
        return round(self._type.px * 1.25)

    @property
    def _gap(self) -> int:
        return self.theme.px(8)

    @property
    def _padding(self) -> int:
        """At each side of an inline button, and half of it between icon and words."""
        return self.theme.px(16 if self._arrangement is Arrangement.ROW_INLINE else 28)

    def _set(self) -> Paragraph:
        if self._arrangement is Arrangement.ROW_STACKED:
            room = self.width() - 3 * self._gap
        else:
            room = self.width() - 3 * self._padding - self._icon_px
        return fitted(self.words, self._type, room, self._text_height, max_lines=2)

    def _paint_stacked(self, painter: QPainter, icon: Icon, box: Box) -> None:
        px, gap = self._icon_px, self._gap
        text = self._set()
        top = (self.height() - px - gap - text.height) / 2
        paint_icon(painter, icon, QRectF((self.width() - px) / 2, top, px, px), box.ink)
        text.draw(painter, self.width() / 2, top + px + gap, box.ink, Align.CENTRE)

    def _paint_inline(self, painter: QPainter, icon: Icon, box: Box, align: Align) -> None:
        px, gap = self._icon_px, self._padding * 0.8
        text = self._set()
        left = (self.width() - px - gap - text.width) / 2 if align is Align.CENTRE else float(self._padding)
        paint_icon(painter, icon, QRectF(left, (self.height() - px) / 2, px, px), box.ink)
        text.draw(painter, left + px + gap, (self.height() - text.height) / 2, box.ink)


class FooterBar(QWidget):
    """Six fixed places; `chosen` tells which was touched.

    A place shows its button once it has words. In the first three places, while they are empty, a hint may
    stand (the start page's "Need help?"), or one wide button.
    """

    chosen = Signal(Place)

    def __init__(
        self, theme: Theme, arrangement: Arrangement | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._arrangement = _usual(theme.surface) if arrangement is None else arrangement
        self._buttons = {place: self._make(place) for place in Place}
        self._hint_icon: Icon | None = None
        self._hint = TextLabel(theme, "", self._hint_type(), Tone.INK, parent=self)
        self._hint.hide()
        self._wide: QWidget | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def button(self, place: Place) -> FooterButton:
        return self._buttons[place]

    def set_place(self, place: Place, words: Words | None) -> None:
        """Gives a place its words, or empties it."""
        button = self._buttons[place]
        button.set_words("" if words is None else words)
        button.setVisible(words is not None)

    def set_on(self, place: Place, on: bool) -> None:
        """Marks what the place switches as on or off."""
        self._buttons[place].setChecked(on)

    def set_hint(self, icon: Icon, words: Words) -> None:
        if self._wide is not None:
            self._wide.hide()
            self._wide = None
        self._hint_icon = icon
        self._hint.set_words(words)
        self._hint.show()
        self._lay_out()

    def set_wide(self, button: QWidget) -> None:
        """A button over the first three places, instead of a hint."""
        if self._wide is button:
            return
        self._hint_icon = None
        self._hint.hide()
        self._wide = button
        button.setParent(self)
        button.show()
        self._lay_out()
        self.update()

    def place_rect(self, place: Place) -> QRectF:
        """Where the place is, whether or not it holds a button."""
        columns, rows = (3, 2) if self._arrangement is Arrangement.GRID else (6, 1)
        index = list(Place).index(place)
        margin = self._theme.margin
        gap = self._theme.px(16 if self._arrangement is Arrangement.GRID else 12)
        top = self._theme.px(20 if self._arrangement is Arrangement.GRID else 24)
        width = (self.width() - 2 * margin - (columns - 1) * gap) / columns
        height = (self.height() - 2 * top - (rows - 1) * gap) / rows
        column, row = index % columns, index // columns
        return QRectF(margin + column * (width + gap), top + row * (height + gap), width, height)

    def sizeHint(self) -> QSize:
        height = _HEIGHT_PX[self._arrangement]
        if self._arrangement is Arrangement.ROW_STACKED and self._theme.surface.is_large:
            height += _LARGER_TEXT_PX
        return QSize(self._theme.px(600), self._theme.px(height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = self._theme.palette
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(palette.quiet))
        if palette.quiet == palette.page:
            painter.setPen(QPen(QColor(palette.hairline), self._theme.line(palette.hairline_px)))
            painter.drawLine(0, 1, self.width(), 1)
        if self._hint_icon is not None:
            paint_icon(painter, self._hint_icon, self._hint_icon_rect(), palette.accent)
        painter.end()

    def _make(self, place: Place) -> FooterButton:
        button = FooterButton(self._theme, place, self._arrangement, self)
        button.hide()
        button.clicked.connect(lambda: self.chosen.emit(place))
        return button

    def _lay_out(self) -> None:
        for place, button in self._buttons.items():
            button.setGeometry(self.place_rect(place).toRect())
        if self._wide is not None:
            whole = self.place_rect(Place.BACK).united(self.place_rect(Place.LANGUAGE))
            self._wide.setGeometry(whole.toRect())
        if self._hint_icon is not None:
            icon = self._hint_icon_rect()
            left = round(icon.right()) + self._theme.px(24)
            end = self.place_rect(Place.LANGUAGE)
            height = self._hint.heightForWidth(round(end.right()) - left)
            top = round(icon.center().y() - height / 2)
            self._hint.setGeometry(left, top, round(end.right()) - left, height)

    def _hint_icon_rect(self) -> QRectF:
        first = self.place_rect(Place.BACK)
        px = self._theme.px(72 if self._arrangement is not Arrangement.ROW_INLINE else 60)
        return QRectF(first.left(), first.center().y() - px / 2, px, px)

    def _hint_type(self) -> Role:
        return Role.BODY if self._arrangement is Arrangement.ROW_STACKED else Role.LEAST


def _usual(surface: Surface) -> Arrangement:
    match surface.is_landscape, surface.is_large:
        case True, False:
            return Arrangement.ROW_INLINE
        case False, True:
            return Arrangement.GRID
        case _:
            return Arrangement.ROW_STACKED
