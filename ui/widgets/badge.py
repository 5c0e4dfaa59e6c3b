"""The square with a queue's letter, which goes wherever its number goes."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.text import Align, Paragraph
from ui.theme import BADGE_RADIUS, Ground, Hex, Theme, Type, Weight

_LETTER_OF_SIDE = 0.6
_GREATEST_RADIUS = 42.0  # a hero's badge has the corners of a card


def badge_colours(theme: Theme, letter: str, ground: Ground) -> tuple[Hex, Hex]:
    """The badge's own colour and its letter's, on this ground."""
    palette = theme.palette
    if ground is Ground.PANEL and palette.queue_badge is None:
        return palette.krem, palette.queue(letter)
    return palette.queue(letter), palette.badge_ink


def paint_badge(
    painter: QPainter, rect: QRectF, letter: str, colours: tuple[Hex, Hex], letter_px: int | None = None
) -> None:
    fill, ink = colours
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill))
    radius = min(rect.width() * BADGE_RADIUS, _GREATEST_RADIUS)
    painter.drawRoundedRect(rect, radius, radius)
    px = max(1, round(rect.height() * _LETTER_OF_SIDE) if letter_px is None else letter_px)
    text = Paragraph(letter, Type(px, Weight.BOLD))
    text.draw(painter, rect.center().x(), rect.center().y() - text.height / 2, ink, Align.CENTRE)


class Badge(QWidget):
    """A badge of `side_px`, a length of the design."""

    def __init__(
        self,
        theme: Theme,
        letter: str,
        side_px: int,
        ground: Ground = Ground.PAGE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._letter = letter
        self._ground = ground
        side = theme.px(side_px)
        self._side = QSize(side, side)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_letter(letter)

    def set_letter(self, letter: str) -> None:
        self._letter = letter
        self.setAccessibleName(letter)
        self.update()

    def sizeHint(self) -> QSize:
        return self._side

    def minimumSizeHint(self) -> QSize:
        return self._side

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = badge_colours(self._theme, self._letter, self._ground)
        paint_badge(painter, QRectF(self.rect()), self._letter, colours)
        painter.end()
