"""The kind question whether the citizen should be served earlier, and where the ticket will be seen."""

from PySide6.QtWidgets import QGridLayout

from broker.domain.values import Priority
from kiosk import flow
from kiosk.presenter import Sight
from kiosk.screens.boxes import column
from kiosk.screens.screen import Screen, Stage
from kiosk.words import priority
from ui.icons import Icon
from ui.theme import Role, Tone
from ui.widgets.buttons import PrimaryButton
from ui.widgets.fact import Fact
from ui.widgets.label import TextLabel
from ui.widgets.row import ChoiceRow

_SIGNS = {
    Priority.ELDERLY: Icon.PRIORITY_ELDER,
    Priority.DISABILITY: Icon.ACCESSIBILITY,
    Priority.PREGNANT: Icon.PRIORITY_PREGNANT,
    Priority.INFANT: Icon.PRIORITY_CHILD,
}


class PriorityScreen(Screen):
    def __init__(self, stage: Stage, _sight: Sight) -> None:
        super().__init__(stage)
        theme, w = self.theme, self.wording
        landscape = theme.surface.is_landscape
        self._no_paper = Fact(
            theme,
            Icon.PRINTER,
            w.t("Tickets can't be printed now. Your number will be shown on the screen."),
            Role.LEAD,
            icon_tone=Tone.ACCENT,
        )
        none = PrimaryButton(theme, w.t("No, continue"), Icon.ARROW_RIGHT)
        self.touch(none, "priority-none", flow.PriorityAnswered(None))
        answers = QGridLayout()
        answers.setContentsMargins(0, 0, 0, 0)
        answers.setSpacing(theme.px(24))
        across = 2 if landscape else 1
        for index, each in enumerate(Priority):
            words = priority(each, w)
            answer = ChoiceRow(theme, _SIGNS[each], words.name, words.note)
            self.touch(answer, f"priority-{each.value}", flow.PriorityAnswered(each))
            answer.setMinimumHeight(theme.px(168 if landscape else 216))
            answers.addWidget(answer, index // across, index % across)
        if not landscape:
            self.content.addSpacing(theme.px(16))
        lead = w.t("Choose what applies. You need not show any proof here.")
        self.content.addLayout(
            column(
                theme.px(8),
                TextLabel(theme, w.t("Should you be served earlier?"), Role.TITLE),
                TextLabel(theme, lead, Role.LEAD, Tone.FAINT),
            )
        )
        if not landscape:
            self.content.addSpacing(theme.px(24))
        self.content.addLayout(answers)
        self.content.addStretch(1)
        self.content.addWidget(self._no_paper)
        self.content.addWidget(none)

    def refresh(self, sight: Sight) -> None:
        super().refresh(sight)
        self._no_paper.setVisible(not sight.can_print)
