"""The lobby on a wide screen: panel and queues at the left, time, calls and what is ready at the right."""

from display.board import Board
from display.layouts.lobby import Lobby
from display.parts.clock import Clock
from ui.theme import Motion, Theme
from ui.widgets.edge import HEIGHT_PX as EDGE_PX
from wording import Wording

_COLUMN_PX = 760
_FOOT_PX = 272
_RUNNING_PX = 96
_CLOCK_PX = (40, 120)
"""From the top, and its height."""
_CALLS_TOP_PX = 168


class LandscapeLobby(Lobby):
    """Where the screen is higher than the design, the list gets more rows."""

    ROW_PX = 92

    def __init__(self, theme: Theme, around: Theme, wording: Wording, motion: Motion) -> None:
        super().__init__(theme, around, wording, motion)
        self.clock = Clock(around, wording, self)

    def show_scene(self, board: Board) -> None:
        super().show_scene(board)
        self.clock.set_time(board.minute)

    def place(self) -> None:
        px = self.theme.px
        column = px(_COLUMN_PX)
        left = self.width() - column
        running_top = self.height() - px(_RUNNING_PX)
        foot = running_top - px(_FOOT_PX)
        self.panel.setGeometry(0, 0, left, foot + px(EDGE_PX))
        self.queues.setGeometry(0, foot, left, px(_FOOT_PX))
        top, height = (self.around.px(length) for length in _CLOCK_PX)
        margin = self.around.margin
        self.clock.setGeometry(left + margin, top, column - 2 * margin, height)
        calls_top = self.around.px(_CALLS_TOP_PX)
        self.calls.setGeometry(left, calls_top, column, foot - calls_top)
        self.ready.setGeometry(left, foot, column, px(_FOOT_PX))
        self.running.setGeometry(0, running_top, self.width(), px(_RUNNING_PX))
