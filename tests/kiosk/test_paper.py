"""From a touch to real paper: the kiosk over TCP with a virtual printer, its QR read by a reader that is not ours."""

import queue
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from pytestqt.qtbot import QtBot

from broker.domain.values import Delivery, DeviceId, DeviceRole, PrinterNeed, PrinterState
from hardware.print_journal import JobState, trace
from hardware.settings import PrinterSettings
from hardware.virtual.paper import Paper
from hardware.virtual.server import PrinterServer
from kiosk.app import Kiosk
from kiosk.paper import PaperTickets
from kiosk.settings import KioskSettings
from tests.kiosk.support import PATIENCE_MS, Citizen, HandPrinter, delivered, issued
from tests.support.morning import Morning
from tests.support.outlet import token_of
from ui.settings import WindowSettings

PATIENCE_SECONDS = 10.0


class Lobby:
    """A kiosk with a printer on the network; `papers` is what lies in the slot."""

    def __init__(self, outlet: Morning, qtbot: QtBot, folder: Path, has_two: bool = False) -> None:
        self.papers: queue.SimpleQueue[Paper] = queue.SimpleQueue()
        self.server, self.other = PrinterServer(self.papers.put), PrinterServer(self.papers.put)
        self.server.start()
        self.other.start()
        self.journal = folder / "print.db"
        window = WindowSettings(full_screen=False, size=(1080, 1920))
        session = outlet.session(DeviceRole.KIOSK, "kiosk-1")
        settings = KioskSettings(
            window=window,
            double_touch_ms=20,
            print_journal=str(self.journal),
            printer=PrinterSettings("tcp://{}:{}".format(*self.server.address)),
            second_printer=PrinterSettings("tcp://{}:{}".format(*self.other.address)) if has_two else None,
        )
        self.printer = PaperTickets(settings, session.now)
        self.kiosk = Kiosk(settings, session, self.printer)
        self.kiosk.start()
        self.citizen = Citizen(qtbot, outlet, session, HandPrinter(), self.kiosk)

    def turn_roll(self, qtbot: QtBot) -> None:
        """Nobody can do it faster than the kiosk looks at its printer."""
        with self.server.printer() as engine:
            engine.open_cover()
        qtbot.waitUntil(lambda: self.printer.told.state.value == PrinterState.COVER_OPEN, timeout=PATIENCE_MS)
        with self.server.printer() as engine:
            engine.close_cover()

    def stop(self) -> None:
        self.kiosk.stop()
        self.server.stop()
        self.other.stop()


@pytest.fixture
def lobby(outlet: Morning, qtbot: QtBot, tmp_path: Path) -> Iterator[Lobby]:
    made = Lobby(outlet, qtbot, tmp_path)
    yield made
    made.stop()
    made.kiosk.window.deleteLater()


def test_a_ticket_comes_out_and_its_qr_is_the_tickets(lobby: Lobby, outlet: Morning, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: lobby.printer.can_print, timeout=PATIENCE_MS)
    lobby.citizen.touch("begin", "service-IUMK", "take", "priority-none")
    paper = lobby.papers.get(timeout=PATIENCE_SECONDS)
    (ticket,) = issued(outlet)
    (code,) = zxingcpp.read_barcodes(paper.image.convert("L"))
    assert code.text == token_of(ticket.ticket)
    qtbot.waitUntil(lambda: delivered(outlet) == {ticket.ticket: Delivery.PAPER}, timeout=PATIENCE_MS)
    assert lobby.citizen.page == "taking"


def test_the_broker_hears_of_an_open_cover_and_of_its_closing(
    lobby: Lobby, outlet: Morning, qtbot: QtBot
) -> None:
    with lobby.server.printer() as engine:
        engine.open_cover()
    opened = {DeviceId("kiosk-1"): PrinterState.COVER_OPEN}
    qtbot.waitUntil(lambda: outlet.state.printers == opened, timeout=PATIENCE_MS)
    with lobby.server.printer() as engine:
        engine.close_cover()
    qtbot.waitUntil(lambda: outlet.state.printers == {}, timeout=PATIENCE_MS)


def test_new_paper_is_trusted_when_somebody_has_read_it(lobby: Lobby, outlet: Morning, qtbot: QtBot) -> None:
    citizen = lobby.citizen
    qtbot.waitUntil(lambda: lobby.printer.can_print, timeout=PATIENCE_MS)
    lobby.turn_roll(qtbot)
    citizen.find("strip-blank")
    assert lobby.papers.get(timeout=PATIENCE_SECONDS)
    unread = {DeviceId("kiosk-1"): PrinterNeed.READ_STRIP}
    qtbot.waitUntil(lambda: outlet.state.printer_needs == unread, timeout=PATIENCE_MS)

    citizen.touch("begin", "queue-B", "priority-none")
    assert citizen.page == "on-screen"
    assert lobby.papers.empty()

    citizen.touch("copied", "strip-blank")
    assert citizen.reads("Gulungan kertas terbalik")
    lobby.turn_roll(qtbot)
    assert lobby.papers.get(timeout=PATIENCE_SECONDS)
    citizen.find("strip-blank")
    citizen.touch("strip-readable")
    qtbot.waitUntil(lambda: outlet.state.printer_needs == {}, timeout=PATIENCE_MS)
    citizen.touch("begin", "queue-B", "priority-none")
    qtbot.waitUntil(lambda: citizen.page == "taking", timeout=PATIENCE_MS)


