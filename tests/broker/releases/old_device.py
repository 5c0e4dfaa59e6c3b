"""A device of an older release, run in a process of its own with that release's client first on the path.

It does what it is told, one JSON line after another, and answers each with one: a test speaks with it as with a
person at the device. It uses only what every release's client has had.
"""

import json
import queue
import sys
import threading
import time
from typing import Any

import msgspec
import structlog

import broker
from broker.client import DeviceKeys, Endpoints, Link, Session, Transport, new_request_id
from broker.domain.codec import encode_state
from broker.domain.commands import AnyCommand
from broker.protocol.messages import SignIn

TICK_SECONDS = 0.05

Line = dict[str, Any]


class Wire:
    """The session's way out, where what it asks for is counted."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self.sent: dict[str, int] = {}

    def send(self, body: bytes) -> None:
        kind = msgspec.msgpack.decode(body)["type"]
        self.sent[kind] = self.sent.get(kind, 0) + 1
        self._transport.send(body)

    def renew(self) -> None:
        self._transport.renew()


class OldDevice:
    """One session, and the lines that wait for something to come true."""

    def __init__(self, endpoints: Endpoints, keys: DeviceKeys) -> None:
        self._inbox: queue.Queue[Any] = queue.Queue()
        self._transport = Transport(endpoints, keys, self._inbox.put)
        self._wire = Wire(self._transport)
        self._session = Session(self._wire, "a device of an older release", time.monotonic)
        self._awaited: list[Line] = []

    def run(self) -> None:
        """Until standard input ends."""
        reader = threading.Thread(target=self._read, daemon=True)
        self._transport.start()
        self._session.start()
        reader.start()
        answer({"broker": broker.__file__})
        while (message := self._next()) is not None:
            if isinstance(message, dict):
                self._do(message)
            elif message is not TICK:
                self._session.receive(message)
            self._session.tick()
            self._tell_what_came_true()
        self._transport.stop()

    def _next(self) -> Any:
        try:
            return self._inbox.get(timeout=TICK_SECONDS)
        except queue.Empty:
            return TICK

    def _read(self) -> None:
        for line in sys.stdin:
            self._inbox.put(json.loads(line))
        self._inbox.put(None)

    def _do(self, line: Line) -> None:
        match line["do"]:
            case "send":
                self._session.send(msgspec.convert(line["command"], AnyCommand), told)
            case "sign-in":
                self._session.ask(SignIn(new_request_id(), line["clerk"], line["pin"]), told)
            case "wait":
                self._awaited.append(line)
            case other:
                raise ValueError(other)

    def _tell_what_came_true(self) -> None:
        session = self._session
        for line in list(self._awaited):
            if session.link is Link[line["link"]] and session.state.seq >= line["seq"]:
                self._awaited.remove(line)
                answer({"state": encode_state(session.state).hex(), "sent": self._wire.sent})


TICK = object()


def told(reply: Any) -> None:
    """Pass an answer of the broker's on."""
    answer(msgspec.to_builtins(reply) if isinstance(reply, msgspec.Struct) else {"type": str(reply)})


def answer(line: Line) -> None:
    """One line for whoever runs this."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    given = json.loads(sys.argv[1])
    OldDevice(Endpoints(**given["endpoints"]), DeviceKeys(**given["keys"])).run()
