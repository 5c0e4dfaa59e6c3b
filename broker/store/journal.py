"""The journal: every event in its place, with the projections it changes and the answers it was given.

What one `commit` holds is on disk altogether or not at all. The state is its fold; a snapshot now and then keeps the
way from disk to state short.
"""

import hashlib
import importlib.metadata
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import structlog
from msgspec import Struct, field
from sqlalchemy import delete, func, insert, or_, select

import broker.domain
from broker.domain.codec import (
    JournalError,
    UnknownEventError,
    decode_event,
    decode_state,
    encode_event,
    encode_state,
    kind_of,
)
from broker.domain.events import Recorded
from broker.domain.evolve import evolve
from broker.domain.state import State
from broker.domain.values import BusinessDay, ClerkId, CommandId, DeviceId, Instant, Seq, TicketId
from broker.store import schema
from broker.store.checksum import checksum, is_right
from broker.store.database import AnyRow, Database
from broker.store.errors import DatabaseDamagedError, DatabaseNewerError, DatabaseUnreadableError
from broker.store.projection import Change, Row, changes_of, subject_of
from broker.store.statements import Statements

log = structlog.get_logger(__name__)


def _code() -> str:
    """The version of the code that folds, and a hash of that code: versions differ from release to release only."""
    folding = Path(broker.domain.__path__[0])
    hashed = hashlib.blake2b(digest_size=8)
    for source in sorted(folding.rglob("*.py")):
        hashed.update(source.read_bytes())
    return f"{importlib.metadata.version('antrean')}-{hashed.hexdigest()}"


CODE = _code()
"""Snapshots of other code are not read: it may have folded differently, and know less than the state holds now."""

READ_AT_ONCE = 1000
SNAPSHOT_EVENTS = 10_000
SNAPSHOTS_KEPT = 3
ANSWERS_KEPT_MS = 3 * 24 * 3600 * 1000


class Answered(Struct, frozen=True):
    """What a device's command was answered, so that the same command is answered the same again."""

    device: DeviceId
    command: CommandId
    content: bytes
    """A hash of what the command asked for."""
    body: bytes
    """The encoded answer."""


