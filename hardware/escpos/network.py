"""A printer on the network: raw bytes over TCP (port 9100), reached through python-escpos' own driver.

Of that driver only the connection is used: reading and writing have deadlines of their own here, since it looks at
the first byte of a reply alone and tells a vanished printer from a well one by luck.
"""

import socket

from hardware.connection import ConnectionLost
from hardware.escpos.library import DeviceNotFoundError, Network

_READ_BYTES = 4096


class NetworkConnection:
    """The printer at `host`; see `hardware.connection.Connection`."""

    def __init__(self, host: str, port: int = 9100) -> None:
        self._host = host
        self._port = port
        self._network: Network | None = None

    @property
    def description(self) -> str:
        return f"{self._host}:{self._port}"

    def open(self, within_seconds: float) -> None:
        self.close()
        network = _TidyNetwork(self._host, port=self._port, timeout=within_seconds)
        try:
            network.open()
        except DeviceNotFoundError as error:
            raise ConnectionLost(f"{self.description}: {error.__context__}") from error
        self._network = network
        self._socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def write(self, data: bytes, within_seconds: float) -> None:
        line = self._socket()
        line.settimeout(within_seconds)
        try:
            line.sendall(data)
        except OSError as error:
            raise ConnectionLost(f"{self.description}: {error}") from error

    def read(self, within_seconds: float) -> bytes:
        line = self._socket()
        line.settimeout(within_seconds)
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

    def _socket(self) -> socket.socket:
        if self._network is None:
            raise ConnectionLost(f"{self.description}: not connected")
        line = self._network.device
        assert isinstance(line, socket.socket)
        return line


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
