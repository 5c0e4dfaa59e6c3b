"""A page is printed by the printer's own word, in the way in which the model can give it; never by having been sent."""

import datetime as dt
import queue
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.connections.network import NetworkConnection
from hardware.conversation import Deadlines
from hardware.driver import Rhythm
from hardware.job import Failed, Outcome, Printed, PrinterState, PrintJob, Unknown
from hardware.print_journal import PrintJournal
from hardware.printer import Printer
from hardware.profile import EPSON_58MM, EPSON_80MM, Confirmation, Profile
from hardware.station import PrintStation
from hardware.virtual.abilities import EPSON, OLD_AND_NARROW, Abilities
from hardware.virtual.engine import Engine
from tests.hardware.conftest import StartPrinter, VirtualPrinter
from tests.hardware.pressing import page_of, press
from tests.support.waiting import wait_until

PATIENCE_SECONDS = 10.0
TEXT = b"A 019\n" * 10
PAGE = TEXT + b"\x1dV\x42\x00"
QUICK = Deadlines(connect=1.0, answer=0.3, write=0.5, confirm=0.8, ask_again=0.1)
EAGER = Rhythm(poll=0.02, first_retry=0.01, last_retry=0.05)

NO_PROCESS_ID = replace(EPSON, process_id=False, automatic_status=False)
BY_STATUS = replace(EPSON_80MM, confirmation=Confirmation.STATUS)
OLD = replace(EPSON_58MM, confirmation=Confirmation.STATUS, cuts=False, native_qr=False)
ONE_WAY = replace(EPSON_80MM, confirmation=Confirmation.NONE)

Print = Callable[[bytes], Outcome]


class Desk:
    """A station with one printer."""

    def __init__(self, virtual: VirtualPrinter, profile: Profile, journal: Path) -> None:
        self.virtual = virtual
        printer = Printer(
            NetworkConnection(*virtual.server.address), profile, press, deadlines=QUICK, rhythm=EAGER
        )
        self.station = PrintStation(
            (printer,), PrintJournal(journal, lambda: dt.datetime.now(dt.UTC)), lambda: None
        )
        self._jobs = 0
        self.station.start()
        wait_until(lambda: self.station.state is PrinterState.READY)

    def print(self, page: bytes) -> Outcome:
        self._jobs += 1
        outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        job = PrintJob(f"job-{self._jobs}", page_of(page))
        self.station.submit(job, lambda _, outcome: outcomes.put(outcome))
        return outcomes.get(timeout=PATIENCE_SECONDS)

    def befall(self, act: Callable[[Engine], None]) -> None:
        with self.virtual.server.printer() as engine:
            act(engine)


StartDesk = Callable[[Abilities, Profile], Desk]


@pytest.fixture
def start_desk(start_printer: StartPrinter, tmp_path: Path) -> Iterator[StartDesk]:
    desks: list[Desk] = []

    def start(abilities: Abilities, profile: Profile) -> Desk:
        virtual = start_printer(width_dots=profile.width_dots, abilities=abilities)
        desks.append(Desk(virtual, profile, tmp_path / "print.db"))
        return desks[-1]

    yield start
    for desk in desks:
        desk.station.stop(PATIENCE_SECONDS)


@pytest.mark.parametrize(
    ("abilities", "profile"), [(EPSON, EPSON_80MM), (NO_PROCESS_ID, BY_STATUS), (EPSON, BY_STATUS)]
)
def test_a_printer_that_can_tell_tells(start_desk: StartDesk, abilities: Abilities, profile: Profile) -> None:
    desk = start_desk(abilities, profile)
    assert [desk.print(PAGE) for _ in range(3)] == [Printed()] * 3
    for _ in range(3):
        assert PAGE in desk.virtual.paper().raw_bytes
    desk.befall(_has_obeyed_all)


def test_an_old_printer_is_sent_nothing_that_it_does_not_know(start_desk: StartDesk) -> None:
    desk = start_desk(OLD_AND_NARROW, OLD)
    assert desk.print(TEXT) == Printed()
    desk.befall(_has_obeyed_all)


