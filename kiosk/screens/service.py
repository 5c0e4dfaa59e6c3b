"""One service before its number is taken: until when, how long, when ready, what to bring.

Where it is closed, why, and the next day's places.
"""

from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from broker.domain.rules import Service
from kiosk import events
from kiosk.offer import ServiceOffer, service_on_offer
from kiosk.places import places_ahead
from kiosk.presenter import Sight
from kiosk.screens.boxes import STRETCH, Item, column, row
from kiosk.screens.places import Places
from kiosk.screens.screen import Screen, Stage
from kiosk.words import clock, closed, name_of, opens, said, wait, waiting, why_closed
from ui.icons import Icon
from ui.theme import Role, Surface, Tone
from ui.widgets.badge import Badge
from ui.widgets.bullets import Bullets
from ui.widgets.buttons import PrimaryButton
from ui.widgets.card import Card
from ui.widgets.fact import Fact
from ui.widgets.fitted_label import FittedLabel
from ui.widgets.label import TextLabel


class ServiceScreen(Screen):
    def __init__(self, stage: Stage, sight: Sight) -> None:
        super().__init__(stage)
        theme, w = self.theme, self.wording
        assert sight.visit.wish is not None
        assert sight.visit.wish.service is not None
        self._code = sight.visit.wish.service
        offer = service_on_offer(sight.state, self._code, sight.now)
        assert offer is not None
        name = name_of(offer.service, w)
        lead = name.detail or (said(offer.service.explanation, w) if offer.service.explanation else "")
        self._facts = KeyFacts(stage, offer)
        self._waiting = Fact(theme, Icon.USERS, "", Role.LEAD)
        self._wait = Fact(theme, Icon.CLOCK, "", Role.LEAD)
        self._why = Fact(theme, Icon.LOCK, "", Role.BODY if self.small else Role.LEAD)
        self._take = PrimaryButton(theme, w.t("Take a number"), Icon.ARROW_RIGHT)
        self.touch(self._take, "take", events.NumberWanted())
        self._places = Places(stage, lambda slot_at: stage.act(events.PlaceChosen(slot_at)))
        queue = said(offer.queue.name, w)
        waits = row(theme.px(40), self._waiting, self._wait, STRETCH)
        missing = w.t("Something missing? You may take a number all the same.")
        self._hint = Fact(theme, Icon.INFO, missing, Role.BODY, Tone.FAINT)
        bring = self._to_bring(offer.service)
        if theme.surface.is_landscape:
            card = Card(theme)
            bring.setContentsMargins(theme.px(36), self.gap(28), theme.px(36), self.gap(28))
            card.setLayout(bring)
            head = (
                self._small_head(offer, name.heading)
                if self.small
                else self._head(offer, queue, name.heading)
            )
            left = column(
                0, head, *self._lead(lead), self.gap(32), self._facts, STRETCH, self._places, self._take
            )
            right = column(self.gap(20), card, self._hint, STRETCH, self._why, waits)
            both = row(theme.px(48), left, right)
            both.setStretch(0, 1)
            both.setStretch(1, 1)
            self.content.addLayout(both, 1)
        else:
            whole = column(
                0,
                self._head(offer, queue, name.heading),
                *self._lead(lead),
                theme.px(40),
                self._facts,
                theme.px(44),
                bring,
                theme.px(20),
                self._hint,
                STRETCH,
                self._why,
                waits,
                theme.px(28),
                self._places,
                self._take,
            )
            self.content.addSpacing(theme.px(16))
            self.content.addLayout(whole, 1)

    def refresh(self, sight: Sight) -> None:
        super().refresh(sight)
        offer = service_on_offer(sight.state, self._code, sight.now)
        if offer is None:
            return  # no longer offered: the broker will say so
        w = self.wording
        self._facts.show_offer(offer)
        self._waiting.set_words(waiting(offer.waiting, w))
        told = wait(offer.wait, w)
        self._wait.set_words(told)
        is_open = offer.closure is None
        self._why.setVisible(not is_open)
        self._waiting.setVisible(is_open)
        self._wait.setVisible(is_open and bool(told))
        self._hint.setVisible(is_open and not self.small)
        places = places_ahead(sight.state, offer, sight.now)
        self._places.show_slots(places)
        self._take.setVisible(not places)
        self._facts.setVisible(not (places and self.small))
        if offer.closure is None:
            self._take.set_available()
            return
        until = offer.closure.until
        again = "" if until is None or places else opens(until, sight.now, w)
        self._why.set_words(" ".join(filter(None, (why_closed(offer.closure, w), again))))
        self._take.set_unavailable(closed(offer.closure, w))

    def _head(self, offer: ServiceOffer, queue: str, heading: str) -> QVBoxLayout:
        theme = self.theme
        line = row(
            theme.px(24), Badge(theme, offer.queue.letter, 80), TextLabel(theme, queue, Role.NAME), STRETCH
        )
        return column(theme.px(20), line, FittedLabel(theme, heading, Role.TITLE, 2))

    def _small_head(self, offer: ServiceOffer, heading: str) -> QVBoxLayout:
        theme = self.theme
        line = row(
            theme.px(20), Badge(theme, offer.queue.letter, 80), FittedLabel(theme, heading, Role.HEADING, 2)
        )
        line.setStretch(1, 1)
        return column(0, line)

    def _lead(self, words: str) -> list[Item]:
        if not words:
            return []
        return [self.gap(8), FittedLabel(self.theme, words, Role.LEAD, 2, Tone.FAINT)]

    def _to_bring(self, service: Service) -> QVBoxLayout:
        theme, w = self.theme, self.wording
        title = TextLabel(theme, w.t("What to bring"), Role.HEADING)
        return column(theme.px(8), title, Bullets(theme, [said(each, w) for each in service.requirements]))


