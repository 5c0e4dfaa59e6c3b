"""Date and time: the date in two lines at the left, the clock large at the right."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from broker.domain.values import Instant
from display.words import clock, date_lines
from ui.text import Align, Paragraph
from ui.theme import Role, Theme, Type, Weight
from wording import Wording

_DATE_PX = 40
_BETWEEN_PX = 32


class Clock(QWidget):
    """Shows what it is told; it has no time of its own. Where a long date does not fit, its short form stands."""

    def __init__(self, theme: Theme, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wording = wording
        self._clock = ""
        self._dates: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_time(self, minute: Instant) -> None:
        self._clock = clock(minute, self._wording)
        self._dates = date_lines(minute, self._wording)
        self.setAccessibleName(f"{self._clock}, {self._dates[0]}".replace("\n", " "))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        time = self._time()
        date = max((self._date(date).width for date in self._dates), default=0.0)
        return QSize(round(date + self._theme.px(_BETWEEN_PX) + time.width) + 2, round(time.height))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self._time().width), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = self._theme.palette
        painter = QPainter(self)
        middle = self.height() / 2
        time = self._time()
        time.draw(painter, self.width(), middle - time.height / 2, palette.ink, Align.RIGHT)
        room = self.width() - time.width - self._theme.px(_BETWEEN_PX)
        for date in map(self._date, self._dates):
            if date.width <= room:
                date.draw(painter, 0, middle - date.height / 2, palette.faint)
                break
        painter.end()

    def _time(self) -> Paragraph:
        return Paragraph(self._clock, self._theme.type(Role.CLOCK).spaced(1.0))

    def _date(self, date: str) -> Paragraph:
        return Paragraph(date, Type(self._theme.px(_DATE_PX), Weight.MEDIUM, line_em=1.24))
