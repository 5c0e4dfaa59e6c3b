"""What a counter prints, as it comes out: over TCP with a virtual printer, its QR read by a reader that is not ours."""

import queue
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from pytestqt.qtbot import QtBot

from broker.domain import commands as c
from broker.domain.values import ApplicationId, DeviceId, DeviceRole, PrinterState
from counter.app import CounterProgram
from counter.printing import PrintingCounter
from counter.settings import CounterSettings
from hardware.print_journal import JobState, trace
from hardware.settings import PrinterSettings
from hardware.virtual.paper import Paper
from hardware.virtual.server import PrinterServer
from tests.counter.hands import Hands
from tests.counter.support import Tray
from tests.support import sample
from tests.support.morning import Morning
from tests.support.outlet import token_of
from ui.settings import WindowSettings

PATIENCE_SECONDS = 10.0


class Desk:
    """A counter with a printer on the network; `papers` is what lies in the slot."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.papers: queue.SimpleQueue[Paper] = queue.SimpleQueue()
        self.server = PrinterServer(self.papers.put)
        self.server.start()
        self.journal = folder / "print.db"
        self.morning = Morning()
        session = self.morning.session(DeviceRole.COUNTER, "pc-1", "sri")
        settings = CounterSettings(
            window=WindowSettings(full_screen=False, size=(1366, 768)),
            print_journal=str(self.journal),
            printer=PrinterSettings("tcp://{}:{}".format(*self.server.address)),
        )
        self.program = CounterProgram(settings, session, PrintingCounter(settings, session.now))
        self.program.start()
        qtbot.waitUntil(self.program.window.isActiveWindow, timeout=15_000)
        self.hands = Hands(self.program, self.morning, session, Tray(), qtbot)

    def accept(self) -> str:
        """Take in a file of a one-day service; the application's id."""
        self.hands.touch("open")
        self.morning.take("A", sample.MICRO_BUSINESS)
        self.hands.press("Ctrl+Return", "Ctrl+Return", "F8", "Ctrl+A", "Ctrl+Return")
        (application,) = self.morning.state.applications
        return application

    def paper(self) -> Paper:
        """What comes out next."""
        return self.papers.get(timeout=PATIENCE_SECONDS)

    def stop(self) -> None:
        self.program.stop()
        self.server.stop()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path)
    yield made
    made.stop()
    made.program.window.deleteLater()


def test_a_slip_comes_out_and_its_qr_is_the_files(desk: Desk, qtbot: QtBot) -> None:
    application = desk.accept()
    paper = desk.papers.get(timeout=PATIENCE_SECONDS)
    (code,) = zxingcpp.read_barcodes(paper.image.convert("L"))
    assert code.text == token_of(application)
    qtbot.waitUntil(lambda: desk.hands.reads("paper") == "Tanda terima sudah dicetak.", timeout=10_000)
    command = desk.morning.journal[-1].command
    assert [entry.state for entry in trace(desk.journal, command)] == [JobState.PRINTED] * 2


def test_a_collection_note_comes_out_while_the_permit_is_handed_over(desk: Desk, qtbot: QtBot) -> None:
    application = desk.accept()
    slip, copy = desk.paper(), desk.paper()
    desk.hands.press("Ctrl+Return", "Ctrl+Return")
    desk.morning.clerk("sri", c.MarkComplete(ApplicationId(application)))
    desk.hands.scan(token_of(application))
    desk.hands.press("F8")
    note = desk.paper()
    said = "Tanda pengambilan: sudah tercetak"
    qtbot.waitUntil(lambda: desk.hands.reads("paper") == said, timeout=10_000)
    (code,) = zxingcpp.read_barcodes(note.image.convert("L"))
    assert code.text == token_of(application)
    assert note.image.height not in (slip.image.height, copy.image.height)
    desk.hands.press("F8")
    assert desk.paper().image.height > note.image.height  # by the band of its mark
    desk.hands.press("Ctrl+Return")
    assert desk.morning.state.applications == {}


def test_a_day_report_comes_out(desk: Desk, qtbot: QtBot) -> None:
    desk.hands.touch("open")
    desk.hands.press("Ctrl+M")
    desk.hands.touch("day-report")
    desk.hands.press("Ctrl+Return")
    qtbot.waitUntil(lambda: desk.hands.reads("paper") == "Sudah tercetak.", timeout=10_000)
    report = desk.paper()
    assert zxingcpp.read_barcodes(report.image.convert("L")) == []
    desk.hands.press("Ctrl+Return")
    assert desk.paper().image.height > report.image.height


def test_an_open_cover_is_said_and_the_slip_comes_out_on_the_second_try(desk: Desk, qtbot: QtBot) -> None:
    with desk.server.printer() as engine:
        engine.open_cover()
    desk.accept()
    said = "Tanda terima tidak tercetak: penutup printer terbuka."
    qtbot.waitUntil(lambda: desk.hands.reads("paper") == said, timeout=10_000)
    with desk.server.printer() as engine:
        engine.close_cover()
    desk.hands.touch("print-again")
    desk.papers.get(timeout=PATIENCE_SECONDS)
    qtbot.waitUntil(lambda: desk.hands.reads("paper") == "Tanda terima sudah dicetak.", timeout=10_000)


def test_the_broker_hears_that_the_paper_is_used_up_and_that_there_is_new_paper(
    desk: Desk, qtbot: QtBot
) -> None:
    state = desk.morning.state
    with desk.server.printer() as engine:
        engine.take_out_paper()
    empty = {DeviceId("pc-1"): PrinterState.PAPER_OUT}
    qtbot.waitUntil(lambda: state.printers == empty, timeout=10_000)
    with desk.server.printer() as engine:
        engine.load_paper()
    qtbot.waitUntil(lambda: state.printers == {}, timeout=10_000)
