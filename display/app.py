"""The lobby display, from start to end.

1. `run` prepares Qt (fonts, and the end of the program on an error of its own), makes the sound where this display
   is the one that speaks, and builds the display.
2. `build` makes the window, the speaker and the presenter, and joins them: the session tells the presenter of every
   change, the presenter gives the window a scene and the speaker a call, the speaker says when it is over, and the
   presenter reports it to the broker.
3. The window opens on the page "connecting"; the link is started, a snapshot comes, and the board is there.
4. Once a second the presenter looks at the clock. Everything else happens when the broker says that it has.

Stable object names: the window is "display"; its page "board", "cut" or "connecting". On the board: the panel is
"panel-B014" (or "panel-notice"), each row of the list "call-A018", each number ready for collection "ready-A001".
`window.shown(ticket, call)` tells that a call's number is on the screen, `window.announced(ticket, call)` that its
turn in the large panel has begun; each once for each call.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, QTimer
from PySide6.QtWidgets import QApplication

from display.presenter import Presenter, SessionFace
from display.settings import DisplaySettings
from display.speaker import Player, Speaker
from display.window import DisplayWindow
from hardware.sound import Sound, SoundState, found_player
from ui.crash import end_on_error
from ui.link import QtLink
from ui.window import prepare
from wording import Language

REFRESH_MS = 1000


@dataclass(frozen=True)
class Display:
    """A display that is built; `show` opens its window."""

    settings: DisplaySettings
    window: DisplayWindow
    speaker: Speaker
    presenter: Presenter

    def show(self) -> None:
        """Full screen, or at the place that the settings name."""
        if self.settings.full_screen:
            self.window.showFullScreen()
        else:
            self.window.place_at(QRect(QPoint(*self.settings.position), QSize(*self.settings.size)))


def build(
    settings: DisplaySettings, session: SessionFace, language: Language, player: Player | None = None
) -> Display:
    """The display on this session, not shown yet. Without a player it makes no sound. Needs a QApplication."""
    window = DisplayWindow(settings, language)
    speaker = Speaker(player, window)
    presenter = Presenter(session, window, speaker, settings.speaks)
    refreshing = QTimer(window, interval=REFRESH_MS)
    refreshing.timeout.connect(presenter.refresh)
    refreshing.start()
    return Display(settings, window, speaker, presenter)


def run(settings: DisplaySettings, link: QtLink, language: Language) -> int:
    """Run the display until its window is closed; returns the exit code. Needs a QApplication."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    end_on_error()
    prepare(application)
    sound = Sound(found_player(), _sound_changed) if settings.speaks else None
    display = build(settings, link.session, language, sound)
    display.show()
    if sound is not None:
        sound.start()
    link.start()
    try:
        return application.exec()
    finally:
        link.stop()
        if sound is not None:
            sound.stop()


def _sound_changed(_state: SoundState) -> None:
    """Sound logs it; the lobby has nothing to act on."""
