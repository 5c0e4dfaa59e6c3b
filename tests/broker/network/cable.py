"""A broker and devices in two networks of their own with one cable between them, which is cut and mended.

Run within a network (and a user) of its own, where whoever it is may lay cables:
``unshare --user --map-root-user --net python -m tests.broker.network.cable broker 60``. Prints a Cut as JSON.
"""

import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import msgspec
from msgspec import Struct

from antrean.outlet_folder import Devices
from broker.client import Link
from broker.domain.commands import IssueTicket
from broker.server.provision import OPERATOR
from tests.broker.network.support import Hall, Truth
from tests.support.running import running_outlet

BROKER_HOST, DEVICES_HOST = "10.77.0.1", "10.77.0.2"
NEAR, FAR = "near", "far"
PATIENCE_SECONDS = 10.0


class CableEnd(StrEnum):
    """Which end of the cable is pulled out."""

    BROKER = "broker"
    DEVICES = "devices"


class Cut(Struct, frozen=True):
    """What came of it, in seconds."""

    stale_after: float
    right_after: float
    numbers: list[int]
    """What the kiosk was given for the commands of before, during and after the cut."""


def run(*command: str) -> None:
    subprocess.run(command, check=True, timeout=PATIENCE_SECONDS)


@contextlib.contextmanager
def far_network() -> Iterator[tuple[str, ...]]:
    """A second network; gives the beginning of a command that runs the rest there."""
    with subprocess.Popen(["unshare", "--net", "sleep", "infinity"]) as holder:
        try:
            ours, theirs = Path("/proc/self/ns/net"), Path(f"/proc/{holder.pid}/ns/net")
            ends = time.monotonic() + PATIENCE_SECONDS
            while ours.readlink() == theirs.readlink():
                assert time.monotonic() < ends, "no second network"
            run("ip", "link", "add", NEAR, "type", "veth", "peer", "name", FAR, "netns", str(holder.pid))
            within = ("nsenter", f"--net={theirs}")
            run("ip", "address", "add", f"{DEVICES_HOST}/24", "dev", NEAR)
            run(*within, "ip", "address", "add", f"{BROKER_HOST}/24", "dev", FAR)
            run("ip", "link", "set", "lo", "up")
            run("ip", "link", "set", NEAR, "up")
            run(*within, "ip", "link", "set", FAR, "up")
            yield within
        finally:
            holder.kill()


def cut_for(seconds: float, end: CableEnd) -> Cut:
    """Pull the cable out at one end, plug it in again after so long, and see what a kiosk and a display make of it."""
    with (
        far_network() as within,
        running_outlet(Devices(kiosks=1, counters=1, displays=1), host=BROKER_HOST, within=within) as outlet,
        Hall() as hall,
    ):
        link = (*within, "ip", "link", "set", FAR) if end is CableEnd.BROKER else ("ip", "link", "set", NEAR)
        kiosk, display = (hall.connect(outlet.endpoints, outlet, each) for each in ("kiosk-1", "display-1"))
        kiosk.send(IssueTicket("A"))
        hall.until(lambda: hall.is_live and not kiosk.unanswered, "all is well")
        run(*link, "down")
        cut_at = time.monotonic()
        kiosk.send(IssueTicket("A"))
        devices = (kiosk, display)
        hall.until(lambda: all(each.became(Link.STALE, cut_at) for each in devices), "the devices are stale")
        stale_at = max(each.became(Link.STALE, cut_at) for each in devices)
        hall.until(lambda: time.monotonic() >= cut_at + seconds, "the cut", seconds + PATIENCE_SECONDS)
        kiosk.send(IssueTicket("A"))
        run(*link, "up")
        returned_at = time.monotonic()
        hall.until(lambda: hall.is_live and not kiosk.unanswered, "the devices are live")
        with Truth(outlet, OPERATOR) as truth:
            hall.until(lambda: truth.is_equal(devices), "the devices hold the broker's state")
        right_at = time.monotonic()
        numbers = sorted(ticket.number for ticket in kiosk.tickets.values())
        return Cut(stale_at - cut_at, right_at - returned_at, numbers)


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.encode(cut_for(float(sys.argv[2]), CableEnd(sys.argv[1]))))
