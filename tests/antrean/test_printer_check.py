"""`antrean printer test` on virtual printers: what comes out is said to, what does not is told with what to do."""

import queue
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from antrean.printer_check import print_test_page
from antrean.problem import Problem
from hardware.settings import DeviceSettingError
from hardware.virtual.abilities import EPSON, OLD_AND_NARROW, Abilities
from hardware.virtual.paper import Paper
from hardware.virtual.server import PrinterServer
from wording import Language, Wording

W = Wording(Language.EN)


class Desk:
    def __init__(self, abilities: Abilities) -> None:
        self.papers: queue.SimpleQueue[Paper] = queue.SimpleQueue()
        self.printer = PrinterServer(self.papers.put, abilities=abilities)
        self.address = "tcp://{}:{}".format(*self.printer.address)

    def tried(self, model: str) -> list[str]:
        return list(print_test_page(self.address, model, W))


StartDesk = Callable[..., Desk]


@pytest.fixture
def start_desk() -> Iterator[StartDesk]:
    with ExitStack() as running:

        def start(abilities: Abilities = EPSON) -> Desk:
            desk = Desk(abilities)
            desk.printer.start()
            running.callback(desk.printer.stop)
            return desk

        yield start


def test_a_page_that_comes_out_is_said_to_have_with_what_to_write(start_desk: StartDesk) -> None:
    desk = start_desk()
    first, _, *settings = desk.tried("TM-T20II")
    assert first == f"The printer at {desk.address} has printed the test page."
    assert settings == [f'  address = "{desk.address}"', '  profile = "TM-T20II"']
    assert desk.papers.qsize() == 1


def test_what_the_printer_answers_counts_not_what_the_model_is_said_to(start_desk: StartDesk) -> None:
    assert start_desk().tried("default")[-1] == '  confirmation = "process-id"'
    assert start_desk(OLD_AND_NARROW).tried("POS-5890")[-1] == '  profile = "POS-5890"'


def test_a_printer_without_paper_is_told_with_what_to_do(start_desk: StartDesk) -> None:
    desk = start_desk()
    with desk.printer.printer() as engine:
        engine.take_out_paper()
    with pytest.raises(Problem, match="paper"):
        desk.tried("default")


def test_a_printer_that_says_nothing_is_not_taken_at_its_word(start_desk: StartDesk) -> None:
    desk = start_desk()
    desk.printer.alter_answers(lambda _: b"")
    lines = desk.tried("default")
    assert "can't tell" in lines[0]
    assert lines[-1] == '  confirmation = "none"'


def test_a_file_takes_the_page_too(tmp_path: Path) -> None:
    lines = list(print_test_page(f"file://{tmp_path}/pages", "default", W))
    assert "can't tell" in lines[0]
    assert (tmp_path / "pages").stat().st_size > 1000


def test_a_printer_that_is_not_there_and_what_is_no_address_are_told(start_desk: StartDesk) -> None:
    desk = start_desk()
    desk.printer.unplug()
    with pytest.raises(Problem) as gone:
        desk.tried("default")
    assert desk.address in gone.value.where
    assert "cable" in gone.value.todo
    with pytest.raises(DeviceSettingError, match="address"):
        list(print_test_page("192.168.7.20:ninety", "default", W))
