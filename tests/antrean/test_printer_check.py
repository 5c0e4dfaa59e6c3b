"""`antrean printer test` on virtual printers: what comes out is said to, what does not is told with what to do."""

import queue
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
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


def problem(address: str, language: Language) -> Problem:
    with pytest.raises(Problem) as caught:
        list(print_test_page(address, "default", Wording(language)))
    return caught.value


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


def test_a_printer_without_paper_is_told_in_both_languages(start_desk: StartDesk) -> None:
    desk = start_desk()
    with desk.printer.printer() as engine:
        engine.take_out_paper()
    told = problem(desk.address, Language.EN)
    assert (told.what, told.where, told.todo) == (
        "The test page was not printed. Paper used up",
        desk.address,
        "Put in a new roll and close the cover.",
    )
    told = problem(desk.address, Language.ID)
    assert (told.what, told.todo) == (
        "Halaman uji tidak tercetak. Kertas habis",
        "Pasang gulungan kertas baru, lalu tutup penutupnya.",
    )


def test_paper_that_ends_in_mid_page_leaves_a_part_of_it(start_desk: StartDesk) -> None:
    desk = start_desk()
    with desk.printer.printer() as engine:
        engine.let_paper_run_out_after(200)
    assert (
        problem(desk.address, Language.EN).what == "Only a part of the test page was printed. Paper used up"
    )


def test_of_a_printer_that_cannot_take_the_rest_back_nobody_knows(start_desk: StartDesk) -> None:
    desk = start_desk(replace(EPSON, buffer_clear=False))
    with desk.printer.printer() as engine:
        engine.let_paper_run_out_after(200)
    told = problem(desk.address, Language.EN)
    assert told.what == "Nobody knows whether the test page came out. Paper used up"


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
    assert desk.address in problem(desk.address, Language.EN).where
    assert "kabel" in problem(desk.address, Language.ID).todo
    with pytest.raises(DeviceSettingError, match="address"):
        list(print_test_page("192.168.7.20:ninety", "default", W))


def test_a_model_that_is_unknown_is_told_with_those_near(start_desk: StartDesk) -> None:
    with pytest.raises(DeviceSettingError, match="TM-T20II"):
        start_desk().tried("TM-T20")


def test_a_file_in_no_folder_is_told(tmp_path: Path) -> None:
    told = problem(f"file://{tmp_path}/none/pages", Language.EN)
    assert told.what == "The printer can't be reached"
    assert "folder" in told.todo


def test_a_queue_that_stands_still_gets_no_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lpstat = tmp_path / "lpstat"
    lpstat.write_text('#!/bin/sh\necho "printer front disabled since Wed Nov 25 11:12:40 2026 -"\n')
    lpstat.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    told = problem("cups://front", Language.EN)
    assert told.what == "The test page was not printed. Printer switched off line"
    assert "cupsenable" in told.todo


def test_a_machine_without_cups_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "apt install cups-client" in problem("cups://front", Language.EN).todo
