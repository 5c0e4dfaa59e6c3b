"""Clients that ask and wait for the answer, as often as they can, and remember how long each answer took."""

import multiprocessing as mp
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier

import zmq
from msgspec import Struct

from broker.domain.commands import (
    AnyCommand,
    CallNext,
    CloseCounter,
    CompleteTicket,
    ConfirmDelivery,
    IssueTicket,
    OpenCounter,
)
from broker.domain.values import ClerkId, CommandId, CounterNumber, Delivery, Instant, TicketId
from broker.protocol import messages as m
from broker.protocol.codec import decode_answer, encode
from broker.protocol.identifiers import new_command_id, new_request_id
from tests.support.running import RunningOutlet

LETTERS = "BCD"
COUNTER = CounterNumber(1)
ALL = ""
Taken = dict[str, list[float]]
"""How long each command took, in milliseconds, by its name."""

SPAWN = mp.get_context("spawn")


class Target(Struct, frozen=True):
    """Where to ask, and with which keys."""

    address: str
    server_key: str
    public: str
    secret: str
    bare: bool


def device(outlet: RunningOutlet, name: str) -> Target:
    """One of the outlet's devices."""
    own = outlet.keys(name)
    return Target(outlet.endpoints.requests, own.broker, own.public, own.secret, bare=False)


class Sample(Struct, frozen=True):
    """What one run measured."""

    median_ms: float
    per_second: float


def measure(targets: list[Target], seconds: float) -> Sample:
    """One client a target, all at once, for so long: kiosks that issue and confirm."""
    results: Queue[Taken] = SPAWN.Queue()
    clients = [SPAWN.Process(target=_ask, args=(target, seconds, results), daemon=True) for target in targets]
    for client in clients:
        client.start()
    taken = [took for _ in clients for took in results.get(timeout=seconds + 60)[ALL]]
    for client in clients:
        client.join()
    return Sample(statistics.median(taken), len(taken) / seconds)


def visits(kiosk: Target, counter: Target, clerk: ClerkId, pin: str, seconds: float) -> dict[str, float]:
    """One client that issues, calls and completes ticket after ticket: the median of each in milliseconds."""
    results: Queue[Taken] = SPAWN.Queue()
    client = SPAWN.Process(target=_visit, args=(kiosk, counter, clerk, pin, seconds, results), daemon=True)
    client.start()
    taken = results.get(timeout=seconds + 60)
    client.join()
    return {name: statistics.median(some) for name, some in taken.items()}


@contextmanager
def subscribers(updates: str, target: Target, count: int) -> Iterator[None]:
    """So many processes that hear every update, and do nothing with it."""
    all_there = SPAWN.Barrier(count + 1)
    ears = [SPAWN.Process(target=_hear, args=(updates, target, all_there), daemon=True) for _ in range(count)]
    for ear in ears:
        ear.start()
    all_there.wait(60)
    try:
        yield
    finally:
        for ear in ears:
            ear.kill()
            ear.join()


def listening(updates: str, target: Target) -> "zmq.Socket[bytes]":
    """A connected SUB."""
    socket = _secured(zmq.SUB, target)
    socket.setsockopt(zmq.SUBSCRIBE, b"")
    socket.connect(updates)
    return socket


def _hear(updates: str, target: Target, all_there: Barrier) -> None:
    socket = listening(updates, target)
    all_there.wait(60)
    while True:
        socket.recv()


def _ask(target: Target, seconds: float, results: "Queue[Taken]") -> None:
    socket = connect(target)
    ask: Callable[[int], float] = _bare(socket) if target.bare else _issue(socket)
    ask(0)
    taken: list[float] = []
    ends = time.perf_counter() + seconds
    turn = 0
    while time.perf_counter() < ends:
        turn += 1
        taken.append(ask(turn))
    results.put({ALL: taken})
    socket.close(linger=0)


def _visit(
    kiosk: Target, counter: Target, clerk: ClerkId, pin: str, seconds: float, results: "Queue[Taken]"
) -> None:
    at_kiosk, at_counter = connect(kiosk), connect(counter)
    send(at_counter, m.SignIn(new_request_id(), clerk, pin))
    send(at_counter, command(OpenCounter(COUNTER)))
    taken: Taken = {"issue": [], "call next": [], "complete": []}
    ends = time.perf_counter() + seconds
    while time.perf_counter() < ends:
        issued, took = timed(at_kiosk, IssueTicket("A"))
        taken["issue"].append(took)
        assert isinstance(issued.outcome, m.TicketOutcome)
        timed(at_kiosk, ConfirmDelivery(issued.outcome.ticket, Delivery.PAPER))
        taken["call next"].append(timed(at_counter, CallNext(COUNTER))[1])
        taken["complete"].append(timed(at_counter, CompleteTicket(issued.outcome.ticket))[1])
    send(at_counter, command(CloseCounter(COUNTER)))
    results.put(taken)
    at_kiosk.close(linger=0)
    at_counter.close(linger=0)


def connect(target: Target) -> "zmq.Socket[bytes]":
    """A connected DEALER that has been welcomed, where there is somebody to welcome it."""
    socket = _secured(zmq.DEALER, target)
    socket.connect(target.address)
    if not target.bare:
        socket.send(encode(m.Hello(new_request_id(), (m.PROTOCOL_VERSION,), "bench")))
        assert isinstance(decode_answer(socket.recv()), m.Welcome)
    return socket


def _secured(kind: int, target: Target) -> "zmq.Socket[bytes]":
    socket: zmq.Socket[bytes] = zmq.Context.instance().socket(kind)
    socket.curve_serverkey = target.server_key.encode()
    socket.curve_publickey, socket.curve_secretkey = target.public.encode(), target.secret.encode()
    return socket


def _bare(socket: "zmq.Socket[bytes]") -> Callable[[int], float]:
    def ask(_turn: int) -> float:
        began = time.perf_counter()
        socket.send(b"x" * 150)
        socket.recv()
        return (time.perf_counter() - began) * 1000

    return ask


def _issue(socket: "zmq.Socket[bytes]") -> Callable[[int], float]:
    """Issues a ticket and confirms it, in turns, as a kiosk does."""
    last: list[TicketId] = []

    def ask(turn: int) -> float:
        command = ConfirmDelivery(last.pop(), Delivery.PAPER) if last else IssueTicket(LETTERS[turn % 3])
        answer, took = timed(socket, command)
        if isinstance(answer.outcome, m.TicketOutcome):
            last.append(answer.outcome.ticket)
        return took

    return ask


def timed(socket: "zmq.Socket[bytes]", body: AnyCommand) -> tuple[m.Accepted, float]:
    """The answer to a command, and the milliseconds from its bytes handed over to the answer's bytes received."""
    message = encode(command(body))
    began = time.perf_counter()
    socket.send(message)
    answer = socket.recv()
    took = (time.perf_counter() - began) * 1000
    accepted = decode_answer(answer)
    assert isinstance(accepted, m.Accepted), accepted
    return accepted, took


def send(socket: "zmq.Socket[bytes]", message: m.SendCommand | m.SignIn) -> m.Answer:
    """Send one message and wait for its answer; a refusal or an error ends the benchmark."""
    socket.send(encode(message))
    answer = decode_answer(socket.recv())
    assert not isinstance(answer, m.Refused | m.Error | m.SignInRefused), answer
    return answer


def command(body: AnyCommand) -> m.SendCommand:
    """A command under a new id."""
    return m.SendCommand(CommandId(new_command_id(_now())), body)


def _now() -> Instant:
    return Instant(time.time_ns() // 1_000_000)
