"""What the printing process remembers, through crashes and for whoever asks later."""

import datetime as dt
import hashlib
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.job import Failed, Leftover, Outcome, Printed, PrinterState, PrintJob, Unknown
from hardware.page import JobKind, Page
from hardware.print_journal import KEPT, JobState, JournalUnusable, PrintJournal, trace

NOW = dt.datetime(2026, 7, 14, 3, 8, tzinfo=dt.UTC)
PAGE = Page(JobKind.TICKET, {"number": "019", "bring": ("KTP", "Surat pengantar")})
JOB = PrintJob("job-1", PAGE, "command-1", "ticket-1")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "print.sqlite"


@pytest.fixture
def journal(path: Path) -> Iterator[PrintJournal]:
    journal = PrintJournal(path, lambda: NOW)
    yield journal
    journal.close()


def another(number: int, command: str = "command-1", ticket: str = "ticket-1") -> PrintJob:
    return PrintJob(f"job-{number}", Page(JobKind.SLIP, {}), command, ticket)


@pytest.mark.parametrize(
    ("outcome", "state", "found"),
    [
        (Printed(), JobState.PRINTED, None),
        (Failed(PrinterState.PAPER_OUT), JobState.FAILED, PrinterState.PAPER_OUT),
        (Unknown(PrinterState.SILENT), JobState.UNKNOWN, PrinterState.SILENT),
    ],
)
def test_a_jobs_story_is_kept_with_its_end(
    journal: PrintJournal, path: Path, outcome: Outcome, state: JobState, found: PrinterState | None
) -> None:
    number = journal.queued(JOB)
    journal.printing(number, "front:9100", b"A 019")
    journal.closed(number, outcome)
    (entry,) = trace(path, "command-1")
    assert (entry.id, entry.kind, entry.command_id, entry.ticket_id) == (
        "job-1",
        JobKind.TICKET,
        "command-1",
        "ticket-1",
    )
    assert (entry.state, entry.found, entry.printer) == (state, found, "front:9100")
    assert (entry.size, entry.sha256) == (5, hashlib.sha256(b"A 019").hexdigest())
    assert entry.queued_at == entry.printing_at == entry.closed_at == NOW


def test_a_ticket_and_a_command_lead_to_their_jobs(journal: PrintJournal, path: Path) -> None:
    journal.queued(JOB)
    journal.queued(another(2, command="command-2"))
    journal.queued(another(3, command="command-3", ticket="ticket-3"))
    assert [entry.id for entry in trace(path, "ticket-1")] == ["job-1", "job-2"]
    assert [entry.id for entry in trace(path, "command-3")] == ["job-3"]
    assert trace(path, "command-9") == ()


def test_a_job_is_never_written_down_twice(journal: PrintJournal) -> None:
    journal.queued(JOB)
    with pytest.raises(JournalUnusable):
        journal.queued(JOB)


def test_after_a_crash_the_jobs_in_doubt_are_known_with_their_pages(path: Path) -> None:
    crash = f"""
import datetime as dt, os, pathlib
from hardware.job import PrintJob, Printed
from hardware.page import JobKind, Page
from hardware.print_journal import PrintJournal
journal = PrintJournal(pathlib.Path({str(path)!r}), lambda: dt.datetime.now(dt.UTC))
page = Page(JobKind.TICKET, {{"number": "019", "bring": ("KTP", "Surat pengantar")}})
numbers = [journal.queued(PrintJob(str(n), page, "c", "t")) for n in range(3)]
journal.printing(numbers[0], "front:9100", b"")
journal.closed(numbers[0], Printed())
journal.printing(numbers[1], "front:9100", b"")
os._exit(9)
"""
    subprocess.run([sys.executable, "-c", crash], timeout=30, check=False)
    journal = PrintJournal(path, lambda: NOW)
    begun, waiting = journal.in_doubt()
    assert (begun.id, begun.began, waiting.id, waiting.began) == ("1", True, "2", False)
    assert begun.page == waiting.page == PAGE
    assert (begun.kind, begun.command_id, begun.ticket_id) == (JobKind.TICKET, "c", "t")
    journal.settle(begun.number)
    journal.settle(waiting.number)
    assert journal.in_doubt() == ()
    assert [entry.state for entry in trace(path, "t")] == [
        JobState.PRINTED,
        JobState.UNKNOWN,
        JobState.FAILED,
    ]
    journal.close()


def test_what_is_being_printed_now_is_not_in_doubt(journal: PrintJournal) -> None:
    journal.printing(journal.queued(JOB), "front:9100", b"A 019")
    assert journal.in_doubt() == ()


@pytest.mark.parametrize("outcome", [Printed(), Failed(PrinterState.PAPER_OUT), Unknown(PrinterState.SILENT)])
def test_a_page_is_forgotten_when_its_end_is_known(
    journal: PrintJournal, path: Path, outcome: Outcome
) -> None:
    number = journal.queued(JOB)
    journal.printing(number, "front:9100", b"A 019")
    assert b"Surat pengantar" in _on_disk(path)
    journal.closed(number, outcome)
    assert b"Surat pengantar" not in _on_disk(path)


def test_a_page_whose_doubt_is_settled_is_forgotten(journal: PrintJournal, path: Path) -> None:
    journal.settle(journal.queued(JOB))
    assert b"Surat pengantar" not in _on_disk(path)


