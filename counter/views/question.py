"""What all sheets over the desk share: a title with the number it is about, what is said, and the way on or back."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from broker.client import Link
from counter.desk import Number
from counter.page import WorkPage
from counter.presenter import Presenter
from counter.views.acts import PRIMARY_CAP, PRIMARY_KEY, accept_enter_too
from counter.views.said import SaidLine
from ui.icons import Icon
from ui.text import Align
from ui.theme import Role, Surface, Theme, Tone
from ui.widgets.key_button import KeyButton, KeyPrimaryButton
from ui.widgets.key_danger import KeyConfirmDangerButton
from ui.widgets.label import TextLabel
from ui.widgets.option import Mark, Option
from ui.widgets.plate import NumberPlate, PlateForm
from ui.widgets.sheet import Sheet, Stand
from wording import Wording

WIDTH_PX = 680
STRIP_WIDTH_PX = 290


class Question(Sheet):
    """A sheet in the middle. A touch beside it does nothing: what was chosen in it is not lost by a slip."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, title: str, number: Number | None
    ) -> None:
        super().__init__(theme, page, Stand.MIDDLE)
        self.theme = theme
        self.w = w
        self.presenter = presenter
        self.is_strip = theme.surface is Surface.STRIP
        self.setObjectName("sheet")
        self._is_live = True
        self._is_complete = True
        self._confirm: KeyButton | None = None
        self._said = SaidLine(theme, w)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.space(8))
        self.content.addLayout(self._head(title, number))
        self.content.addLayout(self.body, 1)
        self.content.addStrut(theme.px(STRIP_WIDTH_PX if self.is_strip else WIDTH_PX))

    def show_work(self, page: WorkPage) -> None:
        self._said.say(page.notice, is_pending=page.pending)
        self._is_live = page.around.link is Link.LIVE
        self._enable()

    def set_complete(self, is_complete: bool) -> None:
        """Whether enough has been chosen to go on."""
        self._is_complete = is_complete
        self._enable()

    def explanation(self, said: str) -> TextLabel:
        """A faint sentence."""
        label = TextLabel(self.theme, said, Role.BODY, Tone.FAINT)
        never_wider(label)
        return label

    def finish(self, *between: KeyButton, confirm: KeyButton | None = None) -> None:
        """What is said, then the way back, and the way on where there is one."""
        back = KeyButton(self.theme, self.w.t("Back"), Icon.ARROW_LEFT, "Esc")
        back.setObjectName("back")
        back.clicked.connect(self.presenter.close_sheet)
        self.foot(back, *between, confirm=confirm)

    def foot(self, *others: KeyButton, confirm: KeyButton | None) -> None:
        """The last row: in the window the way on is at the right, in the strip above the others."""
        self._confirm = confirm
        across = QSizePolicy.Policy.Expanding if self.is_strip else QSizePolicy.Policy.Fixed
        for button in others:
            button.setFixedHeight(self.theme.px(56))
            button.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        row: QHBoxLayout | QVBoxLayout = QVBoxLayout() if self.is_strip else QHBoxLayout()
        row.setSpacing(self.theme.space(12))
        order = [*others] if confirm is None else [*others, confirm]
        for button in reversed(order) if self.is_strip else order:
            row.addWidget(button)
        if confirm is None:
            row.addStretch(1)
        else:
            confirm.setFixedHeight(self.theme.px(64 if self.is_strip else 72))
        self.content.addWidget(self._said)
        self.content.addLayout(row)
        self._enable()

    def primary(self, name: str, said: str, icon: Icon, act: Callable[[], None]) -> KeyButton:
        """The way on, under its object name."""
        return _wired(KeyPrimaryButton(self.theme, said, icon, PRIMARY_KEY, PRIMARY_CAP), name, act)

    def danger(self, name: str, said: str, act: Callable[[], None]) -> KeyButton:
        """The same, for what can't be taken back."""
        return _wired(KeyConfirmDangerButton(self.theme, said, PRIMARY_KEY, PRIMARY_CAP), name, act)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def _enable(self) -> None:
        if self._confirm is not None:
            self._confirm.setEnabled(self._is_live and self._is_complete)

    def _head(self, title: str, number: Number | None) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(self.theme.space(16))
        head.addWidget(TextLabel(self.theme, title, Role.TITLE), 1)
        if number is not None:
            plate = NumberPlate(self.theme, 32, PlateForm.ROW, align=Align.RIGHT)
            plate.set_number(number.letter, number.digits)
            plate.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            head.addWidget(plate, 0, Qt.AlignmentFlag.AlignRight)
        return head


T = TypeVar("T")


class Answer(Struct, Generic[T], frozen=True):
    """One of the rows to choose from."""

    value: T
    object_name: str
    name: str
    note: str = ""
    letter: str | None = None
    aside: str = ""


class Answers(QWidget, Generic[T]):
    """Rows of which one is chosen. Arrow keys go through them."""

    def __init__(
        self, theme: Theme, answers: Sequence[Answer[T]], chosen: T | None, on_choice: Callable[[], None]
    ) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._values: list[T] = [answer.value for answer in answers]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(8))
        for place, answer in enumerate(answers):
            option = Option(theme, Mark.ONE, answer.name, answer.note, answer.letter, answer.aside)
            option.setObjectName(answer.object_name)
            option.setChecked(answer.value == chosen)
            self._group.addButton(option, place)
            column.addWidget(option)
        self._group.buttonClicked.connect(lambda _: on_choice())

    @property
    def chosen(self) -> T | None:
        place = self._group.checkedId()
        return None if place < 0 else self._values[place]


def never_wider(label: TextLabel) -> None:
    """Words take the sheet's width and never make it wider."""
    policy = label.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
    label.setSizePolicy(policy)


def _wired(button: KeyButton, name: str, act: Callable[[], None]) -> KeyButton:
    button.setObjectName(name)
    button.clicked.connect(act)
    accept_enter_too(button)
    return button
