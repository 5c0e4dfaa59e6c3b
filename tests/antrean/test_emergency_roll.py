"""`antrean printer roll`: every ticket comes out once whatever befalls the printer, or again with its mark; and each
can be scanned.
"""

import queue
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from msgspec.structs import replace

from antrean.broker_line import BrokerLine
from antrean.emergency_roll import opened, print_roll
from antrean.problem import Problem
from broker.client import DeviceKeys, Endpoints, FixedKeys
from broker.domain.commands import ConfigureOutlet
from broker.domain.roll import ROLL
from broker.domain.rules import NumberRange
from broker.domain.values import Instant
from broker.protocol import messages as m
from broker.protocol.identifiers import new_request_id
from hardware.connections.network import NetworkConnection
from hardware.press import press
from hardware.printer import Printer
from hardware.profile import EPSON_80MM
from hardware.virtual.paper import Paper
from hardware.virtual.server import PrinterServer
from tests.support import sample
from tests.support.broker import KIOSK, OFFICE, HandClock, RunningBroker, new_outlet
from wording import Language, Wording

W = Wording(Language.EN)
RULES = replace(sample.RULES, ranges=(NumberRange(ROLL, "B", 701, 720),))
PATIENCE_SECONDS = 20.0


class Office:
    """A broker, a virtual printer, and what came out of it."""

    def __init__(self, broker: RunningBroker) -> None:
        self.broker = broker
        self.papers: list[Paper] = []
        self.said: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.server = PrinterServer(self.papers.append)

    def roll(self, count: int) -> None:
        """Print a roll; what is said on the way is in `said`."""
        own, bound = self.broker.enrolment.devices[OFFICE], self.broker.server.bound
        keys = FixedKeys(DeviceKeys(own.public, own.secret, self.broker.enrolment.broker.public))
        way = NetworkConnection(*self.server.address)
        with (
            BrokerLine(Endpoints(bound.requests, bound.updates), keys, W) as line,
            opened(Printer(way, EPSON_80MM, press), EPSON_80MM) as printer,
        ):
            print_roll(line, "B", count, printer, W, self.said.put)

    def said_until(self, wanted: str) -> list[str]:
        heard = []
        while True:
            heard.append(self.said.get(timeout=PATIENCE_SECONDS))
            if wanted in heard[-1]:
                return heard

    def tokens(self) -> list[str]:
        return [
            code.text for paper in self.papers for code in zxingcpp.read_barcodes(paper.image.convert("L"))
        ]

    def meaning(self, token: str) -> m.TokenAnswer:
        with self.broker.device(KIOSK) as kiosk:
            answer = kiosk.ask(m.AskToken(new_request_id(), token))
        assert isinstance(answer, m.TokenAnswer)
        return answer


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    broker = RunningBroker(tmp_path, new_outlet(tmp_path), HandClock(Instant(sample.at(7, 31))))
    with broker.device(OFFICE) as operator:
        operator.accepted(ConfigureOutlet(RULES))
    made = Office(broker)
    made.server.start()
    yield made
    made.server.stop()
    broker.stop()


def test_each_ticket_comes_out_with_a_token_that_can_be_entered(office: Office) -> None:
    office.roll(3)
    meanings = [office.meaning(token) for token in office.tokens()]
    assert [(each.roll.letter, each.roll.number) for each in meanings if each.roll] == [
        ("B", 701),
        ("B", 702),
        ("B", 703),
    ]
    assert office.said_until("All tickets")[:3] == [f"B 70{each} is printed." for each in (1, 2, 3)]


def test_the_next_roll_has_other_numbers(office: Office) -> None:
    office.roll(1)
    office.roll(2)
    numbers = [office.meaning(token).roll for token in office.tokens()]
    assert [each.number for each in numbers if each] == [701, 702, 703]


def test_what_the_broker_refuses_prints_nothing(office: Office) -> None:
    with pytest.raises(Problem, match="Unused emergency tickets of queue B"):
        office.roll(21)
    assert office.papers == []


def test_a_printer_without_paper_is_waited_for_and_no_number_is_lost(office: Office) -> None:
    with office.server.printer() as engine:
        engine.take_out_paper()
    roll = threading.Thread(target=office.roll, args=(2,))
    roll.start()
    said = "B 701 waits for the printer. Paper used up. Put in a new roll and close the cover."
    assert office.said_until("B 701")[-1] == said
    with office.server.printer() as engine:
        engine.load_paper()
    roll.join(PATIENCE_SECONDS)
    assert not roll.is_alive()
    assert len(set(office.tokens())) == len(office.tokens()) == 2


def test_each_thing_that_keeps_the_printer_is_told_in_its_turn(office: Office) -> None:
    with office.server.printer() as engine:
        engine.open_cover()
        engine.take_out_paper()
    roll = threading.Thread(target=office.roll, args=(1,))
    roll.start()
    office.said_until("Printer cover open. Close the printer's cover.")
    with office.server.printer() as engine:
        engine.close_cover()
    office.said_until("Paper used up.")
    with office.server.printer() as engine:
        engine.load_paper()
    assert office.said_until("All tickets")[0] == "B 701 is printed."
    roll.join(PATIENCE_SECONDS)
    assert not roll.is_alive()


def test_a_ticket_that_was_torn_comes_again_with_its_mark(office: Office) -> None:
    with office.server.printer() as engine:
        engine.let_paper_run_out_after(400)
    roll = threading.Thread(target=office.roll, args=(1,))
    roll.start()
    office.said_until("B 701 is printed again: destroy what has come out of it.")
    with office.server.printer() as engine:
        engine.load_paper()
    roll.join(PATIENCE_SECONDS)
    assert not roll.is_alive()
    (token,) = set(office.tokens())
    assert office.meaning(token).roll is not None
    band = office.papers[-1].image.convert("L").crop((20, 46, 556, 94))
    assert band.histogram()[0] > 0.7 * band.width * band.height
