"""The kind question whether the citizen should be served earlier, and where the ticket will be seen."""

from PySide6.QtWidgets import QGridLayout

from broker.domain.values import Priority
from kiosk import events
from kiosk.presenter import Sight
from kiosk.screens.boxes import Item, column
from kiosk.screens.screen import Screen, Stage
from kiosk.words import checking_in, priority_note
from papers.words import priority
from ui.icons import Icon
from ui.theme import Role, Surface, Tone
from ui.widgets.buttons import PrimaryButton
from ui.widgets.fact import Fact
from ui.widgets.fitted_label import FittedLabel
from ui.widgets.label import TextLabel
from ui.widgets.row import ChoiceRow

_SIGNS = {
    Priority.ELDERLY: Icon.PRIORITY_ELDER,
    Priority.DISABILITY: Icon.ACCESSIBILITY,
    Priority.PREGNANT: Icon.PRIORITY_PREGNANT,
    Priority.INFANT: Icon.PRIORITY_CHILD,
}
_ANSWER_PX = {Surface.KIOSK: 216, Surface.KIOSK_LANDSCAPE: 184, Surface.KIOSK_SMALL: 122}
_LEAST_ANSWER_PX = 98


class PriorityScreen(Screen):
    def __init__(self, stage: Stage, sight: Sight) -> None:
        super().__init__(stage)
        theme, w = self.theme, self.wording
        landscape = theme.surface.is_landscape
        wish = sight.visit.wish
        self._appointment = wish.appointment if wish is not None else None
        self._checked_in = Fact(
            theme, Icon.CALENDAR_CHECK, " ", Role.BODY if self.small else Role.LEAD, icon_tone=Tone.ACCENT
        )
        self._checked_in.setVisible(self._appointment is not None)
        self._no_paper = Fact(
            theme,
            Icon.PRINTER,
            w.t("Tickets can't be printed now. Your number will be shown on the screen."),
            Role.BODY if self.small else Role.LEAD,
            icon_tone=Tone.ACCENT,
        )
        none = PrimaryButton(theme, w.t("No, continue"), Icon.ARROW_RIGHT)
        self.touch(none, "priority-none", events.PriorityAnswered(None))
        self._answers: list[ChoiceRow] = []
        answers = QGridLayout()
        answers.setContentsMargins(0, 0, 0, 0)
        answers.setSpacing(self.gap(24))
        across = 2 if landscape else 1
        for index, each in enumerate(Priority):
            note = "" if self.small else priority_note(each, w)
            answer = ChoiceRow(theme, _SIGNS[each], priority(each, w), note)
            self.touch(answer, f"priority-{each.value}", events.PriorityAnswered(each))
            self._answers.append(answer)
            answers.setColumnStretch(index % across, 1)
            answers.addWidget(answer, index // across, index % across)
        if not landscape:
            self.content.addSpacing(theme.px(16))
        lead = w.t("Choose what applies. You need not show any proof here.")
        question: list[Item] = [
            self._checked_in,
            TextLabel(theme, w.t("Should you be served earlier?"), Role.TITLE),
        ]
        if not self.small:
            question.append(FittedLabel(theme, lead, Role.LEAD, 2, Tone.FAINT))
        self.content.addLayout(column(theme.px(8), *question))
        if not landscape:
            self.content.addSpacing(theme.px(24))
        self.content.addLayout(answers)
        self.content.addStretch(1)
        self.content.addWidget(self._no_paper)
        self.content.addWidget(none)

    def refresh(self, sight: Sight) -> None:
        super().refresh(sight)
        self._no_paper.setVisible(not sight.can_print)
        if self._appointment is not None:
            self._checked_in.set_words(checking_in(self._appointment, sight.state, sight.now, self.wording))
        height = _ANSWER_PX[self.theme.surface]
        if self.small and (self._appointment is not None or not sight.can_print):
            height = _LEAST_ANSWER_PX
        for answer in self._answers:
            answer.setFixedHeight(self.theme.px(height))
