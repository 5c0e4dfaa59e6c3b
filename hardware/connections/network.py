"""A printer on the network: raw bytes over TCP (port 9100), reached through python-escpos' own driver.

Of that driver only the connection is used: reading and writing have deadlines of their own here, since it looks at
the first byte of a reply alone and tells a vanished printer from a well one by luck.
"""

import ipaddress
import queue
import socket
import threading
import time

from hardware.connection import ConnectionLost
from hardware.connections.address import PRINT_PORT, NetworkAddress
from hardware.escpos.library import DeviceNotFoundError, Network

_READ_BYTES = 4096
_LEAST_SECONDS = 0.001  # a socket takes 0 for "do not wait at all"


class NetworkConnection:
    """The printer at `host`; see `hardware.connection.Connection`."""

    def __init__(self, host: str, port: int = PRINT_PORT) -> None:
        self._host = host
        self._port = port
        self._network: Network | None = None

    @property
    def description(self) -> str:
        return str(NetworkAddress(self._host, self._port))

    def open(self, within_seconds: float) -> None:
        self.close()
        end = time.monotonic() + within_seconds
        host = self._found(within_seconds)
        network = _TidyNetwork(host, port=self._port, timeout=max(_LEAST_SECONDS, end - time.monotonic()))
        try:
            network.open()
        except DeviceNotFoundError as error:
            raise ConnectionLost(f"{self.description}: {error.__context__}") from error.__context__
        self._network = network
        self._socket(within_seconds).setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

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
        if self._network is not None:
            self._network.close()
            self._network = None

    def _found(self, within_seconds: float) -> str:
        """The host's number. Looking up a name has no time limit of its own: a thread waits for it."""
        try:
            return str(ipaddress.ip_address(self._host))
        except ValueError:
            pass
        answers: queue.SimpleQueue[str | OSError] = queue.SimpleQueue()
        threading.Thread(
            target=_look_up, args=(self._host, answers), name="name look-up", daemon=True
        ).start()
        try:
            answer = answers.get(timeout=within_seconds)
        except queue.Empty:
            raise ConnectionLost(f"{self.description}: no answer to the question for its number") from None
        if isinstance(answer, OSError):
            raise ConnectionLost(f"{self.description}: {answer}") from answer
        return answer

    def _socket(self, within_seconds: float) -> socket.socket:
        if self._network is None:
            raise ConnectionLost(f"{self.description}: not connected")
        line = self._network.device
        assert isinstance(line, socket.socket)
        line.settimeout(max(_LEAST_SECONDS, within_seconds))
        return line


def _look_up(host: str, answers: "queue.SimpleQueue[str | OSError]") -> None:
    try:
        answers.put(socket.gethostbyname(host))
    except OSError as error:
        answers.put(error)
    except UnicodeError as error:  # a name that is none
        answers.put(OSError(str(error)))


class _TidyNetwork(Network):  # type: ignore[misc]
    """python-escpos forgets the socket of an attempt that failed; this closes it."""

    _device: socket.socket | bool | None

    @property
    def device(self) -> object:
        return super().device

    @device.setter
    def device(self, device: socket.socket | None) -> None:
        if device is None and isinstance(self._device, socket.socket):
            self._device.close()
        self._device = device
