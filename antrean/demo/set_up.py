"""The demonstration's outlet: one kelurahan on a clock of its own, with settings for each of its programs."""

import socket
import time
from contextlib import ExitStack
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from antrean import outlet_folder
from antrean.outlet_folder import FORECAST, Devices, NewOutlet
from antrean.seed import JAKARTA_MINUTES, Seed, seed_for
from antrean.settings import BROKER_SETTINGS
from broker.domain.day import instant_of
from broker.domain.values import BusinessDay, ClerkId, DeviceId, Instant
from wording import Wording

OUTLET = "31.74.01.1001"
DAY = BusinessDay("2026-07-14")
"""A Tuesday like any other: the pictures and the report of two runs can be laid side by side."""
BEGINS = 7 * 60 + 30
SPEED_OF_THE_PLAY = 20.0
"""A morning's half hour passes in a minute and a half."""

PATIENCE_FACTOR = 10
"""Announcements and printing take real time; what waits for them is that much more patient on the fast clock."""

WITH_PRINTER = ("kiosk-1", "counter-1")
"""A network printer takes one program at a time: who prints has one. The other counter shows its slips."""

DEVICES = Devices(kiosks=1, counters=2, displays=1)


class Rect(Struct, frozen=True):
    """A part of the screen, in its pixels."""

    x: int
    y: int
    width: int
    height: int


class Place(Struct, frozen=True):
    """Where a window stands, in the screen's pixels, and its size before it is scaled."""

    width: int
    height: int
    x: int = 0
    y: int = 0
    scale: float = 1.0


KIOSK, DISPLAY = Place(1080, 1920), Place(1920, 1080)
COUNTER, STRIP = Place(1366, 768), Place(380, 768)

Places = dict[str, Place]
"""Each window's place, by the name of its program."""

OFF_SCREEN: Places = {"kiosk-1": KIOSK, "display-1": DISPLAY, "counter-1": COUNTER, "counter-2": STRIP}


def on_screen(screen: Rect) -> Places:
    """Four windows that can all be seen, each in its own proportions: kiosk left, display above the counters."""
    kiosk = replace(KIOSK, x=screen.x, y=screen.y, scale=screen.height / KIOSK.height)
    left = screen.x + round(KIOSK.width * kiosk.scale)
    rest = screen.x + screen.width - left
    upper = min(rest / DISPLAY.width, screen.height / 2 / DISPLAY.height)
    top = screen.y + round(DISPLAY.height * upper)
    lower = min(rest / (COUNTER.width + STRIP.width), (screen.y + screen.height - top) / COUNTER.height)
    return {
        "kiosk-1": kiosk,
        "display-1": replace(DISPLAY, x=left, y=screen.y, scale=upper),
        "counter-1": replace(COUNTER, x=left, y=top, scale=lower),
        "counter-2": replace(STRIP, x=left + round(COUNTER.width * lower), y=top, scale=lower),
    }


class Stage(Struct, frozen=True):
    """The demonstration's outlet, ready to be started."""

    folder: Path
    made: NewOutlet
    port: int
    papers: Path

    def settings(self, name: str) -> Path:
        """A program's settings file."""
        return self.folder / f"{name}.toml"

    def pin(self, clerk: str) -> str:
        """A clerk's PIN."""
        return self.made.pins[ClerkId(clerk)]


def set_up(folder: Path, places: Places, speed: float, wording: Wording) -> Stage:
    """Make the outlet in `folder`, on a clock that now shows 07.30."""
    begins_at = instant_of(DAY, BEGINS, JAKARTA_MINUTES)
    seed = _patient(seed_for(outlet_folder.find_outlet(OUTLET, wording), DEVICES.counters), speed)
    port, *printer_ports = _free_ports()
    made = outlet_folder.make(folder, seed, DEVICES, "127.0.0.1", port, Instant(begins_at - 1000))
    clock = f"\n[clock]\nshows = {begins_at}\nsince = {time.time_ns() // 1_000_000}\nspeed = {speed}\n"
    _add(folder / BROKER_SETTINGS, clock)
    for owner, printer_port in zip(WITH_PRINTER, printer_ports, strict=True):
        table = f'[virtual_printer]\nport = {printer_port}\nfolder = "papers/{owner}"\n'
        (folder / f"printer-{owner}.toml").write_text(table, encoding="utf-8")
    kiosk, counter = (
        f'address = "tcp://127.0.0.1:{printer_port}"\nprofile = "TM-T20II"\n'
        for printer_port in printer_ports
    )
    kiosk = f'[kiosk]\nprint_journal = "kiosk-1-print.db"\n\n[kiosk.printer]\n{kiosk}{clock}'
    _rewrite(made, "kiosk-1", kiosk, "kiosk", places["kiosk-1"])
    _rewrite(made, "display-1", clock, "display", places["display-1"])
    _rewrite(
        made,
        "counter-1",
        f'[counter]\nnumber = 1\nprint_journal = "counter-1-print.db"\n\n[counter.printer]\n{counter}{clock}',
        "counter",
        places["counter-1"],
    )
    _rewrite(made, "counter-2", f"[counter]\nnumber = 2\n{clock}", "counter", places["counter-2"])
    _add(made.settings[FORECAST], clock)
    return Stage(folder, made, port, folder / "papers")


def _rewrite(made: NewOutlet, device: str, tables: str, program: str, place: Place) -> None:
    path = made.settings[DeviceId(device)]
    connection = path.read_text(encoding="utf-8").partition("\n\n")[0]
    window = (
        f"\n[{program}.window]\nfull_screen = false\n"
        f"position = [{round(place.x / place.scale)}, {round(place.y / place.scale)}]\n"
        f"size = [{place.width}, {place.height}]\n"
    )
    path.write_text(f"{connection}\n\n{tables}{window}", encoding="utf-8")


def _patient(seed: Seed, speed: float) -> Seed:
    """On a fast clock, what waits for paper and voice waits longer."""
    if speed <= 1:
        return seed
    patience = seed.rules.patience
    slower = replace(
        patience,
        delivery_seconds=patience.delivery_seconds * PATIENCE_FACTOR,
        announcement_seconds=patience.announcement_seconds * PATIENCE_FACTOR * 2,
    )
    return replace(seed, rules=replace(seed.rules, patience=slower))


def _free_ports() -> tuple[int, int, int]:
    """The first of two free ports in a row, and two other ones."""
    while True:
        with ExitStack() as held:
            first, third, fourth = (
                held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(3)
            )
            ports = [each.getsockname()[1] for each in (first, third, fourth)]
            try:
                held.enter_context(socket.create_server(("127.0.0.1", ports[0] + 1)))
            except OSError:
                continue
            return ports[0], ports[1], ports[2]


def _add(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
