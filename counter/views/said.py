"""What the desk has to say, calmly and always in the same place: below the button that comes next."""

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from counter import sentences
from counter.sheets import Entered, NextInLine, Notice
from ui.icons import Icon
from ui.theme import Role, Surface, Theme, Tone
from ui.widgets.fact import Fact
from wording import Wording


class SaidLine(QWidget):
    """One sentence, or nothing. In the window its room is always kept, so that no button moves."""

    def __init__(self, theme: Theme, w: Wording) -> None:
        super().__init__()
        self._w = w
        self._fact = Fact(theme, Icon.INFO, "", Role.BODY)
        self._fact.setObjectName("said")
        self._keeps_room = theme.surface is not Surface.STRIP
        row = QHBoxLayout(self)
        air = 0 if self._keeps_room else theme.space(4)
        row.setContentsMargins(theme.space(4), air, 0, air)
        row.addWidget(self._fact)
        if self._keeps_room:
            self.setFixedHeight(theme.px(46))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.say(None, is_pending=False)

    def say(self, notice: Notice | None, *, is_pending: bool, otherwise: str = "") -> None:
        """Say the notice, else that an answer is taking its time, else what there is to be said anyway."""
        if notice is not None:
            self._fact.set_words(sentences.notice(notice, self._w))
            good = isinstance(notice, NextInLine | Entered)
            self._fact.set_icon(Icon.CIRCLE_CHECK if good else Icon.INFO, Tone.ACCENT if good else Tone.INK)
        elif is_pending:
            self._fact.set_words(self._w.t("Waiting for the answer."))
            self._fact.set_icon(Icon.CLOCK, Tone.FAINT)
        else:
            self._fact.set_words(otherwise)
            self._fact.set_icon(Icon.TRANSFER, Tone.INK)
        says = notice is not None or is_pending or bool(otherwise)
        self._fact.setVisible(says)
        if not self._keeps_room:
            self.setVisible(says)
