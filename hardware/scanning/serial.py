"""A scanner on a serial line, or one that shows itself as a serial port over USB, through pyserial."""

import contextlib
import threading
from collections.abc import Callable

import serial  # type: ignore[import-untyped]
import structlog

from hardware.connections.address import Flow, SerialAddress
from hardware.scanning.reading import Dropped, ScanReader

log = structlog.get_logger()

_SILENCE_SECONDS = 0.1
"""So long nothing comes: what came is whole, whether or not the scanner ends its codes."""

_FIRST_RETRY_SECONDS, _LAST_RETRY_SECONDS = 0.25, 4.0

_NOT_THERE: tuple[type[Exception], ...] = (OSError, ValueError)
"""Pyserial's word for a speed that a line cannot have is ValueError."""
with contextlib.suppress(ImportError):  # Windows has none; pyserial raises its own alone, which is an OSError
    import termios

    _NOT_THERE = (OSError, ValueError, termios.error)


class SerialScanner:
    """Its thread waits for scans and tells each by `on_scan`, in that thread. A scanner that vanishes is picked up
    again when it returns.
    """

    def __init__(self, address: SerialAddress, on_scan: Callable[[str], None]) -> None:
        self._address = address
        self._on_scan = on_scan
        self._stopping = threading.Event()
        self._connected = threading.Event()
        self._log = log.bind(scanner=str(address))
        self._thread = threading.Thread(target=self._run, name=f"scanner {address}", daemon=True)

    @property
    def is_connected(self) -> bool:
        return self._connected.is_set()

    def start(self) -> None:
        """Begin to listen; returns at once, whether the scanner is there or not."""
        self._thread.start()

    def stop(self, within_seconds: float = 2.0) -> None:
        """End listening; returns at the latest after that time."""
        self._stopping.set()
        self._thread.join(within_seconds)
        if self._thread.is_alive():
            self._log.warning("a scanner holds its thread")

    def _run(self) -> None:
        wait, is_told = _FIRST_RETRY_SECONDS, False
        while not self._stopping.is_set():
            try:
                with self._line() as line:
                    self._log.info("scanner connected")
                    self._connected.set()
                    wait, is_told = _FIRST_RETRY_SECONDS, False
                    self._listen(line)
            except _NOT_THERE as error:
                if not is_told:
                    self._log.warning("scanner not connected", why=str(error))
                    is_told = True
            self._connected.clear()
            self._stopping.wait(wait)
            wait = min(wait * 2, _LAST_RETRY_SECONDS)

    def _line(self) -> serial.Serial:
        return serial.Serial(
            self._address.device,
            self._address.baud,
            timeout=_SILENCE_SECONDS,
            xonxoff=self._address.flow is Flow.XON,
            rtscts=self._address.flow is Flow.RTS,
            exclusive=True,
        )

    def _listen(self, line: serial.Serial) -> None:
        reader = ScanReader()
        while not self._stopping.is_set():
            first = line.read(1)
            scans = reader.feed(first + line.read(line.in_waiting)) if first else reader.quiet()
            for scan in scans:
                self._tell(scan)

    def _tell(self, scan: str | Dropped) -> None:
        match scan:
            case Dropped():
                self._log.warning("scan dropped", why=str(scan))
            case str():
                self._on_scan(scan)
