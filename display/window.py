"""The display's window: shows the scene it is given on the page for it, and tells when a number is on the screen."""

from typing import assert_never

import structlog
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from broker.domain.state import Announced
from display.board import Board, Connecting, Cut, NowCalled, Scene
from display.layouts.cut import CutPage
from display.layouts.landscape import LandscapeLobby
from display.layouts.lobby import Lobby
from display.layouts.portrait import PortraitLobby
from display.legibility import for_distance, pixels_per_mm, readable_metres
from display.settings import DisplaySettings
from display.words import wording_of
from ui.theme import Motion, Size, Theme, display_theme
from ui.window import Window
from wording import Language, Wording

log = structlog.get_logger(__name__)

REMEMBERED_MS = 3_600_000
"""So long a call that is no longer listed is known to have been shown."""


class DisplayWindow(Window):
    """The screen of a display: one page for each kind of scene, built anew when size or outlet change."""

    shown = Signal(str, int)
    """Ticket and call number, once for each call: its number has been painted for the first time, in the panel
    or in the list, and the picture is out."""
    announced = Signal(str, int)
    """Ticket and call number, once for each call: its turn in the large panel has been painted."""

    def __init__(self, settings: DisplaySettings) -> None:
        super().__init__(display_theme(Size(*settings.window.size)), "Antrean")
        self._settings = settings
        self._motion = Motion.LESS if settings.less_motion else Motion.FULL
        self._scene: Scene = Connecting()
        self._built_for: object = None
        self._shown: set[Announced] = set()
        self._announced: set[Announced] = set()
        self.setObjectName("display")
        self.resize(*settings.window.size)

    @property
    def scene(self) -> Scene:
        return self._scene

    def show_scene(self, scene: Scene) -> None:
        self._scene = scene
        if isinstance(scene, Board):
            self._shown = _remembered(self._shown, scene)
            self._announced = _remembered(self._announced, scene)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def _show(self) -> None:
        wording = _wording_of(self._scene, self._settings.language)
        needed = (type(self._scene), self.area, wording)
        if needed != self._built_for:
            self._built_for = needed
            self._build(wording)
        match self._scene, self.page:
            case Board() as board, Lobby() as lobby:
                lobby.show_scene(board)
            case (Cut() | Connecting()) as cut, CutPage() as page:
                page.show_scene(cut)
            case _:
                raise AssertionError("the page is not the scene's")

    def _build(self, wording: Wording) -> None:
        theme = display_theme(self.area)
        match self._scene:
            case Board():
                page: QWidget = self._lobby(theme, wording)
            case Cut() | Connecting():
                page = CutPage(theme, wording, self._motion, self._scene)
            case _:
                assert_never(self._scene)
        self.show_page(page, theme)

    def _lobby(self, theme: Theme, wording: Wording) -> Lobby:
        px_per_mm = pixels_per_mm(self.area, self._settings.screen_inches)
        around = for_distance(theme, self._settings.viewing_metres, px_per_mm)
        readable = readable_metres(theme, around, px_per_mm)
        if readable < self._settings.viewing_metres:
            log.warning("screen too small for the distance", readable_metres=round(readable, 1))
        kind = LandscapeLobby if theme.surface.is_landscape else PortraitLobby
        lobby = kind(theme, around, wording, self._motion)
        lobby.painted.connect(self._call_painted)
        lobby.announced.connect(self._turn_painted)
        return lobby

    def _call_painted(self, call: Announced) -> None:
        if call not in self._shown:
            self._shown.add(call)
            self.shown.emit(call.ticket, call.call)

    def _turn_painted(self, call: Announced) -> None:
        if call not in self._announced:
            self._announced.add(call)
            self.announced.emit(call.ticket, call.call)


def _wording_of(scene: Scene, language: Language) -> Wording:
    return Wording(language) if isinstance(scene, Connecting) else wording_of(scene.outlet, language)


def _remembered(calls: set[Announced], board: Board) -> set[Announced]:
    """Those listed, and for a while those that were: a picture may be out only after the board has gone on."""
    listed = _calls_of(board)
    return {call for call in calls if call in listed or board.minute - call.at < REMEMBERED_MS}


def _calls_of(board: Board) -> set[Announced]:
    listed = {row.call for row in board.calls}
    return listed | {board.panel.call} if isinstance(board.panel, NowCalled) else listed
