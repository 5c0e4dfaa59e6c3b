"""The conversation with a printer whose answers come in an awkward order; the usual ones are in test_printer."""

from collections import deque
from dataclasses import replace

import pytest

from hardware.conversation import Deadlines, NoAnswer, Sending
from hardware.escpos.dialogue import Dialogue
from hardware.escpos.status import ASK_EVERYTHING
from hardware.job import Outcome, Printed, PrinterState, Unknown
from hardware.patience import OwnPatience
from hardware.profile import DEFAULT, Confirmation

WELL = b"\x12\x12\x12\x12"
PAPER_OUT = b"\x1a\x32\x12\x7e"
PRINTED = b"\x37\x22" + b"0007" + b"\x00"
QUICK = Deadlines(connect=0.1, answer=0.05, write=0.1, confirm=0.5, ask_again=0.02)


class SlowTalker:
    """A printer that is well while it prints and out of paper afterwards.

    After it has been asked for its state the first time it says `says`, one piece at each reading; it answers the
    second time.
    """

    description = "slow talker"

    def __init__(self, *says: bytes) -> None:
        self._says = deque(says)
        self._asked = 0

    def open(self, within_seconds: float) -> None: ...

    def close(self) -> None: ...

    def write(self, data: bytes, within_seconds: float) -> None:
        self._asked += data == ASK_EVERYTHING
        if self._asked == 2:
            self._says.append(PAPER_OUT)

    def read(self, within_seconds: float) -> bytes:
        return self._says.popleft() if self._asked and self._says else b""


class Transmitter:
    """A printer that is well, and answers to GS r so many times after each page."""

    description = "transmitter"

    def __init__(self, *answers: int) -> None:
        self._answers = deque(answers)
        self._says = b""

    def open(self, within_seconds: float) -> None: ...

    def close(self) -> None: ...

    def write(self, data: bytes, within_seconds: float) -> None:
        self._says += WELL if data == ASK_EVERYTHING else b"\x00" * self._answers.popleft()

    def read(self, within_seconds: float) -> bytes:
        said, self._says = self._says, b""
        return said


@pytest.mark.parametrize(
    "says",
    [
        pytest.param((PRINTED, WELL), id="all late"),
        pytest.param((WELL[:1], PRINTED, WELL[1:]), id="some late"),
        pytest.param((PRINTED + WELL,), id="in one piece"),
        pytest.param((PRINTED,), id="never"),
    ],
)
def test_answers_still_due_when_the_page_is_out_are_not_taken_for_those_to_the_next_question(
    says: tuple[bytes, ...],
) -> None:
    dialogue = Dialogue(SlowTalker(*says), DEFAULT, QUICK, OwnPatience(), lambda _: None)
    assert dialogue.print(Sending(b"", b"page", 7)) == Printed()
    assert dialogue.look().state is PrinterState.PAPER_OUT


class Deaf(Transmitter):
    """Runs out of paper, and answers one question less than it is asked."""

    def write(self, data: bytes, within_seconds: float) -> None:
        if data == ASK_EVERYTHING:
            self._says += PAPER_OUT if self._answers else b""
            self._answers.append(0)


def test_a_question_whose_answer_was_lost_is_asked_again() -> None:
    dialogue = Dialogue(Deaf(), DEFAULT, QUICK, OwnPatience(), lambda _: None)
    assert dialogue.print(Sending(b"", b"page", 7)) == Unknown(PrinterState.PAPER_OUT)


def test_answers_that_may_be_of_the_page_before_do_not_confirm_this_one() -> None:
    profile = replace(DEFAULT, confirmation=Confirmation.STATUS)

    def outcome(answers: int, unconfirmed: int) -> Outcome:
        dialogue = Dialogue(Transmitter(answers), profile, QUICK, OwnPatience(), lambda _: None)
        return dialogue.print(Sending(b"", b"page", 7, unconfirmed))

    assert outcome(answers=2, unconfirmed=0) == Printed()
    assert outcome(answers=2, unconfirmed=1) == Unknown(PrinterState.SILENT)
    assert outcome(answers=4, unconfirmed=1) == Printed()


def test_a_printer_that_says_nothing_gives_no_answer() -> None:
    with pytest.raises(NoAnswer):
        Dialogue(SlowTalker(), DEFAULT, QUICK, OwnPatience(), lambda _: None).look()
