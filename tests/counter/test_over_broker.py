"""The counter as it is composed, over real sockets: signs in, serves, is started again, and loses its broker."""

import queue
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from pytestqt.qtbot import QtBot

from broker.client import DeviceKeys, Endpoints, FixedKeys
from broker.domain.commands import ConfigureOutlet, PrintRoll
from broker.domain.roll import ROLL
from broker.domain.rules import NumberRange
from broker.domain.ticket import TicketStatus
from broker.domain.values import DeviceRole
from broker.protocol import messages as m
from counter.app import CounterProgram, build
from counter.settings import CounterSettings
from hardware.page import JobKind
from hardware.print_journal import JobState, trace
from hardware.settings import PrinterSettings
from hardware.virtual.paper import Paper
from hardware.virtual.server import PrinterServer
from tests.counter.hands import Hands
from tests.counter.support import Tray
from tests.support import sample
from tests.support.broker import OFFICE, PC, PINS, HandClock, RunningBroker, accepted_file, new_outlet
from tests.support.morning import Morning
from tests.support.outlet import LocalSession
from ui.link import QtLink
from ui.settings import WindowSettings

pytestmark = pytest.mark.slow
PATIENCE_MS = 15_000


class Place:
    """A broker on its sockets, and the machine of one counter, whose program can be started again."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._folder = folder
        self._enrolment = new_outlet(folder)
        self.broker = RunningBroker(folder, self._enrolment, HandClock(sample.at(7, 31)))
        self.broker_runs = True
        self.link: QtLink
        self.program: CounterProgram

    def begin(self, printer: PrinterSettings | None = None) -> Hands:
        """Start the counter's program."""
        own, bound = self._enrolment.devices[PC], self.broker.server.bound
        keys = FixedKeys(DeviceKeys(own.public, own.secret, self._enrolment.broker.public))
        self.link = QtLink(Endpoints(bound.requests, bound.updates), keys, "antrean counter")
        window = WindowSettings(full_screen=False, size=(1366, 768))
        settings = CounterSettings(
            window=window, printer=printer, print_journal=str(self._folder / "print.db")
        )
        self.program = build(settings, self.link)
        self.link.start()
        self.program.start()
        self._qtbot.waitUntil(self.program.window.isActiveWindow, timeout=15_000)
        not_looked_at = Morning()
        session = LocalSession(not_looked_at, DeviceRole.COUNTER, "", None)
        return Hands(self.program, not_looked_at, session, Tray(), self._qtbot)

    def end(self) -> None:
        self.program.stop()
        self.link.stop()
        self.program.window.deleteLater()

    def end_broker(self) -> None:
        if self.broker_runs:
            self.broker.stop()
        self.broker_runs = False


@pytest.fixture
def place(tmp_path: Path, qtbot: QtBot) -> Iterator[Place]:
    made = Place(tmp_path, qtbot)
    yield made
    made.end()
    made.end_broker()


def test_a_counter_at_the_real_broker(place: Place, qtbot: QtBot) -> None:
    hands = place.begin()
    hands.touch("clerk-sri")
    hands.type_pin("9876")
    hands.touch("sign-in")
    said = "PIN tidak cocok. Silakan coba lagi."
    qtbot.waitUntil(lambda: hands.sees("said") and hands.reads("said") == said, timeout=PATIENCE_MS)
    hands.type_pin(PINS["sri"])
    hands.touch("sign-in")
    qtbot.waitUntil(lambda: hands.sees("call-next"), timeout=PATIENCE_MS)

    place.end()
    hands = place.begin()
    qtbot.waitUntil(lambda: hands.sees("call-next"), timeout=PATIENCE_MS)

    place.end_broker()
    qtbot.waitUntil(lambda: hands.sees("link-lost"), timeout=PATIENCE_MS)
    assert hands.find("break") is None
    hands.assert_legible()


class SlipMachine:
    """A counter's slip printer; `papers` is what lies in the slot."""

    def __init__(self, folder: Path) -> None:
        self.papers: queue.SimpleQueue[Paper] = queue.SimpleQueue()
        self.server = PrinterServer(self.papers.put)
        self.server.start()
        self.settings = PrinterSettings("tcp://{}:{}".format(*self.server.address))
        self.journal = folder / "print.db"

    def qr_of_next(self) -> str:
        paper = self.papers.get(timeout=PATIENCE_MS / 1000)
        (code,) = zxingcpp.read_barcodes(paper.image.convert("L"))
        return code.text


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[SlipMachine]:
    made = SlipMachine(tmp_path)
    yield made
    made.server.stop()