def test_a_reserved_place_comes_out_with_its_own_qr(lobby: Lobby, outlet: Morning, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: lobby.printer.can_print, timeout=PATIENCE_MS)
    outlet.advance(minutes=211)
    lobby.citizen.touch("begin", "service-AK1", "place-1")
    paper = lobby.papers.get(timeout=PATIENCE_SECONDS)
    (appointment,) = outlet.state.appointments
    (code,) = zxingcpp.read_barcodes(paper.image.convert("L"))
    assert code.text == token_of(appointment)
    qtbot.waitUntil(lambda: lobby.citizen.page == "taking", timeout=PATIENCE_MS)
    assert delivered(outlet) == {}


def test_the_print_journal_tells_the_tickets_story(lobby: Lobby, outlet: Morning, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: lobby.printer.can_print, timeout=PATIENCE_MS)
    lobby.citizen.touch("begin", "queue-B", "priority-none")
    qtbot.waitUntil(lambda: lobby.citizen.page == "taking", timeout=PATIENCE_MS)
    record = next(each for each in outlet.journal if each.event == issued(outlet)[0])
    (entry,) = trace(lobby.journal, record.command)
    assert entry.state is JobState.PRINTED
    assert entry.ticket_id == issued(outlet)[0].ticket


def test_paper_that_runs_out_in_mid_ticket_leaves_the_number_on_the_screen(
    lobby: Lobby, outlet: Morning, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: lobby.printer.can_print, timeout=PATIENCE_MS)
    with lobby.server.printer() as engine:
        engine.let_paper_run_out_after(200)
    lobby.citizen.touch("begin", "queue-B", "priority-none")
    qtbot.waitUntil(lambda: lobby.citizen.page == "on-screen", timeout=round(PATIENCE_SECONDS * 1000))
    assert lobby.citizen.reads("B 001")
    assert list(delivered(outlet).values()) == [Delivery.SCREEN]
    assert len(issued(outlet)) == 1


def test_an_open_cover_is_known_before_a_number_is_asked_for(
    lobby: Lobby, outlet: Morning, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: lobby.printer.can_print, timeout=PATIENCE_MS)
    with lobby.server.printer() as engine:
        engine.open_cover()
    qtbot.waitUntil(lambda: not lobby.printer.can_print, timeout=PATIENCE_MS)
    lobby.citizen.touch("begin", "queue-B")
    assert lobby.citizen.reads("Nomor Anda akan tampil di layar")
    lobby.citizen.touch("priority-none")
    assert lobby.citizen.page == "on-screen"
    assert lobby.papers.empty()


@pytest.fixture
def lobby_of_two(outlet: Morning, qtbot: QtBot, tmp_path: Path) -> Iterator[Lobby]:
    made = Lobby(outlet, qtbot, tmp_path, has_two=True)
    yield made
    made.stop()
    made.kiosk.window.deleteLater()


def test_the_second_printer_takes_over_and_the_broker_hears_of_the_first(
    lobby_of_two: Lobby, outlet: Morning, qtbot: QtBot
) -> None:
    lobby, citizen = lobby_of_two, lobby_of_two.citizen
    qtbot.waitUntil(lambda: lobby.printer.can_print, timeout=PATIENCE_MS)
    with lobby.server.printer() as engine:
        engine.take_out_paper()
    alone = {DeviceId("kiosk-1"): PrinterNeed.MEND_OTHER}
    qtbot.waitUntil(lambda: outlet.state.printer_needs == alone, timeout=PATIENCE_MS)
    assert outlet.state.printers == {}
    citizen.touch("begin", "queue-B", "priority-none")
    qtbot.waitUntil(lambda: citizen.page == "taking", timeout=PATIENCE_MS)
    assert lobby.papers.get(timeout=PATIENCE_SECONDS)


def test_a_ticket_that_fails_at_one_printer_comes_out_of_the_other(
    lobby_of_two: Lobby, outlet: Morning, qtbot: QtBot
) -> None:
    lobby, citizen = lobby_of_two, lobby_of_two.citizen
    qtbot.waitUntil(lambda: lobby.printer.can_print, timeout=PATIENCE_MS)
    with lobby.server.printer() as engine:
        engine.let_paper_run_out_after(200)
    citizen.touch("begin", "queue-B", "priority-none")
    qtbot.waitUntil(lambda: citizen.page == "taking", timeout=PATIENCE_MS)
    paper = lobby.papers.get(timeout=PATIENCE_SECONDS)
    (code,) = zxingcpp.read_barcodes(paper.image.convert("L"))
    assert code.text == token_of(issued(outlet)[0].ticket)
    assert list(delivered(outlet).values()) == [Delivery.PAPER]
