"""Who comes late, or hears too slowly, ends with the broker's state all the same; lost answers are had by asking."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import zmq

from antrean.outlet_folder import Devices
from broker.client import SYSTEM_CLOCK, DeviceKeys, FixedKeys, Link, Session
from broker.domain.commands import IssueTicket
from broker.protocol import messages as m
from broker.protocol.codec import SNAPSHOT_PART_BYTES, decode_answer, decode_broadcast
from broker.protocol.identifiers import new_command_id
from broker.server.provision import OPERATOR
from broker.server.queries import REPLAY_AT_MOST
from tests.broker.network.support import RIGHT_SECONDS, SLOW_MACHINE_SECONDS, Hall, Truth
from tests.support import sample
from tests.support.broker import DISPLAY, KIOSK, NOW, Device, HandClock, RunningBroker, new_outlet
from tests.support.proxy import Line, Network, Pace
from tests.support.running import RunningOutlet, running_outlet

pytestmark = pytest.mark.slow

NARROW = Pace(bytes_per_second=250_000)
AT_ONCE = 200
"""Commands on their way at the same time."""

PATIENCE_SECONDS = 20
FEW_MESSAGES = 2
FEW_BYTES = 4096
NUMBERS = 300


class NarrowContext(zmq.Context[zmq.Socket[bytes]]):
    """What its sockets have sent waits in few bytes."""

    def __init__(self) -> None:
        super().__init__()
        self.setsockopt(zmq.SNDBUF, FEW_BYTES)


@pytest.fixture
def outlet() -> Iterator[RunningOutlet]:
    with running_outlet(Devices(kiosks=3, counters=1, displays=2), digits=5) as running:
        yield running


def many_numbers(kiosk: Device, count: int) -> None:
    """Take so many numbers as fast as the broker gives them out."""
    waiting = 0
    for _ in range(count):
        kiosk.send(m.SendCommand(new_command_id(NOW), IssueTicket("B")))
        waiting += 1
        if waiting == AT_ONCE:
            assert isinstance(kiosk.answer(), m.Accepted)
            waiting -= 1
    for _ in range(waiting):
        assert isinstance(kiosk.answer(), m.Accepted)


def test_a_device_further_behind_than_is_replayed_takes_a_snapshot(
    outlet: RunningOutlet, network: Network, hall: Hall
) -> None:
    with Truth(outlet, OPERATOR) as truth, Truth(outlet, "kiosk-1") as kiosk:
        display = hall.connect(network.endpoints, outlet, "display-1")
        hall.until(lambda: hall.is_live, "the display is connected")
        network.both(Line.cut)
        many_numbers(kiosk.raw, REPLAY_AT_MOST + 500)
        hall.until(lambda: display.session.link is Link.STALE, "the display is stale")
        began = time.monotonic()
        network.both(Line.clear)
        hall.until(lambda: display.is_live, "the display is live again")
        took = time.monotonic() - began
        late = hall.connect(network.endpoints, outlet, "display-2")
        hall.until(lambda: late.is_live and truth.is_equal(hall.remotes), "who comes late holds it too")
    assert took <= RIGHT_SECONDS + SLOW_MACHINE_SECONDS


def test_a_snapshot_comes_over_a_narrow_line_while_the_outlet_goes_on(
    outlet: RunningOutlet, network: Network, hall: Hall
) -> None:
    with Truth(outlet, OPERATOR) as truth, Truth(outlet, "kiosk-1") as kiosk:
        many_numbers(kiosk.raw, 700)
        size = len(truth.state())
        network.both(lambda line: line.travel(NARROW))
        began = time.monotonic()
        display = hall.connect(network.endpoints, outlet, "display-1")
        for _ in range(20):
            kiosk.raw.accepted(IssueTicket("A"))
            hall.turn()
        hall.until(lambda: display.is_live and truth.is_equal([display]), "the display is live")
        assert size > SNAPSHOT_PART_BYTES
        assert time.monotonic() - began <= 2 * size / NARROW.bytes_per_second + RIGHT_SECONDS


def test_an_answer_that_is_lost_is_had_by_asking_again(
    outlet: RunningOutlet, network: Network, hall: Hall
) -> None:
    with Truth(outlet, OPERATOR) as truth:
        kiosk = hall.connect(network.endpoints, outlet, "kiosk-1")
        hall.until(lambda: hall.is_live, "the kiosk is connected")
        for number in (1, 2):
            network.requests.mute()
            kiosk.send(IssueTicket("D"))
            hall.until(lambda number=number: truth.numbers == {"D": number}, "the number is given out")
            assert kiosk.unanswered == 1
            network.requests.reset()
            network.requests.clear()
            hall.until(lambda: not kiosk.unanswered, "the kiosk has its answer")
        assert [ticket.number for ticket in kiosk.tickets.values()] == [1, 2]
        assert truth.numbers == {"D": 2}


class SlowDisplay:
    """A session over sockets of the test's own: the one for updates is read only when the test says so."""

    def __init__(self, broker: RunningBroker) -> None:
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self._context.setsockopt(zmq.RCVBUF, FEW_BYTES)
        bound, self._enrolment = broker.server.bound, broker.enrolment
        self._requests = self._connect(zmq.DEALER, bound.requests)
        self._updates = self._connect(zmq.SUB, bound.updates)
        own = self._enrolment.devices[DISPLAY]
        keys = FixedKeys(DeviceKeys(own.public, own.secret, self._enrolment.broker.public))
        self.session = Session(self, "a slow display", SYSTEM_CLOCK, keys)
        self.session.start()
        self.heard = 0
        """How many events it was told by updates."""

    def _connect(self, kind: int, address: str) -> zmq.Socket[bytes]:
        own = self._enrolment.devices[DISPLAY]
        socket = self._context.socket(kind)
        socket.linger = 0
        socket.curve_serverkey = self._enrolment.broker.public.encode()
        socket.curve_publickey, socket.curve_secretkey = own.public.encode(), own.secret.encode()
        if kind == zmq.SUB:
            socket.rcvhwm = FEW_MESSAGES
            socket.setsockopt(zmq.SUBSCRIBE, b"")
        socket.connect(address)
        return socket

    def send(self, body: bytes) -> None:
        self._requests.send(body)

    def renew(self) -> None:
        """It keeps its sockets: what waits in them is what this is about."""

    def hear(self) -> None:
        """Everything that waits, and time."""
        while self._updates.poll(10):
            message = decode_broadcast(self._updates.recv())
            self.heard += len(message.records) if isinstance(message, m.Update) else 0
            self.session.receive(message)
        while self._requests.poll(10):
            self.session.receive(decode_answer(self._requests.recv()))
        self.session.tick()

    def close(self) -> None:
        self._context.destroy(linger=0)


@pytest.fixture
def broker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningBroker]:
    """One that has little room for what waits for a device."""
    monkeypatch.setattr("broker.server.sockets.MESSAGES_WAITING", FEW_MESSAGES)
    enrolment = new_outlet(tmp_path)
    with monkeypatch.context() as narrow:
        narrow.setattr(zmq, "Context", NarrowContext)
        made = RunningBroker(tmp_path, enrolment, HandClock(sample.at(7, 31)))
    yield made
    made.stop()


def test_a_display_that_does_not_keep_up_misses_updates_and_has_them_replayed(broker: RunningBroker) -> None:
    display = SlowDisplay(broker)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while display.session.link is not Link.LIVE:
        display.hear()
        assert time.monotonic() < deadline
    with broker.device(KIOSK) as kiosk:
        for _ in range(NUMBERS):
            kiosk.accepted(IssueTicket("B"))
    while display.session.state.numbers != {"B": NUMBERS}:
        display.hear()
        assert time.monotonic() < deadline
    display.close()
    assert display.heard < NUMBERS, "some were missed"
