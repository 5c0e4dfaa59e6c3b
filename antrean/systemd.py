"""What a program tells systemd, which started it: that it serves, that its loop is alive, that it ends.

The protocol of sd_notify(3): one datagram to the socket that NOTIFY_SOCKET names. Without systemd nothing is said.
"""

import os
import socket
import time
from collections.abc import Callable, Mapping

import structlog

log = structlog.get_logger(__name__)

MICROSECONDS = 1_000_000
BEATS_PER_WATCHDOG = 4
"""So often within the time that systemd allows: a late one does not end the program."""

SEND_SECONDS = 1.0


class Supervisor:
    """Whoever started this program and restarts it when it is silent. `monotonic` gives seconds.

    WATCHDOG_PID is not looked at: a kiosk runs under its compositor, whose child it is.
    """

    def __init__(
        self,
        environment: Mapping[str, str] = os.environ,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._address = environment.get("NOTIFY_SOCKET", "")
        self._monotonic = monotonic
        allowed = int(environment.get("WATCHDOG_USEC", "0")) / MICROSECONDS
        self.beat_seconds: float | None = allowed / BEATS_PER_WATCHDOG if self._address and allowed else None
        """How often the loop is to say that it is alive; None: nobody listens for it."""
        self._beat_at = float("-inf")

    def ready(self) -> None:
        """The program serves."""
        self._tell("READY=1")

    def alive(self) -> None:
        """The loop has come round; to be called in it as often as one likes."""
        now = self._monotonic()
        if self.beat_seconds is not None and now - self._beat_at >= self.beat_seconds:
            self._beat_at = now
            self._tell("WATCHDOG=1")

    def stopping(self) -> None:
        """The program ends in order."""
        self._tell("STOPPING=1")

    def _tell(self, state: str) -> None:
        if not self._address:
            return
        address = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel:
            channel.settimeout(SEND_SECONDS)
            try:
                channel.sendto(state.encode(), address)
            except OSError as error:  # whoever watches will see; the program goes on
                log.warning("systemd could not be told", state=state, error=str(error))
