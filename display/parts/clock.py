"""Date and time: the date in two lines at the left, the clock large at the right."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from broker.domain.values import Instant
from display.words import clock, date_lines
from ui.text import Align
from ui.theme import Role, Theme, Tone, Type, Weight
from ui.widgets.label import TextLabel
from wording import Wording


class Clock(QWidget):
    """Shows what it is told; it has no time of its own."""

    def __init__(self, theme: Theme, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        medium = Type(theme.px(40), Weight.MEDIUM, line_em=1.24)
        self._date = TextLabel(theme, "", medium, Tone.FAINT)
        self._clock = TextLabel(theme, "", theme.type(Role.CLOCK).spaced(1.0), Tone.INK, Align.RIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(32))
        row.addWidget(self._date, 1)
        row.addWidget(self._clock)

    def set_time(self, minute: Instant) -> None:
        self._date.set_words(date_lines(minute, self._wording))
        self._clock.set_words(clock(minute, self._wording))
