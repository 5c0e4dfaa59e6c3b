"""A broker whose process can be killed and started again within a moment, over an outlet with many devices.

Each start is a fork of a process that has everything imported already: what takes long at a start is not what a
crash puts to the test.
"""

import multiprocessing as mp
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from antrean import headless, keys, outlet_folder, settings
from antrean.outlet_folder import Devices, NewOutlet
from antrean.seed import SampleClerk, Seed
from antrean.settings import BROKER_SETTINGS
from broker.client import DeviceKeys, Endpoints
from broker.domain.rules import Clerk, Counter
from broker.domain.values import ClerkId, ClerkRole, CounterNumber, DeviceId, DeviceRole, Instant
from tests.support import sample
from tests.support.crowd import Hand
from tests.support.running import LOOPBACK, NO_LIMITS, free_pair
from wording import Language, Wording

FORK = mp.get_context("forkserver")
FORK.set_forkserver_preload(["pytest", "tests.support.killable"])

KIOSKS, COUNTERS, DISPLAYS = 8, 7, 1
PATIENCE_SECONDS = 30.0
W = Wording(Language.EN)

Preparation = Callable[[], None]
"""What a broker's process does before it begins: a test's way of making it different."""


def nothing() -> None:
    """The broker as it is."""


class BusyOutlet(Struct, frozen=True):
    """An outlet in a folder, with sixteen devices and somebody at each."""

    made: NewOutlet
    endpoints: Endpoints
    url: str
    """Its database."""

    @classmethod
    def make(
        cls, folder: Path, shows: Instant, speed: float, database: str = outlet_folder.DATABASE
    ) -> "BusyOutlet":
        """Made on the sample's morning. Its clock shows `shows` now, and runs so many times as fast as ours."""
        port = free_pair()
        devices = Devices(KIOSKS, COUNTERS, DISPLAYS)
        made = outlet_folder.make(folder, _seed(), devices, LOOPBACK, port, sample.at(7, 31), database)
        file = made.folder / BROKER_SETTINGS
        clock = f"\n[clock]\nshows = {shows}\nsince = {time.time_ns() // 1_000_000}\nspeed = {speed}\n"
        file.write_text(
            file.read_text() + clock + NO_LIMITS + '\n[log]\nfile = "broker.log"\nlevel = "warning"\n'
        )
        endpoints = Endpoints(f"tcp://{LOOPBACK}:{port}", f"tcp://{LOOPBACK}:{port + 1}")
        return cls(made, endpoints, headless.database_url(database, folder))

    @property
    def hands(self) -> list[Hand]:
        """Who is at its devices; the last counter's is a supervisor."""
        kiosks = [Hand(DeviceId(f"kiosk-{number + 1}"), DeviceRole.KIOSK) for number in range(KIOSKS)]
        counters = [
            Hand(
                DeviceId(f"counter-{number}"),
                DeviceRole.COUNTER,
                ClerkId(f"clerk-{number}"),
                CounterNumber(number),
                is_supervisor=number == COUNTERS,
            )
            for number in range(1, COUNTERS + 1)
        ]
        return [*kiosks, *counters, Hand(DeviceId("display-1"), DeviceRole.DISPLAY)]

    def keys(self, device: DeviceId) -> DeviceKeys:
        return keys.read(self.made.folder / f"keys/{device}.key", W)


class KillableBroker:
    """One outlet's broker, process after process."""

    def __init__(self, outlet: BusyOutlet, prepare: Preparation = nothing) -> None:
        self._settings = outlet.made.folder / BROKER_SETTINGS
        self.start(prepare)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runs:
            self.kill()

    def start(self, prepare: Preparation = nothing) -> None:
        """Begin; `is_ready` becomes true within a moment."""
        self._runs = True
        self._ready, theirs = FORK.Pipe(duplex=False)
        self._process = FORK.Process(target=_serve, args=(str(self._settings), theirs, prepare), daemon=True)
        self._process.start()
        theirs.close()

    @property
    def is_ready(self) -> bool:
        """Whether it listens."""
        return self._ready.poll()

    @property
    def has_ended(self) -> bool:
        return not self._process.is_alive()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def kill(self) -> None:
        """As a power button would, but for the disk."""
        self._process.kill()
        self.join()

    def stop(self) -> None:
        """In order."""
        self._process.terminate()
        self.join()

    def join(self) -> None:
        """Wait for its end."""
        self._process.join(PATIENCE_SECONDS)
        assert self._process.exitcode is not None, "the broker does not end"
        self._runs = False
        self._process.close()
        self._ready.close()


def _serve(settings_path: str, ready: Connection, prepare: Preparation) -> None:
    prepare()
    file = Path(settings_path)
    loaded = settings.load(file, W)
    sys.exit(headless.run_broker(loaded, file.parent, W, lambda _stop: ready.send_bytes(b"ready")))


def _seed() -> Seed:
    clerks = tuple(
        SampleClerk(
            f"clerk-{number}",
            f"Clerk {number}",
            ClerkRole.SUPERVISOR if number == COUNTERS else ClerkRole.CLERK,
        )
        for number in range(1, COUNTERS + 1)
    )
    counters = tuple(
        Counter(CounterNumber(number), (tuple("ABCDE"[number % 5 :]), tuple("ABCDE"[: number % 5])))
        for number in range(1, COUNTERS + 1)
    )
    rules = replace(
        sample.RULES,
        queues=tuple(replace(each, digits=5) for each in sample.QUEUES),
        counters=counters,
        clerks=tuple(Clerk(ClerkId(each.id), each.role) for each in clerks),
    )
    return Seed(rules, sample.SERVICES, clerks)
