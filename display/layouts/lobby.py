"""The lobby's page: hands a Board to its parts. Where they stand, landscape.py and portrait.py say."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from display.board import Board, CallRow, NowCalled
from display.parts.call_list import CallList
from display.parts.call_panel import CallPanel
from display.parts.queues import QueueStrip
from display.parts.ready import ReadyBox
from display.words import clock, running_text
from ui.theme import Motion, Theme
from ui.widgets.running import RunningText
from wording import Wording

PAGE_SECONDS = 8


class Lobby(QWidget):
    """One outlet's lobby, in one wording. `theme` is the panel's, `around` that of everything else."""

    painted = Signal(object)
    """An Announced whose number is on the screen, each time that it was painted."""
    announced = Signal(object)
    """An Announced that was painted in the panel as a new call."""

    ROW_PX: int

    def __init__(self, theme: Theme, around: Theme, wording: Wording, motion: Motion) -> None:
        super().__init__()
        self.setObjectName("board")
        self.theme = theme
        self.around = around
        self._wording = wording
        self.panel = CallPanel(theme, wording, motion, self)
        self.calls = CallList(around, wording, self.ROW_PX, self)
        self.queues = QueueStrip(around, wording, self)
        self.ready = ReadyBox(around, wording, self)
        self.running = RunningText(around, motion, self)
        self.panel.painted.connect(self._panel_painted, Qt.ConnectionType.QueuedConnection)
        self.calls.painted.connect(self._rows_painted, Qt.ConnectionType.QueuedConnection)
        self._turning = QTimer(self, interval=PAGE_SECONDS * 1000)
        for part in (self.calls, self.queues, self.ready):
            self._turning.timeout.connect(part.turn_page)
        self._turning.start()

    def show_scene(self, board: Board) -> None:
        """Show it at once: the panel first, the rest after."""
        self.panel.set_panel(board.panel)
        self.calls.set_board(board)
        self.queues.set_board(board)
        self.ready.set_board(board)
        self.panel.set_outlet(board.outlet.name)
        self.panel.set_clock(clock(board.minute, self._wording))
        self.running.set_text(running_text(board.outlet.announcement, self._wording.language))

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self.place()
        self.panel.raise_()

    def place(self) -> None:
        """Put each part in its place on the present size."""
        raise NotImplementedError

    def _panel_painted(self, panel: NowCalled) -> None:
        self.painted.emit(panel.call)
        if panel.is_new:
            self.announced.emit(panel.call)

    def _rows_painted(self, rows: tuple[CallRow, ...]) -> None:
        for row in rows:
            self.painted.emit(row.call)
