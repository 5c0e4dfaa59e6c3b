"""The sheet of all numbers that wait: several are chosen, and moved or ended together."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from broker.client import Link
from broker.domain.values import TicketId
from counter import office_words, words
from counter.office_sheets import WaitingSheet
from counter.page import WorkPage
from counter.presenter import Presenter
from counter.supervising import WaitingNumber
from counter.views.office_question import WIDE_PX, OfficeQuestion
from ui.icons import Icon
from ui.theme import Role, Theme, Type, Weight
from ui.widgets.field import TextField
from ui.widgets.key_button import KeyButton
from ui.widgets.key_danger import KeyDangerButton
from ui.widgets.label import TextLabel
from ui.widgets.option import Mark, Option
from ui.widgets.scroll import RowScroll
from wording import Wording


class WaitingQuestion(OfficeQuestion):
    """Numbers only: whose they are stays hidden."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: WaitingSheet
    ) -> None:
        super().__init__(theme, w, page, presenter, w.t("Which numbers are meant?"))
        self._options: dict[TicketId, Option] = {}
        self._plates = {each.ticket: f"{each.number.letter}{each.number.digits}" for each in sheet.numbers}
        self._across = 1 if self.is_strip else 3
        self._find = TextField(theme, w.t("Find a number"), Icon.SEARCH)
        self._find.setObjectName("find-waiting")
        self._find.setFixedHeight(theme.px(48))
        self._find.textChanged.connect(self._lay_out_rows)
        self._all = KeyButton(theme, w.t("Choose all"), Icon.CHECK, "Ctrl+A")
        self._all.setObjectName("choose-all")
        self._all.setFixedHeight(theme.px(48))
        across = QSizePolicy.Policy.Expanding if self.is_strip else QSizePolicy.Policy.Fixed
        self._all.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self._all.clicked.connect(self._choose_all)
        head: QHBoxLayout | QVBoxLayout = QVBoxLayout() if self.is_strip else QHBoxLayout()
        head.setSpacing(theme.space(12))
        head.addWidget(self._find, 1)
        head.addWidget(self._all)
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.space(8))
        for column in range(self._across):
            self._grid.setColumnStretch(column, 1)
        for each in sheet.numbers:
            name = sheet.names.get(each.clerk, each.clerk) if each.clerk is not None else ""
            self._options[each.ticket] = self._option(each, name)
        scroll = RowScroll(theme)
        scroll.rows.addWidget(self._rows)
        scroll.setFixedHeight(theme.px(56 * (4 if self.is_strip else 7)))
        self._chosen = TextLabel(theme, "", Type(theme.type(Role.BODY).px, Weight.BOLD))
        self._chosen.setObjectName("chosen-waiting")
        self.body.addLayout(head)
        self.body.addWidget(scroll)
        self.body.addWidget(self._chosen)
        if not self.is_strip:
            self.content.addStrut(theme.px(WIDE_PX))
        self._void = KeyDangerButton(theme, w.t("End them"), "Ctrl+Del", "" if self.is_strip else None)
        self._void.setObjectName("void")
        self._void.clicked.connect(lambda: self.office.ask_voiding(self._chosen_tickets))
        move = self.primary("move", w.t("Move"), Icon.TRANSFER, self._move)
        self.finish(self._void, confirm=move)
        self._lay_out_rows("")
        self._show_chosen()

    def open_sheet(self) -> None:
        super().open_sheet()
        self._find.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_work(self, page: WorkPage) -> None:
        super().show_work(page)
        self._void.setEnabled(page.around.link is Link.LIVE and bool(self._chosen_tickets))

    def _option(self, number: WaitingNumber, name: str) -> Option:
        w = self.w
        notes = []
        if number.letter != number.number.letter:
            notes.append(w.t("in queue {letter}", letter=number.letter))
        if sent := office_words.sent_to(number, name, w):
            notes.append(sent)
        option = Option(
            self.theme,
            Mark.MANY,
            number.number.digits,
            ", ".join(notes),
            number.number.letter,
            words.minutes(number.waited_minutes, w),
            self._rows,
        )
        option.setObjectName(f"waiting-{number.ticket}")
        option.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        option.toggled.connect(self._show_chosen)
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

    def _choose_all(self) -> None:
        """All that are shown; once more, none of them."""
        shown = [option for option in self._options.values() if not option.isHidden()]
        choose = not all(option.isChecked() for option in shown)
        for option in shown:
            option.setChecked(choose)

    @property
    def _chosen_tickets(self) -> tuple[TicketId, ...]:
        return tuple(ticket for ticket, option in self._options.items() if option.isChecked())

    def _show_chosen(self) -> None:
        count = len(self._chosen_tickets)
        none = self.w.t("No number chosen")
        self._chosen.set_words(self.w.tn("{n} number chosen", "{n} numbers chosen", count) if count else none)
        self.set_complete(count > 0)
        self._void.setEnabled(count > 0)

    def _move(self) -> None:
        self.office.ask_moving(self._chosen_tickets)
