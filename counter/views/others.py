"""The sheets about a number that waits: it is found, then called out of turn or given its true priority."""

from PySide6.QtWidgets import QWidget

from broker.client import Link
from broker.domain.values import ChoiceReason, Priority
from counter import office_words, words
from counter.office_sheets import CallOtherSheet, OthersSheet, PrioritySheet
from counter.others import OtherNumber
from counter.page import WorkPage
from counter.presenter import Presenter
from counter.views.number_picker import NumberPicker, whereabouts
from counter.views.office_question import WIDE_PX, OfficeQuestion
from counter.views.question import Answer, Answers, never_wider
from ui.icons import Icon
from ui.theme import Role, Theme, Type, Weight
from ui.widgets.key_button import KeyButton
from ui.widgets.label import TextLabel
from ui.widgets.option import Mark
from wording import Wording


class OthersQuestion(OfficeQuestion):
    """Which of those who wait is meant, and what for. Numbers only."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: OthersSheet
    ) -> None:
        super().__init__(theme, w, page, presenter, w.t("Another number"))
        self._numbers = {each.waiting.ticket: each for each in sheet.numbers}
        rows = [(each.waiting, self._note(each, sheet)) for each in sheet.numbers]
        self._picker = NumberPicker(theme, w, rows, Mark.ONE, self._show_chosen)
        self._chosen = TextLabel(theme, "", Type(theme.type(Role.BODY).px, Weight.BOLD), max_lines=2)
        self._chosen.setObjectName("chosen-waiting")
        never_wider(self._chosen)
        self.body.addWidget(self._picker)
        self.body.addWidget(self._chosen)
        if not self.is_strip:
            self.content.addStrut(theme.px(WIDE_PX))
        self._priority = KeyButton(theme, w.t("Priority"), Icon.ACCESSIBILITY, "F2")
        self._priority.setObjectName("priority")
        self._priority.clicked.connect(self._ask_priority)
        call = self.primary("call", w.tp("counter", "Call"), Icon.MEGAPHONE, self._ask_reason)
        self.finish(self._priority, confirm=call)
        self._show_chosen()

    def open_sheet(self) -> None:
        super().open_sheet()
        self._picker.focus_field()

    def show_work(self, page: WorkPage) -> None:
        super().show_work(page)
        self._priority.setEnabled(page.around.link is Link.LIVE and self._number is not None)

    @property
    def _number(self) -> OtherNumber | None:
        return next((self._numbers[each] for each in self._picker.chosen), None)

    def _note(self, other: OtherNumber, sheet: OthersSheet) -> str:
        priority = () if other.priority is None else (words.priority(other.priority, self.w),)
        return ", ".join((*priority, *whereabouts(other.waiting, sheet.names, self.w)))

    def _show_chosen(self) -> None:
        number, w = self._number, self.w
        self._priority.setEnabled(number is not None)
        self.set_complete(number is not None and number.obstacle is None)
        if number is None:
            self._chosen.set_words(w.t("No number chosen"))
        elif number.obstacle is None:
            self._chosen.set_words(w.t("{number} is chosen", number=words.spoken(number.waiting.number)))
        else:
            self._chosen.set_words(office_words.in_the_way(number.waiting.number, number.obstacle, w))

    def _ask_priority(self) -> None:
        if self._number is not None:
            self.office.ask_priority(self._number)

    def _ask_reason(self) -> None:
        if self._number is not None:
            self.office.ask_reason(self._number)


class CallOtherQuestion(OfficeQuestion):
    """Why it is called before others. Without a reason it is not."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: CallOtherSheet
    ) -> None:
        super().__init__(theme, w, page, presenter, w.t("Why is it called now?"), sheet.number)
        self._ticket = sheet.ticket
        self._reasons: Answers[ChoiceReason] = self.answers(
            [Answer(each, f"reason-{each}", w.t(said)) for each, said in office_words.CHOICE_REASONS.items()],
            None,
        )
        self.body.addWidget(self._reasons)
        self.body.addWidget(
            self.explanation(w.t("It is called out of turn. That is counted under your name."))
        )
        self.finish(confirm=self.primary("call-other", w.tp("counter", "Call"), Icon.MEGAPHONE, self._call))
        self.check()

    def check(self) -> None:
        self.set_complete(self._reasons.chosen is not None)

    def _call(self) -> None:
        if self._reasons.chosen is not None:
            self.office.call_other(self._ticket, self._reasons.chosen)


class PriorityQuestion(OfficeQuestion):
    """Which priority it really has: not everybody dares to say so at the machine, and some touch what is not theirs."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: PrioritySheet
    ) -> None:
        super().__init__(theme, w, page, presenter, w.t("Which priority does it have?"), sheet.number)
        self._ticket = sheet.ticket
        self._as_it_is = sheet.priority
        answers: list[Answer[Priority | None]] = [Answer(None, "priority-none", w.t("No priority"))]
        answers += [Answer(each, f"priority-{each}", words.priority(each, w)) for each in Priority]
        self._priorities = self.answers(answers, sheet.priority)
        self.body.addWidget(self._priorities)
        self.body.addWidget(
            self.explanation(w.t("The number gets the place of its priority, counted from its arrival."))
        )
        self.finish(confirm=self.primary("priority-confirm", w.t("Save"), Icon.CHECK, self._save))
        self.check()

    def check(self) -> None:
        self.set_complete(self._priorities.chosen is not self._as_it_is)

    def _save(self) -> None:
        self.office.correct_priority(self._ticket, self._priorities.chosen)
