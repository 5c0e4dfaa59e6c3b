"""What sheets share whose subject is to come out of the printer: how it fares there, and another attempt."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from counter import sentences
from counter.paper import NoPrinter, Paper, Printing
from hardware.job import Failed, Printed, Unknown
from ui.icons import Icon
from ui.theme import Role, Surface, Theme, Tone
from ui.widgets.fact import Fact
from ui.widgets.key_button import KeyButton
from wording import Wording


class OnPaper(QWidget):
    """The sentence with the button beside it; in the strip, below it."""

    def __init__(self, theme: Theme, w: Wording, again: Callable[[], None]) -> None:
        super().__init__()
        self._w = w
        self._said = Fact(theme, Icon.PRINTER, "", Role.BODY)
        self._said.setObjectName("paper")
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
        self._said.set_words(sentences.printed(paper, self._w))
        match paper:
            case Printed():
                self._said.set_icon(Icon.CIRCLE_CHECK, Tone.ACCENT)
            case Failed() | Unknown():
                self._said.set_icon(Icon.ALERT, Tone.DANGER)
            case NoPrinter.NO_PRINTER:
                self._said.set_icon(Icon.CAMERA, Tone.INK)
            case Printing.PRINTING:
                self._said.set_icon(Icon.PRINTER, Tone.FAINT)
        self._again.setVisible(isinstance(paper, Printed | Failed | Unknown))
