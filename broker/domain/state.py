"""The live state of an outlet: what the rules read. Bounded: open tickets and applications, today's counts.

It is the fold of the journal and nothing else; `evolve` alone changes it. Whatever has ended is read from the
journal's tables by query.
"""

from msgspec import Struct, field

from broker.domain.application import Application
from broker.domain.ticket import Ticket
from broker.domain.values import (
    ApplicationId,
    BusinessDay,
    ClerkId,
    CounterNumber,
    Instant,
    OutletRules,
    PauseReason,
    Queue,
    Seq,
    Service,
    ServiceCode,
    TicketId,
)


class Seat(Struct, frozen=True):
    """A clerk at an open counter."""

    counter: CounterNumber
    clerk: ClerkId
    since: Instant
    """When the clerk sat down."""
    pause: PauseReason | None = None
    ticket: TicketId | None = None
    """The ticket in hand: called or in service."""


class Tally(Struct, frozen=True):
    """A clerk's day in numbers."""

    served: int = 0
    """Tickets completed."""
    timed: int = 0
    """Services of `served` whose start is known."""
    service_ms: int = 0
    """How long the timed services took together, in milliseconds."""
    missed: int = 0
    """No-shows."""
    accepted: int = 0
    """Applications taken in."""


class Waiting(Struct, frozen=True, order=True):
    """A ticket's place in its queue; the order of these is the order of the calling rule."""

    virtual_arrival: Instant
    """What comes first counts first."""
    order: int
    """The order of issue, where virtual arrivals are equal."""
    ticket: TicketId


class Announced(Struct, frozen=True):
    """A call as the lobby display lists it."""

    ticket: TicketId
    letter: str
    """Of its number, as printed."""
    number: int
    """Within its queue and day, from 1."""
    counter: CounterNumber
    at: Instant
    """When the call was made."""
    call: int
    """Which call of the ticket: 1 for the first of its turn, 2 for its first recall."""


RECENT_CALLS = 12
"""How many last calls the state keeps for displays that join late."""


class State(Struct):
    """One outlet, now."""

    seq: Seq = Seq(0)
    """The last event folded in."""
    at: Instant = Instant(0)
    """When that happened."""
    rules: OutletRules | None = None
    """None: the outlet is not set up yet."""
    services: dict[ServiceCode, Service] = field(default_factory=dict)
    """What the outlet offers."""
    day: BusinessDay | None = None
    """The open business day; None between a day's close and the next day's opening."""
    last_day: BusinessDay | None = None
    """The last day that was opened; it is not opened again."""
    numbers: dict[str, int] = field(default_factory=dict)
    """The last number given out today, by letter."""
    issued: int = 0
    """Tickets issued today: the next ticket's order."""
    serials: int = 0
    """Applications accepted today."""
    tickets: dict[TicketId, Ticket] = field(default_factory=dict)
    """Open tickets, and no-shows that may come back."""
    waiting: dict[str, list[Waiting]] = field(default_factory=dict)
    """Callable tickets by the queue they wait in, each list in the order of the calling rule."""
    queue_of: dict[TicketId, str] = field(default_factory=dict)
    """In which queue each open ticket waits or was last called from: not its letter after a transfer."""
    seats: dict[CounterNumber, Seat] = field(default_factory=dict)
    """The counters at which somebody sits."""
    applications: dict[ApplicationId, Application] = field(default_factory=dict)
    """Those in process or ready."""
    recent_calls: list[Announced] = field(default_factory=list)
    """The last calls, newest first."""
    tallies: dict[ClerkId, Tally] = field(default_factory=dict)
    """Each clerk's day."""
    service_ms: dict[str, int] = field(default_factory=dict)
    """Measured mean service time by queue, smoothed."""

    def queue(self, letter: str) -> Queue | None:
        """The configured queue of a letter."""
        if self.rules is None:
            return None
        return next((q for q in self.rules.queues if q.letter == letter), None)

    def seat_of(self, clerk: ClerkId) -> Seat | None:
        """Where a clerk sits, if anywhere."""
        return next((seat for seat in self.seats.values() if seat.clerk == clerk), None)

    def waiting_count(self, letter: str) -> int:
        """How many callable tickets wait in the queue."""
        return len(self.waiting.get(letter, ()))
