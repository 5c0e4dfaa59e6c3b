"""The print journal's file: its tables, and how one of an earlier version becomes one of this."""

import sqlite3
from pathlib import Path

VERSION = 3

_HEARD = "CREATE TABLE heard (printer TEXT PRIMARY KEY, at_ms INTEGER NOT NULL) STRICT;"

_TABLES = f"""
CREATE TABLE job (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  command_id TEXT,
  ticket_id TEXT,
  is_repeat INTEGER NOT NULL,
  page TEXT,
  state TEXT NOT NULL,
  printer TEXT,
  sha256 TEXT,
  size INTEGER,
  found TEXT,
  queued_ms INTEGER NOT NULL,
  printing_ms INTEGER,
  closed_ms INTEGER
) STRICT;
CREATE INDEX job_by_command ON job (command_id);
CREATE INDEX job_by_ticket ON job (ticket_id);
CREATE INDEX job_open ON job (state) WHERE state IN ('queued', 'printing');
CREATE INDEX job_by_end ON job (closed_ms);
CREATE TABLE paper_doubt (printer TEXT PRIMARY KEY) STRICT;
{_HEARD}
"""

# Version 1 kept the hash of the bytes and no page: what is in doubt there can be told of, not printed again. States
# had blanks in their names.
_FROM_VERSION_1 = f"""
DROP INDEX job_by_command;
DROP INDEX job_by_ticket;
DROP INDEX job_open;
ALTER TABLE job RENAME TO job_of_version_1;
{_TABLES}
INSERT INTO job
  SELECT number, id, kind, command_id, ticket_id, 0, NULL, state, NULL, sha256, bytes,
    replace(replace(printer, 'cutter error', 'cutter'), ' ', '-'),
    queued_ms, printing_ms, closed_ms
  FROM job_of_version_1;
DROP TABLE job_of_version_1;
"""

# Version 2 did not know when a printer was last heard.
_STEPS = {0: _TABLES, 1: _FROM_VERSION_1, 2: _HEARD}


class WrongVersion(Exception):  # noqa: N818 - says what is wrong
    """The file was written by a program that is newer than this one."""


def opened(path: Path) -> sqlite3.Connection:
    """The journal's file, made or brought to this version. Raises WrongVersion, sqlite3.Error, OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Opened where the program is composed, written by its printers' threads; the journal lets in one at a time.
    db = sqlite3.connect(path, isolation_level=None, timeout=5.0, check_same_thread=False)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA secure_delete = ON")  # a page that is forgotten leaves no trace in the file
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            raise WrongVersion(f"a print journal of version {version}; this program knows {VERSION}")
        if version < VERSION:
            db.executescript(f"BEGIN IMMEDIATE; {_STEPS[version]} PRAGMA user_version = {VERSION}; COMMIT;")
    except BaseException:
        db.close()
        raise
    return db


def opened_for_reading(path: Path) -> sqlite3.Connection:
    """The file as another process has it; never made, never changed. Raises sqlite3.Error."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
