"""Who connects without a key that the broker knows, or speaks no ZeroMQ at all: refused, counted, soon forgotten."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec
import pytest
import zmq

from broker.protocol import messages as m
from broker.protocol.codec import encode
from broker.protocol.identifiers import new_request_id
from broker.server.keys import KeyPair, new_key_pair
from tests.broker.strangers.looks import PROMPT_SECONDS, disk_of, state_of, usual_seconds
from tests.support.broker import DISPLAY, KIOSK, OFFICE, PC, Device, RunningBroker
from tools.docs.kinds import REQUESTS
from tools.docs.samples import whole

Socket = zmq.Socket[bytes]
Disguise = Callable[[Socket, RunningBroker], None]
"""How a socket pretends to be somebody."""


def in_the_clear(_: Socket, __: RunningBroker) -> None:
    """No encryption at all."""


def by_password(made: Socket, _: RunningBroker) -> None:
    made.plain_username, made.plain_password = b"kiosk-1", b"1234"


def keyed(made: Socket, own: KeyPair, brokers: str) -> None:
    made.curve_publickey, made.curve_secretkey = own.public.encode(), own.secret.encode()
    made.curve_serverkey = brokers.encode()


def with_a_key_of_its_own(made: Socket, broker: RunningBroker) -> None:
    keyed(made, new_key_pair(), broker.enrolment.broker.public)


def with_a_kiosks_public_key_only(made: Socket, broker: RunningBroker) -> None:
    """What stands in the database, with a secret that does not belong to it."""
    stolen = KeyPair(broker.enrolment.devices[KIOSK].public, new_key_pair().secret)
    keyed(made, stolen, broker.enrolment.broker.public)


def with_the_brokers_own_public_key(made: Socket, broker: RunningBroker) -> None:
    broker_itself = KeyPair(broker.enrolment.broker.public, new_key_pair().secret)
    keyed(made, broker_itself, broker.enrolment.broker.public)


def to_another_broker(made: Socket, broker: RunningBroker) -> None:
    """A kiosk's true key, but this is not the broker that it takes it for."""
    keyed(made, broker.enrolment.devices[KIOSK], new_key_pair().public)


DISGUISES: tuple[Disguise, ...] = (
    in_the_clear,
    by_password,
    with_a_key_of_its_own,
    with_a_kiosks_public_key_only,
    with_the_brokers_own_public_key,
    to_another_broker,
)


@contextmanager
def knocking(broker: RunningBroker) -> Iterator[list[Socket]]:
    """A requests' and an updates' socket in every disguise, each of which has said something."""
    with zmq.Context() as context, ExitStack() as opened:
        sockets = []
        for disguise in DISGUISES:
            for kind, address in (
                (zmq.DEALER, broker.server.bound.requests),
                (zmq.SUB, broker.server.bound.updates),
            ):
                made = opened.enter_context(context.socket(kind))
                made.linger = 0
                disguise(made, broker)
                if kind == zmq.SUB:
                    made.setsockopt(zmq.SUBSCRIBE, b"")
                made.connect(address)
                if kind == zmq.DEALER:
                    made.send(encode(m.Hello(new_request_id(), (m.PROTOCOL_VERSION,), "a stranger")))
                sockets.append(made)
        yield sockets


def test_no_disguise_is_answered_or_told_anything(broker: RunningBroker, tmp_path: Path) -> None:
    with broker.device(DISPLAY) as onlooker, broker.device(OFFICE) as office:
        before = state_of(onlooker), disk_of(tmp_path)
        with knocking(broker) as strangers:
            for _ in range(3):
                onlooker.listen()  # the broker tells everybody something each second
            assert not any(each.poll(0) for each in strangers)
        figures = office.ask(m.AskFigures(new_request_id()))
        assert isinstance(figures, m.Figures)
        assert figures.strangers >= 2, "who has a key of their own is refused by name, at each socket"
        assert (state_of(onlooker), disk_of(tmp_path)) == before


def test_a_kiosk_is_served_while_strangers_knock(broker: RunningBroker) -> None:
    with broker.device(KIOSK) as kiosk, knocking(broker), knocking(broker):
        assert usual_seconds(kiosk) < PROMPT_SECONDS


