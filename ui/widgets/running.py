"""The running text: drawn once into pictures that a timer moves in whole pixels. Less motion: pages instead."""

import re

from PySide6.QtCore import QElapsedTimer, QPoint, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import Icon, paint_icon
from ui.text import Paragraph
from ui.theme import Motion, Role, Theme, Type

PIXELS_PER_SECOND = 90  # of the design
PAGE_SECONDS = 8
_FRAME_MS = 16
_SENTENCE_END = re.compile(r"(?<=[.?])\s+")
_PIECE_PX = 4096  # a picture wider than 32,767 pixels can't be drawn


class RunningText(QWidget):
    """A line of text along the foot of a display. Text that fits stands still."""

    def __init__(self, theme: Theme, motion: Motion, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._motion = motion
        self._text = ""
        self._pieces: list[QPixmap] = []
        self._text_width = 0
        self._pages: list[str] = []
        self._page = 0
        self._offset = 0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._advance)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def offset(self) -> int:
        """How many pixels the text has moved to the left, always whole."""
        return self._offset

    @property
    def is_running(self) -> bool:
        return self._timer.isActive() and not self._pages

    @property
    def shown_page(self) -> str:
        """The page that stands on the screen under less motion; empty while the text runs."""
        return self._pages[self._page] if self._pages else ""

    def set_text(self, text: str) -> None:
        if text == self._text:
            return
        self._text = text
        self.setAccessibleName(text)
        self._compose()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(400), self._theme.px(96))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._compose()

    def showEvent(self, _event: QShowEvent) -> None:
        self._compose()

    def hideEvent(self, _event: QHideEvent) -> None:
        self._timer.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = self._theme.palette
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(palette.night))
        if self._pages:
            text = Paragraph(self.shown_page, self._type)
            text.draw(painter, self._left, (self.height() - text.height) / 2, palette.on_night)
        else:
            painter.setClipRect(self._left, 0, self.width() - self._left, self.height())
            x = self._left - self._offset
            self._paint_text(painter, x)
            if self._runs:
                self._paint_text(painter, x + self._period)
            painter.setClipping(False)
        px = self._theme.px(52)
        icon = QRectF(self._theme.px(48), (self.height() - px) / 2, px, px)
        paint_icon(painter, Icon.MEGAPHONE, icon, palette.on_night)
        painter.end()

    @property
    def _type(self) -> Type:
        return self._theme.type(Role.BODY)

    @property
    def _left(self) -> int:
        return self._theme.px(128)

    @property
    def _period(self) -> int:
        """After how many pixels the text begins again."""
        return max(self._text_width + self._theme.px(160), self.width() - self._left)

    @property
    def _runs(self) -> bool:
        return self._motion is Motion.FULL and self._text_width > self.width() - self._left

    def _compose(self) -> None:
        self._timer.stop()
        self._offset = 0
        self._page = 0
        self._pages = []
        self._draw_pieces()
        if self._motion is Motion.LESS:
            self._pages = paged(self._text, self._type, self.width() - self._left - self._theme.px(48))
            if len(self._pages) > 1 and self.isVisible():
                self._timer.start(PAGE_SECONDS * 1000)
        elif self._runs and self.isVisible():
            self._clock.start()
            self._timer.start(_FRAME_MS)
        self.update()

    def _draw_pieces(self) -> None:
        text = Paragraph(self._text, self._type)
        self._text_width = round(text.width)
        ratio = self.devicePixelRatioF()
        self._pieces = []
        for start in range(0, self._text_width, _PIECE_PX):
            piece = QPixmap(round(_PIECE_PX * ratio), round(max(1, self.height()) * ratio))
            piece.setDevicePixelRatio(ratio)
            piece.fill(QColor(self._theme.palette.night))
            painter = QPainter(piece)
            text.draw(painter, -start, (self.height() - text.height) / 2, self._theme.palette.on_night)
            painter.end()
            self._pieces.append(piece)

    def _paint_text(self, painter: QPainter, x: int) -> None:
        for index, piece in enumerate(self._pieces):
            left = x + index * _PIECE_PX
            if left < self.width() and left + _PIECE_PX > 0:
                painter.drawPixmap(QPoint(left, 0), piece)

    def _advance(self) -> None:
        if self._pages:
            self._page = (self._page + 1) % len(self._pages)
        else:
            pace = PIXELS_PER_SECOND * self._theme.scale
            self._offset = int(self._clock.elapsed() * pace / 1000) % self._period
        self.update()


def paged(text: str, type: Type, width: float) -> list[str]:
    """The text cut into pieces that each fit the width: whole sentences, or whole words of a long one."""
    pages: list[str] = []
    for sentence in _SENTENCE_END.split(text.strip()):
        joined = f"{pages[-1]} {sentence}" if pages else sentence
        if Paragraph(joined, type).width <= width:
            pages[-1:] = [joined]
        else:
            pages += _lines_of(sentence, type, width)
    return pages


def _lines_of(sentence: str, type: Type, width: float) -> list[str]:
    lines: list[str] = []
    for word in sentence.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and Paragraph(joined, type).width <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines
