"""A real broker in a process of its own, over an outlet made for it, as the benchmarks and the stories need it."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from antrean import keys, outlet_folder
from antrean.outlet_folder import Devices, NewOutlet
from antrean.seed import seed_for
from antrean.settings import BROKER_SETTINGS
from broker.client import DeviceKeys, Endpoints
from broker.domain.values import ClerkId, Instant
from tests.support import sample
from wording import Language, Wording

START_SECONDS = 30.0
LOOPBACK = "127.0.0.1"
NO_LIMITS = "\n[broker.limits]\nmessages_per_second = 1e6\nmessages_at_once = 1e6\n"
"""Tests and benchmarks send as fast as they can."""

TEBET_TIMUR = "31.74.01.1001"


class RunningOutlet(Struct, frozen=True):
    """A broker that runs, and what is needed to speak with it."""

    made: NewOutlet
    endpoints: Endpoints
    process: "subprocess.Popen[bytes]"

    def keys(self, device: str) -> DeviceKeys:
        """A device's keys."""
        return keys.read(self.made.folder / f"keys/{device}.key", Wording(Language.EN))

    def pin(self, clerk: str) -> str:
        """A clerk's PIN."""
        return self.made.pins[ClerkId(clerk)]


@contextlib.contextmanager
def running_outlet(
    devices: Devices,
    digits: int = 3,
    host: str = LOOPBACK,
    within: Sequence[str] = (),
    database: str = outlet_folder.DATABASE,
    limits: str = NO_LIMITS,
) -> Iterator[RunningOutlet]:
    """Make an outlet at 08.00 of the sample's Tuesday, run its broker until the block ends.

    The broker listens at `host`; `within` is a command that runs it elsewhere, such as in a network of its own;
    `limits` are lines of its settings.
    """
    with tempfile.TemporaryDirectory(prefix="antrean-") as temporary:
        seed = seed_for(outlet_folder.find_outlet(TEBET_TIMUR, Wording(Language.EN)), devices.counters)
        rules = replace(seed.rules, queues=tuple(replace(each, digits=digits) for each in seed.rules.queues))
        port = free_pair()
        now = Instant(sample.at(8))
        made = outlet_folder.make(
            Path(temporary) / "outlet", replace(seed, rules=rules), devices, host, port, now, database
        )
        settings = made.folder / BROKER_SETTINGS
        clock = f"\n[clock]\nshows = {now}\nsince = {time.time_ns() // 1_000_000}\n"
        settings.write_text(settings.read_text() + clock + limits)
        endpoints = Endpoints(f"tcp://{host}:{port}", f"tcp://{host}:{port + 1}")
        process = subprocess.Popen(
            [*within, sys.executable, "-m", "antrean", "broker", "--settings", str(settings)],
            stderr=subprocess.DEVNULL,
            env=os.environ,
        )
        try:
            _await((host, port), process)
            yield RunningOutlet(made, endpoints, process)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_pair() -> int:
    """A port that is free together with the one after it."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind((LOOPBACK, 0))
            port: int = first.getsockname()[1]
            try:
                second.bind((LOOPBACK, port + 1))
            except OSError:
                continue
            return port


def _await(address: tuple[str, int], process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(address, 0.2):
            return
    raise RuntimeError("the broker did not begin to listen")
