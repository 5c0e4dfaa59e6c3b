"""What could not be done, said clearly: refused, not answered, or the broker away. First what holds."""

from msgspec.structs import asdict
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from broker.client import Link
from kiosk import events
from kiosk.presenter import Sight
from kiosk.screens.boxes import STRETCH, Item, column, row
from kiosk.screens.countdown import Countdown
from kiosk.screens.screen import Screen, Stage
from kiosk.words import clock
from ui.icons import Icon, paint_icon
from ui.theme import Role, Theme, Tone, Type, Weight
from ui.widgets.box import Box, paint_box
from ui.widgets.buttons import PrimaryButton
from ui.widgets.card import Rule
from ui.widgets.fact import Fact
from ui.widgets.fitted_label import FittedLabel
from ui.widgets.footer import Place
from ui.widgets.label import TextLabel
from wording.refusals import sentence


class MessageScreen(Screen):
    """A sign, a title, and what to do."""

    def __init__(self, stage: Stage, icon: Icon) -> None:
        super().__init__(stage)
        theme = self.theme
        self.title = FittedLabel(theme, " ", Role.TITLE, 2)
        self.lead = FittedLabel(theme, " ", _lead(theme), 5)
        self.foot = column(theme.px(20))
        words: list[Item] = [self.title, theme.px(24), self.lead]
        if theme.surface.is_landscape:
            beside = column(0, *words, STRETCH)
            top = row(theme.px(64), column(0, Sign(theme, icon), STRETCH), beside)
            top.setStretch(1, 1)
            self.content.addSpacing(theme.px(32))
            self.content.addLayout(top)
        else:
            self.content.addSpacing(theme.px(120))
            self.content.addLayout(row(0, Sign(theme, icon), STRETCH))
            self.content.addSpacing(theme.px(40))
            self.content.addLayout(column(0, *words))
        self.content.addStretch(1)
        self.content.addLayout(self.foot)


class RefusedScreen(MessageScreen):
    """The queue's rules do not allow it now."""

    places = (Place.RESTART, Place.LANGUAGE)

    def __init__(self, stage: Stage, sight: Sight) -> None:
        super().__init__(stage, Icon.CLOCK_ALERT)
        w, refusal = self.wording, sight.visit.refusal
        assert refusal is not None
        self.title.set_words(
            w.t("This place can't be reserved")
            if _wants_a_place(sight)
            else w.t("No number can be given for this now")
        )
        self.lead.set_words(sentence(refusal.code, asdict(refusal), w))
        self._countdown = _choose_again(self)

    def count_down(self, left_seconds: float, of_seconds: float) -> None:
        self._countdown.show_left(left_seconds, of_seconds)


class UnansweredScreen(MessageScreen):
    """No answer came."""

    places = (Place.RESTART, Place.LANGUAGE)

    def __init__(self, stage: Stage, sight: Sight) -> None:
        super().__init__(stage, Icon.UNPLUG)
        w = self.wording
        self.title.set_words(
            w.t("Your place could not be reserved yet")
            if _wants_a_place(sight)
            else w.t("Your number could not be given yet")
        )
        self.lead.set_words(
            w.t("The queue machine does not answer. Please go to the staff at a counter, or choose again.")
        )
        self._countdown = _choose_again(self)

    def count_down(self, left_seconds: float, of_seconds: float) -> None:
        self._countdown.show_left(left_seconds, of_seconds)


class AwayScreen(MessageScreen):
    """The broker can't be reached, or has not been reached yet."""

    places = (Place.LANGUAGE,)

    def __init__(self, stage: Stage, _sight: Sight) -> None:
        super().__init__(stage, Icon.UNPLUG)
        theme, w = self.theme, self.wording
        self.edge.set_colour(theme.palette.control)
        self._reconnecting = Fact(theme, Icon.REFRESH, w.t("Reconnecting"), Role.LEAD)
        self._last = TextLabel(theme, " ", Role.LEAD, Tone.FAINT)
        self.foot.addWidget(Rule(theme))
        if theme.surface.is_landscape:
            beside = row(theme.px(24), self._reconnecting, self._last)
            beside.setStretch(0, 1)
            self.foot.addLayout(beside)
        else:
            self.foot.addLayout(column(theme.px(16), self._reconnecting, self._last))

    def refresh(self, sight: Sight) -> None:
        super().refresh(sight)
        w = self.wording
        if sight.link is Link.CONNECTING:
            self.title.set_words(w.t("The queue machine is starting"))
            self.lead.set_words(w.t("One moment, please."))
        else:
            self.title.set_words(w.t("The queue machine is disconnected"))
            holds = w.t("A number that you already have stays valid.")
            otherwise = w.t("If you have none yet, please go to the staff at a counter.")
            self.lead.set_words(f"{holds}\n{otherwise}")
        self._last.setVisible(sight.lost_at is not None)
        if sight.lost_at is not None:
            self._last.set_words(w.t("Last connected {time}", time=clock(sight.lost_at, w)))


class Sign(QWidget):
    """A large icon on a card."""

    def __init__(self, theme: Theme, icon: Icon) -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        side = theme.px(240)
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = self._theme.palette
        painter = QPainter(self)
        line = self._theme.line(palette.hairline_px)
        box = Box(palette.card, palette.ink, palette.hairline, line)
        paint_box(painter, QRectF(self.rect()), self._theme.card_radius * 1.5, box, self._theme)
        inset = self.width() * 0.25
        paint_icon(
            painter, self._icon, QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), palette.ink
        )
        painter.end()


def _wants_a_place(sight: Sight) -> bool:
    wish = sight.visit.wish
    return wish is not None and wish.slot_at is not None


def _choose_again(screen: MessageScreen) -> Countdown:
    """The button back to the choice, under the time that is left."""
    countdown = Countdown(screen.theme, screen.wording)
    again = PrimaryButton(screen.theme, screen.wording.t("Choose again"), Icon.ARROW_RIGHT)
    screen.touch(again, "choose-again", events.Done())
    screen.foot.addWidget(countdown)
    screen.foot.addWidget(again)
    return countdown


def _lead(theme: Theme) -> Type:
    return Type(round(theme.type(Role.LEAD).px * 1.1), Weight.MEDIUM, line_em=1.35)
