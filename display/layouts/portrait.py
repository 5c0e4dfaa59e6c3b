"""The lobby on a high screen: from the top the panel, the calls, what is ready, the queues, the running text."""

from display.layouts.lobby import Lobby
from ui.widgets.edge import HEIGHT_PX as EDGE_PX

_PANEL_PX = 812
_CALLS_GAP_PX = 24
_READY_PX = 206
_QUEUES_PX = 266
_RUNNING_PX = 96


class PortraitLobby(Lobby):
    """Where the screen is higher than the design, the list gets more rows."""

    ROW_PX = 98

    def place(self) -> None:
        px, width = self.theme.px, self.width()
        running_top = self.height() - px(_RUNNING_PX)
        queues_top = running_top - px(_QUEUES_PX)
        ready_top = queues_top - px(_READY_PX)
        panel_foot = px(_PANEL_PX + EDGE_PX)
        calls_top = panel_foot + px(_CALLS_GAP_PX)
        self.panel.setGeometry(0, 0, width, panel_foot)
        self.calls.setGeometry(0, calls_top, width, ready_top - calls_top)
        self.ready.setGeometry(0, ready_top, width, px(_READY_PX))
        self.queues.setGeometry(0, queues_top, width, px(_QUEUES_PX))
        self.running.setGeometry(0, running_top, width, px(_RUNNING_PX))
