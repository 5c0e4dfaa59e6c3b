"""What the citizen takes away is made, printed and taken: one page, so that nothing jumps while paper slides out."""

from abc import abstractmethod

from PySide6.QtWidgets import QWidget

from broker.client import Link
from kiosk import events
from kiosk.flow import Given, Page
from kiosk.presenter import Sight
from kiosk.screens.boxes import STRETCH, Item, column, row
from kiosk.screens.countdown import Countdown
from kiosk.screens.screen import Screen, Stage
from kiosk.screens.slot import Paper, Slot
from ui.icons import Icon
from ui.theme import Role, Tone
from ui.widgets.buttons import PrimaryButton
from ui.widgets.fact import Fact
from ui.widgets.fitted_label import FittedLabel
from ui.widgets.footer import Place


class PrintingScreen(Screen):
    """The paper in its slot, and what is told beside it once it is known. `preparing` is said until then."""

    places = (Place.RESTART, Place.LANGUAGE)

    def __init__(self, stage: Stage, paper: Paper, preparing: str, *told: Item) -> None:
        super().__init__(stage)
        theme, w = self.theme, self.wording
        self._preparing = preparing
        self._title = FittedLabel(theme, " ", Role.TITLE, 1)
        self._lead = Fact(theme, Icon.ARROW_DOWN, " ", Role.LEAD, Tone.FAINT, Tone.ACCENT)
        self._slot = Slot(theme, paper)
        self._countdown = Countdown(theme, w)
        self._done = PrimaryButton(theme, w.t("Done"))
        self._done.setCheckable(True)
        self.touch(self._done, "done", events.Done())
        self._told = QWidget()
        policy = self._told.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._told.setSizePolicy(policy)
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
        self._told.setVisible(visit.given is not None)
        self._done.setVisible(visit.given is not None)
        self.footer.button(Place.RESTART).setVisible(visit.page is Page.TAKING)
        self._done.setChecked(visit.page is Page.LEAVING)
        match visit.page:
            case Page.PRINTING | Page.LEAVING:
                self._say(w.t("Your ticket is being printed"), w.t("It comes out below the screen"))
            case Page.TAKING:
                self._say(w.t("Please take your ticket"), w.t("It comes out below the screen"))
            case _ if sight.link is Link.LIVE:
                self._say(self._preparing, "")
            case _:
                self._say(self._preparing, w.t("The queue machine is reconnecting. One moment, please."))
        if visit.given is not None:
            self.show_given(visit.given, sight)
            self._slot.let_out()

    @abstractmethod
    def show_given(self, given: Given, sight: Sight) -> None:
        """Write onto the paper, and tell what goes with it."""

    def count_down(self, left_seconds: float, of_seconds: float) -> None:
        self._countdown.show_left(left_seconds, of_seconds)

    def _say(self, title: str, lead: str) -> None:
        self._title.set_words(title)
        self._lead.setVisible(bool(lead))
        if lead:
            self._lead.set_words(lead)
