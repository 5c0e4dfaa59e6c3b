"""On which screen the window hangs: where it was hung first, and while that screen is away, on whatever there is.

A television on standby may vanish from the machine and come back, perhaps as another screen.
"""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QObject, QPoint, QRect, QSize, QTimer
from PySide6.QtGui import QGuiApplication, QScreen

from broker.domain.values import OutputState
from ui.settings import WindowSettings
from ui.window import Window


class Home(Struct, frozen=True):
    """The screen that the window belongs to, by its name."""

    name: str | None = None
    """None: nobody has looked yet, or there was none."""
    others: frozenset[str] = frozenset()
    """Those that were there beside it."""
    is_there: bool = True


def home_among(before: Home, names: Sequence[str]) -> Home:
    """Where the window belongs when these screens are there, the primary one first.

    One that was not there beside the old home has come in its place.
    """
    if before.name in names:
        return Home(before.name, frozenset(names) - {before.name}, is_there=True)
    come = [name for name in names if name not in before.others]
    if not come:
        return Home(before.name, before.others, is_there=False)
    return Home(come[0], frozenset(names) - {come[0]}, is_there=True)


class Hanging(QObject):
    """Keeps the window in its place, whatever becomes of the screens."""

    def __init__(self, window: Window, place: WindowSettings) -> None:
        super().__init__(window)
        self._window = window
        self._place = place
        self._home = Home()
        # Qt is not done with its screens while it tells that they change.
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self.hang)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._changed)
        application.screenRemoved.connect(self._changed)
        application.primaryScreenChanged.connect(self._changed)

    @property
    def state(self) -> OutputState:
        """Whether the window's own screen is there."""
        return OutputState.WORKING if self._home.is_there else OutputState.MISSING

    def hang(self) -> None:
        """Show the window where it belongs now."""
        screens = {screen.name(): screen for screen in _screens()}
        self._home = home_among(self._home, list(screens))
        if not self._place.full_screen:
            self._window.place_at(QRect(QPoint(*self._place.position), QSize(*self._place.size)))
        elif screens:
            home = screens.get(self._home.name or "", next(iter(screens.values())))
            self._window.setScreen(home)
            self._window.setGeometry(home.geometry())
            self._window.showFullScreen()
        else:
            self._window.showFullScreen()

    def _changed(self, _screen: QScreen) -> None:
        self._soon.start()


def _screens() -> list[QScreen]:
    """Those that show anything, the primary one first; where there is none, Qt keeps one of no size in its place."""
    return [screen for screen in QGuiApplication.screens() if not screen.geometry().isEmpty()]
