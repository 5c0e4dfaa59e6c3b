"""The kiosk as it is composed, over real sockets: it waits for its broker, takes a number, and survives its loss."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from broker.client import DeviceKeys, Endpoints, FixedKeys
from broker.domain.state import State
from broker.domain.values import Channel, Delivery, DeviceRole
from broker.protocol import messages as m
from broker.protocol.identifiers import new_request_id
from hardware.settings import PrinterSettings
from hardware.virtual.server import PrinterServer
from kiosk.app import Kiosk, build
from kiosk.events import Scanned
from kiosk.settings import KioskSettings
from tests.kiosk.support import Citizen, HandPrinter, read_qr
from tests.support import sample
from tests.support.broker import KIOSK, PC, HandClock, RunningBroker, new_outlet
from tests.support.morning import Morning
from tests.support.outlet import LocalSession
from ui.link import QtLink
from ui.settings import WindowSettings

pytestmark = pytest.mark.slow
PATIENCE_MS = 15_000


class Place:
    """A broker, a printer and a kiosk, each on its own socket."""

    def __init__(self, folder: Path) -> None:
        enrolment = new_outlet(folder)
        self.clock = HandClock(sample.at(7, 31))
        self.broker = RunningBroker(folder, enrolment, self.clock)
        self.printer = PrinterServer(lambda _: None)
        self.printer.start()
        own, host = enrolment.devices[KIOSK], self.printer.address
        bound = self.broker.server.bound
        keys = FixedKeys(DeviceKeys(own.public, own.secret, enrolment.broker.public))
        self.link = QtLink(Endpoints(bound.requests, bound.updates), keys, "antrean kiosk")
        settings = KioskSettings(
            window=WindowSettings(full_screen=False, size=(1080, 1920)),
            double_touch_ms=20,
            print_journal=str(folder / "print.db"),
            printer=PrinterSettings("tcp://{}:{}".format(*host)),
        )
        self.kiosk: Kiosk = build(settings, self.link)
        self.broker_runs = True

    def end_broker(self) -> None:
        if self.broker_runs:
            self.broker.stop()
        self.broker_runs = False


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    yield made
    made.kiosk.stop()
    made.link.stop()
    made.printer.stop()
    made.end_broker()
    made.kiosk.window.deleteLater()


@pytest.fixture
def citizen(place: Place, qtbot: QtBot) -> Citizen:
    outlet = Morning()  # not looked at: the real one is behind the sockets
    session = LocalSession(outlet, DeviceRole.KIOSK, "", None)
    return Citizen(qtbot, outlet, session, HandPrinter(), place.kiosk)


def test_a_morning_at_the_real_broker(place: Place, citizen: Citizen, qtbot: QtBot) -> None:
    place.kiosk.start()
    assert citizen.page == "away"
    assert citizen.reads("Mesin antrean sedang disiapkan")
    place.link.start()
    qtbot.waitUntil(lambda: citizen.page == "start", timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: place.kiosk.presenter.sight.can_print, timeout=PATIENCE_MS)

    citizen.touch("begin", "service-IUMK", "take", "priority-none")
    qtbot.waitUntil(lambda: citizen.page == "taking", timeout=PATIENCE_MS)
    state = place.link.session.state
    qtbot.waitUntil(lambda: _deliveries(state) == [Delivery.PAPER], timeout=PATIENCE_MS)
    citizen.touch("done")

    with place.printer.printer() as engine:
        engine.open_cover()
    qtbot.waitUntil(lambda: not place.kiosk.presenter.sight.can_print, timeout=PATIENCE_MS)
    citizen.touch("begin", "queue-B", "priority-none")
    qtbot.waitUntil(lambda: citizen.page == "on-screen", timeout=PATIENCE_MS)
    (token,) = read_qr(place.kiosk.window)
    with place.broker.device(PC) as counter:
        answer = counter.ask(m.AskToken(new_request_id(), token))
    assert isinstance(answer, m.TokenAnswer)
    assert answer.ticket == "20260714-B001"

    place.end_broker()
    qtbot.waitUntil(lambda: place.link.session.link.name == "STALE", timeout=PATIENCE_MS)
    assert citizen.page == "on-screen"  # the number in hand is not hidden
    citizen.touch("copied")
    assert citizen.page == "away"
    assert citizen.reads("Nomor yang sudah Anda pegang tetap berlaku")


def test_a_place_reserved_today_is_a_ticket_tomorrow(place: Place, citizen: Citizen, qtbot: QtBot) -> None:
    place.clock.time = sample.at(11, 1)
    place.kiosk.start()
    place.link.start()
    qtbot.waitUntil(lambda: citizen.page == "start", timeout=PATIENCE_MS)
    with place.printer.printer() as engine:
        engine.open_cover()
    qtbot.waitUntil(lambda: not place.kiosk.presenter.sight.can_print, timeout=PATIENCE_MS)
    citizen.touch("begin", "service-IUMK", "place-1")
    qtbot.waitUntil(lambda: citizen.page == "on-screen", timeout=PATIENCE_MS)
    (token,) = read_qr(place.kiosk.window)
    reserved = place.kiosk.presenter.visit.given
    assert isinstance(reserved, m.Reserved)
    citizen.touch("copied")
    with place.printer.printer() as engine:
        engine.close_cover()
    citizen.touch("strip-readable")
    qtbot.waitUntil(lambda: place.kiosk.presenter.sight.can_print, timeout=PATIENCE_MS)

    place.kiosk.presenter.happen(Scanned(token))
    qtbot.waitUntil(lambda: citizen.reads("untuk hari lain: Rabu, 15 Juli 2026"), timeout=PATIENCE_MS)
    citizen.touch("footer-restart")

    place.clock.time = sample.at(7, 35, day=sample.BusinessDay("2026-07-15"))
    qtbot.waitUntil(lambda: place.link.session.state.day == "2026-07-15", timeout=PATIENCE_MS)
    citizen.touch("appointment", *(f"key-{character}" for character in reserved.code))
    qtbot.waitUntil(lambda: citizen.page == "priority", timeout=PATIENCE_MS)
    citizen.touch("priority-none")
    qtbot.waitUntil(lambda: citizen.page == "taking", timeout=PATIENCE_MS)
    (ticket,) = place.link.session.state.tickets.values()
    assert (ticket.id, ticket.channel) == ("20260715-A001", Channel.APPOINTMENT)
    assert place.link.session.state.appointments == {}


def _deliveries(state: State) -> list[Delivery]:
    return [ticket.delivery for ticket in state.tickets.values()]
