"""The operator's line to a broker: events without gap through restarts, and an end where the history is another."""

import shutil
import threading
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from antrean.broker_line import BrokerLine
from antrean.problem import Problem
from broker.client import DeviceKeys, Endpoints, FixedKeys
from broker.domain.commands import IssueTicket
from broker.domain.events import Recorded
from broker.domain.values import Instant, Seq
from broker.protocol import messages as m
from broker.protocol.identifiers import new_request_id
from broker.server.limits import Limits
from broker.server.provision import Enrolment
from broker.server.sockets import Addresses
from tests.support import sample
from tests.support.broker import KIOSK, OFFICE, HandClock, RunningBroker, new_outlet
from tests.support.running import free_pair
from tests.support.waiting import wait_until
from wording import Language, Wording

ENGLISH = Wording(Language.EN)


class Place:
    """An outlet whose broker can be started anew at the same place."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.enrolment: Enrolment = new_outlet(folder)
        port = free_pair()
        self.addresses = Addresses(f"tcp://127.0.0.1:{port}", f"tcp://127.0.0.1:{port + 1}")
        self.broker = self._begun()

    def _begun(self) -> RunningBroker:
        clock = HandClock(Instant(sample.at(8)))
        return RunningBroker(self.folder, self.enrolment, clock, self.addresses, Limits(1e6, 1e6))

    def restart(self) -> None:
        self.broker.stop()
        self.start()

    def start(self) -> None:
        self.broker = self._begun()

    def set_back(self) -> None:
        """The broker goes on from the outlet's beginning, and an operator says that this is right."""
        with self.broker.device(KIOSK) as kiosk:
            word = next(heard for heard in iter(kiosk.heard, None) if isinstance(heard, m.Heartbeat))
        self.broker.stop()
        for file in self.folder.glob("outlet.db*"):
            file.unlink()
        shutil.copy(self.folder / "old", self.folder / "outlet.db")
        self.broker = self._begun()
        with self.broker.stranger(self.enrolment.devices[KIOSK]) as kiosk:
            shown = m.Shown(word.epoch, word.seq, word.mac)
            kiosk.ask(m.Hello(new_request_id(), (1,), "a test", shown))
        with self.broker.device(OFFICE) as office:
            assert isinstance(office.ask(m.ConfirmHistory(new_request_id())), m.HistoryConfirmed)

    def issue(self, tickets: int) -> int:
        """Give out numbers; the last event's number."""
        with self.broker.device(KIOSK) as kiosk:
            return [kiosk.accepted(IssueTicket("A")).seq for _ in range(tickets)][-1]

    def line(self) -> BrokerLine:
        own = self.enrolment.devices[OFFICE]
        keys = FixedKeys(DeviceKeys(own.public, own.secret, self.enrolment.broker.public))
        return BrokerLine(Endpoints(self.addresses.requests, self.addresses.updates), keys, ENGLISH)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    yield made
    made.broker.stop()


def numbers(events: Iterator[Recorded], count: int) -> list[int]:
    return [record.seq for record in islice(events, count)]


def test_a_long_history_is_told_from_its_first_event_in_many_answers(place: Place) -> None:
    newest = place.issue(650)
    with place.line() as line:
        assert numbers(line.events(Seq(1)), newest) == list(range(1, newest + 1))


def test_from_now_on_only_what_is_new_is_told_also_after_the_broker_was_away(place: Place) -> None:
    newest = place.issue(3)
    with place.line() as line:
        events = line.events(None)
        line.state()
        place.restart()
        first = place.issue(2)
        assert first == newest + 2
        assert numbers(events, 2) == [newest + 1, newest + 2]
        place.restart()
        place.issue(600)
        assert numbers(events, 600) == list(range(newest + 3, newest + 603))


@pytest.mark.slow
def test_that_the_broker_is_away_and_back_is_told(place: Place) -> None:
    place.issue(1)
    with place.line() as line, capture_logs() as told:
        events = line.events(None)
        line.state()
        place.broker.stop()
        waiting = threading.Thread(target=next, args=(events,))
        waiting.start()
        wait_until(lambda: any("away" in each["event"] for each in told))
        place.start()
        place.issue(1)
        waiting.join(20)
        assert not waiting.is_alive()
        assert any("is back" in each["event"] for each in told)


def test_another_history_ends_it(place: Place) -> None:
    shutil.copy(place.folder / "outlet.db", place.folder / "old")
    place.issue(3)
    with place.line() as line:
        events = line.events(Seq(1))
        assert numbers(events, 3) == [1, 2, 3]
        place.set_back()
        with pytest.raises(Problem, match="another history"):
            list(events)
