"""The offscreen platform, the bundled fonts, and a counter's window with a clerk's hands on it."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter.app import CounterProgram
from counter.settings import CounterSettings
from tests.counter.hands import Hands
from tests.counter.support import Counter, Tray
from tests.support.morning import Morning
from tests.support.outlet import DeviceRole
from ui.settings import WindowSettings
from ui.window import prepare
from wording import Language

Open = Callable[..., Hands]


@pytest.fixture(autouse=True)
def fonts(qapp: QApplication) -> None:
    prepare(qapp)


@pytest.fixture
def counter() -> Counter:
    return Counter(Morning())


@pytest.fixture
def at_work(counter: Counter) -> Counter:
    counter.sign_in()
    return counter


@pytest.fixture
def open_counter(qtbot: QtBot) -> Iterator[Open]:
    """Opens a counter's window over an outlet in memory; closes all of them at the end."""
    programs: list[CounterProgram] = []

    def open_one(
        morning: Morning,
        size: tuple[int, int] = (1366, 768),
        language: Language = Language.ID,
        number: int = 1,
        clerk: str | None = None,
    ) -> Hands:
        session = morning.session(DeviceRole.COUNTER, f"pc-{number}", clerk)
        settings = CounterSettings(
            number=number, language=language, window=WindowSettings(full_screen=False, size=size)
        )
        tray = Tray()
        program = CounterProgram(settings, session, tray)
        programs.append(program)
        program.start()
        qtbot.waitUntil(program.window.isActiveWindow, timeout=15_000)
        return Hands(program, morning, session, tray, qtbot)

    yield open_one
    for program in programs:
        program.stop()
        program.window.deleteLater()
