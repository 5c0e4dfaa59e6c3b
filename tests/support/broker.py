"""A real broker for tests: an outlet's database in a folder, a server in a thread, devices on real sockets."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import zmq

from broker.domain.commands import (
    AcceptApplication,
    AnyCommand,
    CallNext,
    ConfirmDelivery,
    IssueTicket,
    OpenCounter,
    StartService,
)
from broker.domain.values import ClerkId, CommandId, CounterNumber, Delivery, DeviceId, DeviceRole, Instant
from broker.protocol import messages as m
from broker.protocol.codec import decode_answer, decode_broadcast, encode
from broker.protocol.identifiers import new_command_id, new_request_id
from broker.server.clock import Clock
from broker.server.keys import KeyPair, new_key_pair
from broker.server.limits import Limits
from broker.server.provision import Enrolment, NewClerk, NewDevice, make_outlet
from broker.server.server import DEFAULT_LIMITS, Server
from broker.server.sockets import Addresses
from broker.store.database import Database
from tests.support import sample

KIOSK, PC, OTHER_PC, DISPLAY, OFFICE, FORECAST, MONITOR = (
    DeviceId(name) for name in ("kiosk-1", "pc-1", "pc-2", "display-1", "office", "forecast", "monitor")
)

DEVICES = (
    NewDevice(KIOSK, DeviceRole.KIOSK, "Kiosk at the door"),
    NewDevice(PC, DeviceRole.COUNTER, "Counter 1"),
    NewDevice(OTHER_PC, DeviceRole.COUNTER, "Counter 2"),
    NewDevice(DISPLAY, DeviceRole.DISPLAY, "Lobby"),
    NewDevice(OFFICE, DeviceRole.OPERATOR, "The operator's machine"),
    NewDevice(FORECAST, DeviceRole.FORECAST, "The expected wait"),
    NewDevice(MONITOR, DeviceRole.MONITOR, "The figures"),
)

PINS = {"sri": "1234", "ratna": "654321"}
CLERKS = (
    NewClerk(ClerkId("sri"), "Sri Wahyuni", PINS["sri"]),
    NewClerk(ClerkId("ratna"), "Ratna Sari", PINS["ratna"]),
)

ANYWHERE = Addresses("tcp://127.0.0.1:*", "tcp://127.0.0.1:*")
PATIENCE_SECONDS = 10
NOW = Instant(0)
"""Ids of commands need a time; which one does not matter here."""


class HandClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, start: Instant) -> None:
        self.time = start

    def wall(self) -> Instant:
        return self.time

    def monotonic(self) -> int:
        return self.time


class HeldKeys:
    """The broker's keys, in memory."""

    def __init__(self, current: KeyPair) -> None:
        self.current = current
        self.next: KeyPair | None = None

    def prepare(self) -> KeyPair:
        self.next = self.next or new_key_pair()
        return self.next

    def switch(self) -> None:
        assert self.next is not None
        self.current, self.next = self.next, None


def url_in(folder: Path) -> str:
    return f"sqlite:///{folder / 'outlet.db'}"


def new_outlet(folder: Path, start: Instant | None = None) -> Enrolment:
    """An outlet's database in the folder, made shortly before `start` (07.31 of the sample's day)."""
    at = Instant((sample.at(7, 31) if start is None else start) - 1000)
    return make_outlet(url_in(folder), sample.RULES, sample.SERVICES, DEVICES, CLERKS, at)


