"""What is not on paper: shown with QR and a code to copy, for as long as it takes to copy them."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from broker.protocol.token import spaced
from kiosk import events
from kiosk.screens.boxes import STRETCH, Item, column, row
from kiosk.screens.countdown import Countdown
from kiosk.screens.screen import Screen, Stage
from ui.icons import Icon
from ui.theme import Role, Surface, Tone, Type, Weight
from ui.widgets.buttons import PrimaryButton
from ui.widgets.card import Card, Rule
from ui.widgets.fact import Fact
from ui.widgets.fitted_label import FittedLabel
from ui.widgets.footer import Place
from ui.widgets.label import OneLineLabel, TextLabel
from ui.widgets.qr import QrCode

_QR_PX = {Surface.KIOSK: 380, Surface.KIOSK_LANDSCAPE: 330, Surface.KIOSK_SMALL: 216}


@dataclass(frozen=True)
class Copied:
    """What a page to copy from says."""

    title: str
    lead: str
    hero: QVBoxLayout
    """What matters most, over the code."""
    token: str
    code: str
    beside: tuple[Fact, ...]
    """Short facts that stand side by side where there is the width."""
    below: tuple[Fact, ...]


class CopyingScreen(Screen):
    places = (Place.LANGUAGE,)

    def __init__(self, stage: Stage, copied: Copied) -> None:
        super().__init__(stage)
        theme = self.theme
        head: list[Item] = [
            FittedLabel(theme, copied.title, Role.TITLE, 1),
            self.gap(12),
            FittedLabel(theme, copied.lead, Role.LEAD, 2 if self.small else 3, Tone.FAINT),
        ]
        self._countdown = Countdown(theme, self.wording)
        foot: list[Item] = [STRETCH, self._countdown, self.gap(20), *self.buttons()]
        code = self._code(copied)
        if theme.surface.is_landscape:
            card = self._card(column(0, copied.hero, self.gap(20), Rule(theme), self.gap(12), code))
            facts = column(theme.px(4 if self.small else 24), *copied.beside, *copied.below)
            both = row(theme.px(48), card, column(0, *head, self.gap(40), facts, *foot))
            both.setStretch(0, 1)
            both.setStretch(1, 1)
            self.content.addLayout(both, 1)
        else:
            card = self._card(column(0, copied.hero, theme.px(24), Rule(theme), theme.px(16), code))
            facts = column(theme.px(20), row(theme.px(40), *copied.beside, STRETCH), *copied.below)
            self.content.addSpacing(theme.px(16))
            self.content.addLayout(column(0, *head, theme.px(28), card, theme.px(28), facts, *foot), 1)

    def buttons(self) -> tuple[Item, ...]:
        """What ends the page. A page with more to choose overrides this."""
        done = PrimaryButton(self.theme, self.wording.t("I have copied it"))
        self.touch(done, "copied", events.Done())
        return (done,)

    def count_down(self, left_seconds: float, of_seconds: float) -> None:
        self._countdown.show_left(left_seconds, of_seconds)

    def _code(self, copied: Copied) -> QVBoxLayout:
        theme, w = self.theme, self.wording
        code = QrCode(copied.token)
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
            OneLineLabel(theme, spaced(copied.code), figures),
            *how,
            STRETCH,
        )
        both = row(theme.px(24))
        both.addWidget(code, 0, Qt.AlignmentFlag.AlignVCenter)
        both.addLayout(words, 1)
        return column(0, both)

    def _card(self, inside: QVBoxLayout) -> Card:
        theme = self.theme
        card = Card(theme)
        inside.setContentsMargins(theme.px(40), self.gap(28), theme.px(40), self.gap(20))
        card.setLayout(inside)
        return card
