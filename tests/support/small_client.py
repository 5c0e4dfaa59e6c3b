"""A client that is not ours: written from docs/protocol.md alone, with pyzmq and msgpack and nothing else.

It takes numbers, sends again what was not answered, and keeps a replica as one does that can't fold events: the last
snapshot, and the events since.
"""

import os
import time
from types import TracebackType
from typing import Any, Self

import msgpack
import zmq

SILENCE_MS = 3000
PAUSE_MS = 1000
ATTEMPTS = 5

Map = dict[str, Any]


class RefusedError(Exception):
    """The broker has answered with an error that nothing helps against here."""


class SmallClient:
    """One device. `keys` has its `public` and `secret` key and the `broker`'s, in Z85."""

    def __init__(
        self, requests: str, updates: str, keys: dict[str, str], silence_ms: int = SILENCE_MS
    ) -> None:
        self._addresses = requests, updates
        self._keys = keys
        self._silence_ms = silence_ms
        self._context = zmq.Context()
        self._asked = 0
        self._shown: Map | None = None
        self.welcome: Map = {}
        self.epoch = ""
        self.state: Map = {}
        """The outlet at the last snapshot."""
        self.since: list[Map] = []
        """The records that have followed it, without gap."""
        self.taken: list[str] = []
        """What was asked for to keep up: ``ask-updates``, ``ask-snapshot``."""
        self.connect()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._context.destroy(linger=0)

    @property
    def seq(self) -> int:
        """The number of the last event that it has."""
        return self.since[-1]["seq"] if self.since else self.state.get("seq", 0)

    # The connection

    def connect(self) -> None:
        """Throw both sockets away and make new ones, SUB first."""
        requests, updates = self._addresses
        self._context.destroy(linger=0)
        self._context = zmq.Context()
        self.updates = self._socket(zmq.SUB, updates)
        self.requests = self._socket(zmq.DEALER, requests)

    def _socket(self, kind: int, address: str) -> Any:
        socket = self._context.socket(kind)
        socket.linger = 0
        socket.rcvtimeo = self._silence_ms
        socket.curve_publickey = self._keys["public"].encode()
        socket.curve_secretkey = self._keys["secret"].encode()
        socket.curve_serverkey = self._keys["broker"].encode()
        if kind == zmq.SUB:
            socket.subscribe(b"")
        socket.connect(address)
        return socket

    def hello(self) -> Map:
        """Greet the broker, and show what is held of its history."""
        self.welcome = self._answer_to(self._greet())
        return self.welcome

    def _greet(self) -> str:
        message_id = self._new_id()
        shown = {} if self._shown is None else {"shown": self._shown}
        self.send(type="hello", id=message_id, versions=[1], program="small 0.1", **shown)
        return message_id

    # Requests

    def ask(self, **message: Any) -> Map:
        """Send a request until it is answered, over new connections too."""
        message = {"id": self._new_id()} | message
        for _ in range(ATTEMPTS):
            self.send(**message)
            try:
                answer = self._answer_to(message["id"])
            except zmq.Again:
                self.connect()
                self._greet()
                continue
            match answer:
                case {"type": "error", "code": "hello-first"}:
                    self.hello()
                case {"type": "error", "code": "too-many" | "not-stored"}:
                    self.requests.poll(PAUSE_MS)  # in vain: nothing is on its way
                case _:
                    return answer
        raise RefusedError(f"no answer to {message}")

    def command(self, under: str | None = None, **wish: Any) -> Map:
        """Ask for something to be done; `under` is the id of a command that may have been sent already."""
        return self.ask(type="command", id=under or new_command_id(), command=wish)

    def send(self, **message: Any) -> None:
        """Send one message and wait for nothing."""
        self.requests.send(msgpack.packb(message))

    def _new_id(self) -> str:
        self._asked += 1
        return str(self._asked)

    def _answer_to(self, message_id: str) -> Map:
        """The answer with that id, or an error without one; what answers something older is let go."""
        while True:
            answer = unpacked(self.requests.recv())
            if answer["id"] in (message_id, None):
                return answer

    # The replica

    def take_snapshot(self) -> None:
        """Ask for the whole state; its parts come one after another."""
        self.taken.append("ask-snapshot")
        part = self.ask(type="ask-snapshot")
        parts = {part["part"]: part}
        while len(parts) < part["parts"]:
            other = self._answer_to(part["id"])
            parts[other["part"]] = other
        body = b"".join(parts[place]["body"] for place in range(part["parts"]))
        self.epoch, self.state, self.since = part["epoch"], unpacked(body), []

    def listen(self) -> Map:
        """Take the next update or heartbeat, and whatever it shows to be missing."""
        message = unpacked(self.updates.recv())
        newest = message["records"][-1]["seq"] if message["type"] == "update" else message["seq"]
        self._shown = {"epoch": message["epoch"], "seq": newest, "mac": message["mac"]}
        if message["epoch"] != self.epoch:
            self.take_snapshot()
        if message["type"] == "update":
            self._apply(message["records"])
        while self.seq < newest:
            self._replay()
        return message

    def _replay(self) -> None:
        self.taken.append("ask-updates")
        answer = self.ask(type="ask-updates", start=self.seq + 1)
        if answer["type"] == "updates" and answer["epoch"] == self.epoch:
            self._apply(answer["records"])
        else:
            self.take_snapshot()

    def _apply(self, records: list[Map]) -> None:
        for record in records:
            if record["seq"] == self.seq + 1:
                self.since.append(record)


def unpacked(body: bytes) -> Map:
    """A message, or a state, whose maps may have integers as keys."""
    message: Map = msgpack.unpackb(body, strict_map_key=False)
    return message


def new_command_id() -> str:
    """A UUIDv7 as 32 hexadecimal digits."""
    value = time.time_ns() // 1_000_000 << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return f"{value:032x}"
