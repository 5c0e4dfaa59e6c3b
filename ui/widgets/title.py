"""A title that comes from data: on balanced lines, and smaller before it would be cut."""

from PySide6.QtWidgets import QWidget

from ui.text import Align, Paragraph, Words, fitted
from ui.theme import Role, Theme, Tone
from ui.widgets.label import TextLabel


class TitleLabel(TextLabel):
    def __init__(
        self,
        theme: Theme,
        words: Words,
        lines: int,
        tone: Tone = Tone.INK,
        align: Align = Align.LEFT,
        parent: QWidget | None = None,
    ) -> None:
        self._lines = lines
        super().__init__(theme, words, Role.TITLE, tone, align, parent=parent)

    def _made(self, width: int) -> Paragraph:
        return fitted(self._words, self._type, width, max_lines=self._lines)
