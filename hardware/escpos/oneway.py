"""The talk with a printer that never answers: pages go out, and nobody knows what becomes of them.

It is reached anew for each look and each page: only that shows whether its device is still there.
"""

from hardware.connection import Connection, ConnectionLost
from hardware.conversation import Deadlines, Seen
from hardware.job import Failed, Outcome, PrinterState, Unknown

_INITIALIZE = b"\x1b@"


class OneWay:
    """The printer is taken for ready while its device can be reached."""

    def __init__(self, connection: Connection, deadlines: Deadlines) -> None:
        self._connection = connection
        self._deadlines = deadlines

    def open(self) -> None:
        """Nothing is held open between pages."""

    def look(self) -> Seen:
        self._connection.open(self._deadlines.connect)
        self._connection.close()
        return Seen(PrinterState.READY)

    def print(self, data: bytes, number: int) -> Outcome:  # noqa: ARG002 - nobody is there to repeat it
        try:
            self._connection.open(self._deadlines.connect)
        except ConnectionLost:
            return Failed(PrinterState.UNREACHABLE)
        try:
            self._connection.write(_INITIALIZE + data, self._deadlines.write)
        except ConnectionLost:
            return Unknown(PrinterState.UNREACHABLE)
        finally:
            self._connection.close()
        return Unknown(PrinterState.READY)

    def close(self) -> None:
        self._connection.close()
