"""The running text: drawn once into a picture that a timer moves in whole pixels. Less motion: pages instead."""

from PySide6.QtCore import QElapsedTimer, QPoint, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import Icon, paint_icon
from ui.text import Paragraph
from ui.theme import Motion, Role, Theme, Type

PIXELS_PER_SECOND = 90
PAGE_SECONDS = 8
_FRAME_MS = 16


class RunningText(QWidget):
    """A line of text along the foot of a display. Text that fits stands still."""

    def __init__(self, theme: Theme, motion: Motion, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._motion = motion
        self._text = ""
        self._picture = QPixmap()
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
            while self._text and x < self.width():
                painter.drawPixmap(QPoint(x, 0), self._picture)
                x += self._period if self._runs else self.width()
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
        return self._picture.deviceIndependentSize().toSize().width() + self._theme.px(160)

    @property
    def _runs(self) -> bool:
        return self._motion is Motion.FULL and self._natural_width() > self.width() - self._left

    def _natural_width(self) -> float:
        return Paragraph(self._text, self._type).width

    def _compose(self) -> None:
        self._timer.stop()
        self._offset = 0
        self._page = 0
        self._pages = []
        self._draw_picture()
        if self._motion is Motion.LESS:
            self._pages = paged(self._text, self._type, self.width() - self._left - self._theme.px(48))
            if len(self._pages) > 1 and self.isVisible():
                self._timer.start(PAGE_SECONDS * 1000)
        elif self._runs and self.isVisible():
            self._clock.start()
            self._timer.start(_FRAME_MS)
        self.update()

    def _draw_picture(self) -> None:
        text = Paragraph(self._text, self._type)
        ratio = self.devicePixelRatioF()
        width = max(1, round(text.width))
        self._picture = QPixmap(round(width * ratio), round(max(1, self.height()) * ratio))
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(QColor(self._theme.palette.night))
        painter = QPainter(self._picture)
        text.draw(painter, 0, (self.height() - text.height) / 2, self._theme.palette.on_night)
        painter.end()

    def _advance(self) -> None:
        if self._pages:
            self._page = (self._page + 1) % len(self._pages)
        else:
            self._offset = self._clock.elapsed() * PIXELS_PER_SECOND // 1000 % self._period
        self.update()


def paged(text: str, type: Type, width: float) -> list[str]:
    """The text cut into pieces of whole words that each fit the width."""
    pages: list[str] = []
    for word in text.split():
        longer = f"{pages[-1]} {word}" if pages else word
        if pages and Paragraph(longer, type).width <= width:
            pages[-1] = longer
        else:
            pages.append(word)
    return pages
