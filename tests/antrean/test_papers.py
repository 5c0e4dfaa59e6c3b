"""A kiosk whose memory is gone still knows which numbers are on paper."""

from datetime import UTC, datetime
from pathlib import Path

from antrean.papers import known_from
from broker.domain.known import Known
from broker.domain.values import BusinessDay
from hardware.job import PrintJob
from hardware.page import JobKind, Page
from hardware.print_journal import PrintJournal

NOW = datetime(2026, 7, 14, 3, 0, tzinfo=UTC)


def printed(journal: Path, *tickets: str) -> None:
    book = PrintJournal(journal, lambda: NOW)
    for ticket in tickets:
        kind = JobKind.SLIP if "SLIP" in ticket else JobKind.TICKET
        job = PrintJob(ticket, Page(kind, {}), "command", ticket)
        book.printing(book.queued(job), "printer", b"paper")
    book.close()


def test_of_the_last_day_the_greatest_number_of_each_queue_is_known(tmp_path: Path) -> None:
    journal = tmp_path / "kiosk-1-print.db"
    printed(journal, "20260713-A099", "20260714-A012", "20260714-B003", "20260714-A011", "20260714-C001.1")
    assert known_from(journal) == Known(BusinessDay("2026-07-14"), {"A": 12, "B": 3, "C": 1})


def test_a_slip_and_what_is_no_number_say_nothing(tmp_path: Path) -> None:
    journal = tmp_path / "kiosk-1-print.db"
    printed(journal, "20260714-SLIP", "x")
    assert known_from(journal) == Known()


def test_a_kiosk_without_a_journal_or_with_a_damaged_one_knows_nothing(tmp_path: Path) -> None:
    assert known_from(tmp_path / "none.db") == Known()
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(b"no database" * 100)
    assert known_from(damaged) == Known()
