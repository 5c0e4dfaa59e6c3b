"""The sheet at a start after a power cut: a paper of which nobody knows whether it came out."""

from PySide6.QtWidgets import QWidget

from counter import words
from counter.presenter import Presenter
from counter.sheets import DoubtSheet
from counter.views.question import Question
from ui.icons import Icon
from ui.theme import Theme
from ui.widgets.key_button import KeyButton
from wording import Wording


class DoubtQuestion(Question):
    """It is there, or is printed again."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: DoubtSheet
    ) -> None:
        super().__init__(theme, w, page, presenter, words.paper(sheet.kind, sheet.clerk, w), sheet.number)
        said = (
            w.t("The program ended while this was being printed. Please see whether the paper is there.")
            if sheet.began
            else w.t("The program ended before this was printed.")
        )
        self.body.addWidget(self.explanation(said))
        if not sheet.can_print:
            self.finish(
                confirm=self.primary(
                    "doubt-settled", w.t("It is not needed"), Icon.CHECK, presenter.settle_doubt
                )
            )
            return
        settled = KeyButton(theme, w.t("It is not needed"), Icon.CHECK, "F8")
        settled.setObjectName("doubt-settled")
        settled.clicked.connect(presenter.settle_doubt)
        again = self.primary("doubt-print", w.t("Print it again"), Icon.PRINTER, presenter.print_doubt)
        self.finish(settled, confirm=again)
