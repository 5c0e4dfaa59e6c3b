"""The program: a client of the broker without a window. In order: what earlier days taught, the line to the broker,
then round and round: messages in, time, figures out; and to disk every few minutes and at the end.
"""

import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path

import structlog

from broker.client import DeviceClock, Endpoints, Inbound, Keyring, Session, Transport
from forecast import memory
from forecast.forecaster import Forecaster
from forecast.reporter import Reporter

log = structlog.get_logger(__name__)

TURN_SECONDS = 0.2
KEEP_SECONDS = 300.0


class ForecastApp:
    """Expected waits for one outlet."""

    def __init__(
        self, endpoints: Endpoints, keyring: Keyring, file: Path, clock: DeviceClock, seed: int
    ) -> None:
        self._file = file
        remembered = memory.read(file)
        self._forecaster = Forecaster(remembered.experience, seed, remembered.today)
        self._arrived: queue.SimpleQueue[Inbound] = queue.SimpleQueue()
        self._transport = Transport(endpoints, keyring, self._arrived.put)
        self._session = Session(self._transport, "forecast", clock, keyring)
        self._reporter = Reporter(self._session, self._forecaster, time.monotonic, time.thread_time)
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Let `run` end; may be called from anywhere."""
        self._stopping.set()

    def run(self, after_turn: Callable[[], None] = lambda: None) -> None:
        """Until told to stop; `after_turn` is called several times a second, while the loop is alive.

        Raises OSError when what was learned can't be written.
        """
        log.info("the forecast begins", days_known=len(self._forecaster.experience.days))
        self._transport.start()
        self._session.start()
        kept_at = time.monotonic()
        try:
            while not self._stopping.is_set():
                self._take_messages()
                self._session.tick()
                self._reporter.turn()
                if time.monotonic() - kept_at > KEEP_SECONDS:
                    self._keep()
                    kept_at = time.monotonic()
                after_turn()
        finally:
            self._transport.stop()
            self._keep()

    def _take_messages(self) -> None:
        """All that are here; waits a moment for the first."""
        try:
            self._session.receive(self._arrived.get(timeout=TURN_SECONDS))
            while True:
                self._session.receive(self._arrived.get_nowait())
        except queue.Empty:
            return

    def _keep(self) -> None:
        memory.write(self._file, self._forecaster.experience, self._forecaster.notebook.figures)
