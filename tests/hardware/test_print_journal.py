"""What the printing process remembers, through crashes and for whoever asks later."""

import datetime as dt
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.job import Failed, JobKind, Outcome, Printed, PrinterState, PrintJob, Unknown
from hardware.print_journal import JobState, JournalUnusable, PrintJournal, trace

NOW = dt.datetime(2026, 7, 14, 3, 8, tzinfo=dt.UTC)
JOB = PrintJob("job-1", JobKind.TICKET, b"A 019", "command-1", "ticket-1")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "print.sqlite"


@pytest.fixture
def journal(path: Path) -> Iterator[PrintJournal]:
    journal = PrintJournal(path, lambda: NOW)
    yield journal
    journal.close()


def another(number: int, command: str = "command-1", ticket: str = "ticket-1") -> PrintJob:
    return PrintJob(f"job-{number}", JobKind.SLIP, b"slip", command, ticket)


@pytest.mark.parametrize(
    ("outcome", "state", "printer"),
    [
        (Printed(), JobState.PRINTED, None),
        (Failed(PrinterState.PAPER_OUT), JobState.FAILED, PrinterState.PAPER_OUT),
        (Unknown(PrinterState.SILENT), JobState.UNKNOWN, PrinterState.SILENT),
    ],
)
def test_a_jobs_story_is_kept_with_its_end(
    journal: PrintJournal, path: Path, outcome: Outcome, state: JobState, printer: PrinterState | None
) -> None:
    number = journal.queued(JOB)
    journal.printing(number)
    journal.closed(number, outcome)
    (entry,) = trace(path, "command-1")
    assert (entry.id, entry.kind, entry.command_id, entry.ticket_id) == (
        "job-1",
        JobKind.TICKET,
        "command-1",
        "ticket-1",
    )
    assert (entry.state, entry.printer) == (state, printer)
    assert (entry.bytes, len(entry.sha256)) == (5, 64)
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


def test_after_a_crash_the_jobs_in_doubt_are_known(path: Path) -> None:
    crash = f"""
import datetime as dt, os, pathlib
from hardware.job import JobKind, PrintJob, Printed
from hardware.print_journal import PrintJournal
journal = PrintJournal(pathlib.Path({str(path)!r}), lambda: dt.datetime.now(dt.UTC))
numbers = [journal.queued(PrintJob(str(n), JobKind.TICKET, b"", "c", "t")) for n in range(3)]
journal.printing(numbers[0])
journal.closed(numbers[0], Printed())
journal.printing(numbers[1])
os._exit(9)
"""
    subprocess.run([sys.executable, "-c", crash], timeout=30, check=False)
    journal = PrintJournal(path, lambda: NOW)
    assert [(entry.id, entry.state) for entry in journal.in_doubt()] == [
        ("1", JobState.PRINTING),
        ("2", JobState.QUEUED),
    ]
    for entry in journal.in_doubt():
        journal.closed(entry.number, Unknown(PrinterState.UNKNOWN))
    assert journal.in_doubt() == ()
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
