"""The thread that owns a device's sockets: a DEALER for requests, a SUB for updates, both under CURVE.

It knows nothing of what the messages mean: bytes come in by `send`, decoded messages go out by the callback, in
this thread. A connection that has gone silent is thrown away and made anew, as the session asks.
"""

import threading
from collections import deque
from collections.abc import Callable

import structlog
import zmq
from msgspec import Struct

from broker.client.device import DeviceKeys, Keyring
from broker.protocol.codec import MalformedError, decode_answer, decode_broadcast
from broker.protocol.messages import Answer, Broadcast

log = structlog.get_logger(__name__)

STOP_SECONDS = 5.0
CONNECT_MS = 500
"""A first packet that is not answered is not left to the kernel, which waits longer each time: it is sent anew."""

HANDSHAKE_MS = 1000
"""A connection on which nobody greets is given up; round trips of a third of a second are too long for an outlet."""

RECONNECT_MS = 100
"""Between two attempts, and by chance up to twice that: when a network is back, not all devices come at one moment."""

SEND_QUEUE = 1000


class Endpoints(Struct, frozen=True):
    """Where the broker listens, e.g. ``tcp://192.168.7.2:5570`` and ``tcp://192.168.7.2:5571``."""

    requests: str
    updates: str


class Unreadable(Struct, frozen=True):
    """A message came that this program does not understand, perhaps a newer broker's."""


class Reached(Struct, frozen=True):
    """The broker has answered on a new connection, to these keys."""

    keys: DeviceKeys


Inbound = Answer | Broadcast | Unreadable | Reached


class Transport:
    """One device's sockets. `deliver` is called in the transport's thread; it must only pass the message on."""

    def __init__(self, endpoints: Endpoints, keyring: Keyring, deliver: Callable[[Inbound], None]) -> None:
        self._endpoints = endpoints
        self._keyring = keyring
        self._keys = keyring.candidates()[0]
        self._reached = False
        self._attempts = 0
        self._deliver = deliver
        self._outgoing: deque[bytes | None] = deque()
        self._context = zmq.Context()
        self._wake_address = f"inproc://wake-{id(self)}"
        self._woken = self._context.socket(zmq.PAIR)
        self._woken.bind(self._wake_address)
        self._waker = self._context.socket(zmq.PAIR)
        self._waker.connect(self._wake_address)
        self._waker_lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="transport", daemon=True)

    def start(self) -> None:
        """Open the sockets and begin."""
        self._thread.start()

    def send(self, body: bytes) -> None:
        """Hand one message over; never blocks."""
        self._outgoing.append(body)
        self._wake()

    def renew(self) -> None:
        """Throw the sockets away and make new ones; what was handed over before goes out on the old ones."""
        self._outgoing.append(None)
        self._wake()

    def stop(self) -> None:
        """Close everything; returns when the thread has ended."""
        self._stopping.set()
        self._wake()
        if self._thread.ident is not None:
            self._thread.join(STOP_SECONDS)
        with self._waker_lock:
            self._waker.close(linger=0)
        self._woken.close(linger=0)
        self._context.term()

    def _wake(self) -> None:
        with self._waker_lock:
            if not self._waker.closed:
                try:
                    self._waker.send(b"", zmq.NOBLOCK)
                except zmq.Again:
                    log.debug("the transport has been woken already")

    def _run(self) -> None:
        requests, updates = self._connect()
        poller = zmq.Poller()
        poller.register(self._woken, zmq.POLLIN)
        poller.register(requests, zmq.POLLIN)
        poller.register(updates, zmq.POLLIN)
        while not self._stopping.is_set():
            ready = dict(poller.poll())
            if self._woken in ready:
                self._drain_wakes()
                while self._outgoing and not self._stopping.is_set():
                    body = self._outgoing.popleft()
                    if body is None:
                        for old in (requests, updates):
                            poller.unregister(old)
                            old.close(linger=0)
                        self._choose_keys()
                        requests, updates = self._connect()
                        poller.register(requests, zmq.POLLIN)
                        poller.register(updates, zmq.POLLIN)
                    else:
                        self._send_now(requests, body)
            self._receive(requests, decode_answer)
            self._receive(updates, decode_broadcast)
        requests.close(linger=0)
        updates.close(linger=0)

    def _choose_keys(self) -> None:
        """While keys are renewed the next ones may be the right ones: all are tried in turn until one is answered."""
        self._attempts = 0 if self._reached else self._attempts + 1
        self._reached = False
        candidates = self._keyring.candidates()
        self._keys = candidates[self._attempts % len(candidates)]

    def _connect(self) -> tuple[zmq.Socket[bytes], zmq.Socket[bytes]]:
        updates = self._secured(zmq.SUB)
        updates.setsockopt(zmq.SUBSCRIBE, b"")
        updates.connect(self._endpoints.updates)
        requests = self._secured(zmq.DEALER)
        requests.setsockopt(zmq.SNDHWM, SEND_QUEUE)
        requests.connect(self._endpoints.requests)
        return requests, updates

    def _secured(self, kind: int) -> zmq.Socket[bytes]:
        socket: zmq.Socket[bytes] = self._context.socket(kind)
        socket.setsockopt(zmq.LINGER, 0)
        socket.setsockopt(zmq.CONNECT_TIMEOUT, CONNECT_MS)
        socket.setsockopt(zmq.HANDSHAKE_IVL, HANDSHAKE_MS)
        socket.setsockopt(zmq.HEARTBEAT_IVL, 1000)
        socket.setsockopt(zmq.HEARTBEAT_TIMEOUT, 3000)
        socket.setsockopt(zmq.RECONNECT_IVL, RECONNECT_MS)
        socket.curve_publickey = self._keys.public.encode()
        socket.curve_secretkey = self._keys.secret.encode()
        socket.curve_serverkey = self._keys.broker.encode()
        return socket

    def _drain_wakes(self) -> None:
        while True:
            try:
                self._woken.recv(zmq.NOBLOCK)
            except zmq.Again:
                return

    def _send_now(self, requests: zmq.Socket[bytes], body: bytes) -> None:
        try:
            requests.send(body, zmq.NOBLOCK)
        except zmq.Again:
            log.warning("the broker takes no messages; the session sends again")

    def _receive(
        self, socket: zmq.Socket[bytes], decode: Callable[[bytes], Answer] | Callable[[bytes], Broadcast]
    ) -> None:
        while not self._stopping.is_set():
            try:
                body = socket.recv(zmq.NOBLOCK)
            except zmq.Again:
                return
            if not self._reached:
                self._reached = True
                self._deliver(Reached(self._keys))
            try:
                self._deliver(decode(body))
            except MalformedError as error:
                log.warning("a message that this program does not understand", error=str(error))
                self._deliver(Unreadable())
