"""The sheets about the visit in hand: where it goes on to, and why it was its turn."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from broker.domain.rules import Queue
from broker.domain.values import Letter
from counter import words
from counter.presenter import Presenter
from counter.sheets import PlanSheet, WhySheet
from counter.views.question import Question, never_wider
from counter.why import sentence
from ui.icons import Icon
from ui.theme import Role, Theme, Type, Weight
from ui.widgets.label import TextLabel
from ui.widgets.option import Mark, Option
from ui.widgets.scroll import RowScroll
from wording import Language, Wording


class PlanQuestion(Question):
    """Queues are gone through in the order in which they are ticked; ticked again, one is left out."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: PlanSheet
    ) -> None:
        super().__init__(theme, w, page, presenter, w.t("Where does the visit go on to?"), sheet.number)
        self._sheet = sheet
        self._steps: list[Letter] = list(sheet.steps)
        self._way = TextLabel(theme, "", Type(theme.type(Role.BODY).px, Weight.BOLD))
        self._way.setObjectName("planned-way")
        self._way.setFixedHeight(theme.px(60 if self.is_strip else 40))
        never_wider(self._way)
        self._options = {queue.letter: self._option(queue) for queue in sheet.queues}
        rows = QVBoxLayout()
        rows.setSpacing(theme.space(8))
        for option in self._options.values():
            rows.addWidget(option)
        scroll = RowScroll(theme)
        scroll.rows.addLayout(rows)
        scroll.setFixedHeight(theme.px(56) * min(len(self._options), 5 if self.is_strip else 6))
        self.body.addWidget(self._way)
        self.body.addWidget(scroll)
        self.finish(confirm=self.primary("plan-confirm", w.t("Save"), Icon.CHECK, self._save))
        self._show()

    def _option(self, queue: Queue) -> Option:
        option = Option(self.theme, Mark.MANY, words.queue_name(queue, self.w), letter=queue.letter)
        option.setObjectName(f"step-{queue.letter}")
        option.clicked.connect(lambda: self._toggle(queue.letter))
        return option

    def _toggle(self, letter: Letter) -> None:
        if letter in self._steps:
            self._steps.remove(letter)
        else:
            self._steps.append(letter)
        self._show()

    def _show(self) -> None:
        names = {queue.letter: queue for queue in self._sheet.queues}
        steps = tuple(names[letter] for letter in self._steps)
        way = words.steps(self._sheet.current, steps, self.w)
        self._way.set_words(way if steps else self.w.t("The visit ends here: {queue}.", queue=way))
        for letter, option in self._options.items():
            is_step = letter in self._steps
            option.setChecked(is_step)
            option.set_aside(self.w.t("step {n}", n=self._steps.index(letter) + 1) if is_step else "")
        self.set_complete(tuple(self._steps) != self._sheet.steps)

    def _save(self) -> None:
        self.presenter.plan(tuple(self._steps))


class WhyQuestion(Question):
    """The sentence in the clerk's language and, where that is another, in the citizen's."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: WhySheet
    ) -> None:
        super().__init__(theme, w, page, presenter, w.t("Why this number?"), sheet.number)
        self._add("answer", sheet, w)
        citizens = Wording(Language(sheet.language.value), w.utc_offset)
        if citizens != w:
            self.body.addSpacing(theme.space(8))
            self.body.addWidget(self.explanation(w.t("For the citizen, in the language of the ticket:")))
            self._add("answer-for-citizen", sheet, citizens)
        self.finish()

    def _add(self, name: str, sheet: WhySheet, w: Wording) -> None:
        label = TextLabel(self.theme, sentence(sheet.why, sheet.names, w), Role.HEADING)
        never_wider(label)
        label.setObjectName(name)
        self.body.addWidget(label)