class KeyFacts(Card):
    """Two or three short facts side by side: icon, what it is, the figure."""

    def __init__(self, stage: Stage, offer: ServiceOffer) -> None:
        super().__init__(stage.theme)
        self._wording = stage.wording
        theme = stage.theme
        self._figures: list[TextLabel] = []
        small = theme.surface is Surface.KIOSK_SMALL
        grid = QGridLayout(self)
        padding = theme.px(16 if small else 36)
        grid.setContentsMargins(theme.px(32), padding, theme.px(32), padding)
        grid.setHorizontalSpacing(theme.px(24))
        grid.setVerticalSpacing(theme.px(4))
        for place, (icon, what, _) in enumerate(self._told(offer)):
            figure = TextLabel(
                theme, " ", theme.type(Role.NAME).at(theme.type(Role.BODY).px) if small else Role.NAME
            )
            self._figures.append(figure)
            label = TextLabel(theme, what, Role.SMALL, Tone.FAINT)
            if small:
                grid.addWidget(label, place, 0)
                grid.addWidget(figure, place, 1)
            else:
                grid.addWidget(Fact(theme, icon, "", Role.HEADING, icon_tone=Tone.ACCENT), 0, place)
                grid.addWidget(label, 1, place)
                grid.addWidget(figure, 2, place)

    def show_offer(self, offer: ServiceOffer) -> None:
        for (_, _, words), figure in zip(self._told(offer), self._figures, strict=True):
            figure.set_words(words)

    def _told(self, offer: ServiceOffer) -> list[tuple[Icon, str, str]]:
        w, service = self._wording, offer.service
        told = [
            (
                Icon.USER_CHECK,
                w.t("At the counter"),
                w.minutes_range(service.counter_minutes, service.counter_minutes),
            )
        ]
        if offer.cut_off_at is None:
            days = w.tn("{n} working day", "{n} working days", service.standard_working_days)
            return [*told, (Icon.PACKAGE_CHECK, w.t("Ready after"), days)]
        cut_off = w.t("at {time}", time=clock(offer.cut_off_at, w))
        ready = (
            w.t("the same day")
            if offer.ready_at is None
            else w.t("today, {time}", time=clock(offer.ready_at, w))
        )
        return [
            (Icon.CALENDAR_CLOCK, w.t("Take a number before"), cut_off),
            *told,
            (Icon.PACKAGE_CHECK, w.t("Expected ready"), ready),
        ]
