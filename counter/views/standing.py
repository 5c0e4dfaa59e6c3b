"""Under the bar while something is not as usual: closed early, a queue on pause, a machine that can't work."""

from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter import office_words
from counter.page import WorkPage
from ui.icons import Icon
from ui.theme import Ground, Role, Theme, Tone
from ui.widgets.fact import Fact
from wording import Wording


class StandingBand(QWidget):
    """Not there while all is as usual; as high as its sentences need."""

    def __init__(self, theme: Theme, w: Wording) -> None:
        super().__init__()
        self._theme = theme
        self._w = w
        self._fact = Fact(theme, Icon.CIRCLE_ALERT, "", Role.BODY, Tone.INK)
        self._fact.setObjectName("standing")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.margin, theme.space(8), theme.margin, theme.space(8))
        row.addWidget(self._fact)

    def show_work(self, page: WorkPage) -> None:
        standing = page.office.standing
        self._fact.set_words(office_words.standing(standing, self._w))
        self._fit()
        self.setVisible(not standing.is_usual)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        """No page that would like more room takes it from here."""
        room = self.width() - 2 * self._theme.margin
        self.setFixedHeight(self._fact.heightForWidth(room) + 2 * self._theme.space(8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.palette.ground(Ground.QUIET)))
        painter.end()
