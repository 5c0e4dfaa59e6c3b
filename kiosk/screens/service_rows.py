"""Services as rows to touch: the same in front, in the list of one-day services and among search results."""

from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QWidget

from broker.domain.values import Letter, ServiceCode
from kiosk import events
from kiosk.offer import ServiceOffer
from kiosk.screens.screen import Screen
from kiosk.words import clock, closed
from ui.text import Words
from ui.widgets.closed_row import ClosedRow
from ui.widgets.row import ListRow
from wording import Wording


@dataclass(frozen=True)
class ServiceRow:
    """What a row shows. A closed service says so; a touch tells more about it all the same."""

    code: ServiceCode
    letter: Letter
    name: Words
    note: str
    is_closed: bool
    badge: Letter | None = None
    """Shown where services of several queues are mixed."""


def row_of(offer: ServiceOffer, name: Words, w: Wording) -> ServiceRow:
    """A one-day service's row: until when, or why not."""
    note = ""
    if offer.closure is not None:
        note = closed(offer.closure, w)
    elif offer.cut_off_at is not None:
        note = w.t("until {time}", time=clock(offer.cut_off_at, w))
    return ServiceRow(offer.service.code, offer.queue.letter, name, note, offer.closure is not None)


class ServiceRows(QWidget):
    """At most `down` × `across` of them, filled row by row."""

    def __init__(self, screen: Screen, down: int, across: int) -> None:
        super().__init__()
        self._screen = screen
        self._down, self._across = down, across
        self._shown: tuple[ServiceRow, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(screen.theme.px(12))
        for place in range(across):
            self._grid.setColumnStretch(place, 1)

    @property
    def room(self) -> int:
        """How many rows it shows."""
        return self._down * self._across

    def show_rows(self, rows: tuple[ServiceRow, ...]) -> None:
        """The first of these rows; nothing is built anew that is the same."""
        rows = rows[: self.room]
        if rows == self._shown:
            return
        self._shown = rows
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for index, row in enumerate(rows):
            self._grid.addWidget(self._button(row), index // self._across, index % self._across)

    def _button(self, row: ServiceRow) -> ListRow:
        theme = self._screen.theme
        button = (
            ClosedRow(theme, row.name, row.note, row.badge)
            if row.is_closed
            else ListRow(theme, row.name, row.note, row.badge)
        )
        self._screen.touch(button, f"service-{row.code}", events.ServiceChosen(row.letter, row.code))
        return button
