"""The talk with a printer that never answers: pages go out, and nobody knows what becomes of them."""

from hardware.connection import Connection, ConnectionLost
from hardware.conversation import Deadlines, Seen, Sending
from hardware.job import Outcome, PrinterState, Unknown

_GLANCE_SECONDS = 0.02


class OneWay:
    """The printer is taken for ready while its device is there."""

    def __init__(self, connection: Connection, deadlines: Deadlines) -> None:
        self._connection = connection
        self._deadlines = deadlines

    def open(self) -> None:
        self._connection.open(self._deadlines.connect)

    def look(self) -> Seen:
        self._connection.read(_GLANCE_SECONDS)  # says nothing, but finds out that the other end has gone
        return Seen(PrinterState.READY)

    def print(self, page: Sending) -> Outcome:
        try:
            self._connection.write(page.head + page.data, self._deadlines.write)
        except ConnectionLost:
            return Unknown(PrinterState.UNREACHABLE)
        return Unknown(PrinterState.READY)

    def close(self) -> None:
        self._connection.close()
