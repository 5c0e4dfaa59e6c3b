"""A kiosk whose scanner is on a serial line: what it reads is looked up, in the GUI's thread."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from broker.domain.appointment import Wanted
from broker.domain.commands import BookAppointments
from broker.domain.values import DeviceRole
from hardware.scanning.settings import ScannerSettings
from hardware.settings import DeviceSettingError
from kiosk.app import Kiosk
from kiosk.settings import KioskSettings
from tests.kiosk.support import PATIENCE_MS, Citizen, HandPrinter
from tests.support import sample
from tests.support.morning import Morning
from tests.support.outlet import token_of
from tests.support.scanner_line import ScannerLine
from ui.settings import WindowSettings


@pytest.fixture
def line(tmp_path: Path) -> Iterator[ScannerLine]:
    made = ScannerLine(tmp_path / "ttyACM0")
    made.plug_in()
    yield made
    made.pull_out()


def kiosk_with(scanner: ScannerSettings, outlet: Morning) -> Kiosk:
    window = WindowSettings(full_screen=False, size=(1080, 1920))
    session = outlet.session(DeviceRole.KIOSK, "kiosk-1")
    return Kiosk(KioskSettings(window=window, scanner=scanner), session, HandPrinter())


@pytest.mark.parametrize("sent", ["{token}\r", "]Q1{token}", "~{token}#\r\n"])
def test_an_appointments_code_leads_to_the_check_in(
    line: ScannerLine, outlet: Morning, qtbot: QtBot, sent: str
) -> None:
    outlet.kiosk(BookAppointments((Wanted(sample.TUESDAY, sample.at(8), sample.DOCTOR),)))
    (appointment,) = outlet.state.appointments
    kiosk = kiosk_with(ScannerSettings(f"serial://{line.path}?baud=9600", "~", "#"), outlet)
    citizen = Citizen(qtbot, outlet, outlet.session(DeviceRole.KIOSK, "kiosk-1"), HandPrinter(), kiosk)
    scan = sent.format(token=token_of(appointment)).encode()

    shown_at = float("-inf")

    def is_checked_in() -> bool:
        """Who gets no answer shows the code again: the scanner may not have been found yet."""
        nonlocal shown_at
        if time.monotonic() - shown_at > 0.5:
            shown_at = time.monotonic()
            line.send(scan)
        return citizen.page == "priority"

    kiosk.start()
    try:
        qtbot.waitUntil(is_checked_in, timeout=PATIENCE_MS)
    finally:
        kiosk.stop()
        kiosk.window.deleteLater()


def test_a_scanner_that_can_be_none_stops_the_start(outlet: Morning) -> None:
    with pytest.raises(DeviceSettingError):
        kiosk_with(ScannerSettings("/dev/ttyACM0"), outlet)
