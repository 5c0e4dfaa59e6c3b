"""The counter's button for what can't be taken back lightly, and the filled one of its confirmation."""

from PySide6.QtWidgets import QWidget

from ui.icons import Icon
from ui.text import Words
from ui.theme import Theme
from ui.widgets.box import Box
from ui.widgets.key_button import KeyButton, KeyPrimaryButton
from ui.widgets.pressable import State


class KeyDangerButton(KeyButton):
    """Outlined in danger, with a triangle."""

    def __init__(
        self, theme: Theme, words: Words, key: str, cap: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, words, Icon.ALERT, key, cap, parent)

    def box(self, state: State) -> Box:
        palette = self.theme.palette
        match state:
            case State.REST | State.CHOSEN:
                line = self.theme.line(palette.control_px)
                return Box(palette.card, palette.danger, palette.danger, line)
            case State.PRESSED:
                return Box(palette.danger, palette.on_danger, inner_line=palette.on_danger)
            case State.UNAVAILABLE:
                return super().box(state)


class KeyConfirmDangerButton(KeyPrimaryButton):
    """Filled in danger: only where the clerk has been asked."""

    def __init__(
        self, theme: Theme, words: Words, key: str, cap: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, words, Icon.ALERT, key, cap, parent)

    def box(self, state: State) -> Box:
        palette = self.theme.palette
        match state:
            case State.REST | State.CHOSEN:
                return Box(palette.danger, palette.on_danger)
            case State.PRESSED:
                return Box(palette.danger, palette.on_danger, inner_line=palette.on_danger)
            case State.UNAVAILABLE:
                return super().box(state)

    def _cap_box(self, box: Box) -> Box:
        return Box(box.fill, box.ink, box.ink, self.theme.line(2))
