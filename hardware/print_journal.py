"""The printing process's own memory: each job is on disk before its first byte, and closed by its end.

A small SQLite file that one process writes. It keeps a page until the end is known, then only what tells the story.
After a crash, `in_doubt` names the pages that may be on paper or not; what is to be done about them is their owner's
decision. `trace` reads a journal that another process is writing.
"""

import hashlib
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import assert_never

from hardware import print_tables
from hardware.job import Failed, Leftover, Outcome, Printed, PrinterState, PrintJob, Unknown
from hardware.page import JobKind, Page, page_from

KEPT = timedelta(days=30)
"""How long the story of a closed job is kept."""

_PAGES_IN_A_PRINTER = 8
"""More than wait in one without a word from it."""

LAST_TICKETS = 5000
"""More than a kiosk prints in a day."""


class JournalUnusable(Exception):  # noqa: N818 - says what is wrong
    """The file cannot be written or is not a print journal of this version. The message names it."""


class JobState(StrEnum):
    QUEUED = "queued"
    PRINTING = "printing"
    PRINTED = "printed"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Entry:
    """The story of one job. `number` counts from 1.

    `printer` is the last one that got bytes of it (`size` of them, with their hash); `found` is the printer's state
    that a failure is put down to.
    """

    number: int
    id: str
    kind: JobKind
    command_id: str | None
    ticket_id: str | None
    is_repeat: bool
    state: JobState
    printer: str | None
    sha256: str | None
    size: int | None
    found: PrinterState | None
    queued_at: datetime
    printing_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A job whose end was never written. Where it `began`, it may be on paper; else it surely is not.

    `page` is None where a journal of an older version did not keep it: such a job can be told of, not printed again.
    """

    number: int
    id: str
    kind: JobKind
    page: Page | None
    command_id: str | None
    ticket_id: str | None
    is_repeat: bool
    began: bool
    queued_at: datetime


class PrintJournal:
    """The journal at `path`, made if it is not there. One process writes it, from any of its threads.

    `now` tells the time that is written down. Raises JournalUnusable.
    """

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self._path = path
        self._now = now
        self._lock = threading.Lock()
        try:
            self._db = print_tables.opened(path)
            (self._earlier,) = self._db.execute("SELECT coalesce(max(number), 0) FROM job").fetchone()
        except (sqlite3.Error, OSError, print_tables.WrongVersion) as error:
            raise JournalUnusable(f"{path}: {error}") from error
        self._forget_old()

    def queued(self, job: PrintJob) -> int:
        """Write a job down, and return its number. Raises JournalUnusable, as the other writers do."""
        row = (job.id, job.page.kind, job.command_id, job.ticket_id, job.is_repeat, job.page.to_json())
        return self._write(
            "INSERT INTO job (id, kind, command_id, ticket_id, is_repeat, page, state, queued_ms)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, JobState.QUEUED, self._now_ms()),
        )

    def printing(self, number: int, printer: str, data: bytes) -> None:
        """The first of these bytes is about to go out to this printer."""
        self._write(
            "UPDATE job SET state = ?, printer = ?, sha256 = ?, size = ?, printing_ms = ? WHERE number = ?",
            (JobState.PRINTING, printer, hashlib.sha256(data).hexdigest(), len(data), self._now_ms(), number),
        )

    def closed(self, number: int, outcome: Outcome) -> None:
        """How it ended. The page is forgotten, and so are the stories of jobs that ended long ago."""
        state, found = _written(outcome)
        self._write(
            "UPDATE job SET state = ?, found = ?, closed_ms = ?, page = NULL WHERE number = ?",
            (state, found, self._now_ms(), number),
        )
        self._forget_old()
        self._clear_the_log()

    def in_doubt(self) -> tuple[Doubt, ...]:
        """The jobs that earlier runs left open, oldest first."""
        with self._lock:
            rows = self._db.execute(
                "SELECT number, id, kind, page, command_id, ticket_id, is_repeat, printing_ms, queued_ms"
                " FROM job WHERE state IN ('queued', 'printing') AND number <= ? ORDER BY number",
                (self._earlier,),
            ).fetchall()
        return tuple(_doubt(*row) for row in rows)

    def settle(self, number: int) -> None:
        """Its owner has dealt with a job in doubt: the page is forgotten."""
        self._write(
            "UPDATE job SET state = CASE WHEN printing_ms IS NULL THEN 'failed' ELSE 'unknown' END,"
            " found = ?, closed_ms = ?, page = NULL WHERE number = ? AND state IN ('queued', 'printing')",
            (PrinterState.UNKNOWN, self._now_ms(), number),
        )
        self._clear_the_log()

    def left_in(self, printer: str) -> Leftover:
        """What this printer may still have of the last pages of which it got bytes."""
        with self._lock:
            last = self._db.execute(
                "SELECT state, found, size FROM job WHERE printer = ?"
                " ORDER BY printing_ms DESC, number DESC LIMIT ?",
                (printer, _PAGES_IN_A_PRINTER),
            ).fetchall()
        left = Leftover()
        for state, found, size in reversed(last):
            left = left.after(size, _read(JobState(state), found))
        return left

    def doubt_paper(self, printer: str) -> None:
        """Nobody has read what this printer prints on the paper that it now has."""
        self._write("INSERT OR IGNORE INTO paper_doubt (printer) VALUES (?)", (printer,))

    def trust_paper(self, printer: str) -> None:
        """Somebody has."""
        self._write("DELETE FROM paper_doubt WHERE printer = ?", (printer,))

    def is_paper_doubted(self, printer: str) -> bool:
        with self._lock:
            found = self._db.execute("SELECT 1 FROM paper_doubt WHERE printer = ?", (printer,)).fetchone()
        return found is not None

    def heard(self, printer: str, at: float) -> None:
        """This printer was last heard then: seconds of the machine's own clock, not of the journal's."""
        self._write(
            "INSERT INTO heard (printer, at_ms) VALUES (?, ?)"
            " ON CONFLICT (printer) DO UPDATE SET at_ms = excluded.at_ms",
            (printer, int(at * 1000)),
        )

    def last_heard(self, printer: str) -> float | None:
        """When, as it was told to `heard`; None where it never was."""
        with self._lock:
            found = self._db.execute("SELECT at_ms FROM heard WHERE printer = ?", (printer,)).fetchone()
        return None if found is None else float(found[0] / 1000)

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def _forget_old(self) -> None:
        before = int((self._now() - KEPT).timestamp() * 1000)
        self._write("DELETE FROM job WHERE closed_ms < ?", (before,))

    def _clear_the_log(self) -> None:
        """The write-ahead log would hold a forgotten page for days. Somebody who reads only puts it off."""
        self._write("PRAGMA wal_checkpoint(TRUNCATE)", ())

    def _write(self, statement: str, values: tuple[object, ...]) -> int:
        try:
            with self._lock:
                return int(self._db.execute(statement, values).lastrowid or 0)
        except sqlite3.Error as error:
            raise JournalUnusable(f"{self._path}: {error}") from error

    def _now_ms(self) -> int:
        return int(self._now().timestamp() * 1000)


def trace(path: Path, subject: str) -> tuple[Entry, ...]:
    """The jobs of one command or one ticket, oldest first; changes nothing. Raises JournalUnusable."""
    try:
        with closing(print_tables.opened_for_reading(path)) as db:
            rows = db.execute(
                "SELECT number, id, kind, command_id, ticket_id, is_repeat, state, printer, sha256, size, found,"
                " queued_ms, printing_ms, closed_ms FROM job"
                " WHERE command_id = ?1 OR ticket_id = ?1 ORDER BY number",
                (subject,),
            ).fetchall()
    except sqlite3.Error as error:
        raise JournalUnusable(f"{path}: {error}") from error
    return tuple(_entry(*row) for row in rows)


def last_tickets(path: Path) -> tuple[str, ...]:
    """The ids of the last tickets that were to be printed; none where there is no journal. Raises JournalUnusable."""
    if not path.exists():
        return ()
    try:
        with closing(print_tables.opened_for_reading(path)) as db:
            rows = db.execute(
                "SELECT ticket_id FROM job WHERE kind = ? AND ticket_id IS NOT NULL ORDER BY number DESC LIMIT ?",
                (JobKind.TICKET, LAST_TICKETS),
            ).fetchall()
    except sqlite3.Error as error:
        raise JournalUnusable(f"{path}: {error}") from error
    return tuple(ticket for (ticket,) in rows)


def _written(outcome: Outcome) -> tuple[JobState, PrinterState | None]:
    match outcome:
        case Printed():
            return JobState.PRINTED, None
        case Failed(state):
            return JobState.FAILED, state
        case Unknown(state):
            return JobState.UNKNOWN, state
    assert_never(outcome)


def _read(state: JobState, found: str | None) -> Outcome:
    """How a page ended of which bytes went out; what was never closed is unknown."""
    cause = PrinterState.UNKNOWN if found is None else PrinterState(found)
    match state:
        case JobState.PRINTED:
            return Printed()
        case JobState.FAILED:
            return Failed(cause, began=True)
        case JobState.UNKNOWN | JobState.QUEUED | JobState.PRINTING:
            return Unknown(cause)
    assert_never(state)


def _doubt(
    number: int,
    id_: str,
    kind: str,
    page: str | None,
    command_id: str | None,
    ticket_id: str | None,
    is_repeat: int,
    printing_ms: int | None,
    queued_ms: int,
) -> Doubt:
    return Doubt(
        number=number,
        id=id_,
        kind=JobKind(kind),
        page=None if page is None else page_from(page),
        command_id=command_id,
        ticket_id=ticket_id,
        is_repeat=bool(is_repeat),
        began=printing_ms is not None,
        queued_at=_moment(queued_ms),
    )


def _entry(
    number: int,
    id_: str,
    kind: str,
    command_id: str | None,
    ticket_id: str | None,
    is_repeat: int,
    state: str,
    printer: str | None,
    sha256: str | None,
    size: int | None,
    found: str | None,
    queued_ms: int,
    printing_ms: int | None,
    closed_ms: int | None,
) -> Entry:
    return Entry(
        number=number,
        id=id_,
        kind=JobKind(kind),
        command_id=command_id,
        ticket_id=ticket_id,
        is_repeat=bool(is_repeat),
        state=JobState(state),
        printer=printer,
        sha256=sha256,
        size=size,
        found=None if found is None else PrinterState(found),
        queued_at=_moment(queued_ms),
        printing_at=None if printing_ms is None else _moment(printing_ms),
        closed_at=None if closed_ms is None else _moment(closed_ms),
    )


def _moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