def test_a_slip_whose_answer_was_lost_comes_out_of_the_next_program_and_of_the_one_after(
    machine: SlipMachine, place: Place, qtbot: QtBot
) -> None:
    with place.broker.device(PC) as crashed:
        lost = accepted_file(place.broker, crashed)

    def print_slip(hands: Hands) -> None:
        button, said = f"slip-{lost.application}", "Tanda terima sudah dicetak."
        qtbot.waitUntil(lambda: hands.find(button) is not None, timeout=PATIENCE_MS)
        hands.touch(button, "print-again")
        assert machine.qr_of_next() == lost.token  # the citizen's
        assert machine.qr_of_next() == lost.token  # the file's
        qtbot.waitUntil(lambda: hands.reads("paper") == said, timeout=PATIENCE_MS)

    print_slip(place.begin(machine.settings))
    place.end()
    print_slip(place.begin(machine.settings))
    printed = trace(machine.journal, "20260714-A001")
    assert [(each.kind, each.state) for each in printed] == [
        (JobKind.SLIP, JobState.PRINTED),
        (JobKind.FILE_COPY, JobState.PRINTED),
    ] * 2


def test_a_supervisor_sees_the_devices_of_the_real_broker_and_its_own_printer(
    machine: SlipMachine, place: Place, qtbot: QtBot
) -> None:
    with machine.server.printer() as engine:
        engine.take_out_paper()
    hands = place.begin(machine.settings)
    hands.touch("clerk-ratna")
    hands.type_pin(PINS["ratna"])
    hands.touch("sign-in", "tab-devices")
    qtbot.waitUntil(
        lambda: hands.sees("device-pc-1") and hands.reads("device-pc-1").endswith("Kertas habis"),
        timeout=PATIENCE_MS,
    )
    assert hands.reads("devices-count").endswith("perangkat, 1 perlu dilihat")
    assert hands.reads("device-kiosk-1").endswith("Belum tersambung")


def test_a_note_goes_through_the_real_broker_to_whoever_calls_the_number(place: Place, qtbot: QtBot) -> None:
    with place.broker.device(PC) as clerk:
        accepted_file(place.broker, clerk)
    hands = place.begin()
    qtbot.waitUntil(lambda: hands.sees("complete"), timeout=PATIENCE_MS)
    hands.press("F4")
    hands.touch("transfer-D", "note")
    hands.write("Tinggal fotokopi KTP")
    hands.press("Ctrl+Return")
    qtbot.waitUntil(lambda: hands.find("call-next") is not None, timeout=PATIENCE_MS)
    hands.press("Ctrl+Return")
    said = "Dari loket 1, Sri Wahyuni: Tinggal fotokopi KTP"
    qtbot.waitUntil(lambda: hands.sees("said") and hands.reads("said") == said, timeout=PATIENCE_MS)


def test_an_emergency_ticket_waits_since_the_time_that_is_written_on_it(place: Place, qtbot: QtBot) -> None:
    with place.broker.device(OFFICE) as office:
        office.accepted(ConfigureOutlet(sample.rules(ranges=(NumberRange(ROLL, "B", 701, 799),))))
        roll = office.accepted(PrintRoll("B", 2)).outcome
    assert isinstance(roll, m.RollOutcome)
    hands = place.begin()
    hands.touch("clerk-sri")
    hands.type_pin(PINS["sri"])
    hands.touch("sign-in")
    qtbot.waitUntil(lambda: hands.sees("call-next"), timeout=PATIENCE_MS)
    hands.scan(roll.tokens[1])
    qtbot.waitUntil(lambda: hands.sees("arrived-at"), timeout=PATIENCE_MS)
    hands.write("0705")
    hands.press("Return")
    said = "B 702 masuk antrean, datang 07.05."
    qtbot.waitUntil(lambda: hands.sees("said") and hands.reads("said") == said, timeout=PATIENCE_MS)
    state = place.link.session.state
    ((letter, came_at, status),) = (
        (each.letter, each.came_at, each.status) for each in state.tickets.values()
    )
    assert (letter, came_at, status) == ("B", sample.at(7, 5), TicketStatus.WAITING)
