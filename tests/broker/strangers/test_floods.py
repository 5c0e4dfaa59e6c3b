"""One device sends as fast as it can, or listens to nothing: the others are served, and the broker stays its size."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import zmq

from broker.domain.commands import IssueTicket
from broker.domain.values import DeviceId, DeviceRole
from broker.protocol import messages as m
from broker.protocol.codec import LARGEST_REQUEST_BYTES, decode_answer, encode
from broker.protocol.identifiers import new_command_id, new_request_id
from broker.server.keys import new_key_pair
from broker.server.limits import Limits
from broker.server.provision import Enrolment
from broker.server.server import DEFAULT_LIMITS
from broker.server.sockets import LARGEST_MESSAGE_BYTES
from tests.broker.strangers.looks import PROMPT_SECONDS, state_of, usual_seconds
from tests.broker.strangers.running import running
from tests.support.broker import (
    DEVICES,
    DISPLAY,
    KIOSK,
    NOW,
    OFFICE,
    PATIENCE_SECONDS,
    PC,
    Device,
    HandClock,
    RunningBroker,
)

FLOOD_SECONDS = 2.0


class Flood:
    """A device, in a thread of its own, that sends as fast as its socket takes it, and reads what comes back."""

    def __init__(self, device: Device, body: bytes) -> None:
        self._device, self._body = device, body
        self.sent = 0
        self.answers: Counter[type[m.Answer] | m.ErrorCode] = Counter()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run)

    @contextmanager
    def running(self) -> Iterator[None]:
        """As long as the block lasts; then every answer that still comes has been counted."""
        self._thread.start()
        try:
            yield
        finally:
            self._ending.set()
            self._thread.join(PATIENCE_SECONDS)

    def _run(self) -> None:
        while not self._ending.is_set():
            try:
                self._device.requests.send(self._body, zmq.NOBLOCK)
                self.sent += 1
            except zmq.Again:
                self._count(10)
            self._count(0)
        self._count(500)

    def _count(self, patience_ms: int) -> None:
        while self._device.requests.poll(patience_ms):
            answer = decode_answer(self._device.requests.recv())
            self.answers[answer.code if isinstance(answer, m.Error) else type(answer)] += 1


def most_in(seconds: float) -> float:
    """How many messages of one device's are looked at in so long."""
    return DEFAULT_LIMITS.at_once + DEFAULT_LIMITS.per_second * seconds


FLOODS = {
    "hellos": encode(m.Hello(new_request_id(), (m.PROTOCOL_VERSION,), "a flood")),
    "one command again and again": encode(m.SendCommand(new_command_id(NOW), IssueTicket("A"))),
    "nonsense": b"\xc1" * 100,
    "the largest": b"\xc1" * LARGEST_REQUEST_BYTES,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FLOODS)
def test_while_one_device_floods_each_command_of_anothers_is_answered_at_once(
    broker: RunningBroker, name: str
) -> None:
    with broker.device(PC) as pc, broker.device(KIOSK) as kiosk:
        flood = Flood(pc, FLOODS[name])
        began = time.monotonic()
        with flood.running():
            while time.monotonic() - began < FLOOD_SECONDS:
                assert usual_seconds(kiosk) < PROMPT_SECONDS
                time_to_breathe(kiosk)
        lasted = time.monotonic() - began
        too_many = flood.answers[m.ErrorCode.TOO_MANY]
        assert too_many > 0
        assert flood.answers.total() - too_many <= most_in(lasted)
        assert flood.sent > most_in(lasted), "else it was no flood"


def time_to_breathe(kiosk: Device) -> None:
    """An honest kiosk stays within its own limits: for a moment it asks for nothing, and nothing comes."""
    assert not kiosk.requests.poll(250)


def test_a_device_that_has_flooded_is_served_again_when_it_has_waited(broker: RunningBroker) -> None:
    with broker.device(PC) as pc:
        flood = Flood(pc, FLOODS["hellos"])
        with flood.running():
            while not flood.answers[m.ErrorCode.TOO_MANY]:
                pc.updates.poll(10)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not isinstance(pc.ask(m.Hello(new_request_id(), (1,), "calm")), m.Welcome):
            assert time.monotonic() < deadline
            pc.updates.poll(100)


