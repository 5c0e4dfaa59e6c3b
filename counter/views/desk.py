"""The desk as a window: the number in hand with all its acts at the left, who waits and the day at the right."""

from collections.abc import Mapping

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from broker.domain.values import ClerkId
from counter import words
from counter.desk import Act, Desk, DeskStatus, InHand
from counter.page import WorkPage
from counter.presenter import Presenter
from counter.views.acts import ICONS, KEYS, PrimaryAct, UndoButton, act_button, object_name, show_acts
from counter.views.held import HeldRows
from counter.views.hero import PRIORITY_ICONS, Hero
from counter.views.lines import LineButton
from counter.views.said import SaidLine
from counter.views.waiting import WaitingCard
from counter.why import sentence
from ui.icons import Icon
from ui.text import Align
from ui.theme import Role, Theme, Tone
from ui.widgets.card import Card, Rule
from ui.widgets.chip import Chip, ChipKind
from ui.widgets.fact import StatFact
from ui.widgets.label import TextLabel
from wording import Wording

GRID = (
    (Act.RECALL, Act.HOLD, Act.TRANSFER),
    (Act.NO_SHOW, Act.REFUTE_PRIORITY, Act.CHANGE_SERVICE),
    (Act.ACCEPT, Act.SCAN, Act.CANCEL),
)
"""Each act has its place, possible or not."""

SIDE_PX = 446


class StatusRow(QWidget):
    """How the desk stands, the priority, and how long the service has taken, or what can be taken back."""

    def __init__(self, theme: Theme, w: Wording, presenter: Presenter) -> None:
        super().__init__()
        self._w = w
        self._status = Chip(theme, "")
        self._priority = Chip(theme, "")
        self._call = Chip(theme, "")
        self._lasting = TextLabel(theme, w.t("Service time"), Role.SMALL, Tone.FAINT, Align.RIGHT)
        self._timer = TextLabel(theme, "", Role.FIGURE, align=Align.RIGHT)
        self._timer.setObjectName("timer")
        self._undo = UndoButton(theme, w, presenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space(8))
        for chip in (self._status, self._priority, self._call):
            row.addWidget(chip)
        row.addStretch(1)
        row.addWidget(self._lasting)
        row.addWidget(self._timer)
        row.addWidget(self._undo)
        self.setFixedHeight(theme.px(48))

    def show_desk(self, desk: Desk) -> None:
        hand = desk.in_hand
        kind = ChipKind.OUTLINED if hand is None else ChipKind.FILLED
        self._status.set_chip(words.status(desk.status, self._w), STATUS_ICONS[desk.status], kind)
        self._show_priority(hand)
        is_recalled = hand is not None and hand.serving_seconds is None and hand.call > 1
        self._call.setVisible(is_recalled)
        if hand is not None and is_recalled:
            self._call.set_chip(self._w.t("Call {n}", n=hand.call), Icon.BELL_RING, ChipKind.OUTLINED)
        seconds = hand.serving_seconds if hand is not None else None
        for part in (self._lasting, self._timer):
            part.setVisible(seconds is not None)
        if seconds is not None:
            self._timer.set_words(self._w.duration(seconds))
        self._undo.show_desk(desk)

    def _show_priority(self, hand: InHand | None) -> None:
        priority = hand.priority if hand is not None else None
        self._priority.setVisible(priority is not None)
        if priority is not None:
            said = words.priority_chip(priority, self._w)
            self._priority.set_chip(said, PRIORITY_ICONS[priority], ChipKind.OUTLINED)


STATUS_ICONS = {
    DeskStatus.CLOSED: Icon.LOCK,
    DeskStatus.FREE: Icon.CIRCLE_CHECK,
    DeskStatus.CALLED: Icon.BELL_RING,
    DeskStatus.SERVING: Icon.USER_CHECK,
    DeskStatus.ON_BREAK: Icon.COFFEE,
}


