"""A spooler has the last word on a page; what it does not print in time is taken back."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import repeat

import pytest

from hardware.connection import ConnectionLost, PageRefused, Progress
from hardware.conversation import Deadlines, Sending
from hardware.job import Failed, Outcome, Printed, PrinterState, Unknown
from hardware.printer import Printer
from hardware.profile import DEFAULT, Confirmation
from hardware.spooling import Spooling
from tests.hardware.pressing import press

QUICK = Deadlines(answer=0.1, write=0.1, confirm=2.0, ask_again=0.5)


class Queue:
    """A spooler's queue that says one thing after the other of its page, the last of them for good."""

    description = "cups://front"

    def __init__(self, *says: Progress, after_cancelling: Progress = Progress.DROPPED) -> None:
        self.printer = PrinterState.READY
        self.is_there = True
        self.pages: list[bytes] = []
        self.cancelled: list[str] = []
        self.refuses = False
        self._says: Iterator[Progress] = iter([*says, *repeat(says[-1], 100)])
        self._after_cancelling = after_cancelling

    def state(self, within_seconds: float) -> PrinterState:
        return self.printer

    def submit(self, data: bytes, within_seconds: float) -> str:
        if self.refuses:
            raise PageRefused("cups://front: too many jobs")
        self.pages.append(data)
        return "front-7"

    def progress(self, page: str, within_seconds: float) -> Progress:
        assert page == "front-7"
        if not self.is_there:
            raise ConnectionLost("cups://front: no spooler")
        return self._after_cancelling if self.cancelled else next(self._says)

    def cancel(self, page: str, within_seconds: float) -> None:
        self.cancelled.append(page)


class Clock:
    """Time that passes by waiting only."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> float:
        return self.seconds

    def wait(self, seconds: float) -> None:
        self.seconds += seconds


HEAD = b"\x1b@"
WAITING = Progress.WAITING


def printed_on(queue: Queue) -> Outcome:
    return Spooling(queue, QUICK, Clock()).print(Sending(HEAD, b"page", 1))


@pytest.mark.parametrize(
    ("queue", "outcome"),
    [
        (Queue(WAITING, WAITING, Progress.DONE), Printed()),
        (Queue(WAITING, Progress.DROPPED), Failed(PrinterState.READY, began=True)),
        (Queue(WAITING, Progress.UNHEARD_OF), Unknown(PrinterState.READY)),
    ],
)
def test_the_spoolers_word_is_taken(queue: Queue, outcome: Outcome) -> None:
    assert printed_on(queue) == outcome
    assert queue.pages == [HEAD + b"page"]
    assert queue.cancelled == []


@pytest.mark.parametrize(
    ("then", "outcome"),
    [
        (Progress.DROPPED, Failed(PrinterState.SILENT, began=True)),
        (Progress.DONE, Printed()),
        (WAITING, Unknown(PrinterState.SILENT)),
    ],
)
def test_what_is_not_out_in_time_is_taken_back(then: Progress, outcome: Outcome) -> None:
    queue = Queue(WAITING, after_cancelling=then)
    assert printed_on(queue) == outcome
    assert queue.cancelled == ["front-7"]


def test_a_stopped_queue_is_not_waited_for() -> None:
    queue = Queue(WAITING)
    queue.printer = PrinterState.OFFLINE
    assert printed_on(queue) == Failed(PrinterState.OFFLINE, began=True)
    assert queue.cancelled == ["front-7"]


def test_a_page_that_the_spooler_refuses_is_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    queue = Queue(WAITING)
    queue.refuses = True
    assert printed_on(queue) == Failed(PrinterState.FAULT, began=False)
    assert "too many jobs" in capsys.readouterr().out


def test_a_spooler_that_is_gone_leaves_the_page_unknown() -> None:
    queue = Queue(WAITING)
    queue.is_there = False
    assert printed_on(queue) == Unknown(PrinterState.UNREACHABLE)


def test_a_spoolers_queue_is_not_taken_for_a_printer_that_answers() -> None:
    with pytest.raises(ValueError, match="cups://front"):
        Printer(Queue(WAITING), DEFAULT, press)
    Printer(Queue(WAITING), replace(DEFAULT, confirmation=Confirmation.SPOOLER), press)
