"""A day with the way to the one before and the one after."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from broker.domain.values import BusinessDay
from counter import office_words
from ui.icons import Icon
from ui.text import Align
from ui.theme import Role, Surface, Theme, Type, Weight
from ui.widgets.key_button import KeyButton
from ui.widgets.label import TextLabel
from wording import Wording


class DayStepper(QWidget):
    """`on_step` is told of the day that is wanted; whoever made it then says what to show.

    The object names of its parts begin with its own.
    """

    def __init__(self, theme: Theme, w: Wording, name: str, on_step: Callable[[BusinessDay], None]) -> None:
        super().__init__()
        self.setObjectName(name)
        self._w = w
        self.day: BusinessDay | None = None
        self._before: BusinessDay | None = None
        self._after: BusinessDay | None = None
        self._on_step = on_step
        is_strip = theme.surface is Surface.STRIP
        self._back = KeyButton(theme, "" if is_strip else w.t("Before"), Icon.CHEVRON_LEFT, "Ctrl+Left", "")
        self._on = KeyButton(theme, "" if is_strip else w.t("After"), Icon.CHEVRON_RIGHT, "Ctrl+Right", "")
        bold = Type(theme.type(Role.BODY).px, Weight.BOLD)
        self._said = TextLabel(theme, "", bold, align=Align.CENTRE)
        self._said.setObjectName(f"{name}-shown")
        for button, part, said in (
            (self._back, "before", w.t("The day before")),
            (self._on, "after", w.t("The day after")),
        ):
            button.setObjectName(f"{name}-{part}")
            button.setAccessibleName(said)
            button.setFixedHeight(theme.px(48))
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._back.clicked.connect(lambda: self._step(self._before))
        self._on.clicked.connect(lambda: self._step(self._after))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space(8))
        row.addWidget(self._back)
        row.addWidget(self._said, 1)
        row.addWidget(self._on)

    def show_day(self, day: BusinessDay, before: BusinessDay | None, after: BusinessDay | None) -> None:
        """The day, and where one can go from it."""
        self.day, self._before, self._after = day, before, after
        self._said.set_words(office_words.on_day(day, self._w))
        self._back.setEnabled(before is not None)
        self._on.setEnabled(after is not None)

    def _step(self, day: BusinessDay | None) -> None:
        if day is not None:
            self._on_step(day)
