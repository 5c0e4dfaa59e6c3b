"""All one-day services of a queue: those that close soonest first, closed ones last."""

from kiosk import events
from kiosk.offer import one_day_services, queue_closure
from kiosk.places import places_ahead
from kiosk.presenter import Sight
from kiosk.screens.boxes import column, row
from kiosk.screens.paging import more, shown_from
from kiosk.screens.screen import Screen, Stage
from kiosk.screens.service_rows import ServiceRows, row_of
from kiosk.words import closed, said, short_name
from ui.icons import Icon
from ui.theme import Role, Surface, Tone
from ui.widgets.badge import Badge
from ui.widgets.buttons import PlainButton, SecondaryButton
from ui.widgets.fact import Fact
from ui.widgets.label import TextLabel

_ROOM = {Surface.KIOSK: (8, 1), Surface.KIOSK_LANDSCAPE: (4, 2), Surface.KIOSK_SMALL: (2, 2)}
"""Rows down and across."""


class OneDayScreen(Screen):
    def __init__(self, stage: Stage, sight: Sight) -> None:
        super().__init__(stage)
        theme, w = self.theme, self.wording
        assert sight.visit.wish is not None
        self._letter = sight.visit.wish.letter
        queue = sight.state.queue(self._letter)
        assert queue is not None
        self._rows = ServiceRows(self, *_ROOM[theme.surface])
        self._more = PlainButton(theme, "", Icon.CHEVRON_DOWN)
        self.touch(self._more, "more", events.MoreChosen())
        self._unsure = SecondaryButton(
            theme, w.t("Not sure which one? Take number {letter}", letter=queue.letter), Icon.ARROW_RIGHT
        )
        self.touch(self._unsure, f"queue-{self._letter}", events.QueueChosen(self._letter))
        title = row(
            theme.px(28), Badge(theme, queue.letter, 96), TextLabel(theme, said(queue.name, w), Role.TITLE)
        )
        title.setStretch(1, 1)
        if theme.surface.is_landscape:
            self.content.addLayout(title)
        else:
            self.content.addSpacing(theme.px(16))
            self.content.addLayout(title)
            about = TextLabel(theme, said(queue.description, w), Role.LEAD, Tone.FAINT)
            self.content.addWidget(about)
        self._reserve = Fact(
            theme,
            Icon.CALENDAR_CLOCK,
            w.t("Touch a service to reserve a place on the next working day."),
            Role.LEAD,
            icon_tone=Tone.ACCENT,
        )
        last = row(theme.px(12), self._unsure, self._reserve, self._more)
        last.setStretch(0, 1)
        last.setStretch(1, 1)
        self.content.addLayout(column(0, self._rows))
        self.content.addStretch(1)
        self.content.addLayout(last)

    def refresh(self, sight: Sight) -> None:
        super().refresh(sight)
        w = self.wording
        offers = one_day_services(sight.state, self._letter, sight.now)
        closure = queue_closure(sight.state, self._letter, sight.now)
        can_reserve = any(places_ahead(sight.state, offer, sight.now) for offer in offers)
        if closure is None:
            self._unsure.set_available()
        else:
            self._unsure.set_unavailable(closed(closure, w))
        self._unsure.setVisible(closure is None or not can_reserve)
        self._reserve.setVisible(closure is not None and can_reserve)
        start, left = shown_from(sight.visit.list_page, len(offers), self._rows.room)
        self._rows.show_rows(
            tuple(row_of(offer, short_name(offer.service, w), w) for offer in offers[start:])
        )
        self._more.setVisible(len(offers) > self._rows.room)
        self._more.set_words(more(left, w))
