"""A queue of CUPS, by stand-ins for its programs that answer in the words of CUPS 2.4."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hardware.connection import ConnectionLost, PageRefused, Progress
from hardware.connections.address import SpoolerAddress
from hardware.connections.spooler import SpoolerQueue
from hardware.job import PrinterState

WITHIN_SECONDS = 5.0
SHORT_SECONDS = 0.2
A_LITTLE_SECONDS = 0.5
ENTRY = "front-12                root              1024   Wed Nov 25 11:12:40 2026\n\tStatus: \n\tAlerts: {alerts}\n"
QUEUE = "printer front {word} Wed Nov 25 11:12:40 2026\n\tDescription: front\n\tAlerts: {alerts}\n"

StandIn = Callable[[str, str], None]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path


@pytest.fixture
def stand_in(folder: Path) -> StandIn:
    """Puts a program of this name on the path, that runs a script of the shell."""

    def put(name: str, script: str) -> None:
        (folder / name).write_text(f"#!/bin/sh\nset -eu\n{script}\n")
        (folder / name).chmod(0o700)

    return put


def lists(folder: Path, waiting: str = "", ended: str = "") -> str:
    """A script for lpstat, with what each of its lists says."""
    (folder / "waiting").write_text(waiting)
    (folder / "ended").write_text(ended)
    return (
        f'case "$*" in\n"-l -W not-completed -o front"|"-W not-completed -o front") cat {folder}/waiting;;\n'
        f'"-l -W completed -o front") cat {folder}/ended;;\n*) exit 9;;\nesac'
    )


@pytest.fixture
def front() -> SpoolerQueue:
    return SpoolerQueue(SpoolerAddress("front"))


def test_a_page_is_handed_over_byte_for_byte(folder: Path, stand_in: StandIn, front: SpoolerQueue) -> None:
    stand_in(
        "lp", f'test "$*" = "-d front -o raw"; cat > {folder}/page; echo "request id is front-12 (0 file(s))"'
    )
    page = bytes(range(256)) * 100
    assert front.submit(page, WITHIN_SECONDS) == "front-12"
    assert (folder / "page").read_bytes() == page


REFUSES = 'echo "lp: Error - too many jobs." >&2; exit 1'


def test_a_page_that_is_refused_is_told_in_the_spoolers_words(
    folder: Path, stand_in: StandIn, front: SpoolerQueue
) -> None:
    stand_in("lp", REFUSES)
    stand_in("lpstat", lists(folder))
    with pytest.raises(PageRefused, match="too many jobs"):
        front.submit(b"A", WITHIN_SECONDS)


def test_a_page_of_which_nobody_knows_whether_it_was_taken_is_not_called_refused(
    folder: Path, stand_in: StandIn, front: SpoolerQueue
) -> None:
    stand_in("lp", REFUSES)
    stand_in("lpstat", lists(folder, waiting=ENTRY.format(alerts="job-printing")))
    with pytest.raises(ConnectionLost, match="too many jobs"):
        front.submit(b"A", WITHIN_SECONDS)
    stand_in("lpstat", "echo 'lpstat: Bad file descriptor' >&2; exit 1")
    with pytest.raises(ConnectionLost):
        front.submit(b"A", WITHIN_SECONDS)
    stand_in("lp", "exec sleep 30")
    with pytest.raises(ConnectionLost, match="does not answer"):
        front.submit(b"A", SHORT_SECONDS)


@pytest.mark.parametrize(
    ("alerts", "progress"),
    [
        ("job-completed-successfully", Progress.DONE),
        ("processing-to-stop-point", Progress.DONE),
        ("job-canceled-by-user", Progress.DROPPED),
        ("aborted-by-system", Progress.DROPPED),
        ("job-completed-with-errors", Progress.DROPPED),
    ],
)
def test_how_a_page_ended_is_the_spoolers_word(
    alerts: str, progress: Progress, folder: Path, stand_in: StandIn, front: SpoolerQueue
) -> None:
    stand_in("lpstat", lists(folder, ended=ENTRY.format(alerts=alerts)))
    assert front.progress("front-12", WITHIN_SECONDS) is progress


def test_a_page_in_the_queue_waits(folder: Path, stand_in: StandIn, front: SpoolerQueue) -> None:
    stand_in("lpstat", lists(folder, waiting=ENTRY.format(alerts="job-printing")))
    assert front.progress("front-12", WITHIN_SECONDS) is Progress.WAITING
    assert front.progress("front-1", WITHIN_SECONDS) is Progress.UNHEARD_OF


@pytest.mark.parametrize(
    ("word", "alerts", "state"),
    [
        ("is idle.  enabled since", "none", PrinterState.READY),
        ("is idle.  enabled since", "media-low-warning", PrinterState.PAPER_LOW),
        ("is idle.  enabled since", "media-low-warning media-empty-error", PrinterState.PAPER_OUT),
        ("is idle.  enabled since", "cover-open", PrinterState.COVER_OPEN),
        ("is idle.  enabled since", "offline-report", PrinterState.OFFLINE),
        ("disabled since", "none", PrinterState.OFFLINE),
    ],
)
def test_how_the_printer_is_is_the_spoolers_word(
    word: str, alerts: str, state: PrinterState, stand_in: StandIn, front: SpoolerQueue
) -> None:
    stand_in("lpstat", f"cat <<'END'\n{QUEUE.format(word=word, alerts=alerts)}END")
    assert front.state(WITHIN_SECONDS) is state


def test_a_queue_that_takes_no_pages_is_offline(stand_in: StandIn, front: SpoolerQueue) -> None:
    told = QUEUE.format(word="is idle.  enabled since", alerts="none")
    since = "Wed Nov 25 11:12:40 2026"
    for word, state in (("accepting", PrinterState.READY), ("not accepting", PrinterState.OFFLINE)):
        stand_in("lpstat", f"cat <<'END'\n{told}front {word} requests since {since}\nEND")
        assert front.state(WITHIN_SECONDS) is state


def test_a_spooler_that_does_not_answer_does_not_hold_us(stand_in: StandIn, front: SpoolerQueue) -> None:
    stand_in("lpstat", "exec sleep 30")
    began = time.monotonic()
    with pytest.raises(ConnectionLost, match="does not answer"):
        front.state(SHORT_SECONDS)
    assert time.monotonic() - began < SHORT_SECONDS + A_LITTLE_SECONDS


def test_a_machine_without_cups_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, front: SpoolerQueue
) -> None:
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(ConnectionLost, match="not installed"):
        front.state(SHORT_SECONDS)
