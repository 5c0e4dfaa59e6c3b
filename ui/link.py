"""From a client's session to Qt: messages cross from the transport's thread into the GUI's, time by a timer.

One QtLink per program; whatever a screen needs it has from `session`, in the GUI's thread.
"""

from collections.abc import Callable

from PySide6.QtCore import QTimer

from broker.client import SYSTEM_CLOCK, DeviceClock, Endpoints, Inbound, Keyring, Session, Transport
from broker.domain.known import Known
from ui.gui_thread import GuiThread

TICK_MS = 100


class QtLink:
    """The connection of one Qt program to its broker; for the rest see Session."""

    def __init__(
        self,
        endpoints: Endpoints,
        keyring: Keyring,
        program: str,
        clock: DeviceClock = SYSTEM_CLOCK,
        known: Callable[[], Known] = Known,
    ) -> None:
        self._gui = GuiThread()
        self._transport = Transport(endpoints, keyring, self._deliver)
        self.session = Session(self._transport, program, clock, keyring, known)
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
