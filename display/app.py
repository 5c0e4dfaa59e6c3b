"""The lobby display, put together.

`build` makes the sound, where this display is the one that speaks, and a Display: its window, the speaker and the
presenter, joined. The window hangs on its screen whatever becomes of that (`hanging`), and the broker is told when it
can't be seen or heard. The session tells the presenter of every change; the presenter gives the window a scene and the
speaker a call; the speaker says when it is over, and the presenter reports that to the broker. `Display.start` shows
the window, on the page "connecting" until a snapshot has come. Once a second the presenter looks at the clock;
everything else happens when the broker says that it has. The link is the caller's, as are Qt and its fonts.

Stable object names: the window is "display"; its page "board", "cut" or "connecting". On the board: the panel is
"panel-B014" (or "panel-notice"), each row of the list "call-A018", each number ready for collection "ready-A001".
`window.shown(ticket, call)` tells that a call's number is on the screen, `window.announced(ticket, call)` that its
turn in the large panel has begun; each once for each call.
"""

from typing import assert_never

from PySide6.QtCore import QTimer

from broker.client import DisplayReports, SessionFace
from broker.domain.state import Outputs
from broker.domain.values import OutputState
from display.hanging import Hanging
from display.presenter import Presenter
from display.settings import DisplaySettings
from display.speaker import Player, Speaker
from display.window import DisplayWindow
from hardware.sound import Sound, SoundState, found_player
from ui.link import QtLink

REFRESH_MS = 1000


class Display:
    """One display on one window. Made in the GUI's thread, after `ui.window.prepare`."""

    def __init__(self, settings: DisplaySettings, session: SessionFace, player: Player | None) -> None:
        self._player = player
        self.window = DisplayWindow(settings)
        self.presenter = Presenter(session, self.window, Speaker(player, self.window), settings.speaks)
        self._hanging = Hanging(self.window, settings.window)
        self._reports = DisplayReports(session, self._outputs)
        self._refreshing = QTimer(self.window, interval=REFRESH_MS)
        self._refreshing.timeout.connect(self.presenter.refresh)
        self._refreshing.timeout.connect(self._reports.look)

    def start(self) -> None:
        """Show the window, full screen or at its place, and let time show."""
        if self._player is not None:
            self._player.start()
        self._hanging.hang()
        self._refreshing.start()
        self._reports.look()

    def stop(self) -> None:
        """Fall silent and close the window; returns when the sound's thread has ended."""
        self._refreshing.stop()
        if self._player is not None:
            self._player.stop()
        self.window.close()

    def _outputs(self) -> Outputs:
        sound = OutputState.WORKING if self._player is None else output_state(self._player.state)
        return Outputs(self._hanging.state, sound)


def build(settings: DisplaySettings, link: QtLink) -> Display:
    """The display on this link, not shown yet."""
    sound = Sound(found_player(), _sound_changed, settings.sound.volume) if settings.speaks else None
    return Display(settings, link.session, sound)


def output_state(sound: SoundState) -> OutputState:
    """What the outlet is told of it."""
    match sound:
        case SoundState.WORKING:
            return OutputState.WORKING
        case SoundState.NO_PLAYER | SoundState.NO_OUTPUT:
            return OutputState.MISSING
        case SoundState.FAILING:
            return OutputState.FAILING
        case _:
            assert_never(sound)


def _sound_changed(_state: SoundState) -> None:
    """The sound logs it, and the display looks at it whenever it refreshes."""
