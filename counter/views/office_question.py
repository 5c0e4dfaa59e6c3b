"""What the office's sheets share: two columns where there is room, headed lists, one that scrolls in the strip."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from broker.domain.values import ActReason
from counter import office_words
from counter.desk import Number
from counter.office import Office
from counter.presenter import Presenter
from counter.views.question import STRIP_WIDTH_PX, WIDTH_PX, Answer, Answers, Question
from ui.icons import Icon
from ui.theme import Role, Theme
from ui.widgets.key_button import KeyButton
from ui.widgets.label import TextLabel
from ui.widgets.scroll import RowScroll
from wording import Wording

WIDE_PX = 1040
STRIP_BODY_PX = 440
MOST_ROWS = 5

MENU_KEYS = ("F2", "F3", "F4", "F6", "F7", "F8", "F9", "F10")
"""Of a sheet's own buttons, in their order; those after these are touched."""

T = TypeVar("T")


class OfficeQuestion(Question):
    """One sheet over the page, with the office's acts at hand."""

    def __init__(
        self,
        theme: Theme,
        w: Wording,
        page: QWidget,
        presenter: Presenter,
        title: str,
        number: Number | None = None,
    ) -> None:
        super().__init__(theme, w, page, presenter, title, number)
        self.office: Office = presenter.office
        self._entries = 0

    def headed(self, said: str, *widgets: QWidget) -> QVBoxLayout:
        """A column under its heading."""
        column = QVBoxLayout()
        column.setSpacing(self.theme.space(8))
        column.addWidget(TextLabel(self.theme, said, Role.NAME))
        for widget in widgets:
            column.addWidget(widget)
        return column

    def columns(self, *columns: QVBoxLayout) -> None:
        """Beside each other; in the strip one below the other, scrolling."""
        if self.is_strip:
            self.scrolling(*columns)
            return
        row = QHBoxLayout()
        row.setSpacing(self.theme.space(24))
        for column in columns:
            column.addStretch(1)
            row.addLayout(column, 1)
        self.body.addLayout(row)
        self.content.addStrut(self.theme.px(WIDE_PX))

    def scrolling(self, *columns: QVBoxLayout) -> None:
        """One column, as high as it needs and no higher than there is room."""
        scroll = RowScroll(self.theme)
        scroll.rows.setSpacing(self.theme.space(16))
        for column in columns:
            scroll.rows.addLayout(column)
        width = self.theme.px(STRIP_WIDTH_PX if self.is_strip else WIDTH_PX)
        wanted = sum(_height(column, width) for column in columns)
        wanted += self.theme.space(16) * (len(columns) - 1)
        most = self.theme.px(STRIP_BODY_PX if self.is_strip else 470)
        scroll.want_height(min(wanted, most))
        self.body.addWidget(scroll)

    def in_view(self, rows: QWidget, count: int) -> QWidget:
        """The rows themselves, or a part of them that scrolls where there are many. In the strip all scrolls."""
        if self.is_strip or count <= MOST_ROWS:
            return rows
        scroll = RowScroll(self.theme)
        scroll.rows.addWidget(rows)
        scroll.setFixedHeight(self.theme.px(56) * MOST_ROWS)
        return scroll

    def answers(
        self, answers: Sequence[Answer[T]], chosen: T | None, on_choice: Callable[[], None] | None = None
    ) -> Answers[T]:
        """Rows of which one is chosen."""
        return Answers(self.theme, answers, chosen, on_choice or self.check)

    def reasons(self, reasons: Sequence[ActReason]) -> Answers[ActReason]:
        """Why a supervisor does it; nothing is chosen beforehand."""
        return self.answers(
            [Answer(each, f"reason-{each}", office_words.act_reason(each, self.w)) for each in reasons], None
        )

    def entry(self, name: str, said: str, icon: Icon, act: Callable[[], None]) -> KeyButton:
        """A button of the sheet's own that acts at once, or leads on."""
        button = self.entry_button(name, said, icon, act)
        self.body.addWidget(button)
        return button

    def entry_button(self, name: str, said: str, icon: Icon, act: Callable[[], None]) -> KeyButton:
        """The same, for the sheet to lay out."""
        key = MENU_KEYS[self._entries] if self._entries < len(MENU_KEYS) else ""
        self._entries += 1
        button = KeyButton(self.theme, said, icon, key)
        button.setObjectName(name)
        button.clicked.connect(lambda _checked: act())
        return button

    def check(self) -> None:
        """Whether enough has been chosen: for sheets whose choices call it."""


def _height(column: QVBoxLayout, width: int) -> int:
    """With every line of what wraps at that width."""
    return column.heightForWidth(width) if column.hasHeightForWidth() else column.sizeHint().height()
