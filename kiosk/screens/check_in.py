"""Who has an appointment shows its QR code to the scanner, or types its short code."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent

from broker.protocol.token import CODE_LENGTH, read_code
from kiosk import events
from kiosk.presenter import Sight
from kiosk.screens.boxes import STRETCH, Item, column, row
from kiosk.screens.code_pad import CodePad
from kiosk.screens.screen import Screen, Stage
from kiosk.words import not_found
from ui.icons import Icon
from ui.theme import Role, Tone
from ui.widgets.buttons import PlainButton
from ui.widgets.fact import Fact
from ui.widgets.field import TextField
from ui.widgets.fitted_label import FittedLabel

_LONGEST = CODE_LENGTH + 1
"""With the space that stands between its halves on paper."""


class CheckInScreen(Screen):
    def __init__(self, stage: Stage, sight: Sight) -> None:
        super().__init__(stage)
        theme, w = self.theme, self.wording
        self._field = TextField(theme, w.t("Six characters"), Icon.SCAN)
        self._field.setObjectName("code-field")
        self._field.setMaxLength(_LONGEST)
        self._field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._field.setText(_shown(sight.visit.query))
        self._field.textChanged.connect(self._typed)
        pad = CodePad(theme, w)
        pad.typed.connect(self._field.insert)
        pad.erased.connect(self._field.backspace)
        words = Role.BODY if self.small else Role.LEAD
        self._answer = Fact(theme, Icon.INFO, " ", words, icon_tone=Tone.ACCENT)
        instead = PlainButton(theme, w.t("Take a number instead"), Icon.CHEVRON_RIGHT)
        self.touch(instead, "choose-queue", events.Done())
        lead = w.t("Scan its QR code, or type its six characters.")
        self._lead = FittedLabel(theme, lead, words, 2, Tone.FAINT)
        head: list[Item] = [
            FittedLabel(theme, w.t("Have an appointment?"), Role.TITLE, 1),
            self.gap(12),
            self._lead,
            self.gap(32),
            self._field,
            self.gap(24),
            self._answer,
        ]
        if theme.surface.is_landscape:
            left = column(0, *head, STRETCH, instead)
            both = row(theme.px(40), left, column(0, pad, STRETCH))
            both.setStretch(0, 43)
            both.setStretch(1, 57)
            self.content.addLayout(both, 1)
        else:
            self.content.addSpacing(theme.px(16))
            self.content.addLayout(column(0, *head, STRETCH, pad, theme.px(32), instead), 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._field.setFocus()

    def refresh(self, sight: Sight) -> None:
        super().refresh(sight)
        visit, w = sight.visit, self.wording
        if self._field.text() != _shown(visit.query):
            self._field.blockSignals(True)  # what was scanned takes the place of what was typed
            self._field.setText(_shown(visit.query))
            self._field.blockSignals(False)
        if visit.not_found is not None:
            self._answer.set_words(not_found(visit.not_found, w))
        elif len(visit.query) > _LONGEST or read_code(visit.query) is not None:
            self._answer.set_words(w.t("One moment, please."))
        is_answered = visit.not_found is not None or read_code(visit.query) is not None
        self._answer.setVisible(is_answered)
        self._lead.setVisible(not (is_answered and self.small))

    def _typed(self, text: str) -> None:
        self.stage.act(events.Typed(text))


def _shown(query: str) -> str:
    """A scanned token is not for reading."""
    return query if len(query) <= _LONGEST else ""
