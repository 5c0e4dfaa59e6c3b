"""What is heard of an announcement: the chime now; whoever brings the voice adds its files after it.

An announcement is over when its sound is, and not before the number has been large for long enough to be read.
A machine without sound, or whose sound does not end, costs nothing but the sound.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from broker.domain.state import Announced
from hardware.sound import SoundState
from hardware.sounds import CHIME

LEAST_MS = 4000
"""Three alternations, and a while to read."""
MOST_MS = 15_000
"""An announcement whose sound has not ended by then is over all the same."""


class Player(Protocol):
    """hardware.sound.Sound, as a display needs it."""

    @property
    def state(self) -> SoundState:
        """Whether it can be heard."""

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def play(self, files: tuple[Path, ...], on_end: Callable[[], None]) -> None:
        """Return at once; call `on_end`, in any thread, when the files have sounded or could not."""


class Speaker(QObject):
    """One announcement at a time. Without a player it is silent and takes as long as the eye needs."""

    _sounded = Signal(int)

    def __init__(self, player: Player | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._on_end: Callable[[], None] | None = None
        self._turn = 0
        self._is_heard = False
        self._is_read = False
        self._least = QTimer(self, interval=LEAST_MS, singleShot=True)
        self._least.timeout.connect(self._read)
        self._most = QTimer(self, interval=MOST_MS, singleShot=True)
        self._most.timeout.connect(lambda: self._heard(self._turn))
        self._sounded.connect(self._heard, Qt.ConnectionType.QueuedConnection)

    @property
    def is_read(self) -> bool:
        """Whether the present announcement has lasted as long as the eye needs."""
        return self._is_read

    def announce(self, _call: Announced, on_end: Callable[[], None], /) -> None:
        """Begin, and return at once; `on_end` is called when it is over."""
        self._turn += 1
        self._on_end = on_end
        self._is_read = False
        self._is_heard = self._player is None
        self._least.start()
        self._most.start()
        if self._player is not None:
            turn = self._turn
            self._player.play((CHIME,), lambda: self._sounded.emit(turn))

    def _read(self) -> None:
        self._is_read = True
        self._end_if_over()

    def _heard(self, turn: int) -> None:
        if turn == self._turn:  # else the end of a sound that was given up
            self._is_heard = True
            self._end_if_over()

    def _end_if_over(self) -> None:
        if self._is_read and self._is_heard and self._on_end is not None:
            self._most.stop()
            on_end, self._on_end = self._on_end, None
            on_end()
