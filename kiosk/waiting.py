"""The waits of the flow as timers: each begins with its page, a touch begins it anew, its end is told."""

import time

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.flow import Visit, Wait, wait_of
from kiosk.settings import WaitSettings

_SHOWN_EVERY_MS = 250


class Waiting(QObject):
    """Real time, whatever the outlet's clock."""

    over = Signal()
    shown = Signal(float, float)
    """Seconds left, and of how many, for waits that are counted down in the citizen's sight."""

    def __init__(self, settings: WaitSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seconds = {
            Wait.TOUCH: settings.touch,
            Wait.ANSWER: settings.answer,
            Wait.TAKING: settings.taking,
            Wait.COPYING: settings.copying,
            Wait.READING: settings.reading,
        }
        self._visit: Visit | None = None
        self._wait: Wait | None = None
        self._ends_at = 0.0
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.timeout.connect(self.over)
        self._show = QTimer(self)
        self._show.setInterval(_SHOWN_EVERY_MS)
        self._show.timeout.connect(self._tell)

    def follow(self, visit: Visit) -> None:
        """The visit has come this far: a new page, or something chosen on it, begins its wait anew."""
        if visit != self._visit:
            self._visit = visit
            self._begin(wait_of(visit))

    def touched(self) -> None:
        """A touch that chooses nothing."""
        self._begin(self._wait)

    def stop(self) -> None:
        self._end.stop()
        self._show.stop()

    def _begin(self, wait: Wait | None) -> None:
        self._wait = wait
        self.stop()
        if wait is None:
            return
        self._ends_at = time.monotonic() + self._seconds[wait]
        self._end.start(round(self._seconds[wait] * 1000))
        if wait is not Wait.TOUCH:
            self._show.start()
            self._tell()

    def _tell(self) -> None:
        assert self._wait is not None
        self.shown.emit(max(0.0, self._ends_at - time.monotonic()), self._seconds[self._wait])
