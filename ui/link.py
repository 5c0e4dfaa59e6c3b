"""From a client's session to Qt: messages cross from the transport's thread into the GUI's, time by a timer.

One QtLink per program; whatever a screen needs it has from `session`, in the GUI's thread.
"""

import time

from PySide6.QtCore import QTimer

from broker.client import DeviceKeys, Endpoints, Inbound, Session, Transport
from ui.gui_thread import GuiThread

TICK_MS = 100


class QtLink:
    """The connection of one Qt program to its broker. `speed`: how fast the broker's clock runs."""

    def __init__(self, endpoints: Endpoints, keys: DeviceKeys, program: str, speed: float = 1.0) -> None:
        self._gui = GuiThread()
        self._transport = Transport(endpoints, keys, self._deliver)
        self.session = Session(self._transport, program, time.monotonic, speed)
        self._timer = QTimer(interval=TICK_MS)
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
        self._gui.run(lambda: self.session.receive(message))
