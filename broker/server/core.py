"""Commands in, answers and events out: each group is decided, folded and committed as one, then answered.

Knows no sockets. The state in memory is never ahead of the disk for longer than a commit takes: when one fails, it is
folded anew from disk, and each command of the group is tried by itself, so that one can't spoil the others.
"""

import time
from collections.abc import Sequence

import structlog
from msgspec import Struct

from broker.domain.codec import decode_state, encode_state
from broker.domain.commands import Envelope
from broker.domain.decide import decide
from broker.domain.events import AnyEvent, DayClosed, Recorded
from broker.domain.evolve import evolve
from broker.domain.refusals import Refusal
from broker.domain.state import State
from broker.domain.values import CommandId, DeviceId, DeviceRole, Instant, Seq
from broker.protocol.codec import encode
from broker.protocol.messages import Accepted, Error, ErrorCode, Refused, RequestId
from broker.server.content import Content
from broker.server.counts import Counts
from broker.server.outcomes import outcome_of
from broker.server.tokens import Tokens
from broker.store.errors import NotCommittedError, StorageFailedError, StoreError
from broker.store.journal import Answered, Group, Journal

log = structlog.get_logger(__name__)


class Asked(Struct, frozen=True):
    """A command with who sends it, verified, and what it asks for; the broker's own ones have no content."""

    envelope: Envelope
    content: Content | None = None

    @property
    def key(self) -> tuple[DeviceId, CommandId]:
        """Under which its answer is kept."""
        return self.envelope.device, self.envelope.id

    @property
    def kept(self) -> bool:
        """Whether it may come again: what the broker does by itself doesn't."""
        return self.envelope.role is not DeviceRole.BROKER

    @property
    def digest(self) -> bytes:
        """What is kept of the content."""
        return self.content.digest if self.content is not None else b""


class Done(Struct, frozen=True):
    """What a group has led to: the encoded answers, one for each command in their order, and new events."""

    answers: tuple[bytes, ...]
    records: tuple[Recorded, ...]


def fold(events: Sequence[AnyEvent], envelope: Envelope, state: State, group: Group) -> tuple[Recorded, ...]:
    """Give decided events their places, fold them into `state` and add them to the group to be committed."""
    first = state.seq + 1
    records = tuple(
        Recorded(Seq(seq), group.at, envelope.id, envelope.device, event, envelope.clerk)
        for seq, event in enumerate(events, first)
    )
    for record in records:
        evolve(state, record)
        group.record(record, state)
    return records


