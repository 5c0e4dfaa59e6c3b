"""A kiosk is killed between a ticket's first byte and its confirmation; the next one knows, and asks."""

import queue
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import zxingcpp
from pytestqt.qtbot import QtBot

from broker.domain.values import Delivery, DeviceRole
from hardware.print_journal import Entry, JobState, trace
from hardware.virtual.paper import Paper
from hardware.virtual.server import PrinterServer
from tests.kiosk.kiosk_to_end import Place
from tests.kiosk.support import PATIENCE_MS, Citizen, HandPrinter
from tests.support import sample
from tests.support.broker import KIOSK, HandClock, RunningBroker, new_outlet
from tests.support.morning import Morning
from tests.support.outlet import LocalSession
from tests.support.waiting import wait_until

pytestmark = pytest.mark.slow
PATIENCE_SECONDS = 15.0
MM_PER_SECOND = 120.0
"""A ticket takes a second: time enough to be cut off in its middle."""
TICKET = "20260714-B001"
BAND_DOTS = 48 * 576
"""The mark is a black band across the head of the paper."""


class Lobby:
    """A broker and a printer that go on while the kiosk is killed."""

    def __init__(self, folder: Path) -> None:
        enrolment = new_outlet(folder)
        self.broker = RunningBroker(folder, enrolment, HandClock(sample.at(7, 31)))
        self.papers: queue.SimpleQueue[Paper] = queue.SimpleQueue()
        self.printer = PrinterServer(self.papers.put, mm_per_second=MM_PER_SECOND)
        self.printer.start()
        own, bound = enrolment.devices[KIOSK], self.broker.server.bound
        host, port = self.printer.address
        self.place = Place(
            bound.requests,
            bound.updates,
            own.public,
            own.secret,
            enrolment.broker.public,
            f"tcp://{host}:{port}",
            str(folder / "print.db"),
        )

    def cut_power_in_mid_ticket(self) -> None:
        place = msgspec.json.encode(self.place).decode()
        kiosk = subprocess.Popen([sys.executable, "-m", "tests.kiosk.kiosk_to_end", place])
        try:
            wait_until(lambda: self.printer_is_at_it() or kiosk.poll() is not None)
        finally:
            kiosk.kill()
            kiosk.wait(PATIENCE_SECONDS)
        assert self.written().state is JobState.PRINTING

    def printer_is_at_it(self) -> bool:
        with self.printer.printer() as engine:
            return engine.rows_hanging_out > 0

    def ticket(self) -> Paper:
        """The next paper that is one: what a page may have left torn is cut off before the next."""
        while True:
            paper = self.papers.get(timeout=PATIENCE_SECONDS)
            if codes(paper):
                return paper

    def written(self) -> Entry:
        return trace(Path(self.place.journal), TICKET)[-1]

    def stop(self) -> None:
        self.printer.stop()
        self.broker.stop()


@pytest.fixture
def lobby(tmp_path: Path) -> Iterator[Lobby]:
    made = Lobby(tmp_path)
    yield made
    made.stop()


@pytest.fixture
def citizen(lobby: Lobby, qtbot: QtBot) -> Iterator[Citizen]:
    """Stands before the kiosk as it starts again after the power cut."""
    lobby.cut_power_in_mid_ticket()
    kiosk, link = lobby.place.kiosk()
    link.start()
    kiosk.start()
    outlet = Morning()  # not looked at: the real one is behind the sockets
    yield Citizen(qtbot, outlet, LocalSession(outlet, DeviceRole.KIOSK, "", None), HandPrinter(), kiosk)
    kiosk.stop()
    link.stop()
    kiosk.window.deleteLater()


def codes(paper: Paper) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(paper.image.convert("L"))]


def dark_dots_at_head(paper: Paper) -> int:
    head = paper.image.convert("L").crop((0, 0, paper.image.width, 120))
    return head.histogram()[0]


def deliveries(citizen: Citizen) -> list[Delivery | None]:
    return [ticket.delivery for ticket in citizen.kiosk.presenter.sight.state.tickets.values()]


def test_the_ticket_is_printed_again_with_its_mark(lobby: Lobby, citizen: Citizen, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: citizen.page == "in-doubt", timeout=PATIENCE_MS)
    assert citizen.reads("Nomor Anda tetap berlaku")
    assert citizen.reads("B 001")
    first = lobby.ticket()  # the printer had all of it, as it turns out
    citizen.touch("again")
    second = lobby.ticket()
    qtbot.waitUntil(lambda: citizen.page == "taking", timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: deliveries(citizen) == [Delivery.PAPER], timeout=PATIENCE_MS)
    assert codes(first) == codes(second)
    assert dark_dots_at_head(second) > dark_dots_at_head(first) + BAND_DOTS // 2
    assert lobby.written().state is JobState.PRINTED
    assert lobby.papers.empty()


def test_who_has_it_gets_no_second_one(lobby: Lobby, citizen: Citizen, qtbot: QtBot) -> None:
    citizen.touch("paper-in-hand")
    qtbot.waitUntil(lambda: citizen.page == "start", timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: deliveries(citizen) == [Delivery.PAPER], timeout=PATIENCE_MS)
    assert lobby.written().state is JobState.UNKNOWN
    lobby.ticket()
    assert lobby.papers.empty()
