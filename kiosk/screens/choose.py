"""The choice: search, one-day services first, and a tile for each queue. All tiles look and behave alike."""

from PySide6.QtWidgets import QGridLayout

from kiosk import events
from kiosk.events import Event
from kiosk.offer import QueueOffer, has_one_day_services, one_day_services, queues_on_offer
from kiosk.presenter import Sight
from kiosk.screens.boxes import STRETCH, Item, column, row
from kiosk.screens.field_button import FieldButton
from kiosk.screens.screen import Screen, Stage
from kiosk.screens.service_rows import ServiceRows, row_of
from kiosk.words import closed, said, short_name, wait, waiting
from ui.theme import Role, Surface
from ui.widgets.label import TextLabel
from ui.widgets.tile import Tile, TileButton
from ui.widgets.wide_tile import WideTileButton

_TILES_ACROSS = 2

_IN_FRONT = {Surface.KIOSK: (2, 2), Surface.KIOSK_LANDSCAPE: (3, 1), Surface.KIOSK_SMALL: (1, 1)}
"""How many rows of one-day services stand in front, and how many side by side."""


class ChooseScreen(Screen):
    def __init__(self, stage: Stage, sight: Sight) -> None:
        super().__init__(stage)
        theme, w = self.theme, self.wording
        letters = [offer.queue.letter for offer in queues_on_offer(sight.state, sight.now)]
        self._with_list = [letter for letter in letters if has_one_day_services(sight.state, letter)]
        self._first = self._with_list[0] if self._with_list else None
        self._tiles = {
            offer.queue.letter: self._tile(sight, offer) for offer in queues_on_offer(sight.state, sight.now)
        }
        self._services = ServiceRows(self, *_IN_FRONT[theme.surface])
        title = TextLabel(theme, w.t("What do you need?"), Role.TITLE)
        search = FieldButton(theme, w.t("Search, for example “open a food stall”"))
        self.touch(search, "search", events.SearchChosen())
        first: list[Item] = []
        if self._first is not None:
            first = [self._tiles[self._first], theme.px(12), self._services]
        others = [tile for letter, tile in self._tiles.items() if letter != self._first]
        gap = self.gap(24)
        if self.small:
            top = row(theme.px(32), title, search)
            top.setStretch(1, 1)
            self.content.addLayout(top)
        if theme.surface.is_landscape:
            above: list[Item] = [] if self.small else [title, theme.px(16), search, gap]
            left = column(0, *above, *first, STRETCH)
            both = row(theme.px(32), left)
            both.addLayout(_grid(others, gap))
            both.setStretch(0, 39)
            both.setStretch(1, 61)
            self.content.addLayout(both, 1)
        else:
            self.content.addSpacing(theme.px(16))
            self.content.addWidget(title)
            self.content.addLayout(column(0, search, theme.px(32), *first, theme.px(32)))
            self.content.addLayout(_grid(others, gap), 1)

    def refresh(self, sight: Sight) -> None:
        super().refresh(sight)
        for offer in queues_on_offer(sight.state, sight.now):
            self._show_queue(self._tiles[offer.queue.letter], offer)
        if self._first is not None:
            w = self.wording
            offers = one_day_services(sight.state, self._first, sight.now)
            self._services.show_rows(
                tuple(row_of(offer, short_name(offer.service, w), w) for offer in offers)
            )

    def _tile(self, sight: Sight, offer: QueueOffer) -> TileButton:
        w, letter = self.wording, offer.queue.letter
        words = Tile(letter, said(offer.queue.name, w), said(offer.queue.description, w), "", "")
        kind = WideTileButton if letter == self._first else TileButton
        tile = kind(self.theme, words)
        chosen: Event = events.QueueChosen(letter)
        if has_one_day_services(sight.state, letter):
            chosen = events.OneDayChosen(letter)
        self.touch(tile, f"queue-{letter}", chosen)
        return tile

    def _show_queue(self, tile: TileButton, offer: QueueOffer) -> None:
        w, queue = self.wording, offer.queue
        is_wide = isinstance(tile, WideTileButton) and not self.theme.surface.is_landscape
        count = waiting(offer.waiting, w) if is_wide else w.number(offer.waiting)
        is_shut = offer.wait is not None and offer.wait.estimate is None
        until = w.t("Not open yet") if self.small and is_shut else wait(offer.wait, w)
        tile.set_tile(Tile(queue.letter, said(queue.name, w), said(queue.description, w), count, until))
        if offer.closure is None:
            tile.set_available()
        elif queue.letter in self._with_list:
            tile.set_closed(closed(offer.closure, w))
        else:
            tile.set_unavailable(closed(offer.closure, w))


def _grid(tiles: list[TileButton], gap: int) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(gap)
    for index, tile in enumerate(tiles):
        grid.addWidget(tile, index // _TILES_ACROSS, index % _TILES_ACROSS)
    return grid