def test_many_connections_of_one_key_have_one_allowance_together(broker: RunningBroker) -> None:
    each = 60
    with ExitStack() as opened, broker.device(KIOSK) as kiosk:
        began = time.monotonic()
        many = [opened.enter_context(broker.stranger(broker.enrolment.devices[DISPLAY])) for _ in range(20)]
        for one in many:
            for _ in range(each):
                one.requests.send(FLOODS["hellos"])
        answers = [one.answer() for one in many for _ in range(each)]
        looked_at = [answer for answer in answers if isinstance(answer, m.Welcome)]
        assert 0 < len(looked_at) <= most_in(time.monotonic() - began)
        assert len(looked_at) < len(answers)
        assert usual_seconds(kiosk) < PROMPT_SECONDS


def test_a_device_that_is_owed_too_much_is_put_off_with_what_can_wait_and_served_with_the_rest(
    tmp_path: Path, enrolment: Enrolment, clock: HandClock
) -> None:
    limits = Limits(bytes_at_once=20_000, bytes_per_second=20_000)
    with running(tmp_path, enrolment, clock, limits) as broker, broker.device(KIOSK) as kiosk:
        asked = 0
        while isinstance(answer := kiosk.ask(m.AskSnapshot(new_request_id())), m.SnapshotPart):
            asked += 1
        assert answer == m.Error(None, m.ErrorCode.TOO_MANY)
        assert 0 < asked < 20
        kiosk.accepted(IssueTicket("A"))
        kiosk.hello()
        with broker.device(DISPLAY) as display:
            state_of(display)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not isinstance(kiosk.ask(m.AskSnapshot(new_request_id())), m.SnapshotPart):
            assert time.monotonic() < deadline
            assert not kiosk.requests.poll(200)


# Sizes


ENCRYPTION_BYTES = 64
"""What CURVE adds to a message, and a little more."""


@pytest.mark.parametrize("bytes_over", [1, LARGEST_MESSAGE_BYTES - LARGEST_REQUEST_BYTES - ENCRYPTION_BYTES])
def test_a_message_just_over_the_limit_is_answered(broker: RunningBroker, bytes_over: int) -> None:
    with broker.device(KIOSK) as kiosk:
        kiosk.requests.send(b"\xc1" * (LARGEST_REQUEST_BYTES + bytes_over))
        answer = kiosk.answer()
        assert isinstance(answer, m.Error)
        assert answer.code is m.ErrorCode.TOO_LARGE


def test_a_message_far_over_the_limit_is_cut_off_with_its_connection_and_no_other(
    broker: RunningBroker,
) -> None:
    with broker.device(KIOSK) as kiosk, broker.device(KIOSK) as its_other_self, broker.device(PC) as pc:
        for _ in range(20):
            kiosk.requests.send(b"\xc1" * (LARGEST_MESSAGE_BYTES + 1))
        pc.hello()
        its_other_self.accepted(IssueTicket("A"))
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not kiosk.requests.poll(100):
            assert time.monotonic() < deadline
            kiosk.send(m.Hello(new_request_id(), (1,), "back again"))
        assert isinstance(kiosk.answer(), m.Welcome)


# How many


def test_an_outlet_has_as_many_devices_as_it_may_have_and_a_revoked_one_makes_room(
    tmp_path: Path, enrolment: Enrolment, clock: HandClock
) -> None:
    full = Limits(devices=len(enrolment.devices) + 1)
    assert len(enrolment.devices) == len(DEVICES) + 1
    with running(tmp_path, enrolment, clock, full) as broker, broker.device(OFFICE) as office:

        def enrolled(name: str) -> m.Answer:
            key = new_key_pair().public
            return office.ask(m.EnrolDevice(new_request_id(), DeviceId(name), DeviceRole.KIOSK, name, key))

        assert isinstance(enrolled("kiosk-7"), m.DeviceEnrolled)
        refused = enrolled("kiosk-8")
        assert isinstance(refused, m.Error)
        assert refused.code is m.ErrorCode.TOO_MANY_DEVICES
        office.ask(m.RevokeDevice(new_request_id(), DISPLAY))
        assert isinstance(enrolled("kiosk-8"), m.DeviceEnrolled)
