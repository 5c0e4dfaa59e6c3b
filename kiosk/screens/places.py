"""The next day's free places, when a service can't be had any more today: one touch reserves one."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from broker.domain.values import Instant
from kiosk.places import AT_ONCE
from kiosk.screens.boxes import column, row
from kiosk.screens.screen import Stage
from kiosk.words import clock
from ui.theme import Role, Surface
from ui.widgets.buttons import SecondaryButton
from ui.widgets.fitted_label import FittedLabel

_HEIGHT_PX = {Surface.KIOSK: 148, Surface.KIOSK_LANDSCAPE: 108, Surface.KIOSK_SMALL: 108}


class Places(QWidget):
    """The day, and under it the times to come at. `chosen` is called with the one that was touched."""

    def __init__(self, stage: Stage, chosen: Callable[[Instant], None]) -> None:
        super().__init__()
        self._wording = stage.wording
        self._slots: tuple[Instant, ...] = ()
        self._day = FittedLabel(stage.theme, " ", Role.LEAD if stage.is_small else Role.NAME, 2)
        self._buttons = [SecondaryButton(stage.theme, "") for _ in range(AT_ONCE)]
        for place, button in enumerate(self._buttons):
            button.setFixedHeight(stage.theme.px(_HEIGHT_PX[stage.theme.surface]))
            button.setObjectName(f"place-{place + 1}")
            button.clicked.connect(lambda _, place=place: chosen(self._slots[place]))
        line = row(stage.gap(16), *self._buttons)
        self.setLayout(column(stage.gap(20), self._day, line))

    def show_slots(self, slots: tuple[Instant, ...]) -> None:
        """At most as many as there are buttons; nothing to see without any."""
        self._slots = slots
        self.setVisible(bool(slots))
        if not slots:
            return
        w = self._wording
        self._day.set_words(w.t("Reserve a place on {day}", day=w.weekday_date(w.local(slots[0]))))
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(slots))
            if place < len(slots):
                button.set_words(clock(slots[place], w))
