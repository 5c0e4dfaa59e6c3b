"""`antrean printer find`: a line for each printer, with its address and how it is."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import ImageOps

from antrean.printer_find import found_here, line_of
from hardware.connections.address import NetworkAddress, UsbAddress
from hardware.connections.find import Place
from hardware.escpos.status import ASK_EVERYTHING
from hardware.virtual.abilities import EPSON, OLD_AND_NARROW, Abilities
from hardware.virtual.paper import Paper
from hardware.virtual.server import PrinterServer
from tests.support.waiting import PATIENCE_SECONDS
from wording import Language, Wording

W = Wording(Language.EN)


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path / "lpstat"


def cups_says(lpstat: Path, state: str) -> None:
    lpstat.write_text(f'#!/bin/sh\ncase "$*" in\n-e) echo front;;\n*) {state};;\nesac\n')
    lpstat.chmod(0o700)


def test_a_queue_is_shown_with_its_printers_state(put: Path) -> None:
    cups_says(put, "printf 'printer front is idle.\\n\\tAlerts: media-empty-error\\n'")
    assert "cups://front  Paper used up" in list(found_here(W))


def test_a_queue_that_can_not_be_asked_is_shown_with_the_reason(put: Path) -> None:
    cups_says(put, "echo 'no such queue' >&2; exit 1")
    assert "cups://front  can't be used: cups://front: no such queue" in list(found_here(W))


class Desk:
    """A virtual printer on the network, with what came out of it and what it would not obey."""

    def __init__(self, abilities: Abilities) -> None:
        self.papers: list[Paper] = []
        self.server = PrinterServer(self.papers.append, abilities=abilities)
        self.place = Place(NetworkAddress(*self.server.address))

    @property
    def nothing_is_on_its_way(self) -> bool:
        """Nothing was printed, and no line is begun."""
        with self.server.printer() as printer:
            printer.receive(b"\n")
            printer.work()
            return (
                not self.papers
                and ImageOps.invert(printer.paper_hanging_out().convert("L")).getbbox() is None
            )


@pytest.fixture
def start() -> Iterator[Callable[[Abilities], Desk]]:
    with ExitStack() as running:

        def started(abilities: Abilities) -> Desk:
            desk = Desk(abilities)
            desk.server.start()
            running.callback(desk.server.stop)
            return desk

        yield started


@pytest.mark.parametrize(
    ("abilities", "found"),
    [
        (EPSON, 'EPSON TM-T20II  Printer ready  profile = "TM-T20II"'),
        (replace(EPSON, model="TM-X99"), "EPSON TM-X99  Printer ready"),
        (OLD_AND_NARROW, "POS-58  Printer ready"),
    ],
)
def test_a_printer_says_what_it_is(
    start: Callable[[Abilities], Desk], abilities: Abilities, found: str
) -> None:
    desk = start(abilities)
    assert line_of(desk.place, W) == f"{desk.place.address}  {found}"
    assert desk.nothing_is_on_its_way


def test_a_printer_that_cannot_print_is_not_asked_what_it_is(start: Callable[[Abilities], Desk]) -> None:
    desk = start(EPSON)
    with desk.server.printer() as printer:
        printer.open_cover()
    assert "TM-T20II" not in line_of(desk.place, W)
    with desk.server.printer() as printer:
        printer.close_cover()
        printer.work()
        assert printer.answers() == b""


def test_what_does_not_answer_as_such_a_printer_is_not_asked_what_it_is() -> None:
    heard = b""
    with socket.create_server(("127.0.0.1", 0)) as laser:

        def listen() -> None:
            nonlocal heard
            host, _ = laser.accept()
            with host:
                while data := host.recv(4096):
                    heard += data

        listening = threading.Thread(target=listen)
        listening.start()
        line = line_of(Place(NetworkAddress(*laser.getsockname())), W)
        listening.join(PATIENCE_SECONDS)
    assert line.endswith("it does not say how it is")
    assert heard == ASK_EVERYTHING


def test_a_printer_that_the_kernel_holds_is_named_by_its_plug() -> None:
    place = Place(UsbAddress(0x04B8, 0x0E15), "EPSON TM-T20II", held=True)
    assert line_of(place, W).endswith('by this address  profile = "TM-T20II"')
