"""The head of a page: wordmark and outlet at the left, clock and date at the right."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.text import Align
from ui.theme import Surface, Theme, Tone, Type, Weight
from ui.widgets.label import OneLineLabel, TextLabel
from ui.widgets.wordmark import Wordmark


class Header(QWidget):
    """Texts come from the program, already in its language: `set_outlet`, `set_time`.

    In portrait the outlet stands under the wordmark and the date under the clock; in landscape beside them.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._landscape = theme.surface.is_landscape
        self._large = theme.surface.is_large
        name_px, outlet_px, clock_px, date_px = _sizes(theme.surface)
        wordmark = Wordmark(theme, name_px)
        self._outlet = OneLineLabel(theme, "", self._medium(outlet_px), Tone.FAINT)
        bold = Type(theme.px(clock_px), Weight.BOLD, line_em=1.0)
        self._clock = TextLabel(theme, "", bold, Tone.INK, Align.RIGHT)
        self._date = TextLabel(theme, "", self._medium(date_px), Tone.FAINT, Align.RIGHT)
        self.setLayout(self._inline(wordmark) if self._landscape else self._stacked(wordmark))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_outlet(self, name: str) -> None:
        self._outlet.set_words(name)

    def set_time(self, clock: str, date: str) -> None:
        """For example ("10.08", "Selasa, 14 Juli 2026"). Large text leaves the date out."""
        self._clock.set_words(clock)
        self._date.set_words("" if self._large else date)
        self._date.setVisible(not self._large)

    def sizeHint(self) -> QSize:
        natural = super().sizeHint()
        least = self._theme.px(64 if self._landscape else 104)
        return QSize(natural.width(), max(natural.height(), least))

    def _medium(self, px: int) -> Type:
        return Type(self._theme.px(px), Weight.MEDIUM, line_em=1.2)

    def _stacked(self, wordmark: Wordmark) -> QHBoxLayout:
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(self._theme.px(12))
            column.setContentsMargins(0, 0, 0, 0)
        left.addWidget(wordmark, 0, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(self._outlet)
        left.addStretch()
        right.setSpacing(0)
        right.addWidget(self._clock)
        right.addWidget(self._date)
        right.addStretch()
        both = QHBoxLayout()
        both.setContentsMargins(0, 0, 0, 0)
        both.addLayout(left, 1)
        both.addLayout(right)
        return both

    def _inline(self, wordmark: Wordmark) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(26))
        row.addWidget(wordmark)
        row.addWidget(self._outlet, 1)
        row.addWidget(self._date)
        row.addWidget(self._clock)
        return row


def _sizes(surface: Surface) -> tuple[int, int, int, int]:
    """Of the name, the outlet, the clock and the date."""
    match surface:
        case Surface.KIOSK_LARGE:
            return 46, 40, 84, 40
        case Surface.KIOSK_LANDSCAPE | Surface.KIOSK_SMALL:
            return 34, 31, 60, 29
        case Surface.KIOSK_LANDSCAPE_LARGE | Surface.KIOSK_SMALL_LARGE:
            return 42, 40, 72, 40
        case Surface.DISPLAY | Surface.DISPLAY_PORTRAIT:
            return 42, 42, 116, 40
        case _:
            return 34, 30, 60, 28
