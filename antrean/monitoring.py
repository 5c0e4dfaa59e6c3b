"""`antrean metrics`: follows the broker, as an ordinary client that may only ask, and lets Prometheus read.

One thread follows; Prometheus' own server reads at each scrape what was last heard.
"""

import queue
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import structlog
from prometheus_client import CollectorRegistry, start_http_server

from antrean import addresses, backup_age, keys, logs
from antrean.clocks import device_clock
from antrean.headless import WhenReady, stop_on_signals
from antrean.metrics import Known, OutletCollector, hall_of
from antrean.problem import Problem
from antrean.settings import Settings
from antrean.systemd import Supervisor
from broker.client import DeviceClock, Endpoints, Inbound, Keyring, Link, Session, Transport, new_request_id
from broker.client.session import Reply
from broker.protocol import messages as m
from wording import Wording

log = structlog.get_logger(__name__)

ASK_SECONDS = 2.0
TURN_SECONDS = 0.2


class Monitor:
    """The thread that follows the broker. `known` is what it knows now; it may be read from any thread."""

    def __init__(self, endpoints: Endpoints, keyring: Keyring, program: str, clock: DeviceClock) -> None:
        self.known = Known()
        self._monotonic = clock.monotonic
        self._arrived: queue.SimpleQueue[Inbound] = queue.SimpleQueue()
        self._transport = Transport(endpoints, keyring, self._arrived.put)
        self._session = Session(self._transport, program, clock, keyring)
        self._figures: m.Figures | None = None
        self._devices: m.Devices | None = None
        self._ask_at = float("-inf")
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Let `run` end; may be called from anywhere."""
        self._stopping.set()

    def run(self, after_turn: Callable[[], None]) -> None:
        """Follow the broker until told to stop; `after_turn` is called several times a second."""
        self._transport.start()
        self._session.start()
        try:
            while not self._stopping.is_set():
                self._turn()
                after_turn()
        finally:
            self._transport.stop()

    def _turn(self) -> None:
        try:
            self._session.receive(self._arrived.get(timeout=TURN_SECONDS))
        except queue.Empty:
            self._session.tick()
        if self._monotonic() >= self._ask_at:
            self._ask_at = self._monotonic() + ASK_SECONDS
            self._session.ask(m.AskFigures(new_request_id()), self._hear)
            self._session.ask(m.AskDevices(new_request_id()), self._hear)
        if self._session.welcome is None:
            self._figures = self._devices = None
        hall = hall_of(self._session.state) if self._session.link is Link.LIVE else None
        self.known = Known(self._figures, self._devices, hall)

    def _hear(self, reply: Reply) -> None:
        match reply:
            case m.Figures():
                self._figures = reply
            case m.Devices():
                self._devices = reply
            case m.Error():
                log.error("the broker does not tell its figures", code=reply.code.value)
                self._figures = self._devices = None
            case _:  # no answer in time
                self._figures = self._devices = None


def run_metrics(settings: Settings, base: Path, wording: Wording, when_ready: WhenReady) -> int:
    """Run the metrics until told to stop. Raises Problem when it can't listen."""
    logs.configure(settings.log, "metrics", base)
    connection, own = settings.connection, settings.metrics
    endpoints = addresses.endpoints(connection.requests, connection.updates, wording)
    keyring = keys.DeviceKeyring(base / connection.key, wording)
    monitor = Monitor(endpoints, keyring, "metrics", device_clock(settings.clock))
    registry = CollectorRegistry()
    registry.register(
        OutletCollector(lambda: monitor.known, partial(backup_age.newest, settings.backup, base))
    )
    try:
        server, thread = start_http_server(own.port, own.host, registry)
    except OSError as error:
        raise Problem(
            wording.t("The metrics can't be served: {reason}", reason=error.strerror or str(error)),
            f"{own.host}:{own.port}",
            wording.t("Stop the program that has this port, or choose another: [metrics] port."),
        ) from error
    log.info("the metrics are served", host=own.host, port=server.server_port)
    supervisor = Supervisor()
    try:
        stop_on_signals(monitor.stop)
        when_ready(monitor.stop)
        supervisor.ready()
        monitor.run(supervisor.alive)
        supervisor.stopping()
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    return 0
