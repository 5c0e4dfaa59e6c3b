"""What a screen sees of its session; tests put an outlet in memory behind the same face."""

from collections.abc import Callable
from typing import Protocol

from broker.client.session import CommandAnswer, Link, Question, Reply
from broker.domain.commands import AnyCommand
from broker.domain.events import Recorded
from broker.domain.state import State
from broker.domain.values import CommandId, Instant
from broker.protocol.messages import Welcome


class SessionFace(Protocol):
    """See Session for what each of these means."""

    @property
    def state(self) -> State: ...
    @property
    def link(self) -> Link: ...
    @property
    def lost_at(self) -> Instant | None: ...
    @property
    def welcome(self) -> Welcome | None: ...
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
