"""A virtual printer on a bench, and its window."""

import datetime as dt
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antrean.virtual_printer.app import PrinterProgram
from antrean.virtual_printer.bench import Bench
from hardware.virtual.paper import WIDTH_80MM
from tests.support.waiting import PATIENCE_SECONDS
from ui.theme import Size
from ui.window import prepare
from wording import Language

NOW = dt.datetime(2026, 7, 14, 10, 8)
Open = Callable[..., PrinterProgram]


@pytest.fixture(autouse=True)
def fonts(qapp: QApplication) -> None:
    prepare(qapp)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Not started: its owner starts and stops it."""
    return Bench("127.0.0.1", 0, tmp_path / "papers", WIDTH_80MM, lambda: NOW)


@pytest.fixture
def running(bench: Bench) -> Iterator[Bench]:
    bench.start()
    yield bench
    bench.stop()


@pytest.fixture
def open_window(qtbot: QtBot, bench: Bench) -> Iterator[Open]:
    with ExitStack() as opened:

        def open_one(size: tuple[int, int] = (1366, 768), language: Language = Language.ID) -> PrinterProgram:
            program = PrinterProgram(bench, Size(*size), language)
            opened.callback(program.stop)
            program.start()
            qtbot.waitUntil(program.window.isActiveWindow)
            return program

        yield open_one


@pytest.fixture
def host(bench: Bench) -> Iterator[Callable[[], socket.socket]]:
    """A program at the other end of the printer's cable."""
    with ExitStack() as connected:

        def connect() -> socket.socket:
            return connected.enter_context(socket.create_connection(bench.address, timeout=PATIENCE_SECONDS))

        yield connect
