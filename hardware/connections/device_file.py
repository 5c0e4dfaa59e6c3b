"""A printer that the kernel shows as a file, such as usblp's /dev/usb/lp0.

Not through python-escpos' driver, which cannot read, waits without end, and makes a file where the device is missing.
"""

import os
import select
import time

from hardware.connection import ConnectionLost
from hardware.connections.address import DeviceFileAddress

_READ_BYTES = 4096
_PAUSE_SECONDS = 0.01
_GONE = select.POLLHUP | select.POLLERR | select.POLLNVAL


class DeviceFileConnection:
    """The printer behind a device file; see `hardware.connection.Connection`."""

    def __init__(self, address: DeviceFileAddress) -> None:
        self._address = address
        self._file: int | None = None

    @property
    def description(self) -> str:
        return str(self._address)

    def open(self, within_seconds: float) -> None:  # noqa: ARG002 - without blocking, opening does not wait
        self.close()
        try:
            self._file = os.open(self._address.path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        except OSError as error:
            raise ConnectionLost(f"{self.description}: {error.strerror}") from error

    def write(self, data: bytes, within_seconds: float) -> None:
        end = time.monotonic() + within_seconds
        rest = memoryview(data)
        while rest:
            file = self._ready_for(select.POLLOUT, end)
            if file is None:
                raise ConnectionLost(f"{self.description}: the printer takes no more")
            try:
                rest = rest[os.write(file, rest) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise ConnectionLost(f"{self.description}: {error.strerror}") from error

    def read(self, within_seconds: float) -> bytes:
        end = time.monotonic() + within_seconds
        while (file := self._ready_for(select.POLLIN, end)) is not None:
            try:
                data = os.read(file, _READ_BYTES)
            except BlockingIOError:
                continue
            except OSError as error:
                raise ConnectionLost(f"{self.description}: {error.strerror}") from error
            if data:
                return data
            if self._happened(0, 0.0):
                raise self._gone()
            # usblp's way to say that the printer had nothing to say.
            time.sleep(min(_PAUSE_SECONDS, max(0.0, end - time.monotonic())))
        return b""

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _ready_for(self, what: int, end: float) -> int | None:
        """The file, once it can be read or written; None when the time is over."""
        left = end - time.monotonic()
        happened = self._happened(what, max(0.0, left))
        if happened & _GONE and not happened & select.POLLIN & what:
            raise self._gone()
        return self._file if happened and left > 0 else None

    def _happened(self, what: int, within_seconds: float) -> int:
        """What of it, or what end of the device, the kernel tells in time."""
        if self._file is None:
            raise ConnectionLost(f"{self.description}: not connected")
        poll = select.poll()
        poll.register(self._file, what)
        return dict(poll.poll(within_seconds * 1000)).get(self._file, 0)

    def _gone(self) -> ConnectionLost:
        return ConnectionLost(f"{self.description}: the device has gone")
