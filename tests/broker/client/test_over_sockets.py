"""Sessions over real sockets with a real broker: replicas stay equal through restarts, commands act once."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import zmq

from broker.client import SYSTEM_CLOCK, DeviceKeys, Endpoints, FixedKeys, Inbound, Link, Session, Transport
from broker.client.session import CommandAnswer
from broker.domain.codec import encode_state
from broker.domain.commands import ConfirmDelivery, IssueTicket
from broker.domain.values import Delivery, DeviceId, Instant
from broker.protocol import messages as m
from broker.server.clock import SystemClock
from broker.server.provision import Enrolment
from broker.server.server import Server
from broker.server.sockets import Addresses
from broker.store.database import Database
from tests.support import sample
from tests.support.broker import DISPLAY, KIOSK, HeldKeys, RunningBroker, new_outlet, url_in
from tests.support.running import free_pair

DEADLINE_SECONDS = 20


class Morning08(SystemClock):
    """08.00 of the sample's day when it is made, then at the machine's pace."""

    def __init__(self) -> None:
        self._ahead = sample.at(8) - super().wall()

    def wall(self) -> Instant:
        return Instant(super().wall() + self._ahead)


class Broker(RunningBroker):
    """A broker at a given pair of ports, so that it can come back where it was."""

    def __init__(self, folder: Path, enrolment: Enrolment, port: int) -> None:
        self.enrolment = enrolment
        self.database = Database.open(url_in(folder))
        addresses = Addresses(f"tcp://127.0.0.1:{port}", f"tcp://127.0.0.1:{port + 1}")
        self.server = Server(self.database, HeldKeys(enrolment.broker), addresses, Morning08())
        self._failure = []
        self._thread = threading.Thread(target=self._run, name="broker")
        self._thread.start()


class Connected:
    """A session with its transport, and the loop that a program would have."""

    def __init__(self, port: int, enrolment: Enrolment, device: DeviceId) -> None:
        own = enrolment.devices[device]
        self._arrived: queue.SimpleQueue[Inbound] = queue.SimpleQueue()
        keys = FixedKeys(DeviceKeys(own.public, own.secret, enrolment.broker.public))
        endpoints = Endpoints(f"tcp://127.0.0.1:{port}", f"tcp://127.0.0.1:{port + 1}")
        self.transport = Transport(endpoints, keys, self._arrived.put)
        self.session = Session(self.transport, "a test", SYSTEM_CLOCK, keys)
        self.transport.start()
        self.session.start()

    def turn(self) -> None:
        """One turn of the program's loop."""
        try:
            self.session.receive(self._arrived.get(timeout=0.02))
        except queue.Empty:
            self.session.tick()

    def until(self, condition: Callable[[], bool]) -> None:
        """Go on until the condition holds; fails after the deadline."""
        ends = time.monotonic() + DEADLINE_SECONDS
        while not condition():
            assert time.monotonic() < ends, "not in time"
            self.turn()

    def live(self) -> None:
        self.until(lambda: self.session.link is Link.LIVE)

    def send(self, command: IssueTicket | ConfirmDelivery) -> m.Accepted:
        answers: list[CommandAnswer] = []
        self.session.send(command, answers.append, expires_after=DEADLINE_SECONDS)
        self.until(lambda: bool(answers))
        assert isinstance(answers[0], m.Accepted), answers
        return answers[0]


@contextmanager
def connected(port: int, enrolment: Enrolment, device: DeviceId) -> Iterator[Connected]:
    device_ = Connected(port, enrolment, device)
    try:
        yield device_
    finally:
        device_.transport.stop()


@pytest.mark.slow
def test_replicas_equal_the_brokers_state_through_a_restart(tmp_path: Path) -> None:
    enrolment, port = new_outlet(tmp_path), free_pair()
    broker = Broker(tmp_path, enrolment, port)
    with connected(port, enrolment, KIOSK) as kiosk, connected(port, enrolment, DISPLAY) as display:
        kiosk.live()
        display.live()
        issued = kiosk.send(IssueTicket("A")).outcome
        assert isinstance(issued, m.TicketOutcome)
        kiosk.send(ConfirmDelivery(issued.ticket, Delivery.PAPER))
        broker.stop()
        display.until(lambda: display.session.link is Link.STALE)
        assert issued.ticket in display.session.state.tickets, (
            "what was known stays known, and is marked as old"
        )
        broker = Broker(tmp_path, enrolment, port)
        again = kiosk.send(IssueTicket("A")).outcome
        assert isinstance(again, m.TicketOutcome)
        assert again.number == 2, "what was acknowledged is there after the restart"
        seq = kiosk.session.state.seq
        display.until(lambda: display.session.state.seq >= seq and display.session.link is Link.LIVE)
        kiosk.until(lambda: kiosk.session.state.seq == display.session.state.seq)
        assert encode_state(display.session.state) == encode_state(kiosk.session.state)
        broker.stop()


