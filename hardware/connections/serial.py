"""A printer on a serial line, through pyserial.

Not through python-escpos' driver: it opens a line that another program has, sets it to its own speed before anybody
could object, can't be told of flow control by RTS and CTS, and its closing waits for a stopped printer without end.
"""

import contextlib
import time

import serial  # type: ignore[import-untyped]

from hardware.connection import ConnectionLost
from hardware.connections.address import Flow, SerialAddress

_GONE: tuple[type[Exception], ...] = (OSError,)
with contextlib.suppress(ImportError):  # Windows has none; pyserial raises its own alone, which is an OSError
    import termios

    _GONE = (OSError, termios.error)

_NOT_OPENED: tuple[type[Exception], ...] = (
    *_GONE,
    ValueError,
)  # pyserial's word for a speed that a line cannot have is ValueError
_BITS_PER_BYTE = 10
_LONGEST_PAUSE_SECONDS = 0.05


class SerialConnection:
    """The printer at the end of a line, eight bits without parity; see `hardware.connection.Connection`.

    What was written has left the machine: else closing the line would hold the thread, or lose it.
    """

    def __init__(self, address: SerialAddress) -> None:
        self._address = address
        self._line: serial.Serial | None = None

    @property
    def description(self) -> str:
        return str(self._address)

    def open(self, within_seconds: float) -> None:  # noqa: ARG002 - opening a line does not wait
        self.close()
        try:
            self._line = serial.Serial(
                self._address.device,
                self._address.baud,
                timeout=0,
                xonxoff=self._address.flow is Flow.XON,
                rtscts=self._address.flow is Flow.RTS,
                exclusive=True,
            )
        except _NOT_OPENED as error:
            raise ConnectionLost(f"{self.description}: {error}") from error

    def write(self, data: bytes, within_seconds: float) -> None:
        end = time.monotonic() + within_seconds
        line = self._opened()
        try:
            line.write_timeout = within_seconds
            line.write(data)
            while waiting := line.out_waiting:
                left = end - time.monotonic()
                if left <= 0:
                    raise serial.SerialTimeoutException("the printer takes no more")
                on_the_way = waiting * _BITS_PER_BYTE / self._address.baud
                time.sleep(min(left, on_the_way, _LONGEST_PAUSE_SECONDS))
        except _GONE as error:
            raise ConnectionLost(f"{self.description}: {error}") from error

    def read(self, within_seconds: float) -> bytes:
        line = self._opened()
        try:
            line.timeout = within_seconds
            first = bytes(line.read(1))
            return first + bytes(line.read(line.in_waiting)) if first else first
        except _GONE as error:
            raise ConnectionLost(f"{self.description}: {error}") from error

    def close(self) -> None:
        line, self._line = self._line, None
        if line is None:
            return
        with contextlib.suppress(*_GONE):  # of a line that has gone there is nothing to drop
            line.reset_output_buffer()  # what a stopped printer has not taken, closing would wait for
        line.close()

    def _opened(self) -> serial.Serial:
        if self._line is None:
            raise ConnectionLost(f"{self.description}: not connected")
        return self._line
