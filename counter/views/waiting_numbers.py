"""The sheet of all numbers that wait: several are chosen, and moved or ended together."""

from PySide6.QtWidgets import QWidget

from broker.client import Link
from counter.office_sheets import WaitingSheet
from counter.page import WorkPage
from counter.presenter import Presenter
from counter.views.number_picker import NumberPicker, whereabouts
from counter.views.office_question import WIDE_PX, OfficeQuestion
from ui.icons import Icon
from ui.theme import Role, Theme, Type, Weight
from ui.widgets.key_button import KeyButton
from ui.widgets.key_danger import KeyDangerButton
from ui.widgets.label import TextLabel
from ui.widgets.option import Mark
from wording import Wording


class WaitingQuestion(OfficeQuestion):
    """Numbers only: whose they are stays hidden."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: WaitingSheet
    ) -> None:
        super().__init__(theme, w, page, presenter, w.t("Which numbers are meant?"))
        rows = [(each, ", ".join(whereabouts(each, sheet.names, w))) for each in sheet.numbers]
        self._picker = NumberPicker(theme, w, rows, Mark.MANY, self._show_chosen)
        every = KeyButton(theme, w.t("Choose all"), Icon.CHECK, "Ctrl+A")
        every.setObjectName("choose-all")
        every.clicked.connect(self._picker.choose_all)
        self._picker.add_beside(every)
        self._chosen = TextLabel(theme, "", Type(theme.type(Role.BODY).px, Weight.BOLD))
        self._chosen.setObjectName("chosen-waiting")
        self.body.addWidget(self._picker)
        self.body.addWidget(self._chosen)
        if not self.is_strip:
            self.content.addStrut(theme.px(WIDE_PX))
        self._void = KeyDangerButton(theme, w.t("End them"), "Ctrl+Del", "" if self.is_strip else None)
        self._void.setObjectName("void")
        self._void.clicked.connect(lambda: self.office.ask_voiding(self._picker.chosen))
        move = self.primary("move", w.t("Move"), Icon.TRANSFER, self._move)
        self.finish(self._void, confirm=move)
        self._show_chosen()

    def open_sheet(self) -> None:
        super().open_sheet()
        self._picker.focus_field()

    def show_work(self, page: WorkPage) -> None:
        super().show_work(page)
        self._void.setEnabled(page.around.link is Link.LIVE and bool(self._picker.chosen))

    def _show_chosen(self) -> None:
        count = len(self._picker.chosen)
        none = self.w.t("No number chosen")
        self._chosen.set_words(self.w.tn("{n} number chosen", "{n} numbers chosen", count) if count else none)
        self.set_complete(count > 0)
        self._void.setEnabled(count > 0)

    def _move(self) -> None:
        self.office.ask_moving(self._picker.chosen)