def test_a_command_sent_while_the_broker_is_away_is_carried_out_once_when_it_is_back(tmp_path: Path) -> None:
    enrolment, port = new_outlet(tmp_path), free_pair()
    with connected(port, enrolment, KIOSK) as kiosk:
        answers: list[CommandAnswer] = []
        kiosk.session.send(IssueTicket("B"), answers.append, expires_after=DEADLINE_SECONDS)
        broker = Broker(tmp_path, enrolment, port)
        kiosk.until(lambda: bool(answers))
        kiosk.live()
        assert kiosk.session.state.numbers == {"B": 1}
        broker.stop()


def test_a_session_that_comes_late_has_the_whole_state(tmp_path: Path) -> None:
    enrolment, port = new_outlet(tmp_path), free_pair()
    broker = Broker(tmp_path, enrolment, port)
    with connected(port, enrolment, KIOSK) as kiosk:
        kiosk.live()
        for _ in range(20):
            kiosk.send(IssueTicket("C"))
        with connected(port, enrolment, DISPLAY) as late:
            late.live()
            assert late.session.state.numbers == {"C": 20}
    broker.stop()


def test_a_transport_ends_at_once_even_when_nobody_listens() -> None:
    public, secret = zmq.curve_keypair()
    port = free_pair()
    keys = FixedKeys(DeviceKeys(public.decode(), secret.decode(), public.decode()))
    endpoints = Endpoints(f"tcp://127.0.0.1:{port}", f"tcp://127.0.0.1:{port + 1}")
    transport = Transport(endpoints, keys, lambda _: None)
    transport.start()
    transport.send(b"\x80")
    began = time.monotonic()
    transport.stop()
    assert time.monotonic() - began < DEADLINE_SECONDS


def test_a_broker_that_is_back_before_the_link_is_stale_is_greeted_again(tmp_path: Path) -> None:
    """The connections come back by themselves; that the new broker knows nobody must not be the session's end."""
    enrolment, port = new_outlet(tmp_path), free_pair()
    broker = Broker(tmp_path, enrolment, port)
    with connected(port, enrolment, KIOSK) as kiosk, connected(port, enrolment, DISPLAY) as display:
        kiosk.live()
        display.live()
        kiosk.send(IssueTicket("A"))
        broker.stop()
        broker = Broker(tmp_path, enrolment, port)
        again = kiosk.send(IssueTicket("A")).outcome
        assert isinstance(again, m.TicketOutcome)
        assert again.number == 2
        kiosk.until(lambda: kiosk.session.state.numbers == {"A": 2} and kiosk.session.link is Link.LIVE)
        display.until(lambda: display.session.state.numbers == {"A": 2} and display.session.link is Link.LIVE)
        assert encode_state(display.session.state) == encode_state(kiosk.session.state)
        broker.stop()


def test_an_answer_dropped_on_the_way_is_had_by_asking_again(tmp_path: Path) -> None:
    """The same connection is thrown away right after the command has gone out: it acts once all the same."""
    enrolment, port = new_outlet(tmp_path), free_pair()
    broker = Broker(tmp_path, enrolment, port)
    with connected(port, enrolment, KIOSK) as kiosk:
        kiosk.live()
        for number in range(1, 6):
            answers: list[CommandAnswer] = []
            kiosk.session.send(IssueTicket("B"), answers.append, expires_after=DEADLINE_SECONDS)
            kiosk.transport.renew()
            kiosk.session.start()
            kiosk.until(lambda answers=answers: bool(answers))
            assert isinstance(answers[0], m.Accepted)
            assert isinstance(answers[0].outcome, m.TicketOutcome)
            assert answers[0].outcome.number == number
        kiosk.until(lambda: kiosk.session.state.numbers == {"B": 5})
    broker.stop()
