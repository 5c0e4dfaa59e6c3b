"""A few short answers beside each other, of which one is chosen: where rows would take too much room."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QWidget

from ui.theme import Role, Theme, Type, Weight
from ui.widgets.buttons import PlainButton

T = TypeVar("T")


class Segment(PlainButton):
    """One of them."""

    @property
    def least_height(self) -> int:
        return self.theme.px(48)

    @property
    def radius(self) -> int:
        return self.theme.control_radius

    @property
    def _type(self) -> Type:
        return Type(self.theme.type(Role.BODY).px, Weight.BOLD if self.isChecked() else Weight.MEDIUM)


class Segments(QWidget, Generic[T]):
    """Each answer is a value, an object name and words. Nothing is chosen while `chosen` is none of the values."""

    def __init__(
        self,
        theme: Theme,
        answers: Sequence[tuple[T, str, str]],
        columns: int,
        chosen: T | None,
        on_choice: Callable[[], None],
    ) -> None:
        super().__init__()
        self._values = [value for value, _, _ in answers]
        self._group = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.space(8))
        for place, (value, name, said) in enumerate(answers):
            button = Segment(theme, said)
            button.setObjectName(name)
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self._group.addButton(button, place)
            grid.addWidget(button, place // columns, place % columns)
            grid.setColumnStretch(place % columns, 1)
            button.setChecked(value == chosen)
        self._group.buttonClicked.connect(lambda _: on_choice())

    @property
    def chosen(self) -> T | None:
        """The value chosen; None while nothing is."""
        place = self._group.checkedId()
        return None if place < 0 else self._values[place]

    def choose(self, value: T) -> None:
        """Choose for the clerk; `on_choice` is not called."""
        self._group.button(self._values.index(value)).setChecked(True)

    def clear_choice(self) -> None:
        """None of them after all."""
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)
