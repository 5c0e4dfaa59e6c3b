"""The offscreen platform, the bundled fonts, one touch device, and windows that close after each test."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable

import pytest
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Contrast, Size, Surface, TextSize, Theme, counter_theme, kiosk_theme
from ui.window import Window, prepare

Show = Callable[[QWidget], QWidget]


@pytest.fixture(autouse=True)
def fonts(qapp: QApplication) -> None:
    prepare(qapp)


@pytest.fixture(scope="session")
def finger() -> QPointingDevice:
    return QTest.createTouchDevice()


@pytest.fixture
def kiosk() -> Theme:
    return kiosk_theme(Size(1080, 1920), Contrast.NORMAL, TextSize.NORMAL)


@pytest.fixture
def counter() -> Theme:
    return counter_theme(Surface.COUNTER)


@pytest.fixture
def window(qtbot: QtBot, kiosk: Theme) -> Window:
    made = Window(kiosk, "Antrean")
    qtbot.addWidget(made)
    made.resize(1080, 1920)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=15_000)
    return made
