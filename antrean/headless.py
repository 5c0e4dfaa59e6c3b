"""The two programs without a window: the broker and the virtual printer. Each runs until it is told to stop."""

import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

import structlog

from antrean import keys, logs
from antrean.clocks import broker_clock
from antrean.problem import Problem
from antrean.settings import KeepSettings, LimitSettings, PrinterKind, Settings, VirtualPrinterSettings
from antrean.systemd import Supervisor
from broker.server.limits import Limits
from broker.server.server import Server
from broker.server.sockets import Addresses
from broker.store.database import Database
from broker.store.retention import KeptDays
from hardware.virtual.abilities import CUSTOM_PRESENTER, EPSON, OLD_AND_NARROW, Abilities
from hardware.virtual.paper import WIDTH_58MM, WIDTH_80MM
from hardware.virtual.server import PrinterServer, keep_in
from wording import Wording

log = structlog.get_logger(__name__)

Stop = Callable[[], None]
WhenReady = Callable[[Stop], None]
"""Called once the program is up, with what stops it."""

NARROW_MM = 58
ABILITIES: Mapping[PrinterKind, Abilities] = MappingProxyType(
    {
        PrinterKind.EPSON: EPSON,
        PrinterKind.SIMPLE: OLD_AND_NARROW,
        PrinterKind.PRESENTER: CUSTOM_PRESENTER,
    }
)


def run_broker(settings: Settings, base: Path, wording: Wording, when_ready: WhenReady) -> int:
    """Run the outlet's broker. `base` is the folder that relative paths in the settings start from.

    Raises Problem, StoreError or ServerError when it can't begin.
    """
    logs.configure(settings.log, "broker", base)
    own = keys.BrokerKeys(base / settings.broker.key, wording)
    addresses = Addresses(settings.broker.requests, settings.broker.updates)
    with (
        Database.open(database_url(settings.broker.database, base)) as database,
        Server(
            database,
            own,
            addresses,
            broker_clock(settings.clock),
            limits_of(settings.broker.limits),
            kept_days(settings.broker.keep),
        ) as server,
    ):
        stop_on_signals(server.stop)
        when_ready(server.stop)
        supervisor = Supervisor()
        supervisor.ready()
        server.run(supervisor.alive)
        supervisor.stopping()
    return 0


def run_virtual_printer(settings: Settings, base: Path, wording: Wording, when_ready: WhenReady) -> int:
    """Run the virtual printer. Raises Problem when it can't listen or can't keep its papers."""
    logs.configure(settings.log, "virtual-printer", base)
    own = settings.virtual_printer
    stopped = threading.Event()
    with virtual_printer_problems(own, base, wording):
        printer = PrinterServer(
            keep_in(base / own.folder),
            host=own.host,
            port=own.port,
            width_dots=WIDTH_58MM if own.paper_mm == NARROW_MM else WIDTH_80MM,
            abilities=ABILITIES[own.like],
        )
    stop_on_signals(stopped.set)
    printer.start()
    log.info(
        "the virtual printer listens", address="{}:{}".format(*printer.address), folder=str(base / own.folder)
    )
    when_ready(stopped.set)
    stopped.wait()
    printer.stop()
    return 0


@contextmanager
def virtual_printer_problems(own: VirtualPrinterSettings, base: Path, wording: Wording) -> Iterator[None]:
    """Tells as a Problem why the virtual printer can't listen or can't keep its papers."""
    try:
        yield
    except OSError as error:
        raise Problem(
            wording.t("The virtual printer can't start: {reason}", reason=error.strerror or str(error)),
            f"{own.host}:{own.port}, {base / own.folder}",
            wording.t("Stop the program that has this port, or choose another with --port."),
        ) from error


def limits_of(settings: LimitSettings) -> Limits:
    """How much the broker takes on."""
    return Limits(settings.messages_per_second, settings.messages_at_once, settings.devices)


def kept_days(settings: KeepSettings) -> KeptDays:
    """How long the broker keeps what is about people."""
    return KeptDays(settings.notes_days, settings.pick_up_notes_days, settings.clerks_days)


def database_url(database: str, base: Path) -> str:
    """A path, relative to the settings file, or a database URL as it is."""
    return database if "://" in database else f"sqlite:///{base / database}"


def stop_on_signals(stop: Stop) -> None:
    """Let SIGTERM and SIGINT end the program in order."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop())
