"""The broker's two listening sockets, both CURVE servers behind one doorkeeper, and their bounded end.

A socket is closed and bound anew where nobody who is connected may stay: libzmq has no other way to end a
connection. Devices that may come back do within a moment.
"""

import time

import zmq
from msgspec import Struct

from broker.protocol.codec import LARGEST_REQUEST_BYTES
from broker.server.callers import Callers
from broker.server.errors import AddressInUseError, AddressInvalidError
from broker.server.keys import KeyPair
from broker.server.zap import DOMAIN, Admit, Doorkeeper

HANDSHAKE_MS = 5000
SETTLED_SECONDS = HANDSHAKE_MS / 1000 + 1
HEARTBEAT_MS = 2000
GONE_AFTER_MS = 6000
LINGER_MS = 500
"""How long what is already answered may take to leave when the broker stops."""

MESSAGES_WAITING = 1000
"""Answers, or updates, that may wait for one slow device; further ones are dropped, and it asks again."""

LARGEST_MESSAGE_BYTES = LARGEST_REQUEST_BYTES + 4096
"""ZeroMQ cuts off who sends more; a message over the protocol's own limit but under this one gets an answer."""

BIND_AGAIN_SECONDS = 5.0
BIND_PAUSE_SECONDS = 0.002
"""A closed socket gives its address up a moment later, in libzmq's own thread."""


class Addresses(Struct, frozen=True):
    """Where devices connect, e.g. ``tcp://192.168.7.2:5570``; port 0 means any that is free."""

    requests: str
    updates: str


class Sockets:
    """The bound sockets. Raises AddressInUseError or AddressInvalidError."""

    def __init__(self, addresses: Addresses, keys: KeyPair, admit: Admit) -> None:
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self._keys = keys
        self._opened: list[zmq.Socket[bytes]] = []
        self._callers: dict[zmq.Socket[bytes], Callers] = {}
        self._in_vain = 0
        """Callers of sockets that have been closed."""
        try:
            self.doorkeeper = Doorkeeper(self._context, admit)
            self._opened.append(self.doorkeeper.socket)
            self.requests = self._listen(zmq.ROUTER, addresses.requests)
            self.updates = self._listen(zmq.PUB, addresses.updates)
        except BaseException:
            self.close()
            raise
        self.bound = Addresses(_address_of(self.requests), _address_of(self.updates))
        """The addresses with their real ports."""

    def renew_updates(self) -> None:
        """End all connections to the updates; what was not sent to them yet is let go."""
        self._end(self.updates, linger=0)
        self.updates = self._listen_again(zmq.PUB, self.bound.updates)

    def renew_all(self, keys: KeyPair) -> None:
        """End all connections, and serve under other keys."""
        self._keys = keys
        self._end(self.requests, LINGER_MS)
        self.requests = self._listen_again(zmq.ROUTER, self.bound.requests)
        self.renew_updates()

    def close(self) -> None:
        """Close everything; returns at the latest when the sockets have lingered."""
        for socket in self._opened:
            self._end(socket)
        self._context.term()

    def strangers(self) -> int:
        """How many have connected, were not let in, and are gone. To be asked about once a second, as
        `Callers.in_vain`.
        """
        in_vain = self._in_vain + sum(each.in_vain() for each in self._callers.values())
        return max(in_vain, self.doorkeeper.refused)

    def _end(self, socket: "zmq.Socket[bytes]", linger: int | None = None) -> None:
        callers = self._callers.pop(socket, None)
        if callers is not None:
            self._in_vain += callers.close()
        socket.close(linger)

    def _listen_again(self, kind: int, address: str) -> zmq.Socket[bytes]:
        ends = time.monotonic() + BIND_AGAIN_SECONDS
        self._opened = [each for each in self._opened if not each.closed]
        while True:
            try:
                return self._listen(kind, address)
            except AddressInUseError:
                self._end(self._opened.pop(), linger=0)
                if time.monotonic() > ends:
                    raise
                time.sleep(BIND_PAUSE_SECONDS)

    def _listen(self, kind: int, address: str) -> zmq.Socket[bytes]:
        socket = self._context.socket(kind)
        self._opened.append(socket)
        socket.linger = LINGER_MS
        socket.sndhwm = MESSAGES_WAITING
        socket.setsockopt(zmq.HANDSHAKE_IVL, HANDSHAKE_MS)
        socket.setsockopt(zmq.HEARTBEAT_IVL, HEARTBEAT_MS)
        socket.setsockopt(zmq.HEARTBEAT_TIMEOUT, GONE_AFTER_MS)
        socket.setsockopt(zmq.MAXMSGSIZE, LARGEST_MESSAGE_BYTES)
        socket.setsockopt(zmq.ZAP_DOMAIN, DOMAIN)
        socket.curve_server = True
        socket.curve_publickey = self._keys.public.encode()
        socket.curve_secretkey = self._keys.secret.encode()
        self._callers[socket] = Callers(socket, SETTLED_SECONDS, time.monotonic)
        try:
            socket.bind(address)
        except zmq.ZMQError as error:
            kind_of_error = AddressInUseError if error.errno == zmq.EADDRINUSE else AddressInvalidError
            raise kind_of_error(address, error.strerror) from error
        return socket


def _address_of(socket: zmq.Socket[bytes]) -> str:
    return socket.getsockopt_string(zmq.LAST_ENDPOINT).rstrip("\0")
