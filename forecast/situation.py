"""The outlet at one moment, as the simulation needs it: counters, who waits, who may be called where.

The only place that reads the core's State; everything below it knows numbers alone.
"""

from msgspec import Struct

from broker.domain.day import hours_of, instant_of
from broker.domain.queue import skills_of
from broker.domain.rules import Counter, OutletRules
from broker.domain.state import State
from broker.domain.ticket import Ticket, TicketStatus
from broker.domain.values import BusinessDay, ClerkId, CounterNumber, Instant, Letter, ServiceCode, TicketId

MINUTE_MS = 60_000
NOBODY = ClerkId("")
"""Who is not known yet; may serve everything."""


class InHand(Struct, frozen=True):
    """The ticket that a counter is busy with."""

    letter: Letter
    since_call: float
    """In minutes."""
    served: bool
    """Whether its service has begun."""
    waited: float
    """From its arrival to the call, in minutes."""


class Desk(Struct, frozen=True):
    """A counter at which somebody sits."""

    counter: CounterNumber
    clerk: ClerkId
    paused_since: float | None
    """Minute of the day; None: it calls."""
    in_hand: InHand | None


class Place(Struct, frozen=True):
    """Somebody who waits. Minutes of the day."""

    letter: Letter
    service: ServiceCode | None
    virtual: float
    came: float
    only_counter: CounterNumber | None
    only_clerk: ClerkId | None


class Booked(Struct, frozen=True):
    """An appointment of today that has not checked in."""

    letter: Letter
    service: ServiceCode
    slot: float
    """When it begins, in minutes of the day."""


class Situation(Struct, frozen=True):
    """The outlet, now. Minutes since local midnight."""

    day: BusinessDay
    rules: OutletRules
    now: float
    closes: float
    desks: dict[CounterNumber, Desk]
    waiting: tuple[Place, ...]
    """In the order of the calling rule."""
    booked: tuple[Booked, ...]
    skills: dict[ClerkId, frozenset[ServiceCode] | None]
    """What each clerk may serve today; None: everything."""
    homes: dict[ServiceCode, Letter]
    """The queue in which a service asks for the skill; in others anybody may serve its visits."""
    halted: frozenset[Letter]
    """Queues that call nobody for now."""

    @property
    def longest_wait(self) -> float:
        """Who has waited longer comes first everywhere."""
        return self.rules.fairness.longest_wait_minutes

    @property
    def head_start(self) -> float:
        """How much earlier somebody with a priority counts as having come: whose head start is the usual one."""
        fairness = self.rules.fairness
        given = sorted(fairness.head_start_minutes.values()) or [0]
        return min(given[len(given) // 2], fairness.longest_head_start_minutes)

    def tiers(
        self, clerks: dict[CounterNumber, ClerkId], letter: Letter, service: ServiceCode | None
    ) -> tuple[int, ...]:
        """In which tier each counter, with its clerk, serves such a ticket, from 1; 0: it does not."""
        if letter in self.halted:
            return (0,) * len(self.rules.counters)
        at_home = service is not None and self.homes.get(service) == letter
        found = []
        for counter in self.rules.counters:
            skills = self.skills.get(clerks.get(counter.number, NOBODY))
            may = skills is None or not at_home or service in skills
            found.append(tier_of(counter, letter) if may else 0)
        return tuple(found)


def tier_of(counter: Counter, letter: Letter) -> int:
    """In which tier the counter serves the queue, from 1; 0: it does not."""
    return next((number for number, letters in enumerate(counter.tiers, start=1) if letter in letters), 0)


def situation_of(state: State, now: Instant) -> Situation | None:
    """The situation; None while no day is open."""
    rules = state.rules
    hours = hours_of(rules, state.day) if rules is not None and state.day is not None else None
    if rules is None or state.day is None or hours is None:
        return None
    midnight = instant_of(state.day, 0, rules.utc_offset_minutes)

    def minute(at: int) -> float:
        return (at - midnight) / MINUTE_MS

    waiting = [
        (ticket.virtual_arrival, ticket.order, ticket)
        for ticket in state.tickets.values()
        if ticket.status is TicketStatus.WAITING and ticket.virtual_arrival is not None
    ]
    waiting.sort(key=lambda each: each[:2])
    return Situation(
        state.day,
        rules,
        minute(now),
        hours.day_close,
        {
            seat.counter: Desk(
                seat.counter,
                seat.clerk,
                None if seat.paused_since is None else minute(seat.paused_since),
                _in_hand(state, seat.ticket, now),
            )
            for seat in state.seats.values()
        },
        tuple(
            _place(state, ticket, minute(virtual), minute(ticket.came_at)) for virtual, _, ticket in waiting
        ),
        tuple(
            Booked(each.letter, each.service, minute(each.slot_at))
            for each in state.appointments.values()
            if each.day == state.day
        ),
        {clerk.id: skills_of(state, clerk, state.day) for clerk in rules.clerks},
        {service.code: service.letter for service in state.services.values()},
        frozenset(state.paused),
    )


def _in_hand(state: State, ticket_id: TicketId | None, now: Instant) -> InHand | None:
    ticket = state.tickets.get(ticket_id) if ticket_id else None
    if ticket is None:
        return None
    began = ticket.call.at if ticket.call is not None else ticket.started_at
    if ticket.first_called_at is not None and ticket.call is not None and ticket.call.number > 1:
        began = ticket.first_called_at
    began = now if began is None else began
    return InHand(
        state.queue_of[ticket.id],
        (now - began) / MINUTE_MS,
        ticket.status is TicketStatus.SERVING,
        max(0, began - ticket.came_at) / MINUTE_MS,
    )


def _place(state: State, ticket: Ticket, virtual: float, came: float) -> Place:
    return Place(
        state.queue_of[ticket.id],
        ticket.service,
        virtual,
        came,
        ticket.only_counter,
        ticket.only_clerk,
    )
