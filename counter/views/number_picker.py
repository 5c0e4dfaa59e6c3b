"""Numbers that wait, to be found and chosen. Whose they are stays hidden."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from broker.domain.values import ClerkId, TicketId
from counter import office_words, words
from counter.supervising import WaitingNumber
from ui.icons import Icon
from ui.theme import Role, Surface, Theme, Tone
from ui.widgets.field import TextField
from ui.widgets.key_button import KeyButton
from ui.widgets.label import TextLabel
from ui.widgets.option import Mark, Option
from ui.widgets.scroll import RowScroll
from wording import Wording

ROW_PX = 52
"""High enough for a note of one line, so that rows with and without one are alike."""


class NumberPicker(QWidget):
    """A field to search by number, what else goes with the search, and the rows in their columns."""

    def __init__(
        self,
        theme: Theme,
        w: Wording,
        rows: Sequence[tuple[WaitingNumber, str]],
        mark: Mark,
        on_choice: Callable[[], None],
    ) -> None:
        super().__init__()
        self._theme = theme
        self._is_strip = theme.surface is Surface.STRIP
        self._across = 1 if self._is_strip else 3
        self._plates = {each.ticket: f"{each.number.letter}{each.number.digits}" for each, _ in rows}
        self._find = TextField(theme, w.t("Find a number"), Icon.SEARCH)
        self._find.setObjectName("find-waiting")
        self._find.setFixedHeight(theme.px(48))
        self._find.textChanged.connect(self._lay_out_rows)
        self._find.returnPressed.connect(self._choose_the_only_one)
        self._head: QHBoxLayout | QVBoxLayout = QVBoxLayout() if self._is_strip else QHBoxLayout()
        self._head.setSpacing(theme.space(12))
        self._head.addWidget(self._find, 1)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.space(8))
        for column in range(self._across):
            self._grid.setColumnStretch(column, 1)
        self._group = QButtonGroup(self)
        self._group.setExclusive(mark is Mark.ONE)
        self._options = {each.ticket: self._option(each, note, mark, w, inside) for each, note in rows}
        for option in self._options.values():
            self._group.addButton(option)
            option.toggled.connect(lambda _: on_choice())
        scroll = RowScroll(theme)
        scroll.rows.addWidget(inside)
        scroll.setFixedHeight(theme.px(240 if self._is_strip else 392))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.space(8))
        whole.addLayout(self._head)
        if not rows:
            whole.addWidget(TextLabel(theme, w.t("Nobody is waiting."), Role.BODY, Tone.FAINT))
        whole.addWidget(scroll)
        self._lay_out_rows("")

    def add_beside(self, button: KeyButton) -> None:
        """Put a button beside the field; in the strip below it."""
        across = QSizePolicy.Policy.Expanding if self._is_strip else QSizePolicy.Policy.Fixed
        button.setFixedHeight(self._theme.px(48))
        button.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self._head.addWidget(button)

    def focus_field(self) -> None:
        """Whoever types looks for a number."""
        self._find.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def chosen(self) -> tuple[TicketId, ...]:
        return tuple(ticket for ticket, option in self._options.items() if option.isChecked())

    def choose_all(self) -> None:
        """All that are shown; once more, none of them."""
        shown = self._shown
        choose = not all(option.isChecked() for option in shown)
        for option in shown:
            option.setChecked(choose)

    @property
    def _shown(self) -> list[Option]:
        return [option for option in self._options.values() if not option.isHidden()]

    def _choose_the_only_one(self) -> None:
        """Whoever has typed a whole number means it."""
        if len(self._shown) == 1:
            self._shown[0].setChecked(True)

    def _option(self, number: WaitingNumber, note: str, mark: Mark, w: Wording, inside: QWidget) -> Option:
        waited = words.minutes(number.waited_minutes, w)
        option = Option(self._theme, mark, number.number.digits, note, number.number.letter, waited, inside)
        option.setObjectName(f"waiting-{number.ticket}")
        option.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        option.setMinimumHeight(self._theme.px(ROW_PX))
        return option

    def _lay_out_rows(self, typed: str) -> None:
        wanted = typed.replace(" ", "").upper()
        while self._grid.takeAt(0) is not None:
            pass
        place = 0
        for ticket, option in self._options.items():
            is_shown = wanted in self._plates[ticket]
            option.setVisible(is_shown)
            if is_shown:
                self._grid.addWidget(option, place // self._across, place % self._across)
                place += 1


def whereabouts(number: WaitingNumber, names: Mapping[ClerkId, str], w: Wording) -> tuple[str, ...]:
    """Where it waits, unless that is in its own letter's queue for anybody."""
    name = names.get(number.clerk, number.clerk) if number.clerk is not None else ""
    queue = w.t("in queue {letter}", letter=number.letter) if number.letter != number.number.letter else ""
    return tuple(said for said in (queue, office_words.sent_to(number, name, w)) if said)
