"""The number is made, printed and taken: one page, so that nothing jumps while the ticket slides out."""

from PySide6.QtWidgets import QWidget

from broker.client import Link
from broker.protocol.messages import TicketOutcome
from kiosk import flow
from kiosk.flow import Page
from kiosk.presenter import Sight
from kiosk.screens.boxes import STRETCH, Item, column, row
from kiosk.screens.countdown import Countdown
from kiosk.screens.screen import Screen, Stage
from kiosk.screens.slot import Slot
from kiosk.ticket import digits
from kiosk.words import clock, said
from ui.icons import Icon
from ui.theme import Role, Surface, Tone
from ui.widgets.buttons import PrimaryButton
from ui.widgets.card import Card
from ui.widgets.fact import Fact, StatFact
from ui.widgets.fitted_label import FittedLabel
from ui.widgets.footer import Place


class TicketScreen(Screen):
    places = (Place.RESTART, Place.LANGUAGE)

    def __init__(self, stage: Stage, _sight: Sight) -> None:
        super().__init__(stage)
        theme, w = self.theme, self.wording
        self._title = FittedLabel(theme, " ", Role.TITLE, 1)
        self._lead = Fact(theme, Icon.ARROW_DOWN, " ", Role.LEAD, Tone.FAINT, Tone.ACCENT)
        self._slot = Slot(theme, w.t("Your queue number"))
        self._ahead = StatFact(theme, "", "", None if self.small else Icon.USERS)
        self._wait = StatFact(theme, "", "", None if self.small else Icon.CLOCK)
        self._ready = Fact(theme, Icon.PACKAGE_CHECK, " ", Role.LEAD, icon_tone=Tone.ACCENT)
        seat = w.t("Please have a seat. Your number will be called and shown on the screen.")
        self._countdown = Countdown(theme, w)
        self._done = PrimaryButton(theme, w.t("Done"))
        self._done.setCheckable(True)
        self.touch(self._done, "done", flow.Done())
        self._told = QWidget()
        policy = self._told.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._told.setSizePolicy(policy)
        figures = row(theme.px(24), _card(stage, self._ahead), _card(stage, self._wait))
        told: list[Item] = [figures, self._ready]
        if not self.small:
            told.append(Fact(theme, Icon.VOLUME, seat, Role.LEAD, icon_tone=Tone.ACCENT))
        self._told.setLayout(column(self.gap(24), *told))
        head: list[Item] = [self._title, self.gap(12), self._lead]
        foot: list[Item] = [STRETCH, self._countdown, self.gap(20), self._done]
        if theme.surface.is_landscape:
            left = column(0, *head, self.gap(32), self._slot, STRETCH)
            both = row(theme.px(56), left, column(0, self.gap(12), self._told, *foot))
            both.setStretch(0, 1)
            both.setStretch(1, 1)
            self.content.addLayout(both, 1)
        else:
            self.content.addSpacing(theme.px(16))
            self.content.addLayout(
                column(0, *head, theme.px(32), self._slot, theme.px(32), self._told, *foot), 1
            )

    def refresh(self, sight: Sight) -> None:
        super().refresh(sight)
        visit, w = sight.visit, self.wording
        self._told.setVisible(visit.ticket is not None)
        self._done.setVisible(visit.ticket is not None)
        self.footer.button(Place.RESTART).setVisible(visit.page is Page.TAKING)
        self._done.setChecked(visit.page is Page.LEAVING)
        match visit.page:
            case Page.PRINTING | Page.LEAVING:
                self._say(w.t("Your ticket is being printed"), w.t("It comes out below the screen"))
            case Page.TAKING:
                self._say(w.t("Please take your ticket"), w.t("It comes out below the screen"))
            case _ if sight.link is Link.LIVE:
                self._say(w.t("Your number is being prepared"), "")
            case _:
                self._say(
                    w.t("Your number is being prepared"),
                    w.t("The queue machine is reconnecting. One moment, please."),
                )
        if visit.ticket is not None:
            self._show_ticket(visit.ticket, sight)

    def count_down(self, left_seconds: float, of_seconds: float) -> None:
        self._countdown.show_left(left_seconds, of_seconds)

    def _say(self, title: str, lead: str) -> None:
        self._title.set_words(title)
        self._lead.setVisible(bool(lead))
        if lead:
            self._lead.set_words(lead)

    def _show_ticket(self, ticket: TicketOutcome, sight: Sight) -> None:
        w, state, wish = self.wording, sight.state, sight.visit.wish
        queue = state.queue(ticket.letter)
        service = state.services.get(wish.service) if wish and wish.service else None
        self._slot.let_out(
            ticket.letter,
            digits(ticket, state),
            said(queue.name, w) if queue else "",
            said(service.name, w) if service else "",
        )
        self._ahead.set_fact(w.tn("{n} person", "{n} people", ticket.ahead), w.t("ahead of you"))
        if ticket.estimate is None:
            self._wait.set_fact("–", w.t("no counter open yet"))
        else:
            estimate = ticket.estimate
            figure = w.number_range(estimate.from_minutes, estimate.to_minutes)
            self._wait.set_fact(figure, w.t("minutes, estimated"))
        self._ready.setVisible(ticket.ready_expected_at is not None)
        if ticket.ready_expected_at is not None:
            at = clock(ticket.ready_expected_at, w)
            self._ready.set_words(w.t("Expected to be ready today at {time}.", time=at))


def _card(stage: Stage, fact: StatFact) -> Card:
    card = Card(stage.theme)
    inside = column(0, fact)
    side = stage.theme.px(32)
    above = stage.theme.px(14 if stage.theme.surface is Surface.KIOSK_SMALL else 26)
    inside.setContentsMargins(side, above, side, above)
    card.setLayout(inside)
    return card
