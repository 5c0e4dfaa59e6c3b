"""The operator's line to a running broker: questions and commands, one after the other, each waited for."""

import queue
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

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
)
from broker.client.session import Question, Reply
from broker.domain.commands import AnyCommand
from broker.domain.state import State
from broker.domain.values import CommandId, Instant
from broker.protocol import messages as m
from wording import Wording

ANSWER_SECONDS = 10.0
PAUSE_SECONDS = 0.1


class BrokerLine:
    """Open while the `with` block lasts. Raises Problem when the broker does not answer."""

    def __init__(self, endpoints: Endpoints, keyring: Keyring, wording: Wording) -> None:
        self._endpoints = endpoints
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
            raise self._error(answer)
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
        deadline = time.monotonic() + ANSWER_SECONDS
        while not done() and time.monotonic() < deadline:
            try:
                self._session.receive(self._arrived.get(timeout=PAUSE_SECONDS))
            except queue.Empty:
                self._session.tick()

    def _answered(self, replies: list[CommandAnswer]) -> m.Accepted | m.Refused:
        reply = replies[0] if replies else None
        if isinstance(reply, m.Error):
            raise self._error(reply)
        if reply is None or isinstance(reply, Unanswered):
            raise self._no_answer()
        return reply

    def _error(self, error: m.Error) -> Problem:
        wording = self._wording
        return Problem(
            wording.t("The broker has answered with an error: {code}", code=error.code.value),
            self._endpoints.requests,
            wording.t(
                "Use the settings and the key that `antrean init` made for the operator: antrean.toml."
            ),
        )

    def _no_answer(self) -> Problem:
        wording = self._wording
        return Problem(
            wording.t("The broker does not answer"),
            self._endpoints.requests,
            wording.t("Start it with `antrean broker`, or correct the address and the key in the settings."),
        )
