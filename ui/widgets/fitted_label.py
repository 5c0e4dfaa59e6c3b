"""Words that must be read whole: on a few balanced lines, and set smaller before anything is cut."""

from PySide6.QtWidgets import QWidget

from ui.text import Align, Paragraph, Words, fitted
from ui.theme import Role, Theme, Tone, Type
from ui.widgets.label import TextLabel


class FittedLabel(TextLabel):
    def __init__(
        self,
        theme: Theme,
        words: Words,
        type: Role | Type,
        lines: int,
        tone: Tone = Tone.INK,
        align: Align = Align.LEFT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, words, type, tone, align, lines, parent)

    def _made(self, width: int) -> Paragraph:
        assert self._max_lines is not None
        return fitted(self._words, self._type, width, max_lines=self._max_lines)
