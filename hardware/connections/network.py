"""A printer on the network: raw bytes over TCP (port 9100), by IPv4 or IPv6.

Not through python-escpos' driver: that reaches IPv4 alone, forgets the socket of an attempt that failed, looks at the
first byte of a reply alone and tells a vanished printer from a well one by luck.
"""

import contextlib
import queue
import socket
import threading
import time
from typing import Any

from hardware.connection import ConnectionLost
from hardware.connections.address import PRINT_PORT, NetworkAddress

_READ_BYTES = 4096
_LEAST_SECONDS = 0.001  # a socket takes 0 for "do not wait at all"

_Place = tuple[int, Any]
"""A family of addresses, and an address as its sockets take it."""


class NetworkConnection:
    """The printer at `host`; see `hardware.connection.Connection`."""

    def __init__(self, host: str, port: int = PRINT_PORT) -> None:
        self._host = host
        self._port = port
        self._line: socket.socket | None = None

    @property
    def description(self) -> str:
        return str(NetworkAddress(self._host, self._port))

    def open(self, within_seconds: float) -> None:
        self.close()
        end = time.monotonic() + within_seconds
        places = self._places(within_seconds)
        failed = OSError("it has no number")
        for tried, place in enumerate(places):
            # One that swallows all it is sent leaves time for the next.
            share = (end - time.monotonic()) / (len(places) - tried)
            try:
                self._line = _reached(place, share)
            except OSError as error:
                failed = error
            else:
                return
        raise ConnectionLost(f"{self.description}: {failed}") from failed

    def write(self, data: bytes, within_seconds: float) -> None:
        line = self._socket(within_seconds)
        try:
            line.sendall(data)
        except OSError as error:
            raise ConnectionLost(f"{self.description}: {error}") from error

    def read(self, within_seconds: float) -> bytes:
        line = self._socket(within_seconds)
        try:
            data = line.recv(_READ_BYTES)
        except TimeoutError:
            return b""
        except OSError as error:
            raise ConnectionLost(f"{self.description}: {error}") from error
        if not data:
            raise ConnectionLost(f"{self.description}: closed by the printer")
        return data

    def close(self) -> None:
        if self._line is not None:
            with contextlib.suppress(OSError):  # the other end has gone already
                self._line.shutdown(socket.SHUT_RDWR)
            self._line.close()
            self._line = None

    def _places(self, within_seconds: float) -> list[_Place]:
        """Where the host is, by IPv6 or IPv4. Looking up a name has no time limit of its own: a thread waits for it."""
        answers: queue.SimpleQueue[list[_Place] | OSError] = queue.SimpleQueue()
        threading.Thread(
            target=_look_up, args=(self._host, self._port, answers), name="name look-up", daemon=True
        ).start()
        try:
            answer = answers.get(timeout=within_seconds)
        except queue.Empty:
            raise ConnectionLost(f"{self.description}: no answer to the question for its number") from None
        if isinstance(answer, OSError):
            raise ConnectionLost(f"{self.description}: {answer}") from answer
        return answer

    def _socket(self, within_seconds: float) -> socket.socket:
        if self._line is None:
            raise ConnectionLost(f"{self.description}: not connected")
        self._line.settimeout(max(_LEAST_SECONDS, within_seconds))
        return self._line


def _look_up(host: str, port: int, answers: "queue.SimpleQueue[list[_Place] | OSError]") -> None:
    try:
        answers.put([(each[0], each[4]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)])
    except OSError as error:
        answers.put(error)
    except UnicodeError as error:  # a name that is none
        answers.put(OSError(str(error)))


def _reached(place: _Place, within_seconds: float) -> socket.socket:
    """Raises OSError."""
    family, address = place
    line = socket.socket(family, socket.SOCK_STREAM)
    try:
        line.settimeout(max(_LEAST_SECONDS, within_seconds))
        line.connect(address)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError:
        line.close()
        raise
    return line
