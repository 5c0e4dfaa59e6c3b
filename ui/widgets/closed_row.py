"""A row of something that can't be had now: dashed, locked, with the reason; a touch tells more about it."""

from PySide6.QtWidgets import QWidget

from ui.text import Words
from ui.theme import Theme
from ui.widgets.row import ListRow


class ClosedRow(ListRow):
    def __init__(
        self, theme: Theme, name: Words, reason: str, letter: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, name, reason, letter, parent=parent)
        self.set_closed(reason)
