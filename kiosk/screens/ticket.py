"""A number is made, printed and taken."""

from broker.protocol.messages import TicketOutcome
from kiosk.flow import Given
from kiosk.presenter import Sight
from kiosk.screens.boxes import Item, column, row
from kiosk.screens.printing import PrintingScreen
from kiosk.screens.screen import Stage
from kiosk.screens.slot import PaperTicket
from kiosk.words import clock, said
from ui.icons import Icon
from ui.theme import Role, Surface, Tone
from ui.widgets.card import Card
from ui.widgets.fact import Fact, StatFact


class TicketScreen(PrintingScreen):
    def __init__(self, stage: Stage, _sight: Sight) -> None:
        theme, w = stage.theme, stage.wording
        small = theme.surface is Surface.KIOSK_SMALL
        self._paper = PaperTicket(theme, w.t("Your queue number"))
        self._ahead = StatFact(theme, "", "", None if small else Icon.USERS)
        self._wait = StatFact(theme, "", "", None if small else Icon.CLOCK)
        self._ready = Fact(theme, Icon.PACKAGE_CHECK, " ", Role.LEAD, icon_tone=Tone.ACCENT)
        seat = w.t("Please have a seat. Your number will be called and shown on the screen.")
        figures = row(theme.px(24), _card(stage, self._ahead), _card(stage, self._wait))
        told: list[Item] = [figures, self._ready]
        if not small:
            told.append(Fact(theme, Icon.VOLUME, seat, Role.LEAD, icon_tone=Tone.ACCENT))
        super().__init__(stage, self._paper, w.t("Your number is being prepared"), *told)

    def show_given(self, given: Given, sight: Sight) -> None:
        assert isinstance(given, TicketOutcome)
        w, state, wish = self.wording, sight.state, sight.visit.wish
        queue = state.queue(given.letter)
        service = state.services.get(wish.service) if wish and wish.service else None
        self._paper.set_ticket(
            given.letter,
            state.digits(given.letter, given.number),
            said(queue.name, w) if queue else "",
            said(service.name, w) if service else "",
        )
        self._ahead.set_fact(w.tn("{n} person", "{n} people", given.ahead), w.t("ahead of you"))
        if given.estimate is None:
            self._wait.set_fact("–", w.t("no counter open yet"))
        else:
            estimate = given.estimate
            figure = w.number_range(estimate.from_minutes, estimate.to_minutes)
            self._wait.set_fact(figure, w.t("minutes, estimated"))
        self._ready.setVisible(given.ready_expected_at is not None)
        if given.ready_expected_at is not None:
            at = clock(given.ready_expected_at, w)
            self._ready.set_words(w.t("Expected to be ready today at {time}.", time=at))


def _card(stage: Stage, fact: StatFact) -> Card:
    card = Card(stage.theme)
    inside = column(0, fact)
    side = stage.theme.px(32)
    above = stage.theme.px(14 if stage.theme.surface is Surface.KIOSK_SMALL else 26)
    inside.setContentsMargins(side, above, side, above)
    card.setLayout(inside)
    return card
