"""The bar at the foot of the call panel: where to go, or what the panel waits for."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from display.parts.lines import draw_on_baseline
from ui.icons import Icon, paint_icon
from ui.text import Align, Paragraph, fitted
from ui.theme import Ground, Hex, Theme, Type, Weight
from ui.widgets.box import Box, paint_box

_FIGURE_PX = 164
_WORD_PX = (108, 100, 92, 84, 76, 68)
_LINE_PX = 52  # a step of fitted() down to 36, the least
_ALONE_PX = 56
_ARROW_PX = 104
_ICON_PX = 76
_PADDING_PX = 48
_GAP_PX = 24


@dataclass(frozen=True)
class BarWords:
    """A short text at the left; at the right a figure, and before it what it is the number of."""

    line: str
    word: str = ""
    figure: str = ""
    icon: Icon | None = None


class CallBar(QWidget):
    """Two lines at the left, the counter as large as it can be at the right: "Silakan menuju → Loket 3"."""

    def __init__(self, theme: Theme, height_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._height = theme.px(height_px)
        self._ground = Ground.PANEL
        self._words = BarWords("")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_words(self, words: BarWords) -> None:
        if words != self._words:
            self._words = words
            self.setAccessibleName(" ".join((words.line, words.word, words.figure)).strip())
            self.update()

    def set_ground(self, ground: Ground) -> None:
        self._ground = ground
        self.update()

    @property
    def is_cut(self) -> bool:
        """Whether the words at the left can't be read whole."""
        return self._set()[0].is_cut

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(600), self._height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = self._paint_ground(painter)
        line, word, figure = self._set()
        padding = self._theme.px(_PADDING_PX)
        middle = self.height() / 2
        left = float(padding)
        if self._words.icon is not None:
            px = self._theme.px(_ICON_PX)
            paint_icon(painter, self._words.icon, QRectF(left, middle - px / 2, px, px), ink)
            left += self._icon_room
        line.draw(painter, left, middle - line.height / 2, ink)
        if figure is not None:
            right = self.width() - padding
            baseline = middle - figure.height / 2 + figure.first_baseline
            draw_on_baseline(painter, figure, right, baseline, ink, Align.RIGHT)
            if word is not None:
                right -= round(figure.width) + self._theme.px(_GAP_PX)
                draw_on_baseline(painter, word, right, baseline, ink, Align.RIGHT)
                px = self._theme.px(_ARROW_PX)
                arrow = right - round(word.width) - self._theme.px(_GAP_PX) - px
                paint_icon(painter, Icon.ARROW_RIGHT, QRectF(arrow, middle - px / 2, px, px), ink)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> Hex:
        palette = self._theme.palette
        if self._ground is Ground.NOW:
            box = Box(palette.on_now, palette.on_accent)
        else:
            box = Box(palette.krem, palette.on_krem)
        paint_box(painter, QRectF(self.rect()), self._theme.card_radius, box, self._theme)
        return box.ink

    def _set(self) -> tuple[Paragraph, Paragraph | None, Paragraph | None]:
        """The three texts: the word gives way to the line, the figure to nothing."""
        room: float = self.width() - 2 * self._theme.px(_PADDING_PX) - self._icon_room
        if not self._words.figure:
            large = Type(self._theme.px(_ALONE_PX), Weight.MEDIUM)
            return fitted(self._words.line, large, room, self.height()), None, None
        gap = self._theme.px(_GAP_PX)
        figure = Paragraph(self._words.figure, Type(self._theme.px(_FIGURE_PX), Weight.BOLD))
        small = Type(self._theme.px(_LINE_PX), Weight.MEDIUM, line_em=1.16)
        if not self._words.word:
            return fitted(self._words.line, small, room - figure.width - gap), None, figure
        room -= figure.width + 3 * gap + self._theme.px(_ARROW_PX)
        for px in _WORD_PX:
            word = Paragraph(self._words.word, Type(self._theme.px(px), Weight.BOLD))
            line = fitted(self._words.line, small, room - word.width)
            if not line.is_cut:
                break
        return line, word, figure

    @property
    def _icon_room(self) -> int:
        return 0 if self._words.icon is None else self._theme.px(_ICON_PX + 24)
