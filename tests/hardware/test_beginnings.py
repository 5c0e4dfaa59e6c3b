"""Whichever way a page goes, it begins with the printer as new, and is whole also where the page before was torn."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from hardware.connection import Connection, Progress, Spooled
from hardware.connections.address import PlainFileAddress
from hardware.connections.plain_file import PlainFileConnection
from hardware.conversation import Deadlines
from hardware.driver import Rhythm
from hardware.escpos.beginning import beginning
from hardware.job import Leftover, Outcome, PrinterState, PrintJob
from hardware.patience import OwnPatience
from hardware.printer import driver_of
from hardware.profile import DEFAULT, Confirmation
from hardware.virtual.engine import Engine
from hardware.virtual.paper import Paper
from tests.hardware.connections.conftest import Lay, lay
from tests.hardware.connections.lines import by_device_file
from tests.hardware.pressing import CUT, PICTURE, page_of, press

__all__ = ["lay"]

JOB = PrintJob("job", page_of(b"A 019\n" + PICTURE + CUT))
PAGE = press(JOB, DEFAULT)
BEFORE = press(PrintJob("before", page_of(b"B 001\n" + PICTURE + CUT)), DEFAULT)
TORN = [BEFORE[:end] for end in (5, len(BEFORE) // 2, len(BEFORE) - len(CUT) - 1, len(BEFORE) - 1)]
"""Within a text, within a picture, before its last byte, and within the cut."""


class Attempt:
    job = JOB

    def taken(self) -> None: ...

    def judged(self, state: PrinterState) -> PrinterState:
        return state

    def begins(self, data: bytes) -> int:
        return 1

    def ended(self, outcome: Outcome) -> None: ...


class Queue:
    """A spooler's queue whose pages are kept."""

    description = "cups://front"

    def __init__(self) -> None:
        self.pages = b""

    def state(self, within_seconds: float) -> PrinterState:
        return PrinterState.READY

    def submit(self, data: bytes, within_seconds: float) -> str:
        self.pages += data
        return "front-1"

    def progress(self, page: str, within_seconds: float) -> Progress:
        return Progress.DONE

    def cancel(self, page: str, within_seconds: float) -> None: ...


def let_print(way: Connection | Spooled, confirmation: Confirmation, torn_bytes: int) -> None:
    profile = replace(DEFAULT, confirmation=confirmation)
    driver = driver_of(way, profile, press, OwnPatience(), Deadlines(), Rhythm(), lambda _: None)
    driver.left = Leftover(torn_bytes)
    driver.print(Attempt())
    driver.hang_up()


def to_a_file(folder: Path, torn_bytes: int) -> bytes:
    file = folder / "pages.bin"
    let_print(PlainFileConnection(PlainFileAddress(str(file))), Confirmation.NONE, torn_bytes)
    return file.read_bytes()


def to_a_spooler(_: Path, torn_bytes: int) -> bytes:
    queue = Queue()
    let_print(queue, Confirmation.SPOOLER, torn_bytes)
    return queue.pages


def last_piece(data: bytes) -> Image.Image:
    pieces: list[Paper] = []
    engine = Engine(pieces.append)
    engine.receive(data)
    engine.work()
    return pieces[-1].image


@pytest.mark.parametrize("sent", [to_a_file, to_a_spooler])
def test_a_page_begins_with_the_printer_as_new(sent: Callable[[Path, int], bytes], tmp_path: Path) -> None:
    assert sent(tmp_path, 0) == b"\x1b@" + PAGE


@pytest.mark.parametrize("sent", [to_a_file, to_a_spooler])
@pytest.mark.parametrize("torn", TORN, ids=len)
def test_what_was_torn_before_it_is_no_part_of_a_page(
    sent: Callable[[Path, int], bytes], torn: bytes, tmp_path: Path
) -> None:
    assert last_piece(torn + sent(tmp_path, len(BEFORE))) == last_piece(PAGE)


@pytest.mark.parametrize("torn", TORN, ids=len)
def test_nor_is_it_on_a_device(torn: bytes, lay: Lay) -> None:
    line = lay(by_device_file)
    line.connection.open(1.0)
    line.connection.write(torn, 1.0)
    line.connection.close()
    let_print(line.connection, Confirmation.STATUS, len(BEFORE))
    while b"A 019" not in (piece := line.paper()).raw_bytes:
        pass
    assert piece.image == last_piece(PAGE)


def test_a_printer_without_a_cutter_is_not_told_to_cut() -> None:
    assert beginning(100, cuts=False) == bytes(100) + b"\x1b@"