def test_without_process_ids_a_page_that_meets_the_papers_end_fails(start_desk: StartDesk) -> None:
    desk = start_desk(NO_PROCESS_ID, BY_STATUS)
    desk.befall(lambda engine: engine.let_paper_run_out_after(100))
    assert desk.print(PAGE) == Failed(PrinterState.PAPER_OUT, began=True)
    desk.befall(Engine.load_paper)
    wait_until(lambda: desk.station.state is PrinterState.READY)
    assert desk.print(b"next\n" + PAGE) == Printed()


def test_a_page_that_an_old_printer_cannot_be_made_to_forget_is_unknown(start_desk: StartDesk) -> None:
    desk = start_desk(OLD_AND_NARROW, OLD)
    desk.befall(lambda engine: engine.let_paper_run_out_after(100))
    assert desk.print(TEXT) == Unknown(PrinterState.PAPER_OUT)


def test_an_answer_to_gs_r_that_is_lost_confirms_nothing(start_desk: StartDesk) -> None:
    desk = start_desk(NO_PROCESS_ID, BY_STATUS)
    desk.virtual.server.alter_answers(lambda answers: answers.replace(b"\x00", b""))
    assert desk.print(PAGE) == Unknown(PrinterState.SILENT)


def test_one_byte_of_noise_is_no_confirmation(start_desk: StartDesk) -> None:
    desk = start_desk(NO_PROCESS_ID, BY_STATUS)
    noise = iter([b"\x00"])
    desk.virtual.server.alter_answers(
        lambda answers: (next(noise, b"") if answers else b"") + answers.replace(b"\x00", b"")
    )
    assert desk.print(PAGE) == Unknown(PrinterState.SILENT)


def test_a_cover_opened_just_after_the_page_is_seen_before_it_counts_as_printed(
    start_desk: StartDesk,
) -> None:
    desk = start_desk(NO_PROCESS_ID, BY_STATUS)
    with desk.virtual.server.printer() as engine:
        cover = engine

    def open_behind_the_page(answers: bytes) -> bytes:
        if b"\x00\x00" in answers:
            cover.open_cover()
        return answers

    desk.virtual.server.alter_answers(open_behind_the_page)
    assert desk.print(PAGE) == Failed(PrinterState.COVER_OPEN, began=True)


def test_what_was_left_of_a_page_is_cut_off_before_the_next(start_desk: StartDesk) -> None:
    desk = start_desk(EPSON, EPSON_80MM)
    desk.befall(Engine.open_cover)
    wait_until(lambda: desk.station.state is PrinterState.COVER_OPEN)
    desk.befall(Engine.close_cover)
    wait_until(lambda: desk.station.state is PrinterState.READY)
    assert desk.print(PAGE) == Printed()
    assert desk.virtual.paper().raw_bytes.count(b"\x1dV") == 1  # nothing had been begun
    desk.virtual.server.alter_answers(lambda answers: answers.replace(b"\x37\x22", b"\x37\x23"))
    assert desk.print(TEXT) == Unknown(PrinterState.SILENT)
    desk.virtual.server.alter_answers(bytes)
    assert desk.print(b"next\n" + PAGE) == Printed()
    assert b"next" not in desk.virtual.paper().raw_bytes
    assert TEXT not in desk.virtual.paper().raw_bytes.replace(PAGE, b"")


def test_a_printer_that_never_answers_leaves_every_page_unknown(start_desk: StartDesk) -> None:
    desk = start_desk(EPSON, ONE_WAY)
    desk.virtual.server.alter_answers(lambda _: b"")
    assert desk.print(PAGE) == Unknown(PrinterState.READY)
    assert PAGE in desk.virtual.paper().raw_bytes
    desk.virtual.server.stop()
    wait_until(lambda: desk.station.state is PrinterState.UNREACHABLE)
    assert desk.print(PAGE) == Failed(PrinterState.UNREACHABLE)


def _has_obeyed_all(engine: Engine) -> None:
    assert engine.reports == []
