"""The checker is worth something: with a mistake in the product, the same mornings end in complaints."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PIL import Image

from hardware import driver, paper_watch, station
from hardware.escpos.beginning import beginning
from hardware.escpos.dialogue import Dialogue
from hardware.job import Failed, Leftover, Outcome, Printed, PrinterState, PrintJob, Unknown
from hardware.paper_check import touches_paper
from hardware.print_journal import PrintJournal
from hardware.station import PrintStation
from hardware.virtual.paper import Ending, Paper
from tests.hardware.faults.checker import Copy, Ticket, complaint, copies_of
from tests.hardware.faults.conftest import MorningOf
from tests.hardware.faults.schedule import MortalJournal
from tests.hardware.pressing import HEAD, MARK

MORNINGS = 300

Mistake = Callable[[pytest.MonkeyPatch], None]


def written_is_printed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Dialogue, "_confirmation", lambda self, name, transmissions: Printed())


def unknown_is_repeated_by_itself(patch: pytest.MonkeyPatch) -> None:
    careful = PrintStation._next

    def careless(self: PrintStation, course: "station._Course", outcome: Outcome) -> bool:
        return careful(self, course, Failed(outcome.state) if isinstance(outcome, Unknown) else outcome)

    patch.setattr(PrintStation, "_next", careless)


def second_printer_without_mark(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(PrintJob, "as_repeat", lambda self: self)


def bytes_before_the_journal(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(MortalJournal, "printing", lambda self, number, printer, data: None)


def bad_end_written_down_before_it_is_told(patch: pytest.MonkeyPatch) -> None:
    def close(self: "station._Course", outcome: Outcome) -> None:
        self._write_down(outcome)
        self._on_outcome(self.job, outcome)

    patch.setattr(station._Course, "_close", close)


def strip_that_nobody_reads(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(station._Place, "judged", lambda self, state: state)


def unheard_is_untouched(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(paper_watch, "touches_paper", lambda state, _: touches_paper(state, unheard_seconds=0.0))


def heard_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(PrintJournal, "last_heard", lambda self, printer: None)


def torn_picture_swallows_the_next_page(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(driver, "beginning", lambda torn_bytes, cuts: beginning(min(torn_bytes, 1), cuts))


def word_on_an_earlier_page_is_taken_for_this_one(patch: pytest.MonkeyPatch) -> None:
    careful = Leftover.after
    patch.setattr(
        Leftover, "after", lambda self, size, outcome: replace(careful(self, size, outcome), unconfirmed=0)
    )


def doubts_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(PrintJournal, "in_doubt", lambda self: ())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("mistake", "found"),
    [
        (written_is_printed, "said to be printed, and is not"),
        (unknown_is_repeated_by_itself, "doubled without its mark"),
        (second_printer_without_mark, "doubled without its mark"),
        (bytes_before_the_journal, "doubled without its mark"),
        (bad_end_written_down_before_it_is_told, "lost in silence"),
        (strip_that_nobody_reads, "said to be printed, and is not"),
        (unheard_is_untouched, "said to be printed, and is not"),
        (heard_is_forgotten, "said to be printed, and is not"),
        (torn_picture_swallows_the_next_page, "said to be printed, and is not"),
        (word_on_an_earlier_page_is_taken_for_this_one, "said to be printed, and is not"),
        (doubts_forgotten, "lost in silence"),
    ],
)
def test_a_mistake_in_the_product_is_found(
    morning_of: MorningOf, monkeypatch: pytest.MonkeyPatch, mistake: Mistake, found: str
) -> None:
    mistake(monkeypatch)
    for seed in range(MORNINGS):
        if any(complaint_.startswith(found) for complaint_ in morning_of(seed).run()):
            return
    pytest.fail(f"{mistake.__name__}: not found in {MORNINGS} mornings")


OUT = Failed(PrinterState.PAPER_OUT)
TORN = Failed(PrinterState.PAPER_OUT, began=True)
ONCE, AGAIN, TORN_PART = Copy(False, True), Copy(True, True), Copy(False, False)


@pytest.mark.parametrize(
    ("outcomes", "is_shown", "copies", "wrong"),
    [
        ([Printed()], False, [ONCE], None),
        ([Printed()], False, [TORN_PART, AGAIN], None),
        ([Printed()], False, [AGAIN, AGAIN], None),
        ([OUT], True, [], None),
        ([TORN], True, [TORN_PART], None),
        ([Unknown(PrinterState.SILENT)], True, [ONCE], None),
        ([], True, [], None),
        ([Printed()], False, [ONCE, ONCE], "doubled without its mark"),
        ([Printed()], False, [], "said to be printed, and is not"),
        ([Printed()], False, [TORN_PART], "said to be printed, and is not"),
        ([OUT], True, [ONCE], "said not to have begun, and is on paper"),
        ([], False, [], "lost in silence"),
    ],
)
def test_what_may_become_of_a_ticket(
    outcomes: list[Outcome], is_shown: bool, copies: list[Copy], wrong: str | None
) -> None:
    assert complaint(Ticket(1, b"", outcomes, is_shown, is_written_down=True), copies) == wrong


def test_what_is_on_paper_must_have_been_written_down() -> None:
    assert complaint(Ticket(1, b""), [ONCE]) == "on paper before it was written down"
    assert complaint(Ticket(1, b""), []) is None


def test_copies_are_seen_on_paper_unless_it_is_white() -> None:
    ink, white = Image.new("1", (8, 8), 0), Image.new("1", (8, 8), 1)
    ticket = Ticket(1, b"NOMOR 1\n")
    pieces = [
        Paper(ink, HEAD + b"NOMOR 1\n", Ending.TORN),
        Paper(ink, HEAD + MARK + b"NOMOR 1\n", Ending.CUT),
        Paper(ink, b"NOMOR 1\n", Ending.CUT),
        Paper(white, HEAD + b"NOMOR 1\n", Ending.CUT),
        Paper(ink, HEAD + b"NOMOR 2\n", Ending.CUT),
    ]
    assert copies_of(ticket, pieces) == [Copy(False, False), Copy(True, True)]
