"""The bundled fonts, and displays in a hurry: announcements and flashes last a moment."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from display.app import Display
from display.layouts.lobby import Lobby
from display.settings import DisplaySettings
from display.speaker import Player
from tests.display.support import display_session
from tests.support.morning import Morning
from tests.support.outlet import LocalSession
from ui.settings import WindowSettings
from ui.window import prepare
from wording import Language

LANDSCAPE, PORTRAIT, SMALL = (1920, 1080), (1080, 1920), (1366, 768)


@pytest.fixture(autouse=True)
def fonts(qapp: QApplication) -> None:
    prepare(qapp)


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("display.speaker.LEAST_MS", 60)
    monkeypatch.setattr("display.parts.call_panel.PHASE_MS", 30)


@dataclass
class Hall:
    """A display on the wall, with what its window has told."""

    display: Display
    session: LocalSession
    shown: list[tuple[str, int]] = field(default_factory=list)
    announced: list[tuple[str, int]] = field(default_factory=list)

    @property
    def page(self) -> str:
        page = self.display.window.page
        return "" if page is None else page.objectName()

    @property
    def lobby(self) -> Lobby:
        page = self.display.window.page
        assert isinstance(page, Lobby)
        return page


Hang = Callable[..., Hall]


@pytest.fixture
def hang(qtbot: QtBot) -> Hang:
    """Hang a display on the wall of an outlet; its window is shown."""

    def hung(
        outlet: Morning,
        size: tuple[int, int] = LANDSCAPE,
        language: Language = Language.ID,
        player: Player | None = None,
        session: LocalSession | None = None,
        **settings: float | bool,
    ) -> Hall:
        session = display_session(outlet) if session is None else session
        window = WindowSettings(full_screen=False, size=size)
        own = DisplaySettings(language=language, window=window, **settings)  # type: ignore[arg-type]
        made = Display(own, session, player)
        qtbot.addWidget(made.window)
        hall = Hall(made, session)
        made.window.shown.connect(lambda ticket, call: hall.shown.append((ticket, call)))
        made.window.announced.connect(lambda ticket, call: hall.announced.append((ticket, call)))
        made.start()
        return hall

    return hung
