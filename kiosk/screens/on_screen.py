"""The ticket that is not on paper: plate, QR and a code to copy, for as long as it takes to copy them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from broker.protocol.messages import TicketOutcome
from broker.protocol.token import spaced
from kiosk import flow
from kiosk.presenter import Sight
from kiosk.screens.boxes import STRETCH, Item, column, row
from kiosk.screens.countdown import Countdown
from kiosk.screens.screen import Screen, Stage
from kiosk.ticket import digits
from kiosk.words import clock, said, wait
from ui.icons import Icon
from ui.text import Align, Span
from ui.theme import Ground, Role, Surface, Tone, Type, Weight
from ui.widgets.buttons import PrimaryButton
from ui.widgets.card import Card, Rule
from ui.widgets.fact import Fact
from ui.widgets.fitted_label import FittedLabel
from ui.widgets.footer import Place
from ui.widgets.label import OneLineLabel, TextLabel
from ui.widgets.plate import NumberPlate
from ui.widgets.qr import QrCode

_DIGITS_PX = {Surface.KIOSK: 240, Surface.KIOSK_LANDSCAPE: 200, Surface.KIOSK_SMALL: 130}
_QR_PX = {Surface.KIOSK: 380, Surface.KIOSK_LANDSCAPE: 330, Surface.KIOSK_SMALL: 216}


class OnScreenScreen(Screen):
    places = (Place.LANGUAGE,)

    def __init__(self, stage: Stage, sight: Sight) -> None:
        super().__init__(stage)
        theme, w = self.theme, self.wording
        ticket = sight.visit.ticket
        assert ticket is not None
        lead = (
            w.t("If no ticket comes out, please photograph this screen or write the number down.")
            if sight.visit.perhaps_on_paper
            else w.t("The ticket was not printed. Please photograph this screen or write the number down.")
        )
        head: list[Item] = [
            FittedLabel(theme, w.t("Your number is registered"), Role.TITLE, 1),
            self.gap(12),
            FittedLabel(theme, lead, Role.LEAD, 2 if self.small else 3, Tone.FAINT),
        ]
        self._countdown = Countdown(theme, w)
        copied = PrimaryButton(theme, w.t("I have copied it"))
        self.touch(copied, "copied", flow.Done())
        foot: list[Item] = [STRETCH, self._countdown, self.gap(20), copied]
        number = self._number(ticket, sight)
        copying = self._copying(ticket)
        if theme.surface.is_landscape:
            card = self._card(column(0, number, self.gap(20), Rule(theme), self.gap(12), copying))
            facts = column(theme.px(4 if self.small else 24), *self._facts(ticket))
            both = row(theme.px(48), card, column(0, *head, self.gap(40), facts, *foot))
            both.setStretch(0, 1)
            both.setStretch(1, 1)
            self.content.addLayout(both, 1)
        else:
            card = self._card(column(0, number, theme.px(24), Rule(theme), theme.px(16), copying))
            waits, ready = self._facts(ticket)[:2], self._facts(ticket)[2:]
            self.content.addSpacing(theme.px(16))
            self.content.addLayout(
                column(
                    0,
                    *head,
                    theme.px(28),
                    card,
                    theme.px(28),
                    row(theme.px(40), *waits, STRETCH),
                    theme.px(20),
                    *ready,
                    *foot,
                ),
                1,
            )

    def count_down(self, left_seconds: float, of_seconds: float) -> None:
        self._countdown.show_left(left_seconds, of_seconds)

    def _number(self, ticket: TicketOutcome, sight: Sight) -> QVBoxLayout:
        theme, w = self.theme, self.wording
        queue = sight.state.queue(ticket.letter)
        wish = sight.visit.wish
        service = sight.state.services.get(wish.service) if wish and wish.service else None
        what = said(service.name, w) if service else said(queue.name, w) if queue else ""
        plate = NumberPlate(theme, _DIGITS_PX[theme.surface], ground=Ground.CARD, align=Align.CENTRE)
        plate.set_number(ticket.letter, digits(ticket, sight.state))
        return column(
            0,
            TextLabel(theme, w.t("Your queue number"), Role.LEAD, Tone.FAINT, Align.CENTRE),
            self.gap(24),
            plate,
            self.gap(20),
            OneLineLabel(theme, what, Role.LEAD, Tone.INK, Align.CENTRE),
        )

    def _copying(self, ticket: TicketOutcome) -> QVBoxLayout:
        theme, w = self.theme, self.wording
        code = QrCode(ticket.token)
        side = theme.px(_QR_PX[theme.surface])
        code.setFixedSize(side, side)
        figures = Type(theme.type(Role.FIGURE).px, Weight.BOLD)
        how: list[Item] = []
        if not self.small:
            how = [
                theme.px(28),
                Fact(theme, Icon.CAMERA, w.t("Photograph this screen"), Role.LEAD, icon_tone=Tone.ACCENT),
                theme.px(20),
                Fact(theme, Icon.PENCIL, w.t("Or write it on paper"), Role.LEAD, icon_tone=Tone.ACCENT),
            ]
        words = column(
            0,
            STRETCH,
            TextLabel(theme, w.t("Code to write down"), Role.BODY, Tone.FAINT),
            OneLineLabel(theme, spaced(ticket.code), figures),
            *how,
            STRETCH,
        )
        both = row(theme.px(24))
        both.addWidget(code, 0, Qt.AlignmentFlag.AlignVCenter)
        both.addLayout(words, 1)
        return column(0, both)

    def _facts(self, ticket: TicketOutcome) -> list[Fact]:
        theme, w = self.theme, self.wording
        people = w.tn("{n} person", "{n} people", ticket.ahead)
        ahead = (Span(people, Weight.BOLD), Span(" " + w.t("ahead of you")))
        facts = [
            Fact(theme, Icon.USERS, ahead, Role.LEAD),
            Fact(theme, Icon.CLOCK, (Span(wait(ticket.estimate, w), Weight.BOLD),), Role.LEAD),
        ]
        if ticket.ready_expected_at is not None:
            at = clock(ticket.ready_expected_at, w)
            ready = w.t("Expected to be ready today at {time}.", time=at)
            facts.append(Fact(theme, Icon.PACKAGE_CHECK, ready, Role.LEAD))
        return facts

    def _card(self, inside: QVBoxLayout) -> Card:
        theme = self.theme
        card = Card(theme)
        inside.setContentsMargins(theme.px(40), self.gap(28), theme.px(40), self.gap(20))
        card.setLayout(inside)
        return card
