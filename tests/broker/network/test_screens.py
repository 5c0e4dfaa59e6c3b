"""A real display and a real kiosk behind a network that breaks: what a citizen sees, and that nothing ever freezes."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from antrean.outlet_folder import Devices
from broker.client import FixedKeys
from broker.domain.commands import CallNext, CompleteTicket, ConfirmDelivery, IssueTicket, OpenCounter
from broker.domain.values import ClerkId, CounterNumber, Delivery
from broker.protocol import messages as m
from broker.protocol.identifiers import new_request_id
from display.app import Display
from display.app import build as build_display
from display.settings import DisplaySettings
from hardware.settings import PrinterSettings
from kiosk.app import Kiosk
from kiosk.app import build as build_kiosk
from kiosk.settings import KioskSettings
from tests.broker.network.support import RIGHT_SECONDS, SLOW_MACHINE_SECONDS, STALE_SECONDS, Truth
from tests.support.broker import Device
from tests.support.proxy import Line, Network
from tests.support.running import RunningOutlet, free_pair, running_outlet
from ui.link import QtLink
from ui.settings import WindowSettings
from ui.widgets.plate import NumberPlate
from ui.window import prepare

pytestmark = pytest.mark.slow

COUNTER = CounterNumber(1)
PULSE_MS = 10
FROZEN_SECONDS = 0.5
"""A screen that does nothing for so long is noticed; a busy machine needs some of it."""


class Pulse:
    """How long the GUI's loop was away at most."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._beat_at = time.monotonic()
        self._timer = QTimer(interval=PULSE_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        now = time.monotonic()
        self.longest = max(self.longest, now - self._beat_at)
        self._beat_at = now


class Lobby:
    """The display and the kiosk, each over a link through the same network."""

    def __init__(self, outlet: RunningOutlet, network: Network, folder: Path) -> None:
        window = WindowSettings(full_screen=False, size=(1280, 720))
        self.links = [
            QtLink(network.endpoints, FixedKeys(outlet.keys(device)), device)
            for device in ("display-1", "kiosk-1")
        ]
        self.display: Display = build_display(DisplaySettings(window=window, speaks=False), self.links[0])
        printer = PrinterSettings(f"tcp://127.0.0.1:{free_pair()}")
        self.kiosk: Kiosk = build_kiosk(
            KioskSettings(
                printer=printer,
                print_journal=str(folder / "print.db"),
                window=WindowSettings(full_screen=False),
            ),
            self.links[1],
        )
        self.display.start()
        self.kiosk.start()
        for link in self.links:
            link.start()

    @property
    def pages(self) -> tuple[str, str]:
        """What the display and the kiosk show."""
        shown, touched = self.display.window.page, self.kiosk.window.page
        return (shown.objectName() if shown else "", touched.objectName() if touched else "")

    def shows(self, name: str) -> bool:
        return any(each.objectName() == name and each.isVisible() for each in self._widgets(QWidget))

    @property
    def shows_numbers(self) -> bool:
        return any(each.isVisible() for each in self._widgets(NumberPlate))

    def _widgets(self, kind: type[QWidget]) -> list[QWidget]:
        return self.display.window.findChildren(kind)

    def close(self) -> None:
        self.kiosk.stop()
        self.display.stop()
        for link in self.links:
            link.stop()
        for each in (self.kiosk, self.display):
            each.window.deleteLater()


@pytest.fixture
def outlet() -> Iterator[RunningOutlet]:
    with running_outlet(Devices(kiosks=2, counters=1, displays=1)) as running:
        yield running


@pytest.fixture
def lobby(qapp: QApplication, outlet: RunningOutlet, network: Network, tmp_path: Path) -> Iterator[Lobby]:
    prepare(qapp)
    made = Lobby(outlet, network, tmp_path)
    yield made
    made.close()


def call_somebody(kiosk: Device, counter: Device) -> m.TicketOutcome:
    issued = kiosk.accepted(IssueTicket("A")).outcome
    assert isinstance(issued, m.TicketOutcome)
    kiosk.accepted(ConfirmDelivery(issued.ticket, Delivery.PAPER))
    counter.accepted(CallNext(COUNTER))
    return issued


def seconds_until(qtbot: QtBot, condition: Callable[[], bool]) -> float:
    began = time.monotonic()
    qtbot.waitUntil(condition)
    return time.monotonic() - began


def test_screens_say_that_they_are_cut_off_and_are_right_when_they_are_not(
    qtbot: QtBot, outlet: RunningOutlet, network: Network, lobby: Lobby
) -> None:
    with Truth(outlet, "counter-1") as counter, Truth(outlet, "kiosk-2") as kiosk:
        clerk = next(iter(outlet.made.pins))
        counter.raw.ask(m.SignIn(new_request_id(), ClerkId(clerk), outlet.pin(clerk)))
        counter.raw.accepted(OpenCounter(COUNTER))
        first = call_somebody(kiosk.raw, counter.raw)
        qtbot.waitUntil(lambda: lobby.pages == ("board", "page-start") and lobby.shows("panel-A001"))
        pulse = Pulse()

        network.both(Line.cut)
        stale = seconds_until(qtbot, lambda: lobby.pages == ("cut", "page-away"))
        assert not lobby.shows_numbers
        counter.raw.accepted(CompleteTicket(first.ticket))
        call_somebody(kiosk.raw, counter.raw)
        network.both(Line.clear)
        right = seconds_until(
            qtbot, lambda: lobby.pages == ("board", "page-start") and lobby.shows("panel-A002")
        )
        pulse.stop()
    assert stale <= STALE_SECONDS + SLOW_MACHINE_SECONDS
    assert right <= RIGHT_SECONDS + SLOW_MACHINE_SECONDS
    assert pulse.longest <= FROZEN_SECONDS
