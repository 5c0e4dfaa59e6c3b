"""The sheet that asks a supervisor whether the server's clock, which is in doubt, is right: with what follows then."""

from PySide6.QtWidgets import QWidget

from counter import device_words
from counter.office_sheets import ClockSheet
from counter.presenter import Presenter
from counter.views.office_question import OfficeQuestion
from ui.icons import Icon
from ui.theme import Role, Theme, Type, Weight
from ui.widgets.label import TextLabel
from wording import Wording


class ClockQuestion(OfficeQuestion):
    """Asked before time jumps: a day that has been closed does not open again."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: ClockSheet
    ) -> None:
        super().__init__(theme, w, page, presenter, w.t("Is the server's clock right?"))
        shows = device_words.moment(sheet.shows, w)
        self.body.addWidget(TextLabel(theme, shows, Type(theme.type(Role.LEAD).px, Weight.BOLD)))
        self.body.addWidget(self.explanation(device_words.if_believed(sheet, w)))
        yes, believe = w.t("Yes, it is right"), self.office.believe_clock
        is_behind = sheet.shows < sheet.queue_at
        self.finish(
            confirm=self.primary("clock-confirm", yes, Icon.CHECK, believe)
            if is_behind
            else self.danger("clock-confirm", yes, believe)
        )
