"""The bundled fonts, and kiosks whose citizens are in a hurry."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from broker.domain.values import DeviceRole
from hardware.print_journal import Doubt
from kiosk.app import Kiosk
from kiosk.settings import KioskSettings, WaitSettings
from tests.kiosk.support import PATIENCE_MS, Citizen, HandPrinter, open_outlet
from tests.support.morning import Morning
from ui.settings import WindowSettings
from ui.window import prepare

PORTRAIT, LANDSCAPE = (1080, 1920), (1366, 768)
LONG = WaitSettings(touch=60, answer=60, taking=60, copying=60, reading=60)
MOMENT_MS = 20


@pytest.fixture(autouse=True)
def fonts(qapp: QApplication) -> None:
    prepare(qapp)


@pytest.fixture
def outlet() -> Morning:
    return open_outlet()


Stand = Callable[..., Citizen]


@pytest.fixture
def stand(qtbot: QtBot, outlet: Morning) -> Iterator[Stand]:
    """Put a kiosk into the outlet, with a citizen before it."""
    kiosks: list[Kiosk] = []

    def stood(
        size: tuple[int, int] = PORTRAIT,
        waits: WaitSettings = LONG,
        double_touch_ms: int = MOMENT_MS,
        doubts: Sequence[Doubt] = (),
    ) -> Citizen:
        session = outlet.session(DeviceRole.KIOSK, "kiosk-1")
        printer = HandPrinter()
        printer.doubts = list(doubts)
        window = WindowSettings(full_screen=False, size=size)
        settings = KioskSettings(window=window, double_touch_ms=double_touch_ms, waits=waits)
        kiosk = Kiosk(settings, session, printer)
        kiosks.append(kiosk)
        kiosk.start()
        kiosk.window.activateWindow()
        qtbot.waitUntil(kiosk.window.isActiveWindow, timeout=PATIENCE_MS)
        return Citizen(qtbot, outlet, session, printer, kiosk)

    yield stood
    for kiosk in kiosks:
        kiosk.stop()
        kiosk.window.deleteLater()
    qtbot.wait(0)
