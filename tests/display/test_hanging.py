"""The window keeps its screen: it goes to another while that is away, and back; the outlet is told meanwhile."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from broker.domain.values import OutputState
from display.hanging import Hanging, Home, home_among
from ui.settings import WindowSettings
from ui.theme import Size, display_theme
from ui.window import Window

TELEVISION, PANEL, OTHER = "HDMI-1", "eDP-1", "HDMI-2"


def followed(*seen: tuple[str, ...]) -> Home:
    home = Home()
    for names in seen:
        home = home_among(home, names)
    return home


@pytest.mark.parametrize(
    ("seen", "name", "is_there"),
    [
        ([(TELEVISION, PANEL)], TELEVISION, True),
        ([(TELEVISION, PANEL), (PANEL,)], TELEVISION, False),
        ([(TELEVISION, PANEL), (PANEL,), (PANEL, TELEVISION)], TELEVISION, True),
        ([(TELEVISION,), ()], TELEVISION, False),
        ([(TELEVISION,), (), (TELEVISION,)], TELEVISION, True),
        ([(TELEVISION, PANEL), (PANEL,), (PANEL, OTHER)], OTHER, True),
        ([(TELEVISION,), (), (OTHER,), (TELEVISION, OTHER)], OTHER, True),
        ([()], None, False),
        ([(), (TELEVISION,)], TELEVISION, True),
    ],
)
def test_the_window_belongs_to_its_first_screen_or_to_one_that_came_in_its_place(
    seen: list[tuple[str, ...]], name: str | None, is_there: bool
) -> None:
    home = followed(*seen)
    assert (home.name, home.is_there) == (name, is_there)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window(display_theme(Size(1920, 1080)), "Antrean")
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("told", ["screenAdded", "screenRemoved", "primaryScreenChanged"])
def test_whatever_becomes_of_the_screens_the_window_fills_the_one_that_is_there(
    qtbot: QtBot, qapp: QGuiApplication, window: Window, told: str
) -> None:
    hanging = Hanging(window, WindowSettings())
    hanging.hang()
    there = qapp.primaryScreen()
    window.setGeometry(QRect(-3000, 0, 640, 480))  # as after its screen has gone
    getattr(qapp, told).emit(there)
    qtbot.waitUntil(lambda: window.geometry() == there.geometry())
    assert window.isFullScreen()
    assert hanging.state is OutputState.WORKING


def test_no_screen_at_all_is_a_state_until_one_comes(
    qtbot: QtBot, qapp: QGuiApplication, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = Hanging(window, WindowSettings())
    hanging.hang()
    with monkeypatch.context() as gone:
        gone.setattr("display.hanging._screens", list)
        qapp.screenRemoved.emit(qapp.primaryScreen())
        qtbot.waitUntil(lambda: hanging.state is OutputState.MISSING)
    qapp.screenAdded.emit(qapp.primaryScreen())
    qtbot.waitUntil(lambda: hanging.state is OutputState.WORKING)


def test_a_window_with_a_place_of_its_own_keeps_it(
    qtbot: QtBot, qapp: QGuiApplication, window: Window
) -> None:
    Hanging(window, WindowSettings(full_screen=False, position=(10, 20), size=(640, 480))).hang()
    window.setGeometry(QRect(300, 300, 400, 400))
    qapp.screenAdded.emit(qapp.primaryScreen())
    qtbot.waitUntil(lambda: window.geometry() == QRect(10, 20, 640, 480))