def test_a_closed_jobs_story_is_forgotten_after_some_weeks_and_an_open_one_never(path: Path) -> None:
    journal = PrintJournal(path, lambda: NOW)
    journal.closed(journal.queued(JOB), Printed())
    journal.queued(another(2))
    journal.close()
    for later, known in ((KEPT, ["job-1", "job-2"]), (KEPT + dt.timedelta(seconds=1), ["job-2"])):
        PrintJournal(path, lambda: NOW + later).close()  # noqa: B023 - called at once
        assert [entry.id for entry in trace(path, "ticket-1")] == known


def test_a_program_that_never_stops_forgets_too(path: Path) -> None:
    moments = [NOW]
    journal = PrintJournal(path, lambda: moments[-1])
    journal.closed(journal.queued(JOB), Printed())
    moments.append(NOW + KEPT + dt.timedelta(days=1))
    journal.closed(journal.queued(another(2)), Printed())
    assert [entry.id for entry in trace(path, "ticket-1")] == ["job-2"]
    journal.close()


def test_whether_a_part_of_a_page_may_hang_in_a_printer_is_known_after_a_restart(path: Path) -> None:
    journal = PrintJournal(path, lambda: NOW)
    journal.printing(journal.queued(JOB), "front:9100", b"A 019")
    journal.close()
    again = PrintJournal(path, lambda: NOW)
    assert again.left_in("front:9100") == Leftover(torn_bytes=5, unconfirmed=1)
    assert again.left_in("back:9100") == Leftover()
    number = again.queued(another(2))
    again.printing(number, "front:9100", b"")
    again.closed(number, Printed())
    again.closed(again.queued(another(3)), Failed(PrinterState.PAPER_OUT))
    assert again.left_in("front:9100") == Leftover()
    again.close()


def test_doubt_about_paper_outlives_a_restart(path: Path) -> None:
    journal = PrintJournal(path, lambda: NOW)
    journal.doubt_paper("front:9100")
    journal.doubt_paper("front:9100")
    journal.close()
    again = PrintJournal(path, lambda: NOW)
    assert again.is_paper_doubted("front:9100")
    assert not again.is_paper_doubted("back:9100")
    again.trust_paper("front:9100")
    assert not again.is_paper_doubted("front:9100")
    again.close()


def test_when_a_printer_was_last_heard_outlives_a_restart(path: Path) -> None:
    journal = PrintJournal(path, lambda: NOW)
    assert journal.last_heard("front:9100") is None
    journal.heard("front:9100", at=1000.25)
    journal.heard("front:9100", at=1010.5)
    journal.close()
    again = PrintJournal(path, lambda: NOW)
    assert again.last_heard("front:9100") == 1010.5
    assert again.last_heard("back:9100") is None
    again.close()


def test_a_journal_of_version_2_is_taken_over_and_no_printer_was_heard_yet(path: Path) -> None:
    path.parent.mkdir()
    shutil.copy(Path(__file__).with_name("print-journal-2.sqlite"), path)
    journal = PrintJournal(path, lambda: NOW)
    (doubt,) = journal.in_doubt()
    assert (doubt.id, doubt.began, doubt.page) == ("job-3", True, PAGE)
    printed, failed, _ = trace(path, "ticket-1")
    assert (printed.state, failed.state, failed.is_repeat) == (JobState.PRINTED, JobState.FAILED, True)
    assert journal.is_paper_doubted("tcp://front:9100")
    assert journal.last_heard("tcp://front:9100") is None
    journal.heard("tcp://front:9100", at=1000.0)
    assert journal.queued(another(4)) == 4
    journal.close()


def test_a_journal_of_version_1_is_taken_over(path: Path) -> None:
    path.parent.mkdir()
    shutil.copy(Path(__file__).with_name("print-journal-1.sqlite"), path)
    journal = PrintJournal(path, lambda: NOW)
    (doubt,) = journal.in_doubt()
    assert (doubt.number, doubt.kind, doubt.began, doubt.page) == (3, JobKind.SLIP, True, None)
    printed, failed, _ = trace(path, "ticket-1")
    assert (printed.state, printed.size, printed.closed_at) == (JobState.PRINTED, 5, NOW)
    assert (failed.state, failed.found) == (JobState.FAILED, PrinterState.PAPER_OUT)
    assert journal.queued(another(4)) == 4
    assert journal.last_heard("front:9100") is None
    journal.close()


def test_numbers_go_on_after_a_restart(journal: PrintJournal, path: Path) -> None:
    first = journal.queued(JOB)
    journal.close()
    again = PrintJournal(path, lambda: NOW)
    assert again.queued(another(2)) == first + 1
    again.close()


def test_a_journal_of_a_later_version_is_refused_and_named(path: Path) -> None:
    path.parent.mkdir()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 7")
    db.close()
    with pytest.raises(JournalUnusable, match=r"print\.sqlite: a print journal of version 7"):
        PrintJournal(path, lambda: NOW)


def test_a_file_that_is_no_journal_is_refused_and_named(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database, but long enough to be looked at as one" * 20)
    with pytest.raises(JournalUnusable, match=r"print\.sqlite"):
        PrintJournal(path, lambda: NOW)


def test_tracing_makes_no_file(path: Path) -> None:
    with pytest.raises(JournalUnusable):
        trace(path, "command-1")
    assert not path.exists()


def _on_disk(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.glob("print.sqlite*"))
