"""Clients that ask and wait for the answer, as often as they can, and remember how long each answer took."""

import multiprocessing as mp
import statistics
import time
from collections.abc import Callable
from multiprocessing.queues import Queue

import zmq
from msgspec import Struct

from broker.domain.commands import ConfirmDelivery, IssueTicket
from broker.domain.values import CommandId, Delivery, TicketId
from broker.protocol import messages as m
from broker.protocol.codec import decode_answer, encode
from broker.protocol.identifiers import new_command_id, new_request_id

LETTERS = "BCD"


class Target(Struct, frozen=True):
    """Where to ask, and with which keys."""

    address: str
    server_key: str
    public: str
    secret: str
    bare: bool


class Sample(Struct, frozen=True):
    """What one run measured."""

    median_ms: float
    per_second: float


def measure(targets: list[Target], seconds: float) -> Sample:
    """One client a target, all at once, for so long."""
    spawn = mp.get_context("spawn")
    results: Queue[list[float]] = spawn.Queue()
    clients = [spawn.Process(target=_ask, args=(target, seconds, results), daemon=True) for target in targets]
    for client in clients:
        client.start()
    taken = [took for _ in clients for took in results.get(timeout=seconds + 60)]
    for client in clients:
        client.join()
    return Sample(statistics.median(taken), len(taken) / seconds)


def _ask(target: Target, seconds: float, results: "Queue[list[float]]") -> None:
    socket = connect(target)
    ask: Callable[[int], None] = _bare(socket) if target.bare else _issue(socket)
    ask(0)
    taken: list[float] = []
    ends = time.perf_counter() + seconds
    turn = 0
    while (began := time.perf_counter()) < ends:
        turn += 1
        ask(turn)
        taken.append((time.perf_counter() - began) * 1000)
    results.put(taken)
    socket.close(linger=0)


def connect(target: Target) -> "zmq.Socket[bytes]":
    """A connected DEALER that has been welcomed, where there is somebody to welcome it."""
    socket: zmq.Socket[bytes] = zmq.Context.instance().socket(zmq.DEALER)
    socket.curve_serverkey = target.server_key.encode()
    socket.curve_publickey, socket.curve_secretkey = target.public.encode(), target.secret.encode()
    socket.connect(target.address)
    if not target.bare:
        socket.send(encode(m.Hello(new_request_id(), (m.PROTOCOL_VERSION,), "bench")))
        assert isinstance(decode_answer(socket.recv()), m.Welcome)
    return socket


def _bare(socket: "zmq.Socket[bytes]") -> Callable[[int], None]:
    def ask(_turn: int) -> None:
        socket.send(b"x" * 150)
        socket.recv()

    return ask


def _issue(socket: "zmq.Socket[bytes]") -> Callable[[int], None]:
    """Issues a ticket and confirms it, in turns, as a kiosk does."""
    last: list[TicketId] = []

    def ask(turn: int) -> None:
        command = ConfirmDelivery(last.pop(), Delivery.PAPER) if last else IssueTicket(LETTERS[turn % 3])
        answer = send(socket, m.SendCommand(new_command_id(_now()), command))
        if isinstance(answer, m.Accepted) and isinstance(answer.outcome, m.TicketOutcome):
            last.append(answer.outcome.ticket)

    return ask


def send(socket: "zmq.Socket[bytes]", message: m.SendCommand | m.SignIn) -> m.Answer:
    """Send one message and wait for its answer; a refusal or an error ends the benchmark."""
    socket.send(encode(message))
    answer = decode_answer(socket.recv())
    assert not isinstance(answer, m.Refused | m.Error | m.SignInRefused), answer
    return answer


def command(body: object) -> m.SendCommand:
    """A command under a new id."""
    return m.SendCommand(CommandId(new_command_id(_now())), body)  # type: ignore[arg-type]


def _now() -> m.Instant:
    return m.Instant(time.time_ns() // 1_000_000)
