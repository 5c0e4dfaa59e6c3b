"""The desk as a narrow strip beside another program: one column, and only the acts that belong to its state."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from counter import words
from counter.desk import Act, Desk, DeskStatus
from counter.page import WorkPage
from counter.presenter import Presenter
from counter.views.acts import ICONS, KEYS, PrimaryAct, UndoButton, act_button, object_name, show_acts
from counter.views.desk import STATUS_ICONS
from counter.views.held import HeldRows
from counter.views.hero import Hero
from counter.views.lines import LineButton
from counter.views.said import SaidLine
from counter.views.waiting import NextRows, QueueCounts
from ui.text import Align
from ui.theme import Role, Theme, Tone, Type, Weight
from ui.widgets.fact import Fact
from ui.widgets.label import TextLabel
from wording import Wording

IN_STATE = {
    DeskStatus.CLOSED: (Act.SCAN, Act.SIGN_OUT),
    DeskStatus.FREE: (Act.SCAN, Act.BREAK, Act.SIGN_OUT),
    DeskStatus.ON_BREAK: (Act.SCAN, Act.SIGN_OUT),
    DeskStatus.CALLED: (
        Act.RECALL,
        Act.NO_SHOW,
        Act.TRANSFER,
        Act.CHANGE_SERVICE,
        Act.REFUTE_PRIORITY,
        Act.SCAN,
        Act.WHY,
        Act.CANCEL,
    ),
    DeskStatus.SERVING: (
        Act.HOLD,
        Act.TRANSFER,
        Act.ACCEPT,
        Act.CHANGE_SERVICE,
        Act.SCAN,
        Act.WHY,
        Act.PLAN_STEPS,
        Act.CANCEL,
    ),
}


WIDEST_PX = 560


class StripPage(QWidget):
    """The same desk, read from top to bottom."""

    def __init__(self, theme: Theme, w: Wording, presenter: Presenter) -> None:
        super().__init__()
        self._theme = theme
        self._w = w
        self._status = Fact(theme, STATUS_ICONS[DeskStatus.FREE], "", Type(theme.px(15), Weight.BOLD))
        self._timer = TextLabel(theme, "", Role.FIGURE, align=Align.RIGHT)
        self._timer.setObjectName("timer")
        self._undo = UndoButton(theme, w, presenter)
        self._hero = Hero(theme, w, presenter)
        self._steps = LineButton(theme, ICONS[Act.PLAN_STEPS], KEYS[Act.PLAN_STEPS])
        self._steps.setObjectName(object_name(Act.PLAN_STEPS))
        self._steps.clicked.connect(lambda: presenter.act(Act.PLAN_STEPS))
        self._primary = PrimaryAct(theme, presenter)
        self._said = SaidLine(theme, w)
        acts = dict.fromkeys(act for group in IN_STATE.values() for act in group)
        self._buttons = {act: act_button(theme, act, w, presenter) for act in acts}
        self._grid = QGridLayout()
        self._queues = QueueCounts(theme, w)
        self._held = HeldRows(theme, w, presenter)
        self._next = NextRows(theme, w)
        self._placed: tuple[Act, ...] = ()
        self._column = QVBoxLayout(self)
        self._lay_out()

    def _lay_out(self) -> None:
        theme = self._theme
        head = QHBoxLayout()
        head.addWidget(self._status, 1)
        head.addWidget(self._timer)
        head.addWidget(self._undo)
        self._grid.setSpacing(theme.space(8))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        for button in self._buttons.values():
            button.setParent(self)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.setFixedHeight(theme.px(52))
            button.hide()
        column = self._column
        column.setSpacing(theme.space(8))
        column.addLayout(head)
        column.addWidget(self._hero)
        column.addWidget(self._steps)
        column.addWidget(self._primary)
        column.addWidget(self._said)
        column.addLayout(self._grid)
        column.addWidget(self._queues)
        column.addWidget(self._held)
        column.addWidget(self._next, 1)
        self._primary.setFixedHeight(theme.px(84))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wider strip keeps its words together, in the middle."""
        beside = max(self._theme.margin, (self.width() - self._theme.px(WIDEST_PX)) // 2)
        space = self._theme.space
        self._column.setContentsMargins(beside, space(8), beside, space(16))
        super().resizeEvent(event)

    def show_work(self, page: WorkPage) -> None:
        desk = page.desk
        if desk is None:
            return
        self._status.set_words(words.status(desk.status, self._w))
        self._status.set_icon(STATUS_ICONS[desk.status], Tone.INK)
        seconds = desk.in_hand.serving_seconds if desk.in_hand is not None else None
        self._timer.set_words("" if seconds is None else self._w.duration(seconds))
        self._timer.setVisible(seconds is not None)
        self._undo.show_desk(desk)
        self._primary.show_desk(desk, self._w)
        notice = page.notice if page.sheet is None else None
        sent = words.sent(desk.in_hand, page.note, page.names, self._w) if desk.in_hand is not None else ""
        self._said.say(notice, is_pending=page.pending, otherwise=sent)
        self._hero.set_brief(is_brief=notice is not None or page.pending or bool(sent))
        self._hero.show_desk(desk, page.around.counter)
        self._show_steps(desk)
        self._place(self._wanted(desk))
        show_acts({act: self._buttons[act] for act in self._placed}, desk, self._w)
        self._queues.show_queues(desk.queues)
        self._held.setVisible(bool(desk.held) and desk.in_hand is None)
        self._held.show_desk(desk)
        self._next.show_next(desk.next)

    def _show_steps(self, desk: Desk) -> None:
        """Where the visit goes on, a line in place of the button."""
        hand = desk.in_hand
        self._steps.setVisible(hand is not None and bool(hand.steps))
        if hand is not None:
            self._steps.tell(self._w.t("Steps:"), words.way(hand, self._w))

    @staticmethod
    def _wanted(desk: Desk) -> tuple[Act, ...]:
        hand = desk.in_hand
        left_out = set()
        if hand is not None and hand.priority is None:
            left_out.add(Act.REFUTE_PRIORITY)
        if hand is not None and hand.steps:
            left_out.add(Act.PLAN_STEPS)
        return tuple(act for act in IN_STATE[desk.status] if act not in left_out)

    def _place(self, wanted: tuple[Act, ...]) -> None:
        if wanted == self._placed:
            return
        for act in self._placed:
            self._grid.removeWidget(self._buttons[act])
            self._buttons[act].hide()
        self._placed = wanted
        for place, act in enumerate(wanted):
            is_last_alone = place == len(wanted) - 1 and place % 2 == 0
            self._grid.addWidget(self._buttons[act], place // 2, place % 2, 1, 2 if is_last_alone else 1)
            self._buttons[act].show()