class Core:
    """The outlet's state and its journal. Owned by one thread."""

    def __init__(self, journal: Journal, tokens: Tokens, counts: Counts) -> None:
        self._journal = journal
        self._tokens = tokens
        self._counts = counts
        self.state = journal.load()
        """The state on disk: to be read, never changed."""
        self.is_current = True
        """False: the state may hold what is not on disk, and is for nobody; `act` takes it from there again."""
        self._told = self._stored = self.state.seq
        self._day_closed = False

    def act(self, group: Sequence[Asked], now: Instant) -> Done:
        """Carry out commands that wait at the same moment.

        Raises DatabaseAwayError when nobody can know now what is stored: nobody is answered or told anything then, and
        the next call begins with what has been stored. Another StoreError when the disk can't even be read, or may
        still lose what is read.
        """
        was_current, self.is_current = self.is_current, False
        done = self._tried(group, now) if was_current else self._recover(group, now)
        self.is_current = True
        self._told = self.state.seq
        self._day_closed |= any(isinstance(record.event, DayClosed) for record in done.records)
        return done

    def _tried(self, group: Sequence[Asked], now: Instant) -> Done:
        try:
            return self._act(group, now)
        except StoreError as error:
            self._counts.failed()
            log.error("a commit failed", error=str(error), commands=[each.envelope.id for each in group])
            return self._recover(group, now)

    def keep_snapshot_if_due(self) -> None:
        """After a day's close and many events: keep the state on disk. To be called when everything is answered."""
        if not self.is_current or not (self._day_closed or self._journal.snapshot_due(self.state.seq)):
            return
        self._day_closed = False
        try:
            self._journal.keep_snapshot(self.state)
        except NotCommittedError as error:
            log.error("a snapshot could not be kept; the next start takes longer", error=str(error))

    def _act(self, asked: Sequence[Asked], now: Instant) -> Done:
        group = Group(max(now, self.state.at))
        fresh: dict[tuple[DeviceId, CommandId], Answered] = {}
        answers = tuple(self._answer(each, group, fresh) for each in asked)
        group.answers.extend(fresh.values())
        if not group.empty:
            began = time.perf_counter()
            self._journal.commit(group)
            self._stored = self.state.seq
            self._counts.committed(time.perf_counter() - began)
        return Done(answers, tuple(group.records))

    def _answer(self, asked: Asked, group: Group, fresh: dict[tuple[DeviceId, CommandId], Answered]) -> bytes:
        """The answer to one command: the one it had before, or a new one, its events added to the group."""
        if not asked.kept:
            return self._decide(asked.envelope, group)
        known = fresh.get(asked.key) or self._journal.answered(*asked.key)
        if known is None:
            body = self._decide(asked.envelope, group)
            fresh[asked.key] = Answered(*asked.key, asked.digest, body)
            return body
        return _answer_again(asked, known)

    def _decide(self, envelope: Envelope, group: Group) -> bytes:
        state = self.state
        decision = decide(state, envelope, group.at)
        if isinstance(decision, Refusal):
            self._counts.refusals[decision.code] += 1
            log.info("a command was refused", command=envelope.id, device=envelope.device, code=decision.code)
            return encode(Refused(envelope.id, decision))
        self._counts.commands[type(envelope.command)] += 1
        records = fold(decision, envelope, state, group)
        return encode(Accepted(envelope.id, state.seq, outcome_of(records, state.rules, self._tokens)))

    def _recover(self, group: Sequence[Asked], now: Instant) -> Done:
        """Take the state from disk again, and with it whatever was committed after all; then try one by one.

        Once the disk has failed again, it is not asked for any of the rest: with a full one that would take seconds.
        """
        self._reload()
        on_disk, since = encode_state(self.state), list[Recorded]()
        answers: list[bytes] = []
        for each in group:
            try:
                done = self._act([each], now)
            except StorageFailedError as error:
                self._note_failure(each, error)
                self._reload()
                answers += [self._as_stored(other) for other in group[len(answers) :]]
                break
            except NotCommittedError as error:
                self._note_failure(each, error)
                self._take_back(on_disk, since)
                answers.append(self._as_stored(each))
            except StoreError as error:
                self._note_failure(each, error)
                self._reload()
                answers.append(self._as_stored(each))
            else:
                since += done.records
                answers.append(done.answers[0])
        new = self.state.seq - self._told
        records = self._journal.records_from(Seq(self._told + 1), new) if new else ()
        return Done(tuple(answers), records)

    def _note_failure(self, asked: Asked, error: StoreError) -> None:
        self._counts.failed()
        log.error("a command could not be stored", error=str(error), command=asked.envelope.id)

    def _take_back(self, on_disk: bytes, since: Sequence[Recorded]) -> None:
        """The state as it was before a command that the database has refused: nothing of it is stored, for sure."""
        self.state = decode_state(on_disk)
        for record in since:
            evolve(self.state, record)

    def _as_stored(self, asked: Asked) -> bytes:
        """The answer to a command that is not tried again: the one that is stored, if it has been carried out."""
        stored = self._journal.answered(*asked.key)
        if stored is None:
            return _error(asked.envelope.id, ErrorCode.NOT_STORED)
        return _answer_again(asked, stored)

    def _reload(self) -> None:
        """Take the state from disk; what a failed commit has left there is made sure of before anybody hears of it."""
        self.state = self._journal.reload()
        if self.state.seq > self._stored:
            self._journal.settle()
            self._stored = self.state.seq


def _answer_again(asked: Asked, answered: Answered) -> bytes:
    """What the same command was answered; another one under the same id is an error."""
    is_same = asked.content is None or asked.content.was(answered.content)
    return answered.body if is_same else _error(asked.envelope.id, ErrorCode.COMMAND_ID_REUSED)


def _error(command: CommandId, code: ErrorCode) -> bytes:
    return encode(Error(RequestId(command), code))
