"""The live state of an outlet: what the rules read. Bounded: open tickets and applications, today's counts.

It is the fold of the journal and nothing else; `evolve` alone changes it. Whatever has ended is read from the
journal's tables by query.
"""

from msgspec import Struct, field
from msgspec.structs import replace

from broker.domain.application import Application
from broker.domain.appointment import Appointment
from broker.domain.line import Line, length
from broker.domain.pick_up import PickUp
from broker.domain.roll import Roll
from broker.domain.rules import OutletRules, Queue, Service
from broker.domain.ticket import Expected, Ticket
from broker.domain.values import (
    ApplicantId,
    ApplicationId,
    AppointmentId,
    BusinessDay,
    ClerkId,
    ClosingReason,
    CommandId,
    CounterNumber,
    DeviceId,
    Instant,
    MachineCode,
    MachineState,
    OutputState,
    PauseReason,
    PickUpId,
    PrinterNeed,
    PrinterState,
    Seq,
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
    idle_since: Instant | None = None
    """Since when it could call somebody; None: it has a ticket in hand, or pauses."""
    paused_since: Instant | None = None
    """Since when it pauses; None: it does not."""


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
    idle_ms: int = 0
    """How long the clerk sat at an open counter without a ticket, in milliseconds, until the last change."""
    paused_ms: int = 0
    """How long the clerk's counter paused, in milliseconds, until the last change."""


class Conduct(Struct, frozen=True):
    """What a clerk did in one hour that changes somebody's turn."""

    refuted: int = 0
    """Priorities that did not hold."""
    chosen: int = 0
    """Tickets called out of order."""
    quick_no_shows: int = 0
    """No-shows without a single recall."""


class Ended(Struct, frozen=True):
    """The last service that a clerk ended or sent on, to be taken back while nothing has followed."""

    ticket: Ticket
    """As it was just before."""
    letter: str
    """The queue that it was called from."""
    at: Instant
    """When it was ended or sent on."""
    left: Ticket | None = None
    """As it was left waiting; None: its visit was over. While it still is so, nothing has followed."""
    left_in: str | None = None
    """The queue in which it was left waiting."""

    @property
    def is_counted(self) -> bool:
        """Whether it counts as a service of the clerk's: a completion, or a planned step."""
        return self.left is None or (bool(self.ticket.steps) and self.left.sender is None)


class Assignment(Struct, frozen=True):
    """Which services a clerk may serve from a day on."""

    first_day: BusinessDay
    services: tuple[ServiceCode, ...] | None
    """None: all."""


class Promised(Struct, frozen=True, order=True):
    """An application in process whose promise has not passed yet."""

    at: Instant
    """By when it will be ready."""
    application: ApplicationId


class Waiting(Struct, frozen=True, order=True):
    """A ticket's place in its queue; the order of these is the order of the calling rule."""

    virtual_arrival: Instant
    """What comes first counts first."""
    order: int
    """The order of issue, where virtual arrivals are equal."""
    ticket: TicketId


class Outputs(Struct, frozen=True):
    """What of a display can be perceived."""

    screen: OutputState = OutputState.WORKING
    sound: OutputState = OutputState.WORKING
    """Of a display that is not there to speak it is always working."""


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


HANDED_IN_DAYS = 31
"""Numbers handed in are remembered so many days, so that none of them comes twice."""


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
    waiting: dict[str, dict[str, Line[Waiting]]] = field(default_factory=dict)
    """Callable tickets by where they wait (`waits_at` in queue.py) and by their service's code ("" while nobody
    knows it); each line in the order of the calling rule, none of them empty."""
    queue_of: dict[TicketId, str] = field(default_factory=dict)
    """In which queue each open ticket waits or was last called from: not its letter after a transfer."""
    undelivered: dict[TicketId, Instant] = field(default_factory=dict)
    """Tickets on their way to the citizen, in the order of issue, with when they were issued."""
    unannounced: dict[TicketId, Instant] = field(default_factory=dict)
    """Tickets whose last call nobody has reported as announced, with when it was made."""
    missed: dict[TicketId, Instant] = field(default_factory=dict)
    """No-shows that may come back, with when they were marked, in that order."""
    on_hold: dict[TicketId, ClerkId] = field(default_factory=dict)
    """Interrupted services, with the clerk who interrupted each."""
    issued_by: dict[CommandId, TicketId] = field(default_factory=dict)
    """Open tickets by the command that issued them."""
    last_ended: dict[ClerkId, Ended] = field(default_factory=dict)
    """The last service that each clerk ended or sent on, until the clerk does something else."""
    seats: dict[CounterNumber, Seat] = field(default_factory=dict)
    """The counters at which somebody sits."""
    applications: dict[ApplicationId, Application] = field(default_factory=dict)
    """Those in process or ready."""
    recent_calls: list[Announced] = field(default_factory=list)
    """The last calls, newest first."""
    tallies: dict[ClerkId, Tally] = field(default_factory=dict)
    """Each clerk's day."""
    conduct: dict[ClerkId, dict[int, Conduct]] = field(default_factory=dict)
    """Each clerk's day by the hour of local time."""
    assignments: dict[ClerkId, list[Assignment]] = field(default_factory=dict)
    """What each clerk could, can and will serve, by first day; where nothing is said, the rules' skills hold."""
    paused: dict[str, ClosingReason] = field(default_factory=dict)
    """Queues that are interrupted, by letter."""
    closed: dict[str, ClosingReason] = field(default_factory=dict)
    """Queues closed for today, by letter."""
    doors_closed: ClosingReason | None = None
    """Why the outlet gives out no more numbers today; None: it does."""
    machines: dict[MachineCode, MachineState] = field(default_factory=dict)
    """Machines that are not ready."""
    printers: dict[DeviceId, PrinterState] = field(default_factory=dict)
    """Devices' printers that are not ready."""
    printer_needs: dict[DeviceId, PrinterNeed] = field(default_factory=dict)
    """What somebody has to do at devices' printers besides."""
    displays: dict[DeviceId, Outputs] = field(default_factory=dict)
    """Displays of which something can't be perceived, as far as they have said so today."""
    taken: dict[ServiceCode, int] = field(default_factory=dict)
    """Numbers given out today by service, where there is a quota."""
    filings: dict[ApplicantId, list[BusinessDay]] = field(default_factory=dict)
    """The days on which each applicant has filed, as far back as the quota reaches."""
    copies: dict[TicketId, int] = field(default_factory=dict)
    """How often a number of a device's own range has come in lately, by the id of the first of them."""
    replaced: dict[CommandId, TicketId] = field(default_factory=dict)
    """Today's commands in whose place a device gave out a number of its own."""
    appointments: dict[AppointmentId, Appointment] = field(default_factory=dict)
    """Those booked, today's and later ones."""
    reserved: dict[str, int] = field(default_factory=dict)
    """How many of them are in each slot of a queue (`slot_key` in appointment.py)."""
    booked: dict[BusinessDay, int] = field(default_factory=dict)
    """How many have ever been booked for each day to come: the next one's serial."""
    pick_ups: dict[PickUpId, PickUp] = field(default_factory=dict)
    """Those still to be fetched or accepted."""
    pick_up_serials: int = 0
    """Pick-ups requested today."""
    promises: Line[Promised] = field(default_factory=list)
    """Applications in process whose promise has not passed, by promise."""
    expected: dict[str, Expected] = field(default_factory=dict)
    """The expected waits that the forecast reported last, by letter."""
    expected_with_priority: dict[str, Expected] = field(default_factory=dict)
    """The same for who has a priority."""
    expected_at: Instant | None = None
    """When the forecast reported last; None: not today."""
    rolls: dict[str, Roll] = field(default_factory=dict)
    """The emergency rolls, by letter."""
    foretold_day: BusinessDay | None = None
    """A day after the last one, of which others know already what `numbers` and both serials say; None: of no day."""

    @property
    def numbered_day(self) -> BusinessDay | None:
        """The day that `numbers` and both serials belong to; None: no day yet."""
        return self.foretold_day or self.last_day

    def queue(self, letter: str) -> Queue | None:
        """The configured queue of a letter."""
        if self.rules is None:
            return None
        return next((q for q in self.rules.queues if q.letter == letter), None)

    def digits(self, letter: str, number: int) -> str:
        """A number as its queue writes it: ``019``."""
        queue = self.queue(letter)
        return f"{number:0{queue.digits if queue else 3}d}"

    def seat_of(self, clerk: ClerkId) -> Seat | None:
        """Where a clerk sits, if anywhere."""
        return next((seat for seat in self.seats.values() if seat.clerk == clerk), None)

    def tally_until(self, now: Instant, clerk: ClerkId) -> Tally:
        """A clerk's day in numbers, with what still lasts at this moment."""
        tally, seat = self.tallies.get(clerk, Tally()), self.seat_of(clerk)
        if seat is None:
            return tally
        return replace(
            tally,
            idle_ms=tally.idle_ms + _lasting(seat.idle_since, now),
            paused_ms=tally.paused_ms + _lasting(seat.paused_since, now),
        )

    def waiting_count(self, letter: str) -> int:
        """How many callable tickets wait in the queue."""
        return sum(length(line) for line in self.waiting.get(letter, {}).values())


def _lasting(since: Instant | None, now: Instant) -> int:
    return 0 if since is None else max(0, now - since)
