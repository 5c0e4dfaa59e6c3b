"""What a simulated day leaves behind, and who watches it."""

from typing import Protocol

from msgspec import Struct

from broker.domain.commands import IssueTicket
from broker.domain.events import Recorded
from broker.domain.state import State
from broker.domain.ticket import Estimate
from broker.domain.values import Instant, Letter, Priority, ServiceCode


class Told(Struct, frozen=True):
    """What somebody was told who asked how long it will take."""

    estimate: Estimate | None
    """None: that no counter is open."""


class Observer(Protocol):
    """Who follows a day as a device does, and is asked for the wait at each issue."""

    def asked(self, state: State, now: Instant, issue: IssueTicket) -> Told | None:
        """Just before a ticket is issued; None: this one is not judged."""

    def happened(self, state: State, record: Recorded) -> None:
        """An event has been folded."""


class Visit(Struct, frozen=True):
    """One ticket, from issue to call."""

    letter: Letter
    priority: Priority | None
    service: ServiceCode | None
    issued_at: Instant
    called_at: Instant | None
    """Its first call; None: the day closed before."""
    found_free: bool
    """Whether a free counter was there for it."""
    told: Told | None
    """None: it was not asked for."""

    @property
    def wait_minutes(self) -> float | None:
        """From issue to the first call."""
        return None if self.called_at is None else (self.called_at - self.issued_at) / 60_000


class DayRecord(Struct, frozen=True):
    """A day's visits in the order of issue, and its one-day promises."""

    visits: tuple[Visit, ...]
    promised: int
    kept: int
    no_shows: int