class Device:
    """A device that waits for each answer, and keeps the updates it hears."""

    def __init__(self, bound: Addresses, broker: KeyPair, own: KeyPair) -> None:
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self.updates = self._connect(zmq.SUB, bound.updates, broker, own)
        self.requests = self._connect(zmq.DEALER, bound.requests, broker, own)

    def _connect(self, kind: int, address: str, broker: KeyPair, own: KeyPair) -> zmq.Socket[bytes]:
        socket = self._context.socket(kind)
        socket.linger = 0
        socket.rcvtimeo = PATIENCE_SECONDS * 1000
        socket.curve_serverkey = broker.public.encode()
        socket.curve_publickey = own.public.encode()
        socket.curve_secretkey = own.secret.encode()
        if kind == zmq.SUB:
            socket.setsockopt(zmq.SUBSCRIBE, b"")
        socket.connect(address)
        return socket

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._context.destroy(linger=0)

    def send(self, message: m.Message) -> None:
        self.requests.send(encode(message))

    def answer(self) -> m.Answer:
        return decode_answer(self.requests.recv())

    def ask(self, message: m.Message) -> m.Answer:
        self.send(message)
        return self.answer()

    def hello(self) -> m.Welcome:
        welcome = self.ask(m.Hello(new_request_id(), (m.PROTOCOL_VERSION,), "a test"))
        assert isinstance(welcome, m.Welcome)
        return welcome

    def command(self, command: AnyCommand, under: CommandId | None = None) -> m.Answer:
        return self.ask(m.SendCommand(new_command_id(NOW) if under is None else under, command))

    def accepted(self, command: AnyCommand, under: CommandId | None = None) -> m.Accepted:
        answer = self.command(command, under)
        assert isinstance(answer, m.Accepted), answer
        return answer

    def sign_in(self, clerk: str, pin: str | None = None) -> m.Answer:
        return self.ask(m.SignIn(new_request_id(), ClerkId(clerk), PINS[clerk] if pin is None else pin))

    def heard(self) -> m.Broadcast:
        return decode_broadcast(self.updates.recv())

    def heard_update(self) -> m.Update:
        """The next update; heartbeats between are let go."""
        while True:
            message = self.heard()
            if isinstance(message, m.Update):
                return message

    def listen(self) -> None:
        """Wait until this device hears the broker at all: its subscription has arrived."""
        self.heard()


NO_LIMITS = Limits(per_second=1e9, at_once=1e9, bytes_per_second=1e12, bytes_at_once=1e12)
"""For tests that send, and ask, as fast as they can."""


class RunningBroker:
    """A server in a thread of its own, and its devices."""

    def __init__(
        self,
        folder: Path,
        enrolment: Enrolment,
        clock: Clock,
        addresses: Addresses = ANYWHERE,
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        self.enrolment = enrolment
        self.database = Database.open(url_in(folder))
        self.server = Server(self.database, HeldKeys(enrolment.broker), addresses, clock, limits)
        self._failure: list[BaseException] = []
        self._thread = threading.Thread(target=self._run, name="broker")
        self._thread.start()

    def _run(self) -> None:
        try:
            self.server.run()
        except BaseException as error:
            self._failure.append(error)
            raise

    def stop(self) -> float:
        """Stop and close everything; how many seconds that took."""
        began = time.monotonic()
        self.server.stop()
        self._thread.join(PATIENCE_SECONDS)
        self.server.close()
        self.database.close()
        assert not self._failure
        return time.monotonic() - began

    @contextmanager
    def device(self, name: DeviceId) -> Iterator[Device]:
        """A device that has said hello."""
        with self.stranger(self.enrolment.devices[name]) as device:
            device.hello()
            yield device

    def stranger(self, keys: KeyPair) -> Device:
        """A device with any keys, that has said nothing yet."""
        return Device(self.server.bound, self.enrolment.broker, keys)


def accepted_file(broker: RunningBroker, pc: Device) -> m.ApplicationOutcome:
    """A file taken in at counter 1 by Sri, who stays signed in with its ticket in hand."""
    with broker.device(KIOSK) as kiosk:
        issued = kiosk.accepted(IssueTicket("A", sample.MICRO_BUSINESS)).outcome
        assert isinstance(issued, m.TicketOutcome)
        kiosk.accepted(ConfirmDelivery(issued.ticket, Delivery.PAPER))
    pc.sign_in("sri")
    counter = CounterNumber(1)
    for command in (OpenCounter(counter), CallNext(counter), StartService(issued.ticket)):
        pc.accepted(command)
    answer = pc.accepted(AcceptApplication(issued.ticket, sample.MICRO_BUSINESS, (0,)))
    assert isinstance(answer.outcome, m.ApplicationOutcome)
    return answer.outcome
