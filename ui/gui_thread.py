"""The way back into the GUI's thread: what a device's thread has to tell is told there, in order."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

Act = Callable[[], None]


class GuiThread(QObject):
    """Made in the GUI's thread; `run` may be called from any."""

    _asked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked.connect(self._do, Qt.ConnectionType.QueuedConnection)

    def run(self, act: Act) -> None:
        """Have it done by the GUI's thread, soon; returns at once."""
        self._asked.emit(act)

    def _do(self, act: Act) -> None:
        act()
