"""The printing process's own memory: each job is on disk before its first byte, and closed by the confirmation.

A small SQLite file that one process writes. After a crash, `in_doubt` names the jobs that may be on paper or not;
what is to be done about them is their owner's decision. `trace` reads a journal that another process is writing.
"""

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import assert_never

from hardware.job import Failed, JobKind, Outcome, Printed, PrinterState, PrintJob, Unknown

_VERSION = 1

LAST_TICKETS = 5000
"""More than a kiosk prints in a day."""

_SCHEMA = """
CREATE TABLE job (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  command_id TEXT,
  ticket_id TEXT,
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  state TEXT NOT NULL,
  printer TEXT,
  queued_ms INTEGER NOT NULL,
  printing_ms INTEGER,
  closed_ms INTEGER
) STRICT;
CREATE INDEX job_by_command ON job (command_id);
CREATE INDEX job_by_ticket ON job (ticket_id);
CREATE INDEX job_open ON job (state) WHERE state IN ('queued', 'printing');
"""


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
    """One job as the journal has it. `number` counts from 1; `printer` is the state that a failure is put down to."""

    number: int
    id: str
    kind: JobKind
    command_id: str | None
    ticket_id: str | None
    sha256: str
    bytes: int
    state: JobState
    printer: PrinterState | None
    queued_at: datetime
    printing_at: datetime | None
    closed_at: datetime | None


class PrintJournal:
    """The journal at `path`, made if it is not there. One process and one thread write it.

    `now` tells the time that is written down. Raises JournalUnusable.
    """

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self._path = path
        self._now = now
        try:
            self._db = _opened(path)
        except (sqlite3.Error, OSError) as error:
            raise JournalUnusable(f"{path}: {error}") from error

    def queued(self, job: PrintJob) -> int:
        """Write a job down, and return its number. Raises JournalUnusable, as the other writers do."""
        digest = hashlib.sha256(job.data).hexdigest()
        row = (job.id, job.kind, job.command_id, job.ticket_id, digest, len(job.data), JobState.QUEUED)
        return self._write(
            "INSERT INTO job (id, kind, command_id, ticket_id, sha256, bytes, state, queued_ms)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, self._now_ms()),
        )

    def printing(self, number: int) -> None:
        """The first byte is about to go out."""
        self._write(
            "UPDATE job SET state = ?, printing_ms = ? WHERE number = ?",
            (JobState.PRINTING, self._now_ms(), number),
        )

    def closed(self, number: int, outcome: Outcome) -> None:
        """How it ended."""
        state, printer = _written(outcome)
        self._write(
            "UPDATE job SET state = ?, printer = ?, closed_ms = ? WHERE number = ?",
            (state, printer, self._now_ms(), number),
        )

    def in_doubt(self) -> tuple[Entry, ...]:
        """Jobs whose end was never written: what was printing may be on paper, what was queued is not."""
        return _entries(self._db, "state IN ('queued', 'printing')", ())

    def close(self) -> None:
        self._db.close()

    def _write(self, statement: str, values: tuple[object, ...]) -> int:
        try:
            return int(self._db.execute(statement, values).lastrowid or 0)
        except sqlite3.Error as error:
            raise JournalUnusable(f"{self._path}: {error}") from error

    def _now_ms(self) -> int:
        return int(self._now().timestamp() * 1000)


def trace(path: Path, subject: str) -> tuple[Entry, ...]:
    """The jobs of one command or one ticket, oldest first; changes nothing. Raises JournalUnusable."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            return _entries(db, "command_id = ?1 OR ticket_id = ?1", (subject,))
    except sqlite3.Error as error:
        raise JournalUnusable(f"{path}: {error}") from error


def last_tickets(path: Path) -> tuple[str, ...]:
    """The ids of the last tickets that were to be printed; none where there is no journal. Raises JournalUnusable."""
    if not path.exists():
        return ()
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            rows = db.execute(
                "SELECT ticket_id FROM job WHERE kind = ? AND ticket_id IS NOT NULL ORDER BY number DESC LIMIT ?",
                (JobKind.TICKET, LAST_TICKETS),
            ).fetchall()
    except sqlite3.Error as error:
        raise JournalUnusable(f"{path}: {error}") from error
    return tuple(ticket for (ticket,) in rows)


def _opened(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Opened where the program is composed, written by the printer's thread alone from then on.
    db = sqlite3.connect(path, isolation_level=None, timeout=5.0, check_same_thread=False)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if version == 0:
            db.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;")
        elif version != _VERSION:
            raise JournalUnusable(
                f"{path}: a print journal of version {version}; this program knows {_VERSION}"
            )
    except BaseException:
        db.close()
        raise
    return db


def _written(outcome: Outcome) -> tuple[JobState, PrinterState | None]:
    match outcome:
        case Printed():
            return JobState.PRINTED, None
        case Failed(state):
            return JobState.FAILED, state
        case Unknown(state):
            return JobState.UNKNOWN, state
    assert_never(outcome)


def _entries(db: sqlite3.Connection, where: str, values: tuple[object, ...]) -> tuple[Entry, ...]:
    rows = db.execute(
        "SELECT number, id, kind, command_id, ticket_id, sha256, bytes, state, printer,"
        f" queued_ms, printing_ms, closed_ms FROM job WHERE {where} ORDER BY number",
        values,
    )
    return tuple(_entry(*row) for row in rows)


def _entry(
    number: int,
    id_: str,
    kind: str,
    command_id: str | None,
    ticket_id: str | None,
    sha256: str,
    size: int,
    state: str,
    printer: str | None,
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
        sha256=sha256,
        bytes=size,
        state=JobState(state),
        printer=None if printer is None else PrinterState(printer),
        queued_at=_moment(queued_ms),
        printing_at=None if printing_ms is None else _moment(printing_ms),
        closed_at=None if closed_ms is None else _moment(closed_ms),
    )


def _moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
