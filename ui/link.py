"""From a client's session to Qt: messages cross from the transport's thread into the GUI's, time by a timer.

One QtLink per program; whatever a screen needs it has from `session`, in the GUI's thread.
"""

import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from broker.client import DeviceKeys, Endpoints, Inbound, Session, Transport

TICK_MS = 100


class QtLink(QObject):
    """The connection of one Qt program to its broker."""

    _arrived = Signal(object)

    def __init__(
        self,
        endpoints: Endpoints,
        keys: DeviceKeys,
        program: str,
        speed: float = 1.0,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._transport = Transport(endpoints, keys, self._deliver)
        self.session = Session(self._transport, program, time.monotonic, speed)
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.session.tick)

    def start(self) -> None:
        """Connect; returns at once."""
        self._transport.start()
        self.session.start()
        self._timer.start()

    def stop(self) -> None:
        """Close the connection; returns when its thread has ended."""
        self._timer.stop()
        self._transport.stop()

    def _deliver(self, message: Inbound) -> None:
        self._arrived.emit(message)

    def _take(self, message: Inbound) -> None:
        self.session.receive(message)
