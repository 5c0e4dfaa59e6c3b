"""The broker's two listening sockets, both CURVE servers behind one doorkeeper, and their bounded end."""

from collections.abc import Mapping

import zmq
from msgspec import Struct

from broker.domain.values import DeviceId
from broker.protocol.codec import LARGEST_REQUEST_BYTES
from broker.server.errors import AddressInUseError, AddressInvalidError
from broker.server.zap import DOMAIN, Doorkeeper

HANDSHAKE_MS = 5000
HEARTBEAT_MS = 2000
GONE_AFTER_MS = 6000
LINGER_MS = 500
"""How long what is already answered may take to leave when the broker stops."""

MESSAGES_WAITING = 1000
"""Answers, or updates, that may wait for one slow device; further ones are dropped, and it asks again."""

LARGEST_MESSAGE_BYTES = LARGEST_REQUEST_BYTES + 4096
"""ZeroMQ cuts off who sends more; a message over the protocol's own limit but under this one gets an answer."""


class KeyPair(Struct, frozen=True):
    """A CURVE key pair in Z85."""

    public: str
    secret: str


class Addresses(Struct, frozen=True):
    """Where devices connect, e.g. ``tcp://192.168.7.2:5570``; port 0 means any that is free."""

    requests: str
    updates: str


class Sockets:
    """The bound sockets. Raises AddressInUseError or AddressInvalidError."""

    def __init__(self, addresses: Addresses, keys: KeyPair, known: Mapping[str, DeviceId]) -> None:
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self._opened: list[zmq.Socket[bytes]] = []
        try:
            self.doorkeeper = Doorkeeper(self._context, known)
            self._opened.append(self.doorkeeper.socket)
            self.requests = self._listen(zmq.ROUTER, addresses.requests, keys)
            self.updates = self._listen(zmq.PUB, addresses.updates, keys)
        except BaseException:
            self.close()
            raise
        self.bound = Addresses(_address_of(self.requests), _address_of(self.updates))
        """The addresses with their real ports."""

    def _listen(self, kind: int, address: str, keys: KeyPair) -> zmq.Socket[bytes]:
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
        socket.curve_publickey = keys.public.encode()
        socket.curve_secretkey = keys.secret.encode()
        try:
            socket.bind(address)
        except zmq.ZMQError as error:
            kind_of_error = AddressInUseError if error.errno == zmq.EADDRINUSE else AddressInvalidError
            raise kind_of_error(address, error.strerror) from error
        return socket

    def close(self) -> None:
        """Close everything; returns at the latest when the sockets have lingered."""
        for socket in self._opened:
            socket.close()
        self._context.term()


def _address_of(socket: zmq.Socket[bytes]) -> str:
    return socket.getsockopt_string(zmq.LAST_ENDPOINT).rstrip("\0")
