"""The operator's line to a running broker: questions and commands, one after the other, each waited for."""

import queue
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Self

import structlog

from antrean.problem import Problem
from broker.client import (
    SYSTEM_CLOCK,
    CommandAnswer,
    Endpoints,
    Inbound,
    Keyring,
    Link,
    Session,
    Transport,
    Unanswered,
    new_request_id,
)
from broker.client.session import Question, Reply
from broker.domain.commands import AnyCommand
from broker.domain.events import Recorded
from broker.domain.state import State
from broker.domain.values import CommandId, Instant, Seq
from broker.protocol import messages as m
from wording import N_, Wording

log = structlog.get_logger(__name__)

ANSWER_SECONDS = 10.0
PAUSE_SECONDS = 0.1


REMEDIES = {
    m.ErrorCode.COMMAND_ID_REUSED: N_("Send another command under another id."),
    m.ErrorCode.NOT_STORED: N_("Send it again under the same id when the broker's disk has room."),
    m.ErrorCode.HISTORY_UNCONFIRMED: N_("Confirm the outlet's history: antrean confirm"),
    m.ErrorCode.CLOCK_NOT_DOUBTED: N_(
        "Nothing is to be done: somebody has corrected the clock, or believed it."
    ),
    m.ErrorCode.TOO_LARGE: N_("Send less at once."),
    m.ErrorCode.TOO_MANY: N_("Wait a second, then send it again."),
}
REMEDY = N_("Use the settings and the key that `antrean init` made for the operator: antrean.toml.")
"""For what this device may not do."""


class NoAnswer(Problem):
    """The broker is not there, or does not know the device. A command may have been carried out."""


class BrokerLine:
    """Open while the `with` block lasts. Raises NoAnswer when the broker does not answer in time."""

    def __init__(
        self,
        endpoints: Endpoints,
        keyring: Keyring,
        wording: Wording,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        self._endpoints = endpoints
        self._answer_seconds = answer_seconds
        self._wording = wording
        self._arrived: queue.SimpleQueue[Inbound] = queue.SimpleQueue()
        self._transport = Transport(endpoints, keyring, self._arrived.put)
        self._session = Session(self._transport, "antrean", SYSTEM_CLOCK, keyring)

    def __enter__(self) -> Self:
        self._transport.start()
        self._session.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._transport.stop()

    def ask(self, question: Question) -> m.Answer:
        """The broker's answer; an error is a Problem."""
        answer = self.asked(question)
        if isinstance(answer, m.Error):
            raise self.problem_of(answer)
        return answer

    def asked(self, question: Question) -> m.Answer:
        """The broker's answer, an error too."""
        replies: list[Reply] = []
        self._session.ask(question, replies.append)
        self._wait(lambda: bool(replies))
        reply = replies[0] if replies else None
        if reply is None or isinstance(reply, Unanswered):
            raise self._no_answer()
        return reply

    def send(self, command: AnyCommand, under: CommandId | None = None) -> m.Accepted | m.Refused:
        """What became of a command; `under` is its id, for what must act once however often it is sent."""
        replies: list[CommandAnswer] = []
        self._session.send(command, replies.append, under=under)
        self._wait(lambda: bool(replies))
        return self._answered(replies)

    def welcome(self) -> m.Welcome:
        """Who the device is to the broker, and who is signed in there."""
        self._wait(lambda: self._session.welcome is not None)
        if self._session.welcome is None:
            raise self._no_answer()
        return self._session.welcome

    def events(self, start: Seq | None) -> Iterator[Recorded]:
        """Each event from number `start` on, None: from now on. Without gap and without end, through lost connections.

        Raises Problem when the broker goes on with another history, or keeps the device from reading so far back.
        """
        epoch = self.welcome().epoch
        following = self.state().seq + 1 if start is None else start
        fresh: deque[Recorded] = deque()
        self._session.on_change(fresh.extend)
        link = self._session.link
        while True:
            link = self._told(link)
            if self._session.welcome is not None and self._session.welcome.epoch != epoch:
                raise self._other_history()
            while fresh and fresh[0].seq < following:
                fresh.popleft()
            records: Sequence[Recorded] = ()
            if fresh and fresh[0].seq == following:
                records = [fresh.popleft()]
            elif self._session.state.seq >= following:
                records = self._replayed(Seq(following), epoch)
            else:
                self._turn()
            for record in records:
                yield record
                following = record.seq + 1

    def _told(self, before: Link) -> Link:
        """Say when the broker has gone and when it is back; the link now."""
        now = self._session.link
        if now is Link.STALE and before is not Link.STALE:
            log.warning("the broker is away; events go on when it is back")
        elif now is Link.LIVE and before is Link.STALE:
            log.warning("the broker is back")
        return now

    def _replayed(self, start: Seq, epoch: m.Epoch) -> Sequence[Recorded]:
        """Some of the events from `start` on; none while the broker is away."""
        replies: list[Reply] = []
        self._session.ask(m.AskUpdates(new_request_id(), start), replies.append)
        self._wait(lambda: bool(replies))
        reply = replies[0] if replies else None
        if isinstance(reply, m.Error):
            raise self.problem_of(reply)
        if not isinstance(reply, m.Updates):
            return ()
        if reply.epoch != epoch:
            raise self._other_history()
        return reply.records

    def state(self) -> State:
        """The outlet as it is now: a replica, to be read."""
        self._wait(lambda: self._session.link is Link.LIVE)
        if self._session.link is not Link.LIVE:
            raise self._no_answer()
        return self._session.state

    def now(self) -> Instant:
        """The broker's time."""
        return self._session.now()

    def _wait(self, done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + self._answer_seconds
        while not done() and time.monotonic() < deadline:
            self._turn()

    def _turn(self) -> None:
        try:
            self._session.receive(self._arrived.get(timeout=PAUSE_SECONDS))
        except queue.Empty:
            self._session.tick()

    def _answered(self, replies: list[CommandAnswer]) -> m.Accepted | m.Refused:
        reply = replies[0] if replies else None
        if isinstance(reply, m.Error):
            raise self.problem_of(reply)
        if reply is None or isinstance(reply, Unanswered):
            raise self._no_answer()
        return reply

    def problem_of(self, error: m.Error) -> Problem:
        """What to tell the operator of an error."""
        wording = self._wording
        what = wording.t("The broker has answered with an error: {code}", code=error.code.value)
        return Problem(what, self._endpoints.requests, wording.t(REMEDIES.get(error.code, REMEDY)))

    def _other_history(self) -> Problem:
        wording = self._wording
        return Problem(
            wording.t("The broker goes on with another history: a backup has been restored"),
            self._endpoints.requests,
            wording.t("Begin anew; numbers of events after the backup mean other events now."),
        )

    def _no_answer(self) -> NoAnswer:
        wording = self._wording
        return NoAnswer(
            wording.t("The broker does not answer"),
            self._endpoints.requests,
            wording.t("Start it with `antrean broker`, or correct the address and the key in the settings."),
        )