class WorkCard(Card):
    """The number in hand and what can be done with it."""

    def __init__(self, theme: Theme, w: Wording, presenter: Presenter) -> None:
        super().__init__(theme)
        self._w = w
        self._status = StatusRow(theme, w, presenter)
        self._hero = Hero(theme, w, presenter)
        self._hero.setFixedHeight(theme.px(128))
        self._primary = PrimaryAct(theme, presenter)
        self._primary.setMaximumHeight(theme.px(108))
        self._said = SaidLine(theme, w)
        self._buttons = {act: act_button(theme, act, w, presenter) for row in GRID for act in row}
        self._why = self._line(theme, Act.WHY, presenter)
        self._steps = self._line(theme, Act.PLAN_STEPS, presenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.space(32), theme.px(20), theme.space(32), theme.space(12))
        column.setSpacing(0)
        column.addWidget(self._status)
        column.addSpacing(theme.space(8))
        column.addWidget(self._hero)
        column.addSpacing(theme.space(16))
        column.addWidget(self._primary, 3)
        column.addWidget(self._said)
        column.addLayout(self._grid(theme), 5)
        column.addSpacing(theme.space(12))
        column.addWidget(Rule(theme))
        column.addSpacing(theme.space(4))
        column.addWidget(self._why)
        column.addWidget(self._steps)

    def show_work(self, page: WorkPage, desk: Desk) -> None:
        self._status.show_desk(desk)
        self._hero.show_desk(desk, page.around.counter)
        self._primary.show_desk(desk, self._w)
        hand = desk.in_hand
        sent = words.sent(hand, page.note, page.names, self._w) if hand is not None else ""
        notice = page.notice if page.sheet is None else None
        self._said.say(notice, is_pending=page.pending, otherwise=sent)
        show_acts(self._buttons, desk, self._w)
        self._show_lines(desk, page.names)

    def _show_lines(self, desk: Desk, names: Mapping[ClerkId, str]) -> None:
        """Both stay in their places, whatever there is to tell."""
        w, hand = self._w, desk.in_hand
        why = sentence(hand.why, names, w) if hand is not None else w.t("Call a number to see why.")
        self._why.tell(w.t("Why this number?"), why)
        self._why.setEnabled(Act.WHY in desk.acts)
        self._steps.tell(w.t("Steps of the visit:"), words.way(hand, w) if hand is not None else "–")
        self._steps.setEnabled(Act.PLAN_STEPS in desk.acts)

    @staticmethod
    def _line(theme: Theme, act: Act, presenter: Presenter) -> LineButton:
        line = LineButton(theme, ICONS[act], KEYS[act])
        line.setObjectName(object_name(act))
        line.setFixedHeight(theme.px(38))
        line.clicked.connect(lambda: presenter.act(act))
        return line

    def _grid(self, theme: Theme) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme.space(12))
        for row, acts in enumerate(GRID):
            grid.setRowStretch(row, 1)
            for column, act in enumerate(acts):
                button = self._buttons[act]
                button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
                button.setMaximumHeight(theme.px(72))
                grid.addWidget(button, row, column)
                grid.setColumnStretch(column, 1)
        return grid


class TodayCard(Card):
    """The clerk's day in numbers, and the ways out."""

    def __init__(self, theme: Theme, w: Wording, presenter: Presenter) -> None:
        super().__init__(theme)
        self._w = w
        self._since = TextLabel(theme, "", Role.SMALL, Tone.FAINT, Align.RIGHT)
        self._facts = tuple(StatFact(theme, "", "") for _ in range(4))
        self._buttons = {act: act_button(theme, act, w, presenter) for act in (Act.BREAK, Act.SIGN_OUT)}
        head = QHBoxLayout()
        head.addWidget(TextLabel(theme, w.t("Today"), Role.NAME), 1)
        head.addWidget(self._since)
        facts = QHBoxLayout()
        facts.setSpacing(theme.space(8))
        for fact in self._facts:
            facts.addWidget(fact, 1)
        ways = QHBoxLayout()
        ways.setSpacing(theme.space(12))
        for button in self._buttons.values():
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.setFixedHeight(theme.px(56))
            ways.addWidget(button, 1)
        column = QVBoxLayout(self)
        side = theme.px(22)
        column.setContentsMargins(side, theme.px(20), side, theme.px(22))
        column.setSpacing(theme.space(12))
        column.addLayout(head)
        column.addLayout(facts)
        column.addSpacing(theme.space(4))
        column.addLayout(ways)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_desk(self, desk: Desk) -> None:
        w, today = self._w, desk.today
        self._since.set_words(
            w.t("since {time}", time=words.clock(today.since, w)) if today.since is not None else ""
        )
        mean = "–" if today.mean_seconds is None else w.duration(today.mean_seconds)
        figures = (
            (w.number(today.served), w.tp("today", "served")),
            (mean, w.tp("today", "average")),
            (w.number(today.missed), w.tp("today", "no-shows")),
            (w.number(today.accepted), w.tp("today", "files")),
        )
        for fact, (figure, said) in zip(self._facts, figures, strict=True):
            fact.set_fact(figure, said)
        for act, button in self._buttons.items():
            button.setEnabled(act in desk.acts)


class DeskPage(QWidget):
    """Both columns."""

    def __init__(self, theme: Theme, w: Wording, presenter: Presenter) -> None:
        super().__init__()
        self._work = WorkCard(theme, w, presenter)
        self._waiting = WaitingCard(theme, w)
        self._held = HeldCard(theme, w, presenter)
        self._today = TodayCard(theme, w, presenter)
        side = QWidget()
        side.setFixedWidth(theme.px(SIDE_PX))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(16))
        column.addWidget(self._waiting, 1)
        column.addWidget(self._held)
        column.addWidget(self._today)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.margin, theme.margin, theme.margin, theme.margin)
        row.setSpacing(theme.margin)
        row.addWidget(self._work, 1)
        row.addWidget(side)

    def show_work(self, page: WorkPage) -> None:
        if page.desk is None:
            return
        self._work.show_work(page, page.desk)
        self._waiting.show_desk(page.desk)
        self._held.show_desk(page.desk)
        self._today.show_desk(page.desk)


class HeldCard(Card):
    """The services that this clerk has interrupted; not there when there are none."""

    def __init__(self, theme: Theme, w: Wording, presenter: Presenter) -> None:
        super().__init__(theme)
        self._rows = HeldRows(theme, w, presenter)
        column = QVBoxLayout(self)
        side = theme.px(22)
        column.setContentsMargins(side, theme.px(18), side, theme.space(16))
        column.setSpacing(theme.space(8))
        column.addWidget(TextLabel(theme, w.t("On hold"), Role.NAME))
        column.addWidget(self._rows)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_desk(self, desk: Desk) -> None:
        self.setVisible(bool(desk.held))
        self._rows.show_desk(desk)
