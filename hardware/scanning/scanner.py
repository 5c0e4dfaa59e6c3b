"""A program's scanner as its settings describe it."""

from collections.abc import Callable

from hardware.scanning.reading import code_in
from hardware.scanning.serial import SerialScanner
from hardware.scanning.settings import ScannerSettings, line_of


class Scanner:
    """Raises DeviceSettingError for an address that names no line.

    `on_code` is called in the scanner's own thread, with each code that comes over its line. One that types like a
    keyboard is heard by the program's window; what it typed becomes a code by `code_in`.
    """

    def __init__(self, settings: ScannerSettings, on_code: Callable[[str], None]) -> None:
        self._settings = settings
        line = line_of(settings)
        self._serial = None if line is None else SerialScanner(line, lambda text: on_code(self.code_in(text)))

    def code_in(self, scanned: str) -> str:
        """What was read, without what the scanner puts around it."""
        return code_in(scanned, self._settings.prefix, self._settings.suffix)

    def start(self) -> None:
        if self._serial is not None:
            self._serial.start()

    def stop(self) -> None:
        if self._serial is not None:
            self._serial.stop()
