"""What sheets share whose subject is to come out of the printer: how it fares there, and another attempt."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from counter import sentences
from counter.paper import NoPrinter, NotYet, Paper, Printing
from hardware.job import Failed, Printed, Unknown
from ui.icons import Icon
from ui.theme import Role, Surface, Theme, Tone
from ui.widgets.fact import Fact
from ui.widgets.key_button import KeyButton
from wording import Wording


class PaperFact(Fact):
    """How a paper fares, with the sign that goes with it; not there while there is nothing to say."""

    def __init__(self, theme: Theme, role: Role) -> None:
        super().__init__(theme, Icon.PRINTER, "", role)
        self.setObjectName("paper")

    def show_paper(self, paper: Paper, said: str) -> None:
        self.set_words(said)
        match paper:
            case Printed():
                self.set_icon(Icon.CIRCLE_CHECK, Tone.ACCENT)
            case Failed() | Unknown():
                self.set_icon(Icon.ALERT, Tone.DANGER)
            case NoPrinter.NO_PRINTER | NotYet.NOT_YET:
                self.set_icon(Icon.CAMERA, Tone.INK)
            case Printing.PRINTING:
                self.set_icon(Icon.PRINTER, Tone.FAINT)
        self.setVisible(bool(said))


class OnPaper(QWidget):
    """A citizen's paper: the sentence with the button beside it; in the strip, below it."""

    def __init__(self, theme: Theme, w: Wording, again: Callable[[], None]) -> None:
        super().__init__()
        self._w = w
        self._said = PaperFact(theme, Role.BODY)
        self._again = KeyButton(theme, w.t("Print again"), Icon.PRINTER, "F8")
        self._again.setObjectName("print-again")
        self._again.clicked.connect(lambda _checked: again())
        is_strip = theme.surface is Surface.STRIP
        row: QHBoxLayout | QVBoxLayout = QVBoxLayout(self) if is_strip else QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space(12))
        row.addWidget(self._said, 1)
        if is_strip:
            row.addWidget(self._again)
        else:
            self._again.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            row.addWidget(self._again, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_paper(self, paper: Paper) -> None:
        self._said.show_paper(paper, sentences.for_citizen(paper, self._w))
        self._again.setVisible(isinstance(paper, Printed | Failed | Unknown))
