"""What is being asked of the broker: one thing at a time, done only when its effect is in the state."""

from collections.abc import Callable
from typing import Protocol

import structlog

from broker.client import CommandAnswer, Link, Reply, Unanswered
from broker.client.session import Question
from broker.domain.commands import AnyCommand
from broker.domain.events import Recorded
from broker.domain.state import State
from broker.domain.values import CommandId, Instant, Seq
from broker.protocol import messages as m
from counter.sheets import Notice, NotProcessed, Remark

log = structlog.get_logger(__name__)


class SessionFace(Protocol):
    """What a counter needs of its session."""

    @property
    def state(self) -> State: ...
    @property
    def link(self) -> Link: ...
    @property
    def lost_at(self) -> Instant | None: ...
    @property
    def welcome(self) -> m.Welcome | None: ...
    def now(self) -> Instant: ...
    def on_change(self, watcher: Callable[[tuple[Recorded, ...]], None]) -> None: ...
    def send(
        self,
        command: AnyCommand,
        on_answer: Callable[[CommandAnswer], None],
        *,
        expires_after: float | None = None,
    ) -> CommandId: ...
    def ask(self, question: Question, on_reply: Callable[[Reply], None]) -> None: ...


class Errands:
    """Commands and questions on their way. While `is_busy`, the clerk's next act is not to be taken."""

    def __init__(self, session: SessionFace) -> None:
        self._session = session
        self._awaited = 0
        self._seq_to_come = Seq(0)

    @property
    def is_busy(self) -> bool:
        """Answers come on another way than updates: an accepted command may show its effect a little later."""
        return self._awaited > 0 or (
            self._session.link is Link.LIVE and self._session.state.seq < self._seq_to_come
        )

    def met_anew(self) -> None:
        """The broker has greeted again: its state is what it is, whatever was accepted before."""
        self._seq_to_come = Seq(0)

    def send(
        self,
        command: AnyCommand,
        done: Callable[[m.Accepted], None],
        failed: Callable[[Notice], None],
        expires_after: float | None = None,
    ) -> None:
        """Send a command; exactly one of the two is called."""
        self._awaited += 1

        def answered(answer: CommandAnswer) -> None:
            self._awaited -= 1
            if isinstance(answer, m.Accepted):
                self._seq_to_come = max(self._seq_to_come, answer.seq)
                done(answer)
            else:
                log.info("not done", command=type(command).__name__, answer=answer)
                failed(notice_of(answer))

        self._session.send(command, answered, expires_after=expires_after)

    def ask(self, question: Question, replied: Callable[[Reply], None]) -> None:
        """Ask something; while it is open, no act is taken."""
        self._awaited += 1

        def answered(reply: Reply) -> None:
            self._awaited -= 1
            replied(reply)

        self._session.ask(question, answered)


def notice_of(reply: Reply) -> Notice:
    """What to tell a clerk about an answer that is not the hoped-for one."""
    match reply:
        case m.Refused(refusal=refusal):
            return refusal
        case m.Error(code=code):
            return NotProcessed(code)
        case Unanswered():
            return Remark.NO_ANSWER
        case _:
            log.error("answer of another kind", answer=type(reply).__name__)
            return Remark.NO_ANSWER
