"""What was asked of a broker, by whom, when, and what came back: a history, as the askers saw it."""

from collections.abc import Sequence

from msgspec import Struct

from broker.domain.commands import Envelope
from broker.domain.events import Recorded
from broker.domain.state import State
from broker.domain.values import CommandId, Instant
from broker.protocol.messages import Accepted, Refused

Answer = Accepted | Refused


class Attempt(Struct, frozen=True):
    """One sending of a command. Times are nanoseconds of one monotonic clock that all askers share."""

    began: int
    ended: int | None = None
    """When the answer was there; None: none ever was."""
    answer: Answer | None = None


class Operation(Struct, frozen=True):
    """One command under one id, however often it was sent."""

    envelope: Envelope
    attempts: tuple[Attempt, ...]

    @property
    def id(self) -> CommandId:
        return self.envelope.id

    @property
    def began(self) -> int:
        """It was carried out after this."""
        return min(attempt.began for attempt in self.attempts)

    @property
    def ended(self) -> int | None:
        """And before this; None: if ever."""
        return min((attempt.ended for attempt in self.attempts if attempt.ended is not None), default=None)

    @property
    def answers(self) -> tuple[Answer, ...]:
        """All that it was answered."""
        return tuple(attempt.answer for attempt in self.attempts if attempt.answer is not None)


class History(Struct, frozen=True):
    """What many askers saw, and what the broker wrote down meanwhile."""

    initial: State
    operations: tuple[Operation, ...]
    journal: Sequence[Recorded]
    """Every event after the initial state."""
    until: Instant
    """The queue's time when all had been answered."""
