"""How long a page stays: a sentence, and a bar that grows shorter."""

from math import ceil

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.screens.boxes import column
from ui.theme import Role, Theme, Tone
from ui.widgets.label import TextLabel
from wording import Wording


class Countdown(QWidget):
    """Keeps its room while there is nothing to count."""

    def __init__(self, theme: Theme, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._words = TextLabel(theme, " ", Role.SMALL, Tone.FAINT)
        self._bar = Bar(theme)
        self.setLayout(column(theme.px(12), self._words, self._bar))
        policy = self.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Maximum)
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()

    def show_left(self, left_seconds: float, of_seconds: float) -> None:
        self._words.set_words(stays_for(left_seconds, self._wording))
        self._bar.set_share(left_seconds / of_seconds)
        self.show()


class Bar(QWidget):
    """A share of its width, filled."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._share = 1.0
        self.setFixedHeight(theme.px(12))

    def set_share(self, share: float) -> None:
        self._share = max(0.0, min(1.0, share))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(0, 0, 0, 0))
        radius = self.height() / 2
        whole = QRectF(self.rect())
        painter.setBrush(QColor(palette.hairline))
        painter.drawRoundedRect(whole, radius, radius)
        whole.setWidth(max(self.height(), whole.width() * self._share))
        painter.setBrush(QColor(palette.control))
        painter.drawRoundedRect(whole, radius, radius)
        painter.end()


def stays_for(left_seconds: float, w: Wording) -> str:
    minutes, seconds = divmod(ceil(left_seconds), 60)
    if not minutes:
        return w.tn("This page stays for {n} second", "This page stays for {n} seconds", seconds)
    if not seconds:
        return w.tn("This page stays for {n} minute", "This page stays for {n} minutes", minutes)
    return w.t("This page stays for {minutes} min {seconds} s", minutes=minutes, seconds=seconds)
