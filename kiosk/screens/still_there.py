"""The gentle question whether somebody is still there, over the page, with the seconds that are left."""

from math import ceil

from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from kiosk import events
from kiosk.screens.countdown import Bar
from kiosk.screens.screen import Stage
from ui.icons import Icon
from ui.theme import Role, Tone
from ui.widgets.buttons import PrimaryButton
from ui.widgets.label import TextLabel
from ui.widgets.sheet import Sheet, Stand


class StillThereSheet(Sheet):
    """A touch anywhere means yes, and nothing else."""

    def __init__(self, stage: Stage, page: QWidget) -> None:
        super().__init__(stage.theme, page, Stand.FOOT)
        theme, self._wording = stage.theme, stage.wording
        self._words = TextLabel(theme, " ", Role.LEAD, Tone.FAINT)
        self._bar = Bar(theme)
        self._act = stage.act
        yes = PrimaryButton(theme, self._wording.t("Yes, continue"), Icon.ARROW_RIGHT)
        yes.setObjectName("still-here")
        yes.clicked.connect(self._still_here)
        self.content.addWidget(TextLabel(theme, self._wording.t("Are you still there?"), Role.TITLE))
        self.content.addWidget(self._words)
        self.content.addWidget(self._bar)
        self.content.addSpacing(theme.px(8))
        self.content.addWidget(yes)

    def count_down(self, left_seconds: float, of_seconds: float) -> None:
        self._words.set_words(
            self._wording.tn(
                "This page returns to the start in {n} second.",
                "This page returns to the start in {n} seconds.",
                ceil(left_seconds),
            )
        )
        self._bar.set_share(left_seconds / of_seconds)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self._still_here()

    def _still_here(self) -> None:
        self._act(events.StillHere())