class Group(Struct):
    """What one commit holds."""

    at: Instant
    records: list[Recorded] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    answers: list[Answered] = field(default_factory=list)

    def record(self, recorded: Recorded, state: State) -> None:
        """Add an event that has just been folded into `state`."""
        self.records.append(recorded)
        self.changes.extend(changes_of(state, recorded))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to commit."""
        return not (self.records or self.answers)


class Journal:
    """One outlet's journal, in a database that is held open by the caller."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = Statements(database)
        self._snapshot_seq = Seq(0)
        self.commits = 0
        """Groups committed since the start."""
        self._newest: dict[DeviceId, CommandId] = {}

    def _newest_commands(self) -> dict[DeviceId, CommandId]:
        """Each device's greatest command id that was answered: ids grow with time, and a greater one is new."""
        table = schema.answer
        query = select(table.c.device, func.max(table.c.command)).group_by(table.c.device)
        return {DeviceId(device): CommandId(command) for device, command in self._database.read(query)}

    @property
    def snapshot_seq(self) -> Seq:
        """The newest event that is in a snapshot on disk."""
        return self._snapshot_seq

    # Writing

    def commit(self, group: Group) -> None:
        """Write the group, durably; NotCommittedError when that failed or nobody knows."""
        with self._database.transaction() as cursor:
            if group.records:
                cursor.executemany(self._sql.journal, [_row_of(record) for record in group.records])
            for write, changes in groupby(group.changes, key=itemgetter(0)):
                cursor.executemany(self._sql.writes[write], [change.row for change in changes])
            if group.answers:
                cursor.executemany(
                    self._sql.answer, [_answer_row(answered, group.at) for answered in group.answers]
                )
        self.commits += 1
        for answered in group.answers:
            self._newest[answered.device] = max(
                answered.command, self._newest.get(answered.device, answered.command)
            )

    def snapshot_due(self, seq: Seq) -> bool:
        """Whether the way from the last snapshot has become long."""
        return seq - self._snapshot_seq >= SNAPSHOT_EVENTS

    def keep_snapshot(self, state: State) -> None:
        """Keep the state as it is on disk now, and drop old snapshots and answers; NotCommittedError as `commit`."""
        self._snapshot_seq = state.seq
        table, answer = schema.snapshot, schema.answer
        body = encode_state(state)
        crc = checksum(_snapshot_head(state.seq, CODE), body)
        values = {"seq": state.seq, "at": state.at, "code": CODE, "body": body, "crc": crc}
        kept = select(table.c.seq).order_by(table.c.seq.desc()).limit(SNAPSHOTS_KEPT)
        self._database.write(
            delete(table).where(table.c.seq == state.seq),
            insert(table).values(values),
            delete(table).where(table.c.seq.not_in(kept)),
            delete(answer).where(answer.c.at < state.at - ANSWERS_KEPT_MS),
        )

    # Reading

    def load(self) -> State:
        """The state on disk: the newest snapshot that this code wrote, and every event after it.

        Raises DatabaseNewerError for events of a newer version, DatabaseDamagedError, DatabaseUnreadableError.
        """
        self._newest = self._newest_commands()
        state = self._newest_snapshot() or State()
        self._snapshot_seq = state.seq
        for record in self._all_from(Seq(state.seq + 1)):
            if record.seq != state.seq + 1:
                raise DatabaseDamagedError(self._database.where, f"no event {state.seq + 1} in the journal")
            evolve(state, record)
        return state

    def reload(self) -> State:
        """The state on disk, after a commit that failed: over a new connection."""
        self._database.reopen()
        return self.load()

    def settle(self) -> None:
        """Let what has been read after a failed commit stay for good. NotCommittedError: nobody may rely on it."""
        self._database.settle()

    def _newest_snapshot(self) -> State | None:
        table = schema.snapshot
        newest_first = select(table).where(table.c.code == CODE).order_by(table.c.seq.desc())
        for row in self._database.read(newest_first):
            if not is_whole_snapshot(row):
                log.warning("a snapshot is damaged; an older one will do", seq=row.seq)
                continue
            try:
                return decode_state(row.body)
            except JournalError as error:
                log.warning("a snapshot can't be read; an older one will do", seq=row.seq, error=str(error))
        return None

    def records_from(self, start: Seq, limit: int) -> tuple[Recorded, ...]:
        """Up to `limit` events from number `start` on."""
        table = schema.journal
        query = select(table).where(table.c.seq >= start).order_by(table.c.seq).limit(limit)
        return tuple(map(self._recorded, self._database.read(query)))

    def _all_from(self, start: Seq) -> Iterator[Recorded]:
        """In portions: years of them are too many to hold at once."""
        while records := self.records_from(start, READ_AT_ONCE):
            yield from records
            start = Seq(records[-1].seq + 1)

    def answered(self, device: DeviceId, command: CommandId) -> Answered | None:
        """What the device's command was answered; None when it is not known (any more). DatabaseDamagedError."""
        if command > self._newest.get(device, ""):
            return None
        row = self._database.fetch(self._sql.answered, {"from_device": device, "under": command})
        if row is None:
            return None
        content, body, crc = row
        if not is_right(crc, _answer_head(device, command), content, body):
            raise DatabaseDamagedError(self._database.where, f"the answer to {command} from {device}")
        return Answered(device, command, content, body)

    def history(
        self, letter: str, number: int, day: BusinessDay | None
    ) -> tuple[TicketId | None, tuple[Recorded, ...]]:
        """A ticket's events and those of its applications, oldest first; `day` None: the last with that number."""
        tickets, applications, journal = schema.ticket, schema.application, schema.journal
        named = select(tickets.c.id).where(tickets.c.letter == letter, tickets.c.number == number)
        if day is not None:
            named = named.where(tickets.c.day == day)
        for (ticket,) in self._database.read(named.order_by(tickets.c.day.desc(), tickets.c.copy).limit(1)):
            filed = select(applications.c.id).where(applications.c.ticket == ticket)
            its_own = or_(journal.c.subject == ticket, journal.c.subject.in_(filed))
            story = self._database.read(select(journal).where(its_own).order_by(journal.c.seq))
            return TicketId(ticket), tuple(map(self._recorded, story))
        return None, ()

    def _recorded(self, row: AnyRow) -> Recorded:
        if not is_right(row.crc, _head_of(row), row.body):
            raise DatabaseDamagedError(self._database.where, f"event {row.seq} in the journal")
        try:
            event = decode_event(row.kind, row.version, row.body)
        except UnknownEventError as error:
            raise DatabaseNewerError(self._database.where, str(error)) from error
        except JournalError as error:
            raise DatabaseUnreadableError(self._database.where, str(error)) from error
        clerk = ClerkId(row.clerk) if row.clerk is not None else None
        return Recorded(
            Seq(row.seq), Instant(row.at), CommandId(row.command), DeviceId(row.device), event, clerk
        )


def is_whole_snapshot(row: AnyRow) -> bool:
    """Whether a row of the snapshots is as it was written."""
    return is_right(row.crc, _snapshot_head(row.seq, row.code), row.body)


def is_whole_answer(row: AnyRow) -> bool:
    """Whether a row of the answers is as it was written."""
    return is_right(row.crc, _answer_head(row.device, row.command), row.content, row.body)


def _row_of(record: Recorded) -> Row:
    event = record.event
    kind, subject, body = kind_of(event), subject_of(event), encode_event(event)
    head = _head(
        record.seq, record.at, record.command, record.device, record.clerk, kind, event.VERSION, subject
    )
    return {
        "seq": record.seq,
        "at": record.at,
        "command": record.command,
        "device": record.device,
        "clerk": record.clerk,
        "kind": kind,
        "version": event.VERSION,
        "subject": subject,
        "body": body,
        "crc": checksum(head, body),
    }


def _head_of(row: AnyRow) -> str:
    return _head(row.seq, row.at, row.command, row.device, row.clerk, row.kind, row.version, row.subject)


def _head(*columns: object) -> str:
    """An event's row but for its body, as its checksum sees it."""
    return " ".join(map(str, columns))


def _snapshot_head(seq: int, code: str) -> str:
    return f"{seq} {code}"


def _answer_head(device: str, command: str) -> str:
    return f"{device} {command}"


def _answer_row(answered: Answered, at: Instant) -> Row:
    return {
        "device": answered.device,
        "command": answered.command,
        "content": answered.content,
        "body": answered.body,
        "at": at,
        "crc": checksum(_answer_head(answered.device, answered.command), answered.content, answered.body),
    }
