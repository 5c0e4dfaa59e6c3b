"""The keys for a short code: only the characters that a code can have, and one to take the last of them back."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import Icon
from ui.theme import Surface, Theme
from ui.widgets.buttons import PlainButton
from wording import Wording

CHARACTERS = "23456789QWERTYUPASDFGHJKZXCVBNM"
"""Every character of a code, as on a keyboard; the key after the last deletes."""

_ACROSS, _ROWS = 8, 4
_GAP_PX = 8
_KEY_PX = {Surface.KIOSK: 124, Surface.KIOSK_LANDSCAPE: 124, Surface.KIOSK_SMALL: 112}


class CodePad(QWidget):
    """Four rows of eight."""

    typed = Signal(str)
    erased = Signal()

    def __init__(self, theme: Theme, wording: Wording) -> None:
        super().__init__()
        self._theme = theme
        self._keys = [self._character(character) for character in CHARACTERS]
        erase = self._key("key-backspace", "", Icon.BACKSPACE)
        erase.setAccessibleName(wording.t("Delete"))
        erase.clicked.connect(self.erased)
        self._keys.append(erase)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        height = _ROWS * self._key_height + (_ROWS - 1) * self._gap
        return QSize(self._theme.px(900), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(600), self.sizeHint().height())

    def resizeEvent(self, _event: QResizeEvent) -> None:
        pitch = (self.width() + self._gap) / _ACROSS
        for index, key in enumerate(self._keys):
            line, place = divmod(index, _ACROSS)
            left, right = round(place * pitch), round((place + 1) * pitch) - self._gap
            key.setGeometry(left, line * (self._key_height + self._gap), right - left, self._key_height)

    @property
    def _key_height(self) -> int:
        return self._theme.px(_KEY_PX[self._theme.surface])

    @property
    def _gap(self) -> int:
        return self._theme.px(_GAP_PX)

    def _character(self, character: str) -> PlainButton:
        key = self._key(f"key-{character}", character)
        key.clicked.connect(lambda: self.typed.emit(character))
        return key

    def _key(self, name: str, words: str, icon: Icon | None = None) -> PlainButton:
        key = PlainButton(self._theme, words, icon, self)
        key.setObjectName(name)
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is typed goes on going into the field
        return key
