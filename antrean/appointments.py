"""`antrean import`: places reserved for a file of appointments, all of them or none.

The broker decides them as one command. What it refuses is looked for line by line in a copy of its state, so that
all that is wrong is told at once.
"""

import csv
import hashlib
import io
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import msgspec
from msgspec import Struct

from antrean.broker_line import BrokerLine
from antrean.problem import Problem
from broker.domain.appointment import Wanted
from broker.domain.codec import decode_state, encode_state
from broker.domain.commands import BookAppointments, Envelope
from broker.domain.day import instant_of
from broker.domain.decide import decide
from broker.domain.events import Recorded
from broker.domain.evolve import evolve
from broker.domain.refusals import AnyRefusal, Refusal, UnknownService
from broker.domain.state import State
from broker.domain.values import BusinessDay, CommandId, DeviceId, DeviceRole, Instant, Seq, ServiceCode
from broker.protocol import messages as m
from broker.protocol.identifiers import uuid7
from wording import Wording
from wording.refusals import sentence

COLUMNS = ("date", "time", "service")
APPOINTMENTS_AT_MOST = 500
"""What one command can hold, so that it is all or none."""


class Row(Struct, frozen=True):
    """A line of the file."""

    line: int
    """Its number, the header's being 1."""
    day: date
    time: time
    service: ServiceCode


class Wrong(Struct, frozen=True):
    """What is wrong in one place of the file, and what to do."""

    line: int
    column: str
    what: str


def book(line: BrokerLine, path: Path, wording: Wording) -> Iterator[str]:
    """Reserve a place for each line of the file; the same lines with what to tell each citizen.

    Raises Problem with all that is wrong.
    """
    content = _read(path, wording)
    rows = read_rows(content, path, wording)
    state = line.state()
    command = BookAppointments(tuple(_wanted(row, state) for row in rows))
    answer = line.send(command, under=_id_of(content))
    if isinstance(answer, m.Refused):
        _tell(refused(rows, state, line.now(), wording), path, wording)
        answer = line.send(command)  # what was in the way at an earlier attempt is not any more
    if isinstance(answer, m.Refused):
        raise Problem(_said(answer.refusal, wording), str(path), wording.t("Please try again."))
    assert isinstance(answer.outcome, m.AppointmentsOutcome)
    yield ",".join((*COLUMNS, "appointment", "code"))
    for reserved in answer.outcome.reserved:
        begins = wording.local(reserved.slot_at)
        yield f"{begins:%Y-%m-%d,%H:%M},{reserved.service},{reserved.appointment},{reserved.code}"


def _id_of(content: str) -> CommandId:
    """The same file makes the same command: imported once more, it is answered as before."""
    return CommandId(uuid7(Instant(0), hashlib.blake2b(content.encode(), digest_size=10).digest()))


# The file


def _read(path: Path, wording: Wording) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = error.strerror or str(error)
        todo = wording.t("Name an existing file.")
        raise Problem(
            wording.t("The file can't be read: {reason}", reason=reason), str(path), todo
        ) from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise Problem(
            wording.t("The file is not in UTF-8: line {line}", line=line),
            str(path),
            wording.t("Save it as CSV in UTF-8."),
        ) from error


def read_rows(content: str, path: Path, wording: Wording) -> list[Row]:
    """The lines of the file. Raises Problem with everything that is no date, time or service."""
    header, _, _ = content.partition("\n")
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=";" if ";" in header else ",")
    try:
        lines = [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        todo = wording.t("Correct that line, then import the file again.")
        what = wording.t("Line {line} is no CSV: {reason}", line=reader.line_num, reason=error)
        raise Problem(what, str(path), todo) from error
    names = [name.strip().casefold() for name in lines[0][1]] if lines else []
    if sorted(names) != sorted(COLUMNS):
        raise Problem(
            wording.t("The first line does not name the columns date, time and service"),
            str(path),
            wording.t("Write as the first line: date,time,service"),
        )
    rows: list[Row] = []
    wrong: list[Wrong] = []
    for line, cells in lines[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        row = _row(line, dict(zip(names, map(str.strip, cells), strict=False)), wording)
        if isinstance(row, Row):
            rows.append(row)
        else:
            wrong += row
    _tell(wrong, path, wording)
    if not 0 < len(rows) <= APPOINTMENTS_AT_MOST:
        raise Problem(
            wording.t("The file has {n} appointments", n=wording.number(len(rows))),
            str(path),
            wording.t("Import from 1 to {most} at a time.", most=wording.number(APPOINTMENTS_AT_MOST)),
        )
    return rows


def _row(line: int, cells: dict[str, str], wording: Wording) -> Row | list[Wrong]:
    day, begins, service = _day(cells.get("date", "")), _time(cells.get("time", "")), cells.get("service")
    if day is not None and begins is not None and service:
        return Row(line, day, begins, ServiceCode(service))
    wrong = []
    if day is None:
        wrong.append(Wrong(line, "date", wording.t("Write a date like 2026-07-15.")))
    if begins is None:
        wrong.append(Wrong(line, "time", wording.t("Write a time like 09:30.")))
    if not service:
        wrong.append(Wrong(line, "service", wording.t("Write a service's code like ADM-017.")))
    return wrong


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        return None


def _time(text: str) -> time | None:
    try:
        return datetime.strptime(text.replace(".", ":"), "%H:%M").time()
    except ValueError:
        return None


# What the outlet's rules say


def refused(rows: list[Row], state: State, now: Instant, wording: Wording) -> list[Wrong]:
    """What the rules have against each line, the lines before it being booked."""
    copy = decode_state(encode_state(state))
    wrong = []
    for row in rows:
        command = BookAppointments((_wanted(row, copy),))
        envelope = Envelope(CommandId(""), DeviceId(""), DeviceRole.OPERATOR, command)
        decision = decide(copy, envelope, now)
        if isinstance(decision, Refusal):
            column = "service" if isinstance(decision, UnknownService) else "time"
            wrong.append(Wrong(row.line, column, _said(decision, wording)))
            continue
        for event in decision:
            evolve(copy, Recorded(Seq(copy.seq + 1), now, envelope.id, envelope.device, event))
    return wrong


def _wanted(row: Row, state: State) -> Wanted:
    offset = state.rules.utc_offset_minutes if state.rules is not None else 0
    day = BusinessDay(row.day.isoformat())
    return Wanted(day, instant_of(day, row.time.hour * 60 + row.time.minute, offset), row.service)


def _said(refusal: AnyRefusal, wording: Wording) -> str:
    return sentence(refusal.code, msgspec.structs.asdict(refusal), wording)


def _tell(wrong: list[Wrong], path: Path, wording: Wording) -> None:
    if not wrong:
        return
    lines = [
        wording.t("line {line}, column {column}: {what}", line=each.line, column=each.column, what=each.what)
        for each in wrong
    ]
    what = wording.t("Nothing has been imported, for the file has wrong lines:")
    todo = wording.t("Correct these lines, then import the file again.")
    raise Problem("\n".join([what, *lines]), str(path), todo)
