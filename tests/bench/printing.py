"""From a touch to the last byte of its ticket at the printer, and what a ticket costs to compose, each beside the
bare limit: the same commits, the same bytes, and nothing of ours in between.
"""

import os
import socket
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from escpos.printer import Dummy
from msgspec import Struct
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from broker.client import FixedKeys, Link
from hardware.escpos.compose import compose
from hardware.layout.blocks import Fields
from hardware.layout.samples import sample
from hardware.layout.shipped import layout_for
from hardware.page import JobKind
from hardware.profile import DEFAULT
from hardware.settings import PrinterSettings
from kiosk.app import Kiosk, build
from kiosk.flow import Page
from kiosk.settings import KioskSettings
from tests.bench import load
from tests.bench.bare import BareServer, bare_target
from tests.bench.instant_printer import InstantPrinter
from tests.support.running import RunningOutlet
from tests.support.touch import is_on_top, middle_of, touch_at
from ui.link import QtLink
from ui.settings import WindowSettings
from ui.window import prepare
from wording import Language

TICKETS, COMPOSED = 30, 40
DEADLINE_SECONDS = 20.0
TOUCH_MS, COMPOSE_MS = 60.0, 10.0
PLAIN_BYTES, PICTURED_BYTES = 2_000, 24_000
STATUS = bytes((0x10, 0x04, 1, 0x10, 0x04, 2, 0x10, 0x04, 3, 0x10, 0x04, 4))
CONFIRM = b"\x1d(H\x06\x00\x30\x30\x30\x30\x30\x31"


class Printing(Struct, frozen=True):
    """A figure, what the bare way takes, and what is promised."""

    name: str
    figure: float
    unit: str
    limit: float
    at_most: float


def measured(bare: BareServer, outlet: RunningOutlet, device: str) -> list[Printing]:
    """All of them; `device` is the kiosk that prints."""
    with InstantPrinter() as printer, tempfile.TemporaryDirectory(prefix="antrean-bench-") as folder:
        ours = touch_to_last_byte_ms(outlet, device, printer, Path(folder))
        limit = bare_ms(bare, printer, Path(folder))
    return [Printing("touch to last byte at the printer", ours, "ms", limit, TOUCH_MS), *composing()]


def composing() -> list[Printing]:
    """A ticket's bytes and the time that they take, with pictures and in the printer's own characters."""
    fields = sample(JobKind.TICKET, Language.ID)
    least_ms = median_ms(partial(in_plain_words, fields))
    least = len(in_plain_words(fields))
    rows = []
    for name, profile, most in (
        ("plain", replace(DEFAULT, pictures=False), PLAIN_BYTES),
        ("with pictures", DEFAULT, PICTURED_BYTES),
    ):
        layout = layout_for(JobKind.TICKET, profile, None)
        data = compose(layout, fields, profile)
        took = median_ms(partial(compose, layout, fields, profile))
        rows.append(Printing(f"ticket composed, {name}", took, "ms", least_ms, COMPOSE_MS))
        rows.append(Printing(f"ticket's size, {name}", len(data), "B", least, most))
    return rows


def in_plain_words(fields: Fields) -> bytes:
    """The same words and the same QR code, as python-escpos puts them without any layout."""
    printer = Dummy()
    for name, value in fields.items():
        lines = value if isinstance(value, tuple) else (value,)
        if name != "token":
            printer.text("".join(f"{line}\n" for line in lines if isinstance(line, str)))
    printer.qr(str(fields["token"]), native=True, size=7)
    printer.cut()
    return bytes(printer.output)


def median_ms(act: Callable[[], object]) -> float:
    taken = []
    for _ in range(COMPOSED):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def bare_ms(bare: BareServer, printer: InstantPrinter, folder: Path) -> float:
    """A durable round trip to a server, two durable rows here, the printer's four answers, and as many bytes."""
    fields = sample(JobKind.TICKET, Language.ID)
    page = compose(layout_for(JobKind.TICKET, DEFAULT, None), fields, DEFAULT)
    database = sqlite3.connect(folder / "bare.db", isolation_level=None)
    database.execute("pragma journal_mode=wal")
    database.execute("pragma synchronous=full")
    database.execute("create table job(number integer primary key, page text)")
    requests = load.connect(bare_target(bare))
    taken = []
    with socket.create_connection(("127.0.0.1", printer.port), DEADLINE_SECONDS) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(TICKETS):
            began = time.monotonic()
            requests.send(b"x" * 150)
            requests.recv()
            for _ in range(2):
                database.execute("insert into job(page) values(?)", ("x" * 500,))
            line.sendall(STATUS)
            answered = 0
            while answered < 4:
                answered += len(line.recv(64))
            line.sendall(page + CONFIRM)
            taken.append((printer.page(DEADLINE_SECONDS) - began) * 1000)
            line.recv(64)
    requests.close(linger=0)
    database.close()
    return statistics.median(taken)


def touch_to_last_byte_ms(outlet: RunningOutlet, device: str, printer: InstantPrinter, folder: Path) -> float:
    """From the citizen's last touch to the last byte, over a real broker and a real glass."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    prepare(application)
    link = QtLink(outlet.endpoints, FixedKeys(outlet.keys(device)), "bench")
    settings = KioskSettings(
        window=WindowSettings(full_screen=False, size=(1080, 1920)),
        double_touch_ms=0,
        print_journal=str(folder / "print.db"),
        printer=PrinterSettings(f"tcp://127.0.0.1:{printer.port}", profile="TM-T20II"),
    )
    kiosk = build(settings, link)
    link.start()
    kiosk.start()
    visitor = _Visitor(application, kiosk, printer)
    try:
        visitor.until(lambda: link.session.link is Link.LIVE and kiosk.presenter.sight.can_print)
        return statistics.median(visitor.takes_a_number_ms() for _ in range(TICKETS))
    finally:
        kiosk.stop()
        link.stop()
        kiosk.window.deleteLater()


class _Visitor:
    """Takes one number after the other."""

    def __init__(self, application: QApplication, kiosk: Kiosk, printer: InstantPrinter) -> None:
        self._application = application
        self._kiosk = kiosk
        self._printer = printer

    def takes_a_number_ms(self) -> float:
        for name in ("begin", "queue-B"):
            self._touch(name)
        self._find("priority-none")
        began = self._touch("priority-none")
        self.until(lambda: self._kiosk.presenter.visit.page is Page.TAKING)
        took = (self._printer.page(DEADLINE_SECONDS) - began) * 1000
        self._touch("done")
        return took

    def until(self, condition: Callable[[], bool]) -> None:
        ends = time.monotonic() + DEADLINE_SECONDS
        while not condition():
            if time.monotonic() > ends:
                raise TimeoutError("the kiosk did not come so far in time")
            self._application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)

    def _touch(self, name: str) -> float:
        """When the finger went down."""
        widget = self._find(name)
        self.until(lambda: is_on_top(widget))
        place = middle_of(widget)
        at = time.monotonic()
        touch_at(self._kiosk.window, place)
        return at

    def _find(self, name: str) -> QWidget:
        def seen() -> list[QWidget]:
            return [each for each in self._kiosk.window.findChildren(QWidget, name) if each.isVisible()]

        self.until(lambda: bool(seen()))
        return seen()[0]
