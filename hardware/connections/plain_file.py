"""A file on a disk that collects pages, for a program that prints them later or for a look at their bytes."""

import os
import time

from hardware.connection import ConnectionLost
from hardware.connections.address import PlainFileAddress


class PlainFileConnection:
    """A file that each page is added to; see `hardware.connection.Connection`. It answers nothing.

    What was written is on the disk. The folder must be there.
    """

    def __init__(self, address: PlainFileAddress) -> None:
        self._address = address
        self._file: int | None = None

    @property
    def description(self) -> str:
        return str(self._address)

    def open(self, within_seconds: float) -> None:  # noqa: ARG002 - a disk is not waited for
        self.close()
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK | os.O_CLOEXEC
        try:
            self._file = os.open(self._address.path, flags, 0o600)
        except OSError as error:
            raise ConnectionLost(f"{self.description}: {error.strerror}") from error

    def write(self, data: bytes, within_seconds: float) -> None:  # noqa: ARG002 - a disk is not waited for
        file = self._opened()
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(file, rest) :]
            os.fsync(file)
        except OSError as error:
            raise ConnectionLost(f"{self.description}: {error.strerror}") from error

    def read(self, within_seconds: float) -> bytes:
        self._opened()
        time.sleep(within_seconds)
        return b""

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _opened(self) -> int:
        if self._file is None:
            raise ConnectionLost(f"{self.description}: not connected")
        return self._file
