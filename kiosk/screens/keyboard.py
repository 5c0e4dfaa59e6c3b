"""The kiosk's own keyboard: push buttons that tell their character."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import Icon
from ui.theme import Surface, Theme
from ui.widgets.buttons import PlainButton
from wording import Wording

_DIGITS = "1234567890"
_LETTERS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ACROSS = 10
_GAP_PX = 8
_KEY_PX = {Surface.KIOSK: 108, Surface.KIOSK_LANDSCAPE: 108, Surface.KIOSK_SMALL: 84}


class Keyboard(QWidget):
    """Five rows; four, without digits, on a small landscape panel."""

    typed = Signal(str)
    erased = Signal()
    cleared = Signal()

    def __init__(self, theme: Theme, wording: Wording) -> None:
        super().__init__()
        self._theme = theme
        small = theme.surface is Surface.KIOSK_SMALL
        self._lines = _LETTERS if small else (_DIGITS, *_LETTERS)
        self._keys = {character: self._character(character) for line in self._lines for character in line}
        self._erase = self._key("key-backspace", wording.t("Delete"), Icon.BACKSPACE)
        self._erase.clicked.connect(self.erased)
        self._clear = self._key("key-clear", wording.t("Delete all"))
        self._clear.clicked.connect(self.cleared)
        self._space = self._key("key-space", wording.t("space"))
        self._space.clicked.connect(lambda: self.typed.emit(" "))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        rows = len(self._lines) + 1
        height = rows * self._theme.px(_KEY_PX[self._theme.surface]) + (rows - 1) * self._gap
        return QSize(self._theme.px(1012), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(600), self.sizeHint().height())

    def resizeEvent(self, _event: QResizeEvent) -> None:
        height = self._theme.px(_KEY_PX[self._theme.surface])
        for row, line in enumerate(self._lines):
            indent = (_ACROSS - len(line)) / 2 if len(line) == _ACROSS - 1 else 0.0
            for place, character in enumerate(line):
                self._put(self._keys[character], indent + place, 1, row, height)
        last = len(self._lines) - 1
        self._put(self._erase, 7, 3, last, height)
        self._put(self._clear, 0, 3, last + 1, height)
        self._put(self._space, 3, 7, last + 1, height)

    @property
    def _gap(self) -> int:
        return self._theme.px(_GAP_PX)

    def _put(self, key: QWidget, start: float, across: int, row: int, height: int) -> None:
        """On a grid of ten keys across."""
        pitch = (self.width() + self._gap) / _ACROSS
        left, right = round(start * pitch), round((start + across) * pitch) - self._gap
        key.setGeometry(QRect(left, row * (height + self._gap), right - left, height))

    def _character(self, character: str) -> PlainButton:
        key = self._key(f"key-{character}", character)
        key.clicked.connect(lambda: self.typed.emit(character))
        return key

    def _key(self, name: str, words: str, icon: Icon | None = None) -> PlainButton:
        key = PlainButton(self._theme, words, icon, self)
        key.setObjectName(name)
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is typed goes on going into the field
        return key
