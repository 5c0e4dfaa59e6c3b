"""A roll changed while nobody could hear the printer is doubted afterwards, in the same run or in the next."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from hardware.job import PrinterState
from hardware.paper_check import ROLL_CHANGE_SECONDS, Happening, Paper
from hardware.paper_watch import Clocks, PaperWatch
from hardware.print_journal import PrintJournal

BRIEFLY = ROLL_CHANGE_SECONDS - 1
LONG = ROLL_CHANGE_SECONDS + 1
READY = PrinterState.READY


class Machine:
    """The machine's clocks, moved by hand."""

    def __init__(self) -> None:
        self.steady = 50.0
        self.wall = 1_800_000_000.0

    def let_pass(self, seconds: float) -> None:
        self.steady += seconds
        self.wall += seconds

    def restart(self) -> None:
        self.steady = 0.0

    @property
    def clocks(self) -> Clocks:
        return Clocks(lambda: self.steady, lambda: self.wall)


@pytest.fixture
def machine() -> Machine:
    return Machine()


Begin = Callable[[], PaperWatch]


@pytest.fixture
def begin(machine: Machine, tmp_path: Path) -> Iterator[Begin]:
    """Begins a run of the program; the one before was killed."""
    with ExitStack() as running:

        def run() -> PaperWatch:
            running.close()
            journal = PrintJournal(tmp_path / "print.db", lambda: dt.datetime(2026, 7, 14, tzinfo=dt.UTC))
            running.callback(journal.close)
            return PaperWatch("front", journal, machine.clocks)

        yield run


@pytest.mark.parametrize("away", [PrinterState.UNREACHABLE, PrinterState.SILENT])
def test_a_printer_that_was_away_for_a_rolls_change_is_doubted_when_it_is_heard_again(
    begin: Begin, machine: Machine, away: PrinterState
) -> None:
    watch = begin()
    assert not watch.found(READY)
    for _ in range(7):
        machine.let_pass(LONG / 7)
        assert not watch.found(away)
    assert watch.found(READY)
    assert watch.paper is Paper.TOUCHED


def test_a_printer_that_was_away_for_a_moment_is_trusted(begin: Begin, machine: Machine) -> None:
    watch = begin()
    watch.found(READY)
    watch.found(PrinterState.UNREACHABLE)
    machine.let_pass(BRIEFLY)
    assert not watch.found(READY)
    assert watch.paper is Paper.TRUSTED


def test_a_printer_that_is_heard_all_along_is_trusted(begin: Begin, machine: Machine) -> None:
    watch = begin()
    for _ in range(100):
        watch.found(READY)
        machine.let_pass(BRIEFLY)
    machine.let_pass(LONG)  # a long page on a slow line
    watch.heard()
    watch.found(PrinterState.PAPER_LOW)
    assert watch.paper is Paper.TRUSTED


def test_it_is_doubted_whatever_else_is_the_matter_with_it(begin: Begin, machine: Machine) -> None:
    watch = begin()
    watch.found(READY)
    machine.let_pass(LONG)
    assert watch.found(PrinterState.OFFLINE)
    assert watch.paper is Paper.TOUCHED


def test_a_strip_from_before_says_nothing_of_the_paper_now(begin: Begin, machine: Machine) -> None:
    watch = begin()
    watch.found(PrinterState.PAPER_OUT)
    watch.happened(Happening.STRIP_BEGUN)
    watch.happened(Happening.STRIP_OUT)
    assert watch.paper is Paper.ASKED
    machine.let_pass(LONG)
    watch.found(READY)
    assert watch.paper is Paper.TOUCHED


def test_a_printer_that_was_never_heard_before_is_trusted(begin: Begin, machine: Machine) -> None:
    watch = begin()
    machine.let_pass(LONG)
    watch.found(PrinterState.UNREACHABLE)
    machine.let_pass(LONG)
    assert not watch.found(READY)
    assert watch.paper is Paper.TRUSTED


# From one run to the next


@pytest.mark.parametrize(
    ("away_seconds", "paper"), [(BRIEFLY, Paper.TRUSTED), (LONG, Paper.TOUCHED), (86_400.0, Paper.TOUCHED)]
)
def test_a_restart_counts_as_the_time_that_it_took(
    begin: Begin, machine: Machine, away_seconds: float, paper: Paper
) -> None:
    watch = begin()
    watch.found(READY)
    machine.let_pass(5.0)
    watch.found(READY)
    watch.note_heard()
    machine.let_pass(away_seconds)
    machine.restart()
    again = begin()
    assert again.found(READY) is (paper is Paper.TOUCHED)
    assert again.paper is paper


def test_looking_on_in_vain_after_a_restart_is_no_word_of_the_printer(begin: Begin, machine: Machine) -> None:
    begin().found(READY)
    for _ in range(3):
        machine.let_pass(BRIEFLY)
        watch = begin()
        watch.found(PrinterState.UNREACHABLE)
        watch.note_heard()
    assert watch.found(READY)


def test_a_killed_program_knows_to_ten_seconds_when_it_last_heard_the_printer(
    begin: Begin, machine: Machine
) -> None:
    watch = begin()
    for _ in range(60):
        watch.found(READY)
        machine.let_pass(1.0)
    machine.let_pass(BRIEFLY - 10.0)
    assert not begin().found(READY)
    machine.let_pass(LONG)
    assert begin().found(READY)


def test_a_clock_that_was_set_back_tells_nothing(begin: Begin, machine: Machine) -> None:
    begin().found(READY)
    machine.wall -= 3600.0
    watch = begin()
    assert watch.found(READY)
    for happening in (Happening.STRIP_BEGUN, Happening.STRIP_OUT, Happening.READABLE):
        watch.happened(happening)
    again = begin()
    assert not again.found(READY)
    assert again.paper is Paper.TRUSTED


def test_a_clock_that_is_set_while_the_program_runs_changes_nothing(begin: Begin, machine: Machine) -> None:
    watch = begin()
    watch.found(READY)
    machine.wall += 1_000_000.0
    machine.steady += 1.0
    assert not watch.found(READY)
    machine.wall -= 2_000_000.0
    assert not watch.found(READY)
    assert watch.paper is Paper.TRUSTED


def test_the_disk_is_left_alone_between_two_notes(begin: Begin, machine: Machine, tmp_path: Path) -> None:
    watch = begin()
    watch.found(READY)
    before = (tmp_path / "print.db-wal").stat()
    for _ in range(9):
        machine.let_pass(1.0)
        watch.found(READY)
    assert (tmp_path / "print.db-wal").stat() == before
    machine.let_pass(1.0)
    watch.found(READY)
    assert (tmp_path / "print.db-wal").stat() != before