@pytest.mark.slow
def test_everybody_who_is_not_let_in_is_counted_and_no_honest_device_is(broker: RunningBroker) -> None:
    with (
        zmq.Context() as context,
        ExitStack() as opened,
        broker.device(OFFICE) as office,
        callers(broker) as made,
    ):
        for disguise in DISGUISES:
            one = opened.enter_context(context.socket(zmq.DEALER))
            one.linger, one.reconnect_ivl = 0, -1
            disguise(one, broker)
            one.connect(broker.server.bound.requests)
        expected = len(made) + len(DISGUISES)
        assert strangers_come_to(office, expected) == expected
        office.ask(m.RevokeDevice(new_request_id(), DISPLAY))  # the updates' socket is made anew
        office.listen()
        assert strangers_come_to(office, expected) == expected


def strangers_come_to(office: Device, count: int) -> int:
    """How many are counted in the end, when it can't be fewer any more."""
    deadline = time.monotonic() + 3 * HANDSHAKE_SECONDS
    while True:
        figures = office.ask(m.AskFigures(new_request_id()))
        assert isinstance(figures, m.Figures)
        if figures.strangers >= count or time.monotonic() > deadline:
            return figures.strangers
        assert not office.requests.poll(200)


# Those who speak no ZeroMQ

GREETING = b"\xff\0\0\0\0\0\0\0\x01\x7f\x03\x00CURVE" + bytes(15) + b"\x00" + bytes(31)
OPENINGS = {
    "nothing": b"",
    "a web page": b"GET / HTTP/1.1\r\nHost: antrean\r\n\r\n",
    "half a greeting": GREETING[:10],
    "a greeting": GREETING,
    "a greeting and noise": GREETING + bytes(range(256)) * 8,
    "a greeting without encryption": GREETING.replace(b"CURVE", b"NULL\0"),
    "a greeting and a hello of zeroes": GREETING + b"\x04\xc8\x05HELLO" + bytes(194),
    "a frame of eight exabytes": GREETING + b"\x06\x7f" + b"\xff" * 7,
    "an old greeting": b"\x01\0",
}
OF_EACH = 30


@contextmanager
def callers(broker: RunningBroker) -> Iterator[list[socket.socket]]:
    """Hundreds of connections that begin somehow, and then are silent."""
    ports = [
        int(each.rpartition(":")[2]) for each in (broker.server.bound.requests, broker.server.bound.updates)
    ]
    with ExitStack() as opened:
        made = []
        for opening in OPENINGS.values():
            for number in range(OF_EACH):
                one = opened.enter_context(socket.create_connection(("127.0.0.1", ports[number % 2]), 5))
                one.sendall(opening)
                made.append(one)
        yield made


def is_closed(caller: socket.socket, within_seconds: float) -> bool:
    """Whether the broker ends the connection, whatever it says before."""
    caller.settimeout(within_seconds)
    try:
        while caller.recv(4096):
            pass
    except ConnectionError:
        return True
    except TimeoutError:
        return False
    return True


HANDSHAKE_SECONDS = 5
"""How long the broker lets somebody try."""


@pytest.mark.slow
def test_hundreds_of_silent_or_senseless_callers_keep_nobody_waiting_and_are_sent_away(
    broker: RunningBroker,
) -> None:
    with broker.device(KIOSK) as kiosk, broker.device(PC) as pc:
        with callers(broker) as made:
            assert usual_seconds(kiosk) < PROMPT_SECONDS
            with broker.device(DISPLAY) as late:
                late.listen()  # a newcomer gets in as well
            assert all(is_closed(each, 2 * HANDSHAKE_SECONDS) for each in made)
        assert usual_seconds(kiosk) < PROMPT_SECONDS
        pc.hello()


# A revoked key


def test_a_revoked_key_gets_nothing_done_with_the_connection_it_has(
    broker: RunningBroker, tmp_path: Path
) -> None:
    with broker.device(OFFICE) as office, broker.device(KIOSK) as onlooker, broker.device(PC) as pc:
        pc.sign_in("ratna")
        assert isinstance(office.ask(m.RevokeDevice(new_request_id(), PC)), m.DeviceRevoked)
        before = state_of(onlooker), disk_of(tmp_path)
        for kind in REQUESTS:
            answer = pc.ask(msgspec.convert(whole(kind), kind))
            assert isinstance(answer, m.Error), kind
            assert (answer.code, answer.id) == (m.ErrorCode.NOT_PERMITTED, None), kind
        assert (state_of(onlooker), disk_of(tmp_path)) == before
        with broker.stranger(broker.enrolment.devices[PC]) as again:
            again.send(m.Hello(new_request_id(), (m.PROTOCOL_VERSION,), "back again"))
            onlooker.listen()
            assert not again.requests.poll(500)
            assert not again.updates.poll(0)
